"""How long the APIs took for the picked sessions: all of them in order, and one of them in depth.

Counted over `picked` (filters.py): the list of sessions with the filters of latency_filters.py has the same count.
Percentiles are of finished calls, from bins (latency_bins.py), at most 1 % off.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from types import MappingProxyType
from typing import Literal, TypeAlias
from uuid import UUID

import msgspec

from mien.errors import InvalidRequest
from mien.store.causes import sorting
from mien.store.cursor import decode
from mien.store.database import Queries
from mien.store.filters import Segment
from mien.store.latency_bins import LEAST_FOR_P95, ZERO_BIN, BinnedRow, edges_ms
from mien.store.rollups import read_source
from mien.store.session_list import Order

Sort: TypeAlias = Literal[
    "points", "calls", "sessions", "failed", "unfinished", "p50", "p75", "p95", "p99", "apdex", "p95_change",
    "failed_change",
]  # fmt: skip
CHANGES: tuple[Sort, ...] = ("p95_change", "failed_change")
"""Orders that need the period before."""
APDEX_MS = 500
"""T of the Apdex; satisfied up to T, tolerating up to 4 T = 2 s: the good and the median line of the score's latency
curve (docs/analyzers/experience_score.md), so that both judge a call alike. Default, not validated."""
LEAST_CALLS = LEAST_FOR_P95
"""Of fewer calls, now or before, no change is told: neither of p95 nor of the share that failed."""
BAR_BINS = 10
"""Bins that one bar of the distribution holds: it reaches 22 % further than it starts."""
MAX_SCREENS, MAX_SLOWEST = 50, 20


NOTHING_BEFORE: Mapping[str, Formerly] = MappingProxyType({})


class Position(msgspec.Struct, frozen=True, array_like=True):
    """Where a page ended: its sort and order, the last row's key (None: it had no value) and tie (by name)."""

    sort: Sort
    order: Order
    key: float | None
    tie: str


class ApiFigures(BinnedRow, frozen=True):
    """One API; "" where a call names none. `ok`, `redirected`, `refused`, `broken`: 2xx, 3xx, 4xx, 5xx.

    `points`: the sum of what the scored sessions lost there; `lost_sessions` lost some.
    """

    api: str
    calls: int
    sessions: int
    ok: int
    redirected: int
    refused: int
    broken: int
    network: int
    other: int
    unfinished: int
    satisfied: int
    tolerating: int
    points: float
    by_cause: dict[str, float]
    lost_sessions: int
    sort_key: float | None
    tie: str
    row_count: int

    @property
    def failed(self) -> int:
        """Network failures and answers from 500 on."""
        return self.broken + self.network

    @property
    def apdex(self) -> float:
        """0 to 1: satisfied and half of the tolerating calls. Failed and unfinished ones are frustrated."""
        return (self.satisfied + self.tolerating / 2) / self.calls


class Formerly(BinnedRow, frozen=True):
    """One API in the period before. `failed`: network failures and answers from 500 on."""

    api: str
    calls: int
    failed: int


class Total(msgspec.Struct, frozen=True):
    """All calls of the segment. `sessions` made one, of `period_sessions`; `scored` of all have a score."""

    calls: int
    sessions: int
    scored: int
    period_sessions: int


class LatencyBar(msgspec.Struct, frozen=True):
    """Finished calls with `min_ms` <= latency < `max_ms` (None: no end)."""

    min_ms: int
    max_ms: int | None
    calls: int
    sessions: int


class CallingScreen(msgspec.Struct, frozen=True):
    """`screen`: on which calls began; "" not known."""

    screen: str
    calls: int
    sessions: int


class SlowCall(msgspec.Struct, frozen=True):
    """`at`, and `started_at` of its session: seconds since the epoch. `status` None: unfinished."""

    session_id: UUID
    latency_ms: int
    status: int | None
    at: float
    started_at: float | None
    screen: str


class Depth(msgspec.Struct, frozen=True):
    """`first_byte`: of the calls of which the browser said it. `screens`: most calls first, at most MAX_SCREENS.
    `slowest`: unfinished ones by how long they were waited for; at most MAX_SLOWEST.
    """

    first_byte: BinnedRow
    screens: list[CallingScreen]
    slowest: list[SlowCall]


class _DepthRow(BinnedRow, frozen=True):
    screens: list[str]
    screen_calls: list[int]
    screen_sessions: list[int]
    slow_ids: list[int]


class _BarRow(msgspec.Struct, frozen=True):
    bar: int
    calls: int
    sessions: int


