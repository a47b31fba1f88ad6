"""What of Mien's own state somebody should look at: each with one sentence, and one on what to do. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import msgspec

from mien.store.freshness import Arrivals
from mien.store.system import Backup, ProjectState

LATE_S = 60.0
"""Up to here a delay is normal (visual.md 3, as in the meter)."""
BACKUP_AGE = timedelta(days=7)
LEAST_FREE_BYTES, ENOUGH_BYTES, LEAST_FREE_SHARE = 2 * 10**9, 20 * 10**9, 0.1
"""A disk is short below 2 GB, and below a tenth unless that is 20 GB: PostgreSQL stops when it is full. Own choice."""


class Warning(msgspec.Struct, frozen=True):
    """`name` is what programs test for. `todo`: what to do about it."""

    name: str
    sentence: str
    todo: str


class Disk(msgspec.Struct, frozen=True):
    """The disk of Mien's data folder; `holds_database`: the embedded PostgreSQL stands there too."""

    free_bytes: int
    total_bytes: int
    holds_database: bool


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked at. `worker` None: none is expected in this process."""

    state: ProjectState
    freshness: Arrivals
    backups: list[Backup]
    disk: Disk | None
    worker: bool | None
    unmigrated: list[str]
    has_sessions: bool
    now: datetime


def find_warnings(facts: Facts) -> list[Warning]:
    """The most urgent first; empty when all is well."""
    return [*_of_running(facts), *_of_disk(facts), *_of_data(facts)]


def _plural(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def _of_running(facts: Facts) -> Iterator[Warning]:
    queue = facts.state.queue
    if facts.unmigrated:
        yield Warning(
            "not_migrated",
            f"The tables of {', '.join(facts.unmigrated)} are older than this Mien.",
            "Stop Mien and run `mien db upgrade`; it makes a backup first.",
        )
    if facts.worker is False:
        yield Warning(
            "worker_stopped",
            "The analysis worker has stopped. Collecting goes on, scores stand still.",
            "Restart `mien up`; its log says why the worker ended.",
        )
    if queue.behind_s >= LATE_S:
        yield Warning(
            "behind",
            f"The analysis is {queue.behind_s:,.0f} s behind; "
            f"{_plural(queue.queued, 'session waits', 'sessions wait')}.",
            "If it does not shrink, run another `mien worker` against this database, on any machine.",
        )
    if facts.has_sessions and facts.freshness.last_received_at is None:
        yield Warning(
            "nothing_received",
            "Nothing was received in the last 24 hours.",
            "Check that the script tag is still in the pages, and that the origin is allowed: Settings shows both.",
        )


def _of_disk(facts: Facts) -> Iterator[Warning]:
    disk = facts.disk
    if disk and disk.free_bytes < max(LEAST_FREE_BYTES, min(ENOUGH_BYTES, LEAST_FREE_SHARE * disk.total_bytes)):
        yield Warning(
            "disk_short",
            f"{disk.free_bytes / 1e9:,.1f} of {disk.total_bytes / 1e9:,.1f} GB are free on the data folder's disk.",
            "Give it more room, move old backups away, or record less: sampling and replay are in Settings.",
        )
    newest = facts.backups[0].made_at if facts.backups else None
    if facts.has_sessions and newest is None:
        yield Warning(
            "no_backup",
            "There is no backup in the folder of backups.",
            "Run `mien db backup` every day, for example with cron, and copy the file to another machine.",
        )
    elif newest is not None and facts.has_sessions and facts.now - newest > BACKUP_AGE:
        yield Warning(
            "old_backup",
            f"The newest backup is {(facts.now - newest).days} days old.",
            "Run `mien db backup` every day, for example with cron, and copy the file to another machine.",
        )


def _of_data(facts: Facts) -> Iterator[Warning]:
    for one in facts.state.failed:
        yield Warning(
            "analyzer_failed",
            f"The analyzer {one.analyzer} failed on {_plural(one.sessions, 'session', 'sessions')}; "
            "the others' rows are whole.",
            "The error below goes into a bug report. After an upgrade that mends it, sessions are analysed again.",
        )
    lost = sum(day.lost_batches for day in facts.state.losses)
    if lost:
        received = sum(day.received_batches for day in facts.state.losses)
        yield Warning(
            "lost",
            f"{lost:,} of {lost + received:,} batches of these days never arrived.",
            "Some loss is normal where people go offline. For much on one day see the proxy's log: 413, 502, 503.",
        )
    dropped = sum(one.items for one in facts.state.dropped)
    if dropped:
        yield Warning(
            "dropped",
            f"{_plural(dropped, 'item was', 'items were')} refused by a rule of the collector.",
            "The reasons are below; each says what the sender must change.",
        )
    if without := facts.freshness.sessions_without_start:
        yield Warning(
            "without_start",
            f"{_plural(without, 'session has', 'sessions have')} no start time and are in no figure.",
            "They came by plain SQL: set their started_at.",
        )
