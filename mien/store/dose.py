"""What waiting goes together with: sessions in bands by the p75 of their calls' latency.

A band's sessions are the list's with `wait_min_ms` and `wait_max_ms` (and `api`). Means carry an interval over visitors
(clustered.py), shares Wilson's (wilson.py).
"""

from __future__ import annotations

import msgspec

from mien.store.clustered import clustered_95
from mien.store.database import Queries
from mien.store.filters import Segment
from mien.store.latency_filters import ANY_CALL, CallFilter
from mien.store.rollups import read_source
from mien.store.wilson import wilson_95

EDGES_MS = (500, 1000, 2000, 4000, 8000)
"""From the score's good line (500 ms) on in doublings; 2 s is its median line."""


class ShareInterval(msgspec.Struct, frozen=True):
    """`count` of `of` sessions, with Wilson's 95 % interval; all 0 to 1. `share` None: of none."""

    count: int
    of: int
    share: float | None
    low: float
    high: float


class WaitBand(msgspec.Struct, frozen=True):
    """Sessions with `min_ms` <= p75 < `max_ms` (None: open). `score`: mean of its `scored` sessions, by `visitors`.

    `left`: left within a minute after the slowest call. `rage`: with a rage click, of the analysed sessions.
    """

    min_ms: int | None
    max_ms: int | None
    sessions: int
    scored: int
    visitors: int
    score: float | None
    score_low: float | None
    score_high: float | None
    left: ShareInterval
    rage: ShareInterval


class _Row(msgspec.Struct, frozen=True):
    band: int
    sessions: int
    left_soon: int
    analysed: int
    rage: int
    scored: int
    visitors: int
    score: float | None
    total_squares: float
    total_counts: float
    count_squares: float


async def read_dose(queries: Queries, segment: Segment) -> list[WaitBand]:
    """All bands, fastest first. With `segment.call.api` by the calls of that API alone. Inside a `segment_snapshot`."""
    if segment.call == CallFilter(status="any"):  # whoever is in a band made a call
        segment = msgspec.structs.replace(segment, call=ANY_CALL)
    source = await read_source(queries, segment)
    rows = await queries.fetch_all(_Row, "latency.dose", **source.arguments(), **banding())
    found = {row.band: row for row in rows}
    edges = (None, *EDGES_MS, None)
    nothing = _Row(0, 0, 0, 0, 0, 0, 0, None, 0, 0, 0)
    return [_band(edges[band], edges[band + 1], found.get(band, nothing)) for band in range(len(EDGES_MS) + 1)]


def banding() -> dict[str, object]:
    """The edges as sql/fragments/waits_rows.sql takes them."""
    return {"edges": list(EDGES_MS)}


def share_of(count: int, of: int) -> ShareInterval:
    """A share with its interval."""
    return ShareInterval(count, of, count / of if of else None, *wilson_95(count, of))


def _band(min_ms: int | None, max_ms: int | None, row: _Row) -> WaitBand:
    bounds = None
    if row.score is not None:
        bounds = clustered_95(
            row.score, row.scored, row.visitors, row.total_squares, row.total_counts, row.count_squares
        )
    return WaitBand(
        min_ms=min_ms,
        max_ms=max_ms,
        sessions=row.sessions,
        scored=row.scored,
        visitors=row.visitors,
        score=row.score,
        score_low=bounds[0] if bounds else None,
        score_high=bounds[1] if bounds else None,
        left=share_of(row.left_soon, row.sessions),
        rage=share_of(row.rage, row.analysed),
    )
