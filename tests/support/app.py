"""The whole HTTP application in a test, without a socket."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from mien.collector.routes import Collector
from mien.config import Settings
from mien.store.database import Database
from mien.store.projects import create_key, find_project


class Sender:
    """Sends batches to a collector as a browser would."""

    def __init__(self, collector: Collector, client: httpx.AsyncClient, key: str) -> None:
        self.collector = collector
        self.client = client
        self.key = key

    async def send(self, body: dict[str, Any] | bytes, query: str = "", **headers: str) -> httpx.Response:
        """POST one batch."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return await self.client.post(f"/v1/batch{query}", content=content, headers=headers)


@asynccontextmanager
async def collecting(
    database: Database, settings: Settings | None = None, backfill: bool = False
) -> AsyncIterator[Sender]:
    """A collector on `database` with a fresh key for the project "default"."""
    collector = Collector(database, settings or Settings())
    key = await create_key(database, await find_project(database, "default"), is_backfill=backfill)
    transport = httpx.ASGITransport(app=collector.app, client=("203.0.113.77", 4711))
    async with httpx.AsyncClient(transport=transport, base_url="http://mien.test") as client:
        yield Sender(collector, client, key)
    await collector.stop()
