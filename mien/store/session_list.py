"""A segment's sessions in order, page by page, without gaps or repeats for equal or missing sort values."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite
from typing import Literal, TypeAlias
from uuid import UUID

import msgspec

from mien.errors import InvalidRequest
from mien.store.cursor import decode, encode
from mien.store.database import Queries
from mien.store.filters import Segment
from mien.store.list_windows import ALL_SCORES, ScoreWindow, by_score, by_start

Sort: TypeAlias = Literal["started", "score", "duration"]
Order: TypeAlias = Literal["asc", "desc"]


class Position(msgspec.Struct, frozen=True, array_like=True):
    """Where a page ended: the sort and order it was for, the last row's key (None: it had no value) and id."""

    sort: Sort
    order: Order
    key: float | None
    session_id: UUID


class _Row(msgspec.Struct, frozen=True):
    session_id: UUID
    sort_key: float | None


def to_cursor(position: Position) -> str:
    """Text that a client hands back as it is."""
    return encode(position)


def from_cursor(cursor: str, sort: Sort, order: Order) -> Position:
    """Raises InvalidRequest for what `to_cursor` did not write for this sort and order."""
    position = decode(cursor, Position)
    if (position.sort, position.order) != (sort, order) or not isfinite(position.key or 0):
        raise InvalidRequest("cursor: it belongs to another order of the list. Start again without it.")
    return position


async def read_page(
    queries: Queries, segment: Segment, sort: Sort, order: Order, limit: int, after: Position | None
) -> tuple[list[UUID], Position | None]:
    """The ids of one page in order, and where it ended when there are more."""
    rows: list[_Row] = []
    for part, scores in _windows(segment, sort, order, after):
        rows += await queries.fetch_all(
            _Row,
            "session_list.page",
            **part.arguments(),
            **scores.arguments(),
            sort=sort,
            direction=1 if order == "asc" else -1,
            after_id=after.session_id if after else None,
            after_key=after.key if after else None,
            max_sessions=limit + 1 - len(rows),
        )
        if len(rows) > limit:
            break
    page = rows[:limit]
    more = len(rows) > limit
    ended = Position(sort, order, page[-1].sort_key, page[-1].session_id) if more else None
    return [row.session_id for row in page], ended


def _windows(
    segment: Segment, sort: Sort, order: Order, after: Position | None
) -> Iterator[tuple[Segment, ScoreWindow]]:
    """Parts of the segment that follow one another in this order (list_windows.py)."""
    key = after.key if after else None
    if sort == "started":
        at = None if key is None else abs(key)  # a descending key is negative; periods begin after 1970
        for part in by_start(segment, newest_first=order == "desc", after_at=at):
            yield part, ALL_SCORES
    elif sort == "score" and (after is None or key is not None):
        for scores in by_score(worst_first=order == "asc", after_score=key):
            yield segment, scores
    else:
        yield segment, ALL_SCORES
