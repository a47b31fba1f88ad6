"""Group commit: batches that arrive while a transaction runs share the next one; each is answered after its commit.

A writer per project, with two connections. Rule for when a flush starts: reference/ingest.md 2. When a flush fails
because of its data it is halved until the poisonous batch stands alone, and that one is written item by item.
"""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections import Counter, deque
from dataclasses import dataclass
from typing import Any

import asyncpg

from mien.collector.encode import Encoded
from mien.collector.flush import DATA_ERRORS, Connection, salvage_batch, write_batches
from mien.errors import Busy, InvalidBatch

log = logging.getLogger("mien.writer")

CONNECTIONS = 2
"""One gathers while the other commits; a third gains nothing (reference/ingest.md 1)."""
FULL_GROUP_ITEMS = 2_000
LARGEST_GROUP_ITEMS = 20_000
BEHIND_FLIGHT_S = 0.020
"""A group never waits longer than this behind a flush in flight."""
CONFLICT_TRIES = 3
MAX_WAITING_BYTES = 128 * 1024 * 1024
"""Rows that wait for the database, of one project: with replay, a batch may be a thousand times the usual one."""
RETRYABLE = (asyncpg.DeadlockDetectedError, asyncpg.SerializationError)


@dataclass(slots=True)
class Waiting:
    """A batch and the request that waits for it."""

    encoded: Encoded
    done: asyncio.Future[Result]


@dataclass(slots=True, frozen=True)
class Result:
    """`is_new` False: the batch was stored before. `refused`: items that the database could not take."""

    is_new: bool
    refused: Counter[str]


