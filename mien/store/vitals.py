"""Web vitals by screen and type of device: each view counts once for each vital that it reported."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from mien.store.database import Queries
from mien.store.filters import Segment
from mien.store.latency_bins import estimate_ms
from mien.store.latency_filters import VITAL_LINES, VitalName
from mien.store.rollups import read_source


class VitalRow(msgspec.Struct, frozen=True):
    """One vital. `p75`: nearest rank, at most 1 % off and rated as the exact one; milliseconds, CLS without a unit.

    Views, and sessions with such a view, by rating.
    """

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


class _Row(msgspec.Struct, frozen=True):
    name: VitalName
    views: int
    sessions: int
    p75_bin: int
    good: int
    improvable: int
    poor: int
    good_sessions: int
    improvable_sessions: int
    poor_sessions: int
    screen: str | None
    device_type: str | None
    place: int | None
    row_count: int

    @property
    def p75(self) -> float:
        """What the bin stands for, on the side of the lines on which the exact value is: the counts say so."""
        value, lines = estimate_ms(self.p75_bin) or 0.0, VITAL_LINES[self.name]
        rank = 0.75 * self.views
        if self.good >= rank:
            return min(value, lines.good)
        if self.good + self.improvable >= rank:
            return min(max(value, math.nextafter(lines.good, math.inf)), lines.poor)
        return max(value, math.nextafter(lines.poor, math.inf))


async def read_vitals(queries: Queries, segment: Segment, max_rows: int) -> Vitals:
    """Call inside a `segment_snapshot`."""
    source = await read_source(queries, segment)
    rows = await queries.fetch_all(_Row, "vitals.rows", **source.arguments(), max_rows=max_rows)
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