def from_cursor(cursor: str, sort: Sort, order: Order) -> Position:
    """Raises InvalidRequest for what was not given out for this sort and order."""
    position = decode(cursor, Position)
    if (position.sort, position.order) != (sort, order) or not isfinite(position.key or 0):
        raise InvalidRequest("cursor: it belongs to another order of the list. Start again without it.")
    return position


def binning(api: str | None, *, with_bars: bool = False) -> dict[str, object]:
    """The parameters of sql/fragments/calls_rows.sql for one API, or all of them. `with_bars`: a distribution is asked
    for, which takes longer: sessions are told apart in each bar."""
    return {"only_api": api, "apdex_ms": APDEX_MS, "merge_count": BAR_BINS, "with_bars": with_bars}


async def read_total(queries: Queries, segment: Segment) -> Total:
    """Call inside a `segment_snapshot`, as all of these."""
    source = await read_source(queries, segment)
    total = await queries.fetch_one(Total, "latency.total", **source.arguments(), **binning(None))
    assert total is not None  # an aggregate always has a row
    return total


async def read_formerly(queries: Queries, segment: Segment, api: str | None = None) -> dict[str, Formerly]:
    """By API what its change is told against: all of them, or only `api`. `segment`: that of the period before."""
    source = await read_source(queries, segment)
    rows = await queries.fetch_all(Formerly, "latency.formerly", **source.arguments(), **binning(api))
    return {row.api: row for row in rows}


async def read_apis(
    queries: Queries,
    segment: Segment,
    sort: Sort,
    order: Order,
    limit: int,
    after: Position | None,
    formerly: Mapping[str, Formerly] = NOTHING_BEFORE,
) -> tuple[list[ApiFigures], Position | None]:
    """One page of APIs in order, and where it ended when there are more. `formerly`: for the orders of CHANGES."""
    rows = await _read(queries, segment, None, sort, order, limit + 1, after, formerly)
    page = rows[:limit]
    more = len(rows) > limit
    return page, Position(sort, order, page[-1].sort_key, page[-1].tie) if more else None


async def read_api(queries: Queries, segment: Segment, api: str) -> ApiFigures | None:
    """One API, as its row on the page; None when nobody called it."""
    rows = await _read(queries, segment, api, "calls", "desc", 1, None, NOTHING_BEFORE)
    return rows[0] if rows else None


async def _read(
    queries: Queries,
    segment: Segment,
    api: str | None,
    sort: Sort,
    order: Order,
    limit: int,
    after: Position | None,
    formerly: Mapping[str, Formerly],
) -> list[ApiFigures]:
    source = await read_source(queries, segment)
    then = formerly.values() if sort in CHANGES else ()
    return await queries.fetch_all(
        ApiFigures,
        "latency.apis",
        **source.arguments(),
        **binning(api),
        sort=sort,
        direction=1 if order == "asc" else -1,
        **sorting(),
        after_key=after.key if after else None,
        after_tie=after.tie if after else None,
        max_rows=limit,
        least_calls=LEAST_CALLS,
        then_apis=[row.api for row in then],
        then_calls=[row.calls for row in then],
        then_failed=[row.failed for row in then],
        then_finished=[row.finished for row in then],
        then_p95=[row.p95_bin for row in then],
    )


async def read_distribution(queries: Queries, segment: Segment, api: str) -> list[LatencyBar]:
    """Fastest first; bars without a call are left out."""
    source = await read_source(queries, segment)
    rows = await queries.fetch_all(
        _BarRow, "latency.distribution", **source.arguments(), **binning(api, with_bars=True)
    )
    bars: list[LatencyBar] = []
    for row in rows:
        last = row.bar if row.bar == ZERO_BIN else row.bar * BAR_BINS
        bars.append(LatencyBar(*edges_ms(last - BAR_BINS + 1, last), row.calls, row.sessions))
    return bars


async def read_depth(queries: Queries, segment: Segment, api: str) -> Depth:
    """Of one API the time to the first byte, the screens that call it most, its slowest calls."""
    source = await read_source(queries, segment)
    row = await queries.fetch_one(
        _DepthRow,
        "latency.depth",
        **source.arguments(),
        only_api=api,
        max_slow=MAX_SLOWEST,
        max_screens=MAX_SCREENS,
    )
    assert row is not None  # an aggregate always has a row
    screens = zip(row.screens, row.screen_calls, row.screen_sessions, strict=True)
    return Depth(
        first_byte=row,
        screens=[CallingScreen(*screen) for screen in screens],
        slowest=await queries.fetch_all(SlowCall, "latency.slowest", ids=row.slow_ids),
    )
