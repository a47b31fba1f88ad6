"""Moments: what the emotion model said of stretches of sessions, with what speaks for it. Estimates, never facts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from math import isfinite
from typing import Any
from uuid import UUID

import msgspec

from mien.errors import InvalidRequest
from mien.store.cursor import decode
from mien.store.database import Queries
from mien.store.filters import Segment
from mien.store.list_windows import by_start
from mien.store.rollups import read_source


class EmotionTotal(msgspec.Struct, frozen=True):
    """Moments of one kind, and the sessions that have one."""

    emotion: str
    moments: int
    sessions: int


class MomentPosition(msgspec.Struct, frozen=True, array_like=True):
    """Where a page ended. `start`: of the session, in seconds since the epoch."""

    start: float
    id: int


class MomentFigures(msgspec.Struct, frozen=True):
    """A row of `emotion_predictions` with its evidence, if any is known. `at`: seconds since the epoch, and the same as
    `occurred_at`. `screen`: where the session was then."""

    id: int
    session_id: UUID
    session_started_at: float
    at: float
    occurred_at: datetime
    emotion: str
    strength: str | None
    evidence: list[dict[str, Any]] | None
    screen: str | None
    device_type: str | None
    score: int | None


async def read_totals(queries: Queries, segment: Segment) -> list[EmotionTotal]:
    """Most moments first. Call inside a `segment_snapshot`, as for the page."""
    source = await read_source(queries, segment)
    return await queries.fetch_all(EmotionTotal, "moments.totals", **source.arguments())


async def read_moments(
    queries: Queries,
    segment: Segment,
    emotions: Sequence[str],
    strength: str | None,
    limit: int,
    after: MomentPosition | None,
) -> tuple[list[MomentFigures], MomentPosition | None]:
    """One page, the moments of the newest sessions first, and where it ended when there are more."""
    rows: list[MomentFigures] = []
    for part in by_start(segment, newest_first=True, after_at=after.start if after else None):
        rows += await queries.fetch_all(
            MomentFigures,
            "moments.page",
            **part.arguments(),
            emotions=list(emotions),
            strength=strength,
            after_start=after.start if after else None,
            after_id=after.id if after else None,
            max_rows=limit + 1 - len(rows),
        )
        if len(rows) > limit:
            break
    page = rows[:limit]
    return page, MomentPosition(page[-1].session_started_at, page[-1].id) if len(rows) > limit else None


def moment_position(cursor: str) -> MomentPosition:
    """Raises InvalidRequest for a cursor that is none."""
    position = decode(cursor, MomentPosition)
    if not isfinite(position.start) or not 0 <= position.id < 2**63:
        raise InvalidRequest("cursor: this is not one that the server gave out.")
    return position
