"""How long one API took over the period, in buckets wide enough to say it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from statistics import median_low

import msgspec

from mien.store.database import Queries
from mien.store.filters import Segment
from mien.store.latency import binning
from mien.store.latency_bins import LEAST_FOR_P95, BinnedRow
from mien.store.overview import BUCKETS_S, bucket_seconds, bucket_starts
from mien.store.rollups import read_source

LEAST_BUCKETS = 7
"""A line of fewer marks shows no course (own choice: a week by days)."""


class Bucket(BinnedRow, frozen=True):
    """The calls of the sessions that started in one bucket of time."""

    at: float
    calls: int
    sessions: int
    failed: int
    unfinished: int


class LatencyTrend(msgspec.Struct, frozen=True):
    """`buckets` of `bucket_s` seconds each, aligned to multiples of it in UTC; empty ones included."""

    bucket_s: int
    buckets: list[Bucket]


async def read_trend(queries: Queries, segment: Segment, api: str) -> LatencyTrend:
    """Buckets of `bucket_seconds` as the overview's, or wider ones: a p95 needs its 20 calls (`wide_enough`)."""
    finest = bucket_seconds(segment)
    rows = await _read(queries, segment, api, finest)
    bucket_s = wide_enough({round(row.at): row.finished for row in rows}, finest, segment.length)
    if bucket_s != finest:
        rows = await _read(queries, segment, api, bucket_s)
    found = {round(row.at): row for row in rows}
    starts = bucket_starts(segment, bucket_s)
    return LatencyTrend(bucket_s, [found.get(at) or Bucket(0, None, None, None, None, at, 0, 0, 0, 0) for at in starts])


def wide_enough(finished: dict[int, int], finest_s: int, length: timedelta, steps: Sequence[int] = BUCKETS_S) -> int:
    """The finest step, in seconds, at which the median bucket with finished calls has LEAST_FOR_P95 of them; of those
    that leave LEAST_BUCKETS in a period of this length the widest, where none is enough. Pure.

    `finished`: calls by the start of their bucket of `finest_s`, seconds since the epoch.
    """
    chosen = finest_s
    for step in (step for step in steps if step >= finest_s and step % finest_s == 0):
        if step > finest_s and length / timedelta(seconds=step) < LEAST_BUCKETS:
            break
        chosen = step
        merged: dict[int, int] = {}
        for at, calls in finished.items():
            merged[at // step] = merged.get(at // step, 0) + calls
        known = [calls for calls in merged.values() if calls]
        if not known or median_low(known) >= LEAST_FOR_P95:
            break
    return chosen


async def _read(queries: Queries, segment: Segment, api: str, bucket_s: int) -> list[Bucket]:
    source = await read_source(queries, segment, bucket_s)
    return await queries.fetch_all(Bucket, "latency.trend", **source.arguments(), **binning(api), bucket_s=bucket_s)
