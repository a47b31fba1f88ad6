"""Sessions of a data set in a Mien of their own: sent over HTTP as any client would, analysed, and read back."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import httpx

from bench.support import free_port, start_collector
from mien.store import migrate, work_queue
from mien.store.database import Database
from mien.store.projects import create_key, create_project
from mien.worker import Worker
from tests.support.servers import test_server

Batch = dict[str, Any]
AT_ONCE = 8
AGENT = "user_agent"
"""A key beside those of the wire format: the user agent that the batch is sent with."""


@asynccontextmanager
async def imported(batches_for: Callable[[str], Iterable[Batch]]) -> AsyncIterator[Database]:
    """A database in which the batches made for a write key are stored and analysed. SystemExit when one is refused."""
    with test_server() as dsn:
        await asyncio.to_thread(migrate.upgrade, dsn)
        database = await Database.connect(dsn)
        key = await create_key(database, await create_project(database, "default"), is_backfill=True)
        collector = await asyncio.to_thread(start_collector, dsn, free_port())
        try:
            await send(f"http://127.0.0.1:{collector.port}", batches_for(key))
        finally:
            await asyncio.to_thread(collector.stop)
        async with database.writing("p_default") as queries:
            await work_queue.enqueue(queries, everything=True)
        await Worker(database).drain("p_default")
        try:
            yield database
        finally:
            await database.close()


async def send(base_url: str, batches: Iterable[Batch]) -> None:
    """Every batch must be accepted whole; those of one session come in order, AT_ONCE sessions at a time."""
    sessions: dict[str, list[Batch]] = {}
    for batch in batches:
        sessions.setdefault(batch["session"]["session_id"], []).append(batch)
    waiting = iter(sessions.values())
    async with httpx.AsyncClient(base_url=base_url, timeout=30, trust_env=False) as client:

        async def send_some() -> None:
            for of_one in waiting:
                for batch in of_one:
                    await _send_batch(client, batch)

        await asyncio.gather(*(send_some() for _ in range(AT_ONCE)))


async def _send_batch(client: httpx.AsyncClient, batch: Batch) -> None:
    """Sent now, whenever it happened: else the collector would correct a clock."""
    body = {**batch, "sent_at": time.time() * 1000}
    agent = body.pop(AGENT, None)
    answer = await client.post("/v1/batch", json=body, headers=None if agent is None else {"User-Agent": agent})
    if answer.status_code != 200 or answer.json().get("dropped"):
        raise SystemExit(f"A batch was not accepted whole: {answer.status_code} {answer.text[:300]}")


async def scores_of(database: Database) -> dict[UUID, float]:
    """Unrounded, 0 to 100; sessions without enough data are missing."""
    rows = await rows_of(database, "SELECT session_id, score_exact FROM score_facts WHERE score_exact IS NOT NULL")
    return {row["session_id"]: row["score_exact"] for row in rows}


async def signals_of(database: Database) -> dict[UUID, Counter[str]]:
    """How often each signal fires in each session."""
    found: dict[UUID, Counter[str]] = {}
    for row in await rows_of(database, "SELECT session_id, type, count(*) AS n FROM signals GROUP BY 1, 2"):
        found.setdefault(row["session_id"], Counter())[row["type"]] = row["n"]
    return found


async def rows_of(database: Database, query: str) -> list[Any]:
    """What a query of a report gives; the product's own statements are not used, since they are what is judged."""
    async with database.reading("p_default") as queries:
        return list(await queries.connection.fetch(query))
