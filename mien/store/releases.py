"""Where releases begin: what a line over time is marked with."""

from __future__ import annotations

from datetime import datetime

import msgspec

from mien.store.clock import to_datetime
from mien.store.database import Queries
from mien.store.filters import Segment
from mien.store.rollups import read_source

MAX_STARTS, LEAST_SHARE = 5, 0.02
"""Releases marked on a trend (own choice: more tags would hide the line; a fiftieth of the sessions moves no mean)."""


class ReleaseStart(msgspec.Struct, frozen=True):
    """A release that began within the period: `at`, the bucket of its first session, and its sessions in the period."""

    release: str
    at: datetime
    sessions: int


class _ReleaseRow(msgspec.Struct, frozen=True):
    release: str
    at: float
    sessions: int


async def read_release_starts(queries: Queries, segment: Segment, bucket_s: int) -> list[ReleaseStart]:
    """The first seen first: at most MAX_STARTS, those of most sessions, of at least LEAST_SHARE of them all.

    `bucket_s`: of the trend that they are marked on, seconds. A release that is there from the segment's first session
    on has not begun. Call inside a `segment_snapshot`.
    """
    source = await read_source(queries, segment, bucket_s)
    began = await queries.fetch_all(
        _ReleaseRow, "releases.begun", **source.arguments(), bucket_s=bucket_s, least_share=LEAST_SHARE
    )
    most = sorted(began, key=lambda row: -row.sessions)[:MAX_STARTS]
    return [ReleaseStart(row.release, to_datetime(row.at), row.sessions) for row in began if row in most]
