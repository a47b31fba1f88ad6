"""What a viewer who left has asked for ends at once, in the database and in processes of its own."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
import uvicorn

from mien.api.app import create_app
from mien.config import Settings
from mien.store.database import Database
from tests.support.api_site import NAME, PASSWORD, PERIOD, SCHEMA, site_of

WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"


@asynccontextmanager
async def served(database: Database) -> AsyncIterator[httpx.AsyncClient]:
    """A signed-in client on a socket of its own: only a real connection can be left."""
    async with site_of(database):
        with socket.create_server(("127.0.0.1", 0)) as listening:
            server = uvicorn.Server(uvicorn.Config(create_app(database, Settings()), log_level="warning"))
            serving = asyncio.create_task(server.serve(sockets=[listening]))
            async with httpx.AsyncClient(
                base_url=f"http://127.0.0.1:{listening.getsockname()[1]}", timeout=20
            ) as client:
                answer = await client.post("/api/login", json={"name": NAME, "password": PASSWORD})
                assert answer.status_code == 200
                client.headers["x-mien-csrf"] = answer.json()["csrf"]
                yield client
            server.should_exit = True
            await serving


async def waiting_until(database: Database, wanted: int, seconds: float) -> int:
    """How many statements wait for a lock, as soon as it is `wanted`; otherwise what it is in the end."""
    found = -1
    for _ in range(round(seconds * 20)):
        found = await database.pool.fetchval(WAITING)
        if found == wanted:
            return found
        await asyncio.sleep(0.05)
    return found


@pytest.mark.parametrize("path", ["/overview", "/sessions.csv", "/findings"])
async def test_the_statement_of_a_viewer_who_left_ends(database: Database, path: str) -> None:
    async with served(database) as client, database.writing(SCHEMA) as queries:
        await queries.connection.execute("LOCK TABLE sessions, rollup_sessions, dirty_hours IN ACCESS EXCLUSIVE MODE")
        asking = asyncio.create_task(client.get(f"/api/projects/default{path}", params=PERIOD))
        assert await waiting_until(database, 1, 20) == 1
        asking.cancel()
        # Statements have 15 s; this is long before that.
        assert await waiting_until(database, 0, 8) == 0


async def test_what_changes_something_is_done_all_the_same(database: Database) -> None:
    async with served(database) as client:
        async with database.writing(SCHEMA) as queries:
            await queries.connection.execute("LOCK TABLE mien.saved_views IN ACCESS EXCLUSIVE MODE")
            view = {"name": "Kept", "address": "/sessions"}
            saving = asyncio.create_task(client.post("/api/projects/default/views", json=view))
            assert await waiting_until(database, 1, 20) == 1
            saving.cancel()
            assert await waiting_until(database, 0, 1.5) == 1
        for _ in range(100):
            if await database.pool.fetchval("SELECT count(*) FROM mien.saved_views WHERE name = 'Kept'"):
                return
            await asyncio.sleep(0.05)
        raise AssertionError("the view was not saved")
