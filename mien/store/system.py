"""What the page System shows of a project and its database: sizes, queue, losses, refusals, failures."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import msgspec

from mien.store.database import Queries


class TableSize(msgspec.Struct, frozen=True):
    """With indexes and long values. `row_count` is PostgreSQL's estimate, null until it has looked at the table."""

    table_name: str
    size_bytes: int
    row_count: int | None


class Server(msgspec.Struct, frozen=True):
    """PostgreSQL; `database_bytes` is all of the database, other projects included."""

    version: str
    database_bytes: int
    started_at: datetime
    connections: int
    max_connections: int


class Queue(msgspec.Struct, frozen=True):
    """Sessions: all that wait, those that could be analysed now, those that a worker has in hand."""

    queued: int
    due: int
    in_hand: int
    behind_s: float


class DayOfBatches(msgspec.Struct, frozen=True):
    """By the day (UTC) on which the sessions started."""

    day: date
    received_batches: int
    lost_batches: int


class HourOfBatches(msgspec.Struct, frozen=True):
    """By the hour (its start, UTC) in which the sessions started."""

    hour: datetime
    received_batches: int
    lost_batches: int


class DroppedItems(msgspec.Struct, frozen=True):
    """What the collector refused, by reason (docs/wire-format.md)."""

    reason: str
    items: int
    last_day: date


class FailedAnalyzer(msgspec.Struct, frozen=True):
    """Sessions whose last analysis lacks this part; `error` and `session_id` of the newest."""

    analyzer: str
    sessions: int
    last_at: datetime
    error: str
    session_id: UUID


class Backup(msgspec.Struct, frozen=True):
    """A file in the folder of backups."""

    name: str
    size_bytes: int
    made_at: datetime


class ProjectState(msgspec.Struct, frozen=True):
    """All of it, as of one moment."""

    tables: list[TableSize]
    server: Server
    queue: Queue
    losses: list[DayOfBatches]
    hours: list[HourOfBatches]
    dropped: list[DroppedItems]
    failed: list[FailedAnalyzer]


async def read_state(queries: Queries, since: datetime, hours_since: datetime) -> ProjectState:
    """Naive UTC: `since` when losses by day and refusals are counted, `hours_since` when losses by hour are.

    Call inside a snapshot of the project's schema.
    """
    server = await queries.fetch_one(Server, "system.server")
    queue = await queries.fetch_one(Queue, "system.queue")
    assert server is not None and queue is not None  # aggregates always have a row
    return ProjectState(
        tables=await queries.fetch_all(TableSize, "system.tables"),
        server=server,
        queue=queue,
        losses=await queries.fetch_all(DayOfBatches, "system.losses", since=since),
        hours=await queries.fetch_all(HourOfBatches, "system.hourly_losses", since=hours_since),
        dropped=await queries.fetch_all(DroppedItems, "system.dropped", since=since.date()),
        failed=await queries.fetch_all(FailedAnalyzer, "system.failed"),
    )


def list_backups(folder: Path) -> list[Backup]:
    """The dumps in a folder, newest first; empty when there is no such folder or it may not be read."""
    found = []
    try:
        for file in folder.glob("*.dump"):
            facts = file.stat()
            found.append(Backup(file.name, facts.st_size, datetime.fromtimestamp(facts.st_mtime, UTC)))
    except OSError:
        return []
    return sorted(found, key=lambda one: one.made_at, reverse=True)
