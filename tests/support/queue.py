"""Sessions that wait to be analysed, for tests of the worker."""

from __future__ import annotations

import uuid
from typing import Any

from mien.store.database import Database

SCHEMA = "p_default"


async def execute(database: Database, sql: str, *values: object, schema: str = SCHEMA) -> None:
    """One statement, committed."""
    async with database.writing(schema) as queries:
        await queries.connection.execute(sql, *values)


async def value(database: Database, sql: str, *values: object, schema: str = SCHEMA) -> Any:
    """The first column of the first row."""
    async with database.reading(schema) as queries:
        return await queries.connection.fetchval(sql, *values)


async def add_session(
    database: Database, session_id: uuid.UUID | None = None, schema: str = SCHEMA, due_in_s: float = 0.0
) -> uuid.UUID:
    """A session with a screen and a click (enough for a score), queued."""
    session_id = session_id or uuid.uuid4()
    async with database.writing(schema) as queries:
        await queries.connection.execute("INSERT INTO sessions (session_id) VALUES ($1)", session_id)
        await queries.connection.execute(
            "INSERT INTO events (session_id, event_type, screen) VALUES ($1, 'screen_view', '/a'), ($1, 'click', '/a')",
            session_id,
        )
        await queries.connection.execute(
            "INSERT INTO analysis_queue (session_id, ready_at, token)"
            " VALUES ($1, now() + $2 * interval '1 second', nextval('analysis_token'))",
            session_id,
            due_in_s,
        )
    return session_id
