"""The screens of a segment: who saw them, who left there, what was lost there; and one screen with what costs there.

Screens are cleaned names, as journeys hold them. Counted over `picked` (filters.py): each figure has a filter that
gives exactly the sessions behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

import msgspec

from mien.store.causes import CAUSES, Cause, sorting
from mien.store.database import Queries
from mien.store.filters import Segment
from mien.store.latency_bins import estimate_ms
from mien.store.rollups import read_source
from mien.store.session_list import Order

Sort: TypeAlias = Literal["points", "views", "sessions", "visitors", "score", "exits", "stay", "signals", "screen"]
CostKind: TypeAlias = Literal["element", "api"]
MAX_EACH = 8
SEEN: dict[str, object] = {"part_from": "screen:", "part_to": "screen;", "parts": None}
"""The parts of `rollup_visitors` that are screens seen: ";" comes after ":"."""


class ScreenFigures(msgspec.Struct, frozen=True):
    """`views`: steps of journeys. `score`: mean of the exact scores of its `scored` sessions. `exits`: sessions whose
    last screen it is. `stay_bin`: that of the median of a view, to the next screen or the end of the session; None: not
    known.

    `points`: lost on it, as a mean over the scored sessions of the segment; `points_sessions`: that lost some.
    """

    screen: str
    views: int
    sessions: int
    visitors: int
    scored: int
    score: float | None
    exits: int
    stay_bin: int | None
    points: float
    points_sessions: int
    points_by_cause: dict[Cause, float]
    signals: int
    signal_sessions: int
    row_count: int

    @property
    def stay_ms(self) -> float | None:
        """What the bin stands for, within 1 % (latency_bins.py)."""
        return estimate_ms(self.stay_bin)


class ScreenThen(msgspec.Struct, frozen=True):
    """A screen in another period. `points`: mean over its scored sessions; None: it has none."""

    screen: str
    sessions: int
    points: float | None


class ScreenPaint(msgspec.Struct, frozen=True):
    """The 75th percentile of LCP, over views. `sent`: the one name under which events gave it; None: several."""

    screen: str
    views: int
    sessions: int
    p75_ms: float
    sent: str | None


class CostRow(msgspec.Struct, frozen=True):
    """An element or API that cost points on a screen. `types`: kinds of issues, costliest first."""

    kind: CostKind
    name: str
    points: float
    sessions: int
    points_by_cause: dict[Cause, float]
    types: list[str]
    row_count: int


class ScreenCause(msgspec.Struct, frozen=True):
    """What one cause costs on a screen; `sessions`: that lost points so there."""

    cause: Cause
    points: float
    sessions: int


class ScreenError(msgspec.Struct, frozen=True):
    """A group of errors that was met on a screen."""

    group_key: str
    kind: str
    type: str
    title: str
    errors: int
    sessions: int


async def read_screens(
    queries: Queries,
    segment: Segment,
    sort: Sort,
    order: Order,
    max_rows: int,
    on: str | None = None,
    *,
    with_visitors: bool = True,
) -> list[ScreenFigures]:
    """Call inside a `segment_snapshot`, like all of these. Screens without a value come last.

    `with_visitors` False: they are not counted, which is most of the work, and `visitors` is 0.
    """
    source = await read_source(queries, segment)
    return await queries.fetch_all(
        ScreenFigures,
        "screens.rows",
        **source.arguments(),
        **sorting(),
        **SEEN | ({} if with_visitors else {"parts": []}),
        on=on,
        sort=sort,
        direction=1 if order == "asc" else -1,
        max_rows=max_rows,
    )


async def read_formerly(queries: Queries, segment: Segment, names: Sequence[str]) -> dict[str, ScreenThen]:
    """Each of these screens in the period before; `segment`: that one."""
    source = await read_source(queries, segment)
    rows = await queries.fetch_all(ScreenThen, "screens.formerly", **source.arguments(), **sorting(), names=list(names))
    return {row.screen: row for row in rows}


async def read_paint(queries: Queries, segment: Segment, max_rows: int) -> list[ScreenPaint]:
    """Most views first. Reads the events of all sessions of the segment."""
    return await queries.fetch_all(ScreenPaint, "screens.lcp", **segment.arguments(), max_rows=max_rows)


async def read_causes(queries: Queries, segment: Segment, on: str) -> list[ScreenCause]:
    """Those that cost something, in their fixed order."""
    source = await read_source(queries, segment)
    rows = await queries.fetch_all(ScreenCause, "screens.causes", **source.arguments(), **sorting(), on=on)
    return sorted(rows, key=lambda row: CAUSES.index(row.cause))


async def read_costs(queries: Queries, segment: Segment, on: str) -> list[CostRow]:
    """Elements and APIs, of each at most MAX_EACH, costliest first."""
    return await queries.fetch_all(
        CostRow, "screens.costs", **segment.arguments(), **sorting(), on=on, max_each=MAX_EACH
    )


async def read_errors(queries: Queries, segment: Segment, on: str) -> list[ScreenError]:
    """At most MAX_EACH groups, most sessions first."""
    return await queries.fetch_all(ScreenError, "screens.errors", **segment.arguments(), on=on, max_rows=MAX_EACH)
