"""Web vitals by screen and type of device: each view counts once for each vital that it reported."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from mien.store.database import Queries
from mien.store.filters import Segment
from mien.store.latency_filters import VITAL_LINES, VitalName


class VitalRow(msgspec.Struct, frozen=True):
    """One vital. `p75`: exact; milliseconds, CLS without a unit. Views, and sessions with such a view, by rating."""

    name: VitalName
    views: int
    sessions: int
    p75: float
    good: int
    improvable: int
    poor: int
    good_sessions: int
    improvable_sessions: int
    poor_sessions: int


class ScreenVitals(msgspec.Struct, frozen=True):
    """`screen`, `device_type`: "" not known. `vitals`: those that were measured, in the order of VITAL_LINES."""

    screen: str
    device_type: str
    vitals: list[VitalRow]


class Vitals(msgspec.Struct, frozen=True):
    """`all`: all screens and devices together. `screens`: most views first, `row_count` of all there are."""

    all: list[VitalRow]
    screens: list[ScreenVitals]
    row_count: int


class _Row(VitalRow, frozen=True):
    screen: str | None
    device_type: str | None
    place: int | None
    row_count: int


async def read_vitals(queries: Queries, segment: Segment, max_rows: int) -> Vitals:
    """Call inside a `segment_snapshot`."""
    rows = await queries.fetch_all(_Row, "vitals.rows", **segment.arguments(), max_rows=max_rows)
    places: dict[int | None, list[_Row]] = {}
    for row in rows:
        places.setdefault(row.place, []).append(row)
    whole = places.pop(None, [])
    return Vitals(
        all=in_order(whole),
        screens=[
            ScreenVitals(group[0].screen or "", group[0].device_type or "", in_order(group))
            for _, group in sorted(places.items(), key=lambda item: item[0] or 0)
        ],
        row_count=rows[0].row_count if rows else 0,
    )


def in_order(rows: Sequence[_Row]) -> list[VitalRow]:
    """Without the place, in the order of VITAL_LINES."""
    names = list(VITAL_LINES)
    return [
        msgspec.convert(row, VitalRow, from_attributes=True) for row in sorted(rows, key=lambda r: names.index(r.name))
    ]
