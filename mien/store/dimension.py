"""The score by one dimension: per screen, API, element, release or device what was lost and the sessions behind it.

Always averages of session scores, never scores of averages. Counted over `picked` (filters.py), so that the list of
sessions with the same filters has the same count.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from mien.store.causes import sorting
from mien.store.database import Queries
from mien.store.filters import Segment
from mien.store.rollups import read_source

Dimension: TypeAlias = Literal["screen", "api", "element", "release", "device"]


class Total(msgspec.Struct, frozen=True):
    """The whole segment. `points`: the sum of what its scored sessions lost."""

    sessions: int
    scored: int
    score: float | None
    points: float


class DimensionRow(msgspec.Struct, frozen=True):
    """`name` "": not known (release and device). `screen`: an element's, "" where it is not known.

    `sessions`: that lost points at the place, or are of the release or device. `points`: the sum of what was lost.
    """

    name: str
    screen: str | None
    sessions: int
    scored: int
    score: float | None
    points: float


class _Row(DimensionRow, frozen=True):
    row_count: int
    points_placed: float


class ByDimension(msgspec.Struct, frozen=True):
    """`rows`: costliest first, `row_count` of all there are. `elsewhere`: points at no row."""

    total: Total
    rows: list[DimensionRow]
    row_count: int
    elsewhere: float


async def read_total(queries: Queries, segment: Segment) -> Total:
    """The whole segment. Call inside a `segment_snapshot`."""
    source = await read_source(queries, segment)
    total = await queries.fetch_one(Total, "dimension.total", **source.arguments())
    assert total is not None  # an aggregate always has a row
    return total


async def read_by_dimension(queries: Queries, segment: Segment, by: Dimension, max_rows: int) -> ByDimension:
    """Call inside a `segment_snapshot`."""
    total = await read_total(queries, segment)
    source = await read_source(queries, segment)
    if by in ("release", "device"):
        rows = await queries.fetch_all(_Row, "dimension.segments", **source.arguments(), by=by, max_rows=max_rows)
    else:
        kinds = sorting()
        rows = await queries.fetch_all(
            _Row, "dimension.places", **source.arguments(), **kinds, by=by, max_rows=max_rows
        )
    return ByDimension(
        total=total,
        rows=[msgspec.convert(row, DimensionRow, from_attributes=True) for row in rows],
        row_count=rows[0].row_count if rows else 0,
        elsewhere=max(total.points - rows[0].points_placed, 0.0) if rows else total.points,
    )


def list_filter(by: Dimension, name: str, screen: str | None) -> dict[str, str]:
    """The parameters of the list of sessions that give exactly the sessions of a row, beside the segment's own.
    `screen`: an element's."""
    if by == "release":
        return {"release": name}
    if by == "device":
        return {"device_type": name}
    if by == "element":
        return {"place_kind": by, "place": name, "place_screen": screen or ""}
    return {"place_kind": by, "place": name}
