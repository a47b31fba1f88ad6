"""What commands share: options, the way to a database that is running and current, messages to people."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from mien.config import Settings, load_settings
from mien.errors import SetupError
from mien.postgres import EmbeddedPostgres
from mien.store import backup, migrate
from mien.store.database import Database
from mien.store.projects import create_key, create_project, find_project, list_keys, list_projects
from mien.store.statements import quoted

ResultT = TypeVar("ResultT")
DEFAULT_PROJECT = "default"

DataOption = Annotated[
    Path | None, typer.Option("--data", help="Folder of the embedded PostgreSQL and backups.", show_default=False)
]
PortOption = Annotated[int | None, typer.Option("--port", help="Port to listen on.", show_default=False)]
HostOption = Annotated[str | None, typer.Option("--host", help="Address to listen on.", show_default=False)]
ProjectOption = Annotated[str, typer.Option("--project", help="Which project.")]


def say(message: str) -> None:
    """A line for people: stderr, so that stdout stays for programs."""
    print(message, file=sys.stderr, flush=True)


def settings_of(data: Path | None = None, port: int | None = None, host: str | None = None) -> Settings:
    """Settings from the environment with a command's options on top."""
    return load_settings(data=data, port=port, host=host)


def external_url() -> str | None:
    """DATABASE_URL, in the form that all our drivers take."""
    url = os.environ.get("DATABASE_URL", "").strip()
    if not url:
        return None
    if not url.startswith(("postgresql://", "postgres://")):
        raise SetupError("DATABASE_URL must start with postgresql://")
    return url


@contextmanager
def running_server(settings: Settings) -> Iterator[str]:
    """DSN of the database: DATABASE_URL, or the embedded server, started if nobody runs it and stopped if nobody
    else uses it any more."""
    url = external_url()
    if url is not None:
        yield url
        return
    embedded = EmbeddedPostgres(
        settings.data,
        port=settings.postgres_port,
        shared_buffers=settings.postgres_shared_buffers,
        run_as=settings.postgres_user,
    )
    embedded.start()
    try:
        yield embedded.dsn()
    finally:
        embedded.stop()


def backup_file(settings: Settings, why: str) -> Path:
    """A new file name in the backups folder; UTC, so that names sort by time."""
    return settings.data / "backups" / f"mien-{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}-{why}.dump"


def bring_up_to_date(dsn: str, settings: Settings) -> list[str]:
    """Migrate, after a dump when there is data; returns the schemas that changed."""

    def dump_first() -> None:
        target = backup_file(settings, "before-upgrade")
        say(f"Backing up to {target} before the upgrade ...")
        backup.dump(dsn, target)

    return migrate.upgrade(dsn, dump_first)


async def ensure_first_project(database: Database) -> None:
    """The first project and its key; in a database of our own, `SELECT * FROM events` then just works in psql."""
    if not await list_projects(database):
        project = await create_project(database, DEFAULT_PROJECT, "Default")
        await create_key(database, project, "first key")
    if external_url() is None:
        name = await database.pool.fetchval("SELECT current_database()")
        await database.pool.execute(f"ALTER DATABASE {quoted(name)} SET search_path = p_{DEFAULT_PROJECT}, public")


async def first_key(database: Database, slug: str) -> str:
    """A valid ordinary key of the project, made if there is none."""
    project = await find_project(database, slug)
    for key in await list_keys(database, project):
        if key.revoked_at is None and not key.is_backfill:
            return key.write_key
    return await create_key(database, project, "first key")


@asynccontextmanager
async def open_database(
    dsn: str, settings: Settings, statement_timeout_ms: int | None = None
) -> AsyncIterator[Database]:
    """A current database with at least one project. `statement_timeout_ms`: another than the pages'."""
    await asyncio.to_thread(bring_up_to_date, dsn, settings)
    limit_ms = settings.statement_timeout_ms if statement_timeout_ms is None else statement_timeout_ms
    database = await Database.connect(dsn, statement_timeout_ms=limit_ms)
    try:
        await ensure_first_project(database)
        yield database
    finally:
        await database.close()


def with_database(
    settings: Settings,
    work: Callable[[Database], Coroutine[None, None, ResultT]],
    statement_timeout_ms: int | None = None,
) -> ResultT:
    """Run `work(database)` on a running, current database."""

    async def run(dsn: str) -> ResultT:
        async with open_database(dsn, settings, statement_timeout_ms) as database:
            return await work(database)

    with running_server(settings) as dsn:
        return asyncio.run(run(dsn))
