"""Databases for tests: one migrated template per run, a copy of it for each test that asks."""

from __future__ import annotations

import asyncio
import itertools
import os
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from mien.store.database import Database
from mien.store.migrate import upgrade
from mien.store.projects import create_project

TEMPLATE = "mien_template"
_numbers = itertools.count()


def with_name(dsn: str, name: str) -> str:
    """The same server, another database."""
    parts = urlsplit(dsn)
    return urlunsplit(parts._replace(path=f"/{name}"))


async def admin(dsn: str, *statements: str) -> None:
    """Run statements outside a transaction."""
    connection = await asyncpg.connect(dsn)
    try:
        for sql in statements:
            await connection.execute(sql)
    finally:
        await connection.close()


def make_template(dsn: str) -> None:
    """Create the template with the real migrations and the project "default"."""

    async def first_project() -> None:
        database = await Database.connect(with_name(dsn, TEMPLATE))
        await create_project(database, "default", "Default")
        await database.close()

    asyncio.run(admin(dsn, f"CREATE DATABASE {TEMPLATE} TEMPLATE template0"))
    upgrade(with_name(dsn, TEMPLATE))
    asyncio.run(first_project())


async def copy_template(dsn: str) -> str:
    """A fresh database; returns its DSN."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    await admin(dsn, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY file_copy")
    return with_name(dsn, name)


async def drop(dsn: str, test_dsn: str) -> None:
    """Remove a copy, whoever still holds a connection to it."""
    await admin(dsn, f"DROP DATABASE {urlsplit(test_dsn).path[1:]} WITH (FORCE)")
