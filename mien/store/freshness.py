"""How current the figures are: what waits to be analysed, what arrived, what is known to be missing."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from mien.store.clock import to_datetime
from mien.store.database import Queries
from mien.store.work_queue import waiting


class Freshness(msgspec.Struct, frozen=True):
    """`behind_s`: how long the oldest due session has waited for its analysis. The other counts are of the period:
    batches of its sessions that came and that are missing, items refused on its days. `as_of`: when this was read."""

    behind_s: float
    queued: int
    lost_batches: int
    received_batches: int
    dropped_items: int
    last_received_at: datetime | None
    as_of: datetime


class _Arrivals(msgspec.Struct, frozen=True):
    received_batches: int
    lost_batches: int
    dropped_items: int
    last_received_at: datetime | None


class FirstSession(msgspec.Struct, frozen=True):
    """`first_event_at`: start of the first session, if there is one."""

    first_event_at: datetime | None
    sessions: int


class _FirstRow(msgspec.Struct, frozen=True):
    first_event_at: float | None
    sessions: int


async def read_freshness(queries: Queries, since: datetime, until: datetime) -> Freshness:
    """`since`, `until`: naive UTC, half-open."""
    queue = await waiting(queries)
    arrivals = await queries.fetch_one(_Arrivals, "freshness.arrivals", since=since, until=until)
    assert arrivals is not None  # an aggregate always has a row
    return Freshness(
        behind_s=round(queue.behind_s, 1),
        queued=queue.queued,
        lost_batches=arrivals.lost_batches,
        received_batches=arrivals.received_batches,
        dropped_items=arrivals.dropped_items,
        last_received_at=arrivals.last_received_at,
        as_of=datetime.now(UTC),
    )


async def read_first_session(queries: Queries) -> FirstSession:
    """Whether anything has arrived in this project yet."""
    row = await queries.fetch_one(_FirstRow, "freshness.first_session")
    assert row is not None  # an aggregate always has a row
    first = None if row.first_event_at is None else to_datetime(row.first_event_at)
    return FirstSession(first, row.sessions)
