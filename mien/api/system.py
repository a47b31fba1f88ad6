"""System: is Mien itself well. Lag, losses, queue, sizes, versions, backups, refusals, failures, and what to do."""

from __future__ import annotations

import asyncio
import os
import platform
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
from litestar import get
from litestar.datastructures import State

from mien import __version__
from mien.api.errors import ERRORS
from mien.api.health import HealthCheck
from mien.api.system_warnings import Disk, Facts, Warning, find_warnings
from mien.config import Settings
from mien.store.database import Database
from mien.store.freshness import Arrivals, read_arrivals, read_first_session
from mien.store.projects import Project
from mien.store.system import (
    Backup,
    DayOfBatches,
    DroppedItems,
    FailedAnalyzer,
    HourOfBatches,
    Queue,
    Server,
    TableSize,
    list_backups,
    read_state,
)

LOOK_BACK = timedelta(days=14)
HOURS_BACK = timedelta(hours=23)
"""With the hour that runs, 24."""
MAX_BACKUPS = 20


class SystemPage(msgspec.Struct, frozen=True):
    """`losses`, `dropped` and `freshness`: of the last 14 days, `since`. `tables`: of this project, largest first.

    `hours`: of the 24 hours from `hours_since` on, the last one unfinished; hours without batches are left out.

    `worker` null: none is expected in the process that answers. `disk` null: the data folder cannot be looked at.
    """

    warnings: list[Warning]
    version: str
    python: str
    server: Server
    worker: bool | None
    queue: Queue
    freshness: Arrivals
    since: datetime
    losses: list[DayOfBatches]
    hours_since: datetime
    hours: list[HourOfBatches]
    dropped: list[DroppedItems]
    failed: list[FailedAnalyzer]
    tables: list[TableSize]
    disk: Disk | None
    backups: list[Backup]
    backup_count: int


def look_at_disk(folder: Path) -> Disk | None:
    """Of the data folder, or of what will hold it."""
    try:
        usage = shutil.disk_usage(next(one for one in (folder, *folder.parents) if one.exists()))
    except (OSError, StopIteration):
        return None
    return Disk(usage.free, usage.total, not os.environ.get("DATABASE_URL"))


@get("/projects/{slug:str}/system", operation_id="system", responses=ERRORS, summary="Whether Mien itself is well")
async def system(project: Project, database: Database, settings: Settings, state: State) -> SystemPage:
    """As of now."""
    now = datetime.now(UTC)
    since = (now - LOOK_BACK).replace(hour=0, minute=0, second=0, microsecond=0)
    hours_since = (now - HOURS_BACK).replace(minute=0, second=0, microsecond=0)
    check: HealthCheck = state.health
    health = await check.look()
    async with database.snapshot(project.schema) as queries:
        found = await read_state(queries, since.replace(tzinfo=None), hours_since.replace(tzinfo=None))
        freshness = await read_arrivals(queries, since.replace(tzinfo=None))
        first = await read_first_session(queries)
    backups = await asyncio.to_thread(list_backups, settings.data / "backups")
    disk = await asyncio.to_thread(look_at_disk, settings.data)
    facts = Facts(
        state=found,
        freshness=freshness,
        backups=backups,
        disk=disk,
        worker=health.worker,
        unmigrated=[project.slug] if health.database and not health.migrated else [],
        has_sessions=first.sessions > 0,
        now=now,
    )
    return SystemPage(
        warnings=find_warnings(facts),
        version=__version__,
        python=platform.python_version(),
        server=found.server,
        worker=health.worker,
        queue=found.queue,
        freshness=freshness,
        since=since,
        losses=found.losses,
        hours_since=hours_since,
        hours=found.hours,
        dropped=found.dropped,
        failed=found.failed,
        tables=found.tables,
        disk=disk,
        backups=backups[:MAX_BACKUPS],
        backup_count=len(backups),
    )


HANDLERS = (system,)