class ProjectWriter:
    """Writes the batches of one project schema."""

    def __init__(self, dsn: str, schema: str, max_waiting: int, flush_wait_ms: int) -> None:
        self.dsn = dsn
        self.schema = schema
        self.max_waiting = max_waiting
        self.flush_wait_s = flush_wait_ms / 1000
        self.waiting: deque[Waiting] = deque()
        self.waiting_items = 0
        self.waiting_bytes = 0
        self.in_flight = 0
        self.flight_started = 0.0
        self.changed = asyncio.Event()
        self.gathering = asyncio.Lock()
        self.tasks = [asyncio.create_task(self._work(), name=f"writer {schema} {n}") for n in range(CONNECTIONS)]

    def submit(self, encoded: Encoded) -> asyncio.Future[Result]:
        """Ends after the commit; or with Busy when the database does not answer, or InvalidBatch when it never can.

        Raises Busy at once when too many wait already.
        """
        size = encoded.byte_count
        if len(self.waiting) >= self.max_waiting or self.waiting_bytes + size > MAX_WAITING_BYTES:
            raise Busy("Too many batches are waiting for the database. Nothing was stored; send it again.", 2)
        done: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self.waiting.append(Waiting(encoded, done))
        self.waiting_items += encoded.item_count + 1
        self.waiting_bytes += size
        self.changed.set()
        return done

    async def stop(self) -> None:
        """Write what waits, then end."""
        while self.waiting or self.in_flight:  # noqa: ASYNC110 at shutdown only, and over within a flush
            await asyncio.sleep(0.01)
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    async def _work(self) -> None:
        connection: Connection | None = None
        try:
            while True:
                group = await self._gather()
                try:
                    if connection is None or connection.is_closed():
                        connection = await self._connect()
                    await self._flush(connection, group)
                except Exception as error:  # the flush's own trouble must reach every sender, whatever it is
                    log.warning("flush of %d batches failed: %s: %s", len(group), type(error).__name__, error)
                    _fail(group, Busy("The database did not answer. Nothing was stored; send it again."))
                    if connection is not None and not connection.is_closed():
                        connection.terminate()
                    connection = None
                finally:
                    self.in_flight -= 1
                    self.changed.set()
        finally:
            if connection is not None:
                connection.terminate()

    async def _connect(self) -> Connection:
        connection: Connection = await asyncpg.connect(
            self.dsn,
            timeout=5,
            server_settings={
                "search_path": self.schema,
                "timezone": "UTC",
                "application_name": "mien collector",
                "lock_timeout": "2s",
                "statement_timeout": "30s",
                # One early ANALYZE of a small `sessions` would make every foreign key check a sequential scan, for as
                # long as the connection lives (reference/ingest.md 5).
                "enable_seqscan": "off",
            },
        )
        return connection

    async def _gather(self) -> list[Waiting]:
        async with self.gathering:
            while True:
                if not self.waiting:
                    await self._wait(None)
                elif self.waiting_items >= FULL_GROUP_ITEMS:
                    break
                elif self.in_flight == 0:
                    if self.flush_wait_s:
                        await asyncio.sleep(self.flush_wait_s)
                    break
                else:
                    left = BEHIND_FLIGHT_S - (time.monotonic() - self.flight_started)
                    if left <= 0:
                        break
                    await self._wait(left)
            group, items = [], 0
            while self.waiting and items < LARGEST_GROUP_ITEMS:
                waiting = self.waiting.popleft()
                items += waiting.encoded.item_count + 1
                self.waiting_bytes -= waiting.encoded.byte_count
                group.append(waiting)
            self.waiting_items -= items
            self.in_flight += 1
            self.flight_started = time.monotonic()
            return group

    async def _wait(self, timeout_s: float | None) -> None:
        self.changed.clear()
        try:
            await asyncio.wait_for(self.changed.wait(), timeout_s)
        except TimeoutError:
            return

    async def _flush(self, connection: Connection, group: list[Waiting]) -> None:
        first: dict[uuid.UUID, Waiting] = {}
        repeats: list[Waiting] = []
        for waiting in group:
            if waiting.encoded.batch_id in first:
                repeats.append(waiting)
            else:
                first[waiting.encoded.batch_id] = waiting
        await self._write(connection, list(first.values()))
        for waiting in repeats:
            twin = first[waiting.encoded.batch_id].done
            error = twin.exception()
            _answer(waiting, error if error else Result(False, Counter()))

    async def _write(self, connection: Connection, group: list[Waiting]) -> None:
        try:
            new_ids = await self._write_with_retry(connection, group)
        except DATA_ERRORS as error:
            if len(group) == 1:
                await self._salvage(connection, group[0], error)
                return
            middle = len(group) // 2
            await self._write(connection, group[:middle])
            await self._write(connection, group[middle:])
            return
        for waiting in group:
            _answer(waiting, Result(waiting.encoded.batch_id in new_ids, Counter()))

    async def _write_with_retry(self, connection: Connection, group: list[Waiting]) -> set[uuid.UUID]:
        for tries_left in range(CONFLICT_TRIES - 1, -1, -1):
            try:
                return await write_batches(connection, [waiting.encoded for waiting in group])
            except RETRYABLE:
                if not tries_left:
                    raise
        raise AssertionError("the loop returns or raises")

    async def _salvage(self, connection: Connection, waiting: Waiting, cause: Exception) -> None:
        try:
            refused = await salvage_batch(connection, waiting.encoded)
        except DATA_ERRORS as error:
            log.warning("batch %s cannot be stored: %s", waiting.encoded.batch_id, error)
            _answer(waiting, InvalidBatch(f"the database refuses the session of this batch: {error}"))
            return
        log.info("batch %s: %d items refused by the database (%s)", waiting.encoded.batch_id, refused.total(), cause)
        _answer(waiting, Result(True, refused))


def _answer(waiting: Waiting, result: Result | BaseException) -> None:
    if waiting.done.done():
        return  # the sender has gone
    if isinstance(result, BaseException):
        waiting.done.set_exception(result)
    else:
        waiting.done.set_result(result)


def _fail(group: list[Waiting], error: Busy) -> None:
    for waiting in group:
        _answer(waiting, error)


class Writers:
    """A ProjectWriter for each project that has sent something."""

    def __init__(self, dsn: str, max_waiting: int, flush_wait_ms: int) -> None:
        self.options: tuple[str, int, int] = (dsn, max_waiting, flush_wait_ms)
        self.by_schema: dict[str, ProjectWriter] = {}

    def of(self, schema: str) -> ProjectWriter:
        """The writer of this schema, made on first use."""
        writer = self.by_schema.get(schema)
        if writer is None:
            dsn, max_waiting, flush_wait_ms = self.options
            writer = self.by_schema[schema] = ProjectWriter(dsn, schema, max_waiting, flush_wait_ms)
        return writer

    async def stop(self) -> Any:
        """Write what waits, then end all."""
        return await asyncio.gather(*(writer.stop() for writer in self.by_schema.values()))
