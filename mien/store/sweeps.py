"""Finds rows that somebody inserted with plain SQL: looks at the ids beyond a mark, with an overlap.

Ids are taken before a transaction commits, so a row may appear below the newest id: each sweep starts from the mark of
OVERLAP_S ago. Our own rows are found too and ignored: their sessions wait in the queue, or were counted already.
"""

from __future__ import annotations

import time
from collections import deque

import msgspec

from mien.store.database import Queries

OVERLAP_S = 60.0
"""Longer than a hand-written transaction usually stays open."""


class Marks(msgspec.Struct, frozen=True):
    """The largest id seen in each collected table."""

    events: int = 0
    calls: int = 0
    errors: int = 0
    chunks: int = 0


class _Mark(msgspec.Struct, frozen=True):
    table_name: str
    last_id: int


class Sweeper:
    """Sweeps one project; remembers its marks in the database and those of the last minute in memory."""

    def __init__(self) -> None:
        self.history: deque[tuple[float, Marks]] = deque()

    async def sweep(self, queries: Queries) -> int:
        """Queue sessions with foreign rows; returns how many."""
        now = time.monotonic()
        if not self.history:
            stored = {mark.table_name: mark.last_id for mark in await queries.fetch_all(_Mark, "sweep.marks")}
            self.history.append((now - OVERLAP_S, msgspec.convert(stored, Marks)))
        newest = await queries.fetch_one(Marks, "sweep.newest")
        if newest is None:
            return 0
        while len(self.history) > 1 and self.history[1][0] <= now - OVERLAP_S:
            self.history.popleft()
        since = self.history[0][1]
        if newest == since:
            return 0
        tag = await queries.execute(
            "sweep.enqueue", events=since.events, calls=since.calls, errors=since.errors, chunks=since.chunks
        )
        stored_marks = msgspec.structs.asdict(since)
        await queries.execute(
            "sweep.remember", table_names=list(stored_marks), last_ids=[int(mark) for mark in stored_marks.values()]
        )
        self.history.append((now, newest))
        return int(tag.rsplit(" ", 1)[-1])
