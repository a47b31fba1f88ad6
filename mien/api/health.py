"""`/healthz`: 200 when all is ready. For process managers and for `./run demo`, which waits for it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Literal

import msgspec
from litestar import Response, get
from litestar.datastructures import State

from mien.errors import Busy, SetupError
from mien.store.database import CONTROL, Database
from mien.store.migrate import pending

MIGRATED_FOR_S = 30.0
"""How long "all migrated" is believed: the check looks at every project."""


class Health(msgspec.Struct, frozen=True):
    """`worker` null: none is expected in this process. `message` says what is wrong."""

    status: Literal["ok", "failing"]
    database: bool
    migrated: bool
    worker: bool | None
    message: str = ""


class HealthCheck:
    """Made once per process."""

    def __init__(self, database: Database, worker_alive: Callable[[], bool] | None) -> None:
        self.database = database
        self.worker_alive = worker_alive
        self.migrated_until = 0.0

    async def look(self) -> Health:
        """Never raises: what is wrong is the answer."""
        worker = self.worker_alive() if self.worker_alive else None
        try:
            async with self.database.reading(CONTROL) as queries:
                await queries.connection.execute("SELECT 1")
            behind = await self._behind()
        except (Busy, SetupError) as error:
            return Health("failing", isinstance(error, SetupError), False, worker, str(error))
        if behind:
            return Health("failing", True, False, worker, f"Not migrated: {', '.join(behind)}. Run `mien db upgrade`.")
        if worker is False:
            return Health("failing", True, True, worker, "The analysis worker has stopped.")
        return Health("ok", True, True, worker)

    async def _behind(self) -> list[str]:
        if time.monotonic() < self.migrated_until:
            return []
        behind = await asyncio.to_thread(pending, self.database.dsn)
        if not behind:
            self.migrated_until = time.monotonic() + MIGRATED_FOR_S
        return behind


@get("/healthz", operation_id="healthz", summary="Whether all is ready")
async def healthz(state: State) -> Response[Health]:
    """503 when the database is not reachable or not migrated, or the worker has stopped."""
    check: HealthCheck = state.health
    health = await check.look()
    return Response(health, status_code=200 if health.status == "ok" else 503, headers={"Cache-Control": "no-store"})
