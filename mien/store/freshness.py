"""How current the figures are: what waits to be analysed, what arrived, what is known to be missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

import msgspec

from mien.store.clock import EARLIEST, LATEST, to_datetime
from mien.store.database import Queries
from mien.store.work_queue import waiting

MAX_REFUSED = 5
MAX_FIRST_SESSIONS = 1000
"""The live check counts no further: it only tells nothing from something."""


class Freshness(msgspec.Struct, frozen=True):
    """`behind_s`: how long the oldest due session has waited for its analysis; `queued`: sessions that wait.
    `last_received_at` of the project, null when the last day brought nothing. `as_of`: when this was read.
    """

    behind_s: float
    queued: int
    last_received_at: datetime | None
    as_of: datetime


class Arrivals(Freshness, frozen=True):
    """And of a period: batches of its sessions that came and that are missing, items refused on its days. Of the
    project `sessions_without_start`, which plain SQL may have stored without a time or with one outside of 1970 to
    2200: they are in no period, list or figure.

    Counts every batch of the period, so that it is asked for by itself, not with every answer.
    """

    lost_batches: int
    received_batches: int
    dropped_items: int
    sessions_without_start: int


class _Counted(msgspec.Struct, frozen=True):
    received_batches: int
    lost_batches: int
    dropped_items: int
    sessions_without_start: int


class FirstSession(msgspec.Struct, frozen=True):
    """`first_event_at`: start of the first session with a start. `sessions`: counted up to MAX_FIRST_SESSIONS."""

    first_event_at: datetime | None
    sessions: int


class RefusedOrigin(msgspec.Struct, frozen=True):
    """Where a browser sent from that the project does not accept, since yesterday. `last_day`: of UTC."""

    origin: str
    batches: int
    last_day: date


class _FirstRow(msgspec.Struct, frozen=True):
    first_event_at: float | None
    sessions: int


async def read_freshness(queries: Queries) -> Freshness:
    """What the answers of pages say. Reads a few rows, however much there is."""
    queue = await waiting(queries)
    return Freshness(
        behind_s=round(queue.behind_s, 1),
        queued=queue.queued,
        last_received_at=await queries.fetch_value("freshness.last_received"),
        as_of=datetime.now(UTC),
    )


async def read_arrivals(queries: Queries, since: datetime = EARLIEST, until: datetime = LATEST) -> Arrivals:
    """`since`, `until`: naive UTC, half-open; without them of everything."""
    fresh = await read_freshness(queries)
    counted = await queries.fetch_one(
        _Counted, "freshness.arrivals", since=since, until=until, earliest=EARLIEST, latest=LATEST
    )
    assert counted is not None  # an aggregate always has a row
    return Arrivals(**msgspec.structs.asdict(fresh), **msgspec.structs.asdict(counted))


async def read_first_session(queries: Queries) -> FirstSession:
    """Whether anything has arrived in this project yet."""
    row = await queries.fetch_one(
        _FirstRow,
        "freshness.first_session",
        earliest=EARLIEST,
        latest=LATEST,
        max_sessions=MAX_FIRST_SESSIONS,
    )
    assert row is not None  # a statement of subqueries always has a row
    first = None if row.first_event_at is None else to_datetime(row.first_event_at)
    return FirstSession(first, row.sessions)


async def read_refused_origins(queries: Queries, since: date, allowed: Sequence[str]) -> list[RefusedOrigin]:
    """Up to MAX_REFUSED of them, of the newest day first; none that is among `allowed`."""
    return await queries.fetch_all(
        RefusedOrigin, "freshness.refused_origins", since=since, allowed=list(allowed), max_origins=MAX_REFUSED
    )
