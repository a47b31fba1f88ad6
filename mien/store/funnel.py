"""A funnel: how many sessions come through steps in order, how long they take, and what came before they dropped out.

Counted over `picked` (filters.py), which finds out how far each session came, for the list's filter as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Literal, TypeAlias

import msgspec

from mien.errors import InvalidRequest
from mien.store.before import Seen, troubles
from mien.store.database import Queries
from mien.store.filters import Funnel, Segment
from mien.store.paths import MAX_PATH, read_name, write_name
from mien.store.rollups import HOUR, dirty_hours

StepKind: TypeAlias = Literal["screen", "event"]
LEAST_STEPS, MOST_STEPS = 2, 8
LONG = timedelta(days=2)
"""Where more than this has to be read session by session, the steps of all are read together (own choice: at 1 million
events in 30 days both ways take the same for a day, and this one half as long for all of it)."""
KNOWN_EVENTS = (
    "screen_view", "click", "scroll", "pointer", "input", "submit", "select", "visibility", "resize", "web_vital",
)  # fmt: skip
"""What the script records by itself (docs/wire-format.md); what else there is, a site sends on purpose."""


def read_steps(text: str) -> tuple[str, ...]:
    """The steps of `/cart>>/pay>>event:order`, each as `screen:NAME` or `event:TYPE`. Raises InvalidRequest."""
    if len(text) > MAX_PATH:
        raise InvalidRequest(f"funnel: at most {MAX_PATH:,} characters.")
    parts = [part.strip(" ") for part in re.split(">>?", text)]
    if not LEAST_STEPS <= len(parts) <= MOST_STEPS:
        raise InvalidRequest(f"funnel: {LEAST_STEPS} to {MOST_STEPS} steps, with >> between them.")
    steps = tuple(
        f"event:{read_name(part[6:])}" if part.startswith("event:") else f"screen:{read_name(part)}" for part in parts
    )
    if not all(name_of(step) for step in steps):
        raise InvalidRequest("funnel: a step has no name.")
    return steps


def write_steps(steps: Sequence[str]) -> str:
    """The text that `read_steps` reads back."""
    return ">>".join(("event:" if kind_of(step) == "event" else "") + write_name(name_of(step)) for step in steps)


def kind_of(step: str) -> StepKind:
    """What a step is."""
    return "event" if step.startswith("event:") else "screen"


def name_of(step: str) -> str:
    """Its screen or type of event."""
    return step.partition(":")[2]


class FunnelStep(msgspec.Struct, frozen=True, kw_only=True):
    """`sessions` came to this step; `median_s`: the time that it took them from the step before.

    `dropped` of them came no further, `scored` and `score` are theirs; `seen`: in the minute before they left, or
    before the window closed, if that was earlier.
    """

    step: int
    sessions: int
    median_s: float | None
    dropped: int
    scored: int
    score: float | None
    seen: Seen


class _Row(msgspec.Struct, frozen=True):
    step: int
    sessions: int
    median_s: float | None
    dropped: int
    scored: int
    score: float | None
    rage: int
    error: int
    slow: int
    other: int
    nothing: int


async def read_funnel(
    queries: Queries, segment: Segment, steps: Sequence[str], within_s: int | None
) -> list[FunnelStep]:
    """One row for each step. Call inside a `segment_snapshot`."""
    funnel = Funnel(steps=tuple(steps), within_s=within_s)
    is_routed = not funnel.event_types
    raw_length = HOUR * len(await dirty_hours(queries, segment)) if is_routed else segment.length
    arguments = msgspec.structs.replace(segment, funnel=None).arguments() | {
        "funnel_steps": list(steps),
        "funnel_screens": funnel.screens or None,
        "funnel_events": funnel.event_types or None,
        "within_s": within_s,
        "is_routed": is_routed,
        "is_long": raw_length > LONG,
    }
    rows = await queries.fetch_all(_Row, "journeys.funnel", **arguments, **troubles())
    return [
        FunnelStep(
            step=row.step, sessions=row.sessions, median_s=row.median_s, dropped=row.dropped, scored=row.scored,
            score=row.score, seen=msgspec.convert(row, Seen, from_attributes=True),
        )
        for row in rows
    ]  # fmt: skip


class Choice(msgspec.Struct, frozen=True):
    """Something to build a funnel of, and the sessions that have it."""

    name: str
    sessions: int


async def read_screens(queries: Queries, segment: Segment, max_rows: int) -> list[Choice]:
    """Those of most sessions first."""
    return await queries.fetch_all(Choice, "journeys.screens", **segment.arguments(), max_rows=max_rows)


async def read_event_types(queries: Queries, segment: Segment, max_rows: int) -> list[Choice]:
    """Types of events that a site sends on purpose, those of most sessions first. Looks at every event."""
    arguments = {**segment.arguments(), "known": list(KNOWN_EVENTS), "max_rows": max_rows}
    return await queries.fetch_all(Choice, "journeys.event_types", **arguments)
