"""The way to the database: one pool, UTC on every connection, one project schema per transaction.

    async with database.reading("p_default") as queries:
        rows = await queries.fetch_all(Project, "project.list")

One request or one session's analysis is one transaction, opened here; nothing inside commits.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Literal, TypeAlias, TypeVar

import asyncpg
import msgspec
from asyncpg.pool import PoolConnectionProxy

from mien.errors import Busy, SetupError
from mien.store.statements import statement

RowT = TypeVar("RowT")
Isolation = Literal["read_committed", "repeatable_read"]
AnyConnection: TypeAlias = "asyncpg.Connection[Any] | PoolConnectionProxy[Any]"
CONTROL = "mien"
"""Schema of the control tables."""

UNREACHABLE = (OSError, asyncpg.PostgresConnectionError, asyncpg.InterfaceError, asyncpg.CannotConnectNowError)


class Queries:
    """Named statements on one connection, inside one transaction.

    `notes`: what was looked up and stays true to the end of it.
    """

    def __init__(self, connection: AnyConnection) -> None:
        self.connection = connection
        self.notes: dict[str, Any] = {}

    async def fetch_all(self, row_type: type[RowT], name: str, /, **values: object) -> list[RowT]:
        """All rows, as `row_type`."""
        wanted = statement(name)
        records = await self.connection.fetch(wanted.sql, *wanted.arguments(values))
        return [msgspec.convert(dict(record), row_type) for record in records]

    async def fetch_one(self, row_type: type[RowT], name: str, /, **values: object) -> RowT | None:
        """The first row, or None."""
        wanted = statement(name)
        record = await self.connection.fetchrow(wanted.sql, *wanted.arguments(values))
        return None if record is None else msgspec.convert(dict(record), row_type)

    async def fetch_value(self, name: str, /, **values: object) -> Any:
        """The first column of the first row, or None."""
        wanted = statement(name)
        return await self.connection.fetchval(wanted.sql, *wanted.arguments(values))

    async def fetch_values(self, name: str, /, **values: object) -> list[Any]:
        """The first column of all rows."""
        wanted = statement(name)
        return [record[0] for record in await self.connection.fetch(wanted.sql, *wanted.arguments(values))]

    async def execute(self, name: str, /, **values: object) -> str:
        """Run a statement without rows; returns PostgreSQL's command tag."""
        wanted = statement(name)
        return await self.connection.execute(wanted.sql, *wanted.arguments(values))


async def prepare_connection(connection: asyncpg.Connection[Any]) -> None:
    """JSONB travels as Python values, in the binary form (a version byte, then the text) that COPY needs."""
    await connection.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        format="binary",
        encoder=lambda value: b"\x01" + msgspec.json.encode(value),
        decoder=lambda data: msgspec.json.decode(data[1:]),
    )


async def _pool(dsn: str, max_size: int, settings: dict[str, str]) -> asyncpg.Pool[Any]:
    return await asyncpg.create_pool(
        dsn, min_size=1, max_size=max_size, server_settings=settings, init=prepare_connection
    )


class Database:
    """A pool on one database. Make it with `connect`, close it with `close`."""

    def __init__(self, dsn: str, pool: asyncpg.Pool[Any], statement_timeout_ms: int) -> None:
        self.dsn = dsn
        self.pool = pool
        self.statement_timeout_ms = statement_timeout_ms

    @classmethod
    async def connect(
        cls, dsn: str, *, max_size: int = 10, statement_timeout_ms: int = 15000, application: str = "mien"
    ) -> Database:
        """Raises SetupError, without the password, when the database cannot be reached or is too old."""
        settings = {
            "timezone": "UTC",
            "application_name": application,
            "statement_timeout": str(statement_timeout_ms),
            "jit": "off",
        }
        # What a process that was killed has asked for ends within this time, even while it waits for a lock.
        noticing = {**settings, "client_connection_check_interval": "1s"}
        try:
            try:
                pool = await _pool(dsn, max_size, noticing)
            except asyncpg.InvalidParameterValueError:  # a server on a system that cannot tell
                pool = await _pool(dsn, max_size, settings)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, ValueError) as error:
            raise SetupError(f"The database cannot be reached: {error}") from None
        async with pool.acquire() as connection:
            version = connection.get_server_version()
        if version.major < 15:
            await pool.close()
            raise SetupError(f"PostgreSQL 15 or newer is needed; this is {version.major}")
        return cls(dsn, pool, statement_timeout_ms)

    async def close(self) -> None:
        """Wait for running queries, then close all connections."""
        await self.pool.close()

    @asynccontextmanager
    async def reading(self, schema: str) -> AsyncIterator[Queries]:
        """One read-only transaction in which unqualified names mean `schema`'s."""
        async with self._transaction(schema, readonly=True) as queries:
            yield queries

    @asynccontextmanager
    async def snapshot(self, schema: str) -> AsyncIterator[Queries]:
        """Like `reading`, and all statements see the same state: for what is assembled from several tables."""
        async with self._transaction(schema, readonly=True, isolation="repeatable_read") as queries:
            yield queries

    @asynccontextmanager
    async def writing(self, schema: str) -> AsyncIterator[Queries]:
        """One transaction that commits when the block ends without an error."""
        async with self._transaction(schema, readonly=False) as queries:
            yield queries

    @asynccontextmanager
    async def rewriting(self, schema: str) -> AsyncIterator[Queries]:
        """Like `writing`, and all statements see the same state; fails when what they change was changed meanwhile."""
        async with self._transaction(schema, readonly=False, isolation="repeatable_read") as queries:
            yield queries

    @asynccontextmanager
    async def _transaction(
        self, schema: str, readonly: bool, isolation: Isolation = "read_committed"
    ) -> AsyncIterator[Queries]:
        try:
            async with (
                self.pool.acquire(timeout=10) as connection,
                connection.transaction(readonly=readonly, isolation=isolation),
            ):
                await connection.execute("SELECT set_config('search_path', $1, true)", schema)
                yield Queries(connection)
        except asyncpg.QueryCanceledError:
            raise Busy("The database did not finish in time. Choose a shorter period, or try again.") from None
        except (*UNREACHABLE, TimeoutError) as error:
            raise Busy(f"The database did not answer ({type(error).__name__}). Collecting retries by itself.") from None
