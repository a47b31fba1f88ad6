"""What a killed process has asked of the database does not go on, even where it waits for a lock."""

from __future__ import annotations

import asyncio
import os
import sys

from mien.store.database import Database

ASK = """
import asyncio, os
from mien.store.database import Database

async def ask() -> None:
    database = await Database.connect(os.environ["DATABASE_URL"], application="left alone", statement_timeout_ms=60_000)
    async with database.reading("p_default") as queries:
        print("asks", flush=True)
        await queries.connection.fetchval("SELECT count(*) FROM sessions")

asyncio.run(ask())
"""
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'left alone' AND wait_event_type = 'Lock'"
LEFT = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'left alone'"


async def count_until(database: Database, sql: str, wanted: int) -> int:
    """The count, as soon as it is `wanted`; otherwise what it is after 20 s."""
    found = -1
    for _ in range(200):
        found = await database.pool.fetchval(sql)
        if found == wanted:
            break
        await asyncio.sleep(0.1)
    return found


async def test_a_killed_process_leaves_no_statement_behind(database: Database) -> None:
    async with database.writing("p_default") as queries:
        await queries.connection.execute("LOCK TABLE sessions IN ACCESS EXCLUSIVE MODE")
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", ASK, stdout=asyncio.subprocess.PIPE, env={**os.environ, "DATABASE_URL": database.dsn}
        )
        assert process.stdout is not None and await process.stdout.readline() == b"asks\n"
        assert await count_until(database, WAITING, 1) == 1
        process.kill()
        await process.wait()
        assert await count_until(database, LEFT, 0) == 0
