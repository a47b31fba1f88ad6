"""Funnels: sessions per step, the time between, what came before dropping out; and what a funnel can be built of."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import msgspec
from litestar import get
from litestar.params import Parameter

from mien.api.errors import ERRORS
from mien.api.filters import WithinS, check_text
from mien.errors import InvalidRequest
from mien.store.before import Seen
from mien.store.database import Database
from mien.store.filters import Segment, segment_snapshot
from mien.store.freshness import Freshness, read_freshness
from mien.store.funnel import (
    FunnelStep,
    StepKind,
    kind_of,
    name_of,
    read_event_types,
    read_funnel,
    read_screens,
    read_steps,
    write_steps,
)
from mien.store.journeys import count_sessions
from mien.store.paths import MAX_PATH
from mien.store.projects import Project
from mien.store.rollups import AnsweredFrom, answered_from
from mien.store.wilson import wilson_95

MAX_CHOICES = 500


class Dropped(msgspec.Struct, frozen=True):
    """Those that came to a step and no further, with their mean `score`.

    `seen`: sessions with each kind of trouble in the minute before they left, or before the window closed; with
    `before` set to one of its kinds beside `filter` the list holds exactly that many.
    """

    sessions: int
    scored: int
    score: float | None
    seen: Seen
    filter: dict[str, str]


class FunnelRow(msgspec.Struct, frozen=True):
    """A step: a `screen`, or an `event` by its type.

    `share`: of the sessions at the first step; `share_of_previous`, with its 95 % interval `low` to `high`: of those at
    the step before (null at the first, and where nobody was). `median_ms`: from the step before.
    """

    step: int
    kind: StepKind
    name: str
    sessions: int
    share: float | None
    share_of_previous: float | None
    low: float | None
    high: float | None
    median_ms: int | None
    dropped: Dropped | None
    filter: dict[str, str]


class FunnelPage(msgspec.Struct, frozen=True):
    """`steps`: as the URL writes them. `within_s` null: within the session. `dropped` of the last step is null."""

    since: datetime
    until: datetime
    steps: str
    within_s: int | None
    segment_sessions: int
    rows: list[FunnelRow]
    answered_from: AnsweredFrom
    freshness: Freshness


class FunnelChoice(msgspec.Struct, frozen=True):
    """Something to build a funnel of. `step`: as a funnel's `steps` write it; `sessions`: that have it."""

    name: str
    step: str
    sessions: int


class FunnelChoices(msgspec.Struct, frozen=True):
    """`screens`, and types of `events` that the site sends on purpose; at most `limit` each, of most sessions first."""

    screens: list[FunnelChoice]
    events: list[FunnelChoice]


@get("/projects/{slug:str}/journeys/funnel", operation_id="funnel", responses=ERRORS, summary="Through steps in order")
async def funnel(
    project: Project,
    database: Database,
    segment: Segment,
    steps: Annotated[
        str, Parameter(max_length=MAX_PATH, description="2 to 8 steps in order: `/cart>>/pay>>event:order`.")
    ],
    within_s: WithinS = None,
) -> FunnelPage:
    """In this order, other screens between them allowed."""
    wanted = read_steps(checked_steps(steps))
    async with segment_snapshot(database, project.schema) as queries:
        found = await read_funnel(queries, segment, wanted, within_s)
        return FunnelPage(
            since=segment.since.replace(tzinfo=UTC),
            until=segment.until.replace(tzinfo=UTC),
            steps=write_steps(wanted),
            within_s=within_s,
            segment_sessions=await count_sessions(queries, segment),
            rows=to_rows(wanted, within_s, found),
            answered_from=answered_from(queries, also_raw=True),
            freshness=await read_freshness(queries),
        )


def checked_steps(text: str) -> str:
    """Raises InvalidRequest when there is nothing, or no text, in it."""
    if checked := check_text("steps", text):
        return checked
    raise InvalidRequest("steps: 2 to 8 steps, with >> between them.")


def to_rows(steps: tuple[str, ...], within_s: int | None, found: list[FunnelStep]) -> list[FunnelRow]:
    """Shares and filters of the counts. Pure."""
    whole = {"funnel": write_steps(steps), **({} if within_s is None else {"within_s": str(within_s)})}
    rows = []
    for number, row in enumerate(found):
        previous = found[number - 1].sessions if number else 0
        low, high = wilson_95(row.sessions, previous) if previous else (None, None)
        filter_ = {**whole, "reached": str(row.step)}
        rows.append(FunnelRow(
            step=row.step, kind=kind_of(steps[number]), name=name_of(steps[number]), sessions=row.sessions,
            share=row.sessions / found[0].sessions if found[0].sessions else None,
            share_of_previous=row.sessions / previous if previous else None, low=low, high=high,
            median_ms=None if row.median_s is None else round(row.median_s * 1000),
            dropped=None if row.step == len(found) else Dropped(
                row.dropped, row.scored, row.score, row.seen, {**filter_, "dropped": "1"}
            ),
            filter=filter_,
        ))  # fmt: skip
    return rows


@get(
    "/projects/{slug:str}/journeys/choices",
    operation_id="choices",
    responses=ERRORS,
    summary="What funnels are made of",
)
async def choices(
    project: Project,
    database: Database,
    segment: Segment,
    events: Annotated[bool, Parameter(description="With the types of events; without them it is much quicker.")] = True,
    limit: Annotated[int, Parameter(ge=1, le=MAX_CHOICES, description="Of each at most.")] = 200,
) -> FunnelChoices:
    """Screens and events of the segment."""
    async with segment_snapshot(database, project.schema) as queries:
        seen = await read_screens(queries, segment, limit)
        sent = await read_event_types(queries, segment, limit) if events else []
    return FunnelChoices(
        screens=[FunnelChoice(one.name, write_steps([f"screen:{one.name}"]), one.sessions) for one in seen],
        events=[FunnelChoice(one.name, write_steps([f"event:{one.name}"]), one.sessions) for one in sent],
    )


HANDLERS = (funnel, choices)
