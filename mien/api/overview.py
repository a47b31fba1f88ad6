"""The overview: score, trend, where the points go, and what costs most now. No claim about change is made here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Literal

import msgspec
from litestar import get
from litestar.params import Parameter

from mien.api.errors import ERRORS
from mien.api.session_row import SessionRow, label_of_element, to_row
from mien.store.causes import JUDGED_CAUSES, Cause
from mien.store.database import Database, Queries
from mien.store.element_labels import FEW_CLICKS, read_usual_labels
from mien.store.filters import PlaceKind, Segment, segment_snapshot
from mien.store.freshness import Freshness, read_freshness
from mien.store.overview import (
    CauseFigures,
    PlaceFigures,
    Summary,
    TrendPoint,
    Worst,
    bucket_seconds,
    read_causes,
    read_places,
    read_points,
    read_summary,
    read_trend,
)
from mien.store.projects import Project
from mien.store.releases import ReleaseStart, read_release_starts
from mien.store.rollups import AnsweredFrom, answered_from
from mien.store.session_list import read_page
from mien.store.session_rows import read_rows

WORST_SESSIONS = 5


class CauseRow(msgspec.Struct, frozen=True):
    """Means over the scored sessions. `sessions` is the list's total with this `cause`.

    `measured` false: no detector judges this cause yet, so that its zeros say nothing.
    """

    cause: Cause
    measured: bool
    points: float
    points_before: float | None
    gain_if_fixed: float
    sessions: int


class PlaceRow(msgspec.Struct, frozen=True):
    """`sessions` is the list's total with this `place_kind`, `place` (the name) and, for elements, `place_screen` (the
    screen, "" where it is null).

    `label`: the words on an element, where they are known. `points_before` null: not asked for, or no session of the
    period before has a score.
    """

    name: str
    screen: str | None
    label: str | None
    points: float
    points_before: float | None
    sessions: int
    by_cause: dict[str, float]


class WorstPlace(msgspec.Struct, frozen=True):
    """The place and cause that cost most points now."""

    kind: Literal["worst_cause_at_place"]
    cause: Cause
    place_kind: PlaceKind
    place: str
    place_screen: str | None
    label: str | None
    points: float
    sessions: int
    share_of_sessions: float


class Overview(msgspec.Struct, frozen=True):
    """Figures "before" are those of the equally long period before; null unless `compare` is asked for.

    `visitors`: users, and devices of sessions without one. `score`: mean of the exact scores; the points of `causes`
    sum to 100 minus it. `releases`: those that began within the period. `finding` null: nothing was lost.
    """

    since: datetime
    until: datetime
    sessions: int
    sessions_before: int | None
    visitors: int
    scored: int
    score: float | None
    score_before: float | None
    poor_share: float | None
    poor_share_before: float | None
    waited_ms_mean: float | None
    waited_ms_mean_before: float | None
    moments: int
    moments_before: int | None
    bucket_s: int
    trend: list[TrendPoint]
    releases: list[ReleaseStart]
    causes: list[CauseRow]
    screens: list[PlaceRow]
    apis: list[PlaceRow]
    elements: list[PlaceRow]
    finding: WorstPlace | None
    worst: list[SessionRow]
    freshness: Freshness
    answered_from: AnsweredFrom


@get(
    "/projects/{slug:str}/overview",
    operation_id="overview",
    responses=ERRORS,
    summary="What the project's sessions were like",
)
async def overview(
    project: Project,
    database: Database,
    segment: Segment,
    compare: Annotated[bool, Parameter(description="Also give the period before.")] = False,
) -> Overview:
    """Every figure opens the list of sessions with the same parameters."""
    async with segment_snapshot(database, project.schema) as queries:
        summary = await read_summary(queries, segment)
        before = await read_summary(queries, segment.before()) if compare else None
        causes = await read_causes(queries, segment)
        causes_before = await read_causes(queries, segment.before()) if before is not None and before.scored else None
        places = await read_places(queries, segment, summary.scored)
        shown = [place for kind in places.by_kind.values() for place in kind]
        formerly = (
            await read_points(queries, segment.before(), before.scored, shown) if before and before.scored else None
        )
        labels = await read_labels(queries, [*places.by_kind["element"], *([places.worst] if places.worst else [])])
        trend = await read_trend(queries, segment)
        worst_ids, _ = await read_page(queries, segment, "score", "asc", WORST_SESSIONS, None)
        return Overview(
            since=segment.since.replace(tzinfo=UTC),
            until=segment.until.replace(tzinfo=UTC),
            sessions=summary.sessions,
            sessions_before=before.sessions if before else None,
            visitors=summary.users,
            scored=summary.scored,
            score=summary.score,
            score_before=before.score if before else None,
            poor_share=summary.poor_share,
            poor_share_before=before.poor_share if before else None,
            waited_ms_mean=summary.waited_ms_mean,
            waited_ms_mean_before=before.waited_ms_mean if before else None,
            moments=summary.moments,
            moments_before=before.moments if before else None,
            bucket_s=bucket_seconds(segment),
            trend=trend,
            releases=await read_release_starts(queries, segment, bucket_seconds(segment)),
            causes=cause_rows(causes, causes_before),
            screens=[place_row(place, labels, formerly) for place in places.by_kind["screen"]],
            apis=[place_row(place, labels, formerly) for place in places.by_kind["api"]],
            elements=[place_row(place, labels, formerly) for place in places.by_kind["element"]],
            finding=find_worst(places.worst, summary, labels),
            worst=[to_row(facts) for facts in await read_rows(queries, worst_ids)],
            freshness=await read_freshness(queries),
            answered_from=answered_from(queries),
        )


Labels = dict[tuple[str, str | None], str]
"""(element, screen) -> the words on it."""


Formerly = dict[tuple[PlaceKind, str, str | None], float]
"""(kind, name, screen) -> points lost in the period before."""


async def read_labels(queries: Queries, places: Sequence[PlaceFigures | Worst]) -> Labels:
    """The words on elements as other pages have them; of what nobody clicked from a session that lost points there."""
    elements = [place for place in places if place.kind == "element"]
    usual = await read_usual_labels(queries, [(one.name, one.screen or "") for one in elements], FEW_CLICKS)
    others = [one.example for one in elements if (one.name, one.screen or "") not in usual]
    examples = {facts.row.session_id: facts for facts in await read_rows(queries, others)}
    found: Labels = {}
    for place in elements:
        facts = examples.get(place.example)
        label = usual.get((place.name, place.screen or "")) or (
            label_of_element(place.name, facts.signals) if facts else None
        )
        if label:
            found[place.name, place.screen] = label
    return found


def cause_rows(now: Sequence[CauseFigures], before: Sequence[CauseFigures] | None) -> list[CauseRow]:
    """All six causes, in their order in both."""
    return [
        CauseRow(
            cause=figures.cause,
            measured=figures.cause in JUDGED_CAUSES,
            points=figures.points,
            points_before=before[index].points if before else None,
            gain_if_fixed=figures.gain_if_fixed,
            sessions=figures.sessions,
        )
        for index, figures in enumerate(now)
    ]


def place_row(place: PlaceFigures, labels: Labels, formerly: Formerly | None) -> PlaceRow:
    """A place with the words on it. `formerly` None: there is nothing to compare it with."""
    return PlaceRow(
        name=place.name,
        screen=place.screen,
        label=labels.get((place.name, place.screen)),
        points=place.points,
        points_before=None if formerly is None else formerly.get((place.kind, place.name, place.screen), 0.0),
        sessions=place.sessions,
        by_cause={cause: points for cause, points in place.by_cause.items()},
    )


def find_worst(worst: Worst | None, summary: Summary, labels: Labels) -> WorstPlace | None:
    """What costs most now."""
    if worst is None:
        return None
    return WorstPlace(
        kind="worst_cause_at_place",
        cause=worst.cause,
        place_kind=worst.kind,
        place=worst.name,
        place_screen=worst.screen,
        label=labels.get((worst.name, worst.screen)) if worst.kind == "element" else None,
        points=worst.points,
        sessions=worst.sessions,
        share_of_sessions=worst.sessions / summary.scored,
    )


HANDLERS = (overview,)
