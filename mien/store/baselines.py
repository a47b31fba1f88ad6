"""The versions of a project's baselines, as plain data: mien/tuning.py makes the analyzers' value of them.

Append-only: the newest row holds, and what held before can be read for ever.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from mien.store.database import Database, Queries


class StoredScreen(msgspec.Struct, frozen=True):
    """Percentiles of one screen; the fields are those of the analyzers' `ScreenBaseline`."""

    views: int
    dwell_p10_ms: float | None = None
    scroll_ratio_p95: float | None = None
    scroll_ratio_p99: float | None = None


class StoredMute(msgspec.Struct, frozen=True):
    """`screen` None: on every screen."""

    type: str
    element_id: str
    screen: str | None = None


class Changes(msgspec.Struct, frozen=True):
    """What differs from the defaults. `overrides`: name of a threshold -> number; `screens`: by cleaned name."""

    overrides: dict[str, float] = {}
    screens: dict[str, StoredScreen] = {}
    muted: list[StoredMute] = []
    ignored_screens: list[str] = []


class StoredBaselines(Changes, frozen=True, kw_only=True):
    """A row of `baselines`. `version`: as it was computed when the row was made."""

    id: int
    made_at: datetime
    made_by: str
    reason: str
    version: str


class Learning(msgspec.Struct, frozen=True):
    """When percentiles were computed, and over how much; `baselines_id` None: too little had changed."""

    finished_at: datetime
    session_count: int
    view_count: int
    screen_count: int
    baselines_id: int | None


NO_CHANGES = Changes()


async def read_newest(queries: Queries) -> StoredBaselines | None:
    """What holds; None: the defaults do."""
    return await queries.fetch_one(StoredBaselines, "baselines.newest")


async def read_newest_id(queries: Queries) -> int:
    """Which row holds; 0 when there is none. Cheap: the worker asks again and again."""
    return await queries.fetch_value("baselines.newest_id") or 0


async def read_history(queries: Queries, max_rows: int) -> list[StoredBaselines]:
    """Newest first."""
    return await queries.fetch_all(StoredBaselines, "baselines.history", max_rows=max_rows)


async def lock(queries: Queries) -> None:
    """Nobody else adds a version until this transaction ends."""
    await queries.execute("baselines.lock")


async def add(queries: Queries, changes: Changes, version: str, made_by: str, reason: str) -> int:
    """Call after `lock`, with changes that were made from what holds. Returns the row's id."""
    found: int = await queries.fetch_value(
        "baselines.add",
        made_by=made_by,
        reason=reason,
        version=version,
        overrides=dict(sorted(changes.overrides.items())),
        screens=msgspec.to_builtins(changes.screens),
        muted=msgspec.to_builtins(changes.muted),
        ignored_screens=sorted(changes.ignored_screens),
    )
    return found


async def begin_learning(database: Database, schema: str, made_by: str, every_s: float = 0.0) -> int | None:
    """Id of the learning that begins; None when the last one is younger than `every_s`, or somebody is at it."""
    async with database.writing(schema) as queries:
        await queries.fetch_value("baselines.learning_lock")
        found: int | None = await queries.fetch_value("baselines.learning_begin", made_by=made_by, every_s=every_s)
    return found


async def finish_learning(
    queries: Queries, learning_id: int, session_count: int, view_count: int, screen_count: int, baselines_id: int | None
) -> None:
    """Note what came of it."""
    await queries.execute(
        "baselines.learning_finish",
        id=learning_id,
        session_count=session_count,
        view_count=view_count,
        screen_count=screen_count,
        baselines_id=baselines_id,
    )


async def read_last_learning(queries: Queries) -> Learning | None:
    """None before the first one."""
    return await queries.fetch_one(Learning, "baselines.last_learning")


async def recent_sessions(queries: Queries, since: datetime, until: datetime, max_sessions: int) -> list[UUID]:
    """People's sessions that started in the period (naive UTC, half-open), newest first."""
    return await queries.fetch_values("baselines.recent_sessions", since=since, until=until, max_sessions=max_sessions)


async def count_sessions(queries: Queries, since: datetime, until: datetime) -> int:
    """All of them."""
    found: int = await queries.fetch_value("baselines.count_sessions", since=since, until=until)
    return found


async def count_outdated(queries: Queries, version_key: str) -> int:
    """Sessions that stand under another version."""
    found: int = await queries.fetch_value("baselines.count_outdated", version_key=version_key)
    return found
