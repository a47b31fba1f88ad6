"""Counts batches that a project refused because of their origin, so that the operator sees a mistyped origin.

They stand in `dropped_items` as the reason "origin_refused <origin>". Anybody can send any origin: only some are kept.
"""

from __future__ import annotations

import time
from collections import Counter
from datetime import UTC, datetime

from mien.store.database import Database

WRITE_EVERY_S = 5.0
MOST_ORIGINS = 50
"""Different origins that one process remembers per project; the others count as "other"."""
ORIGIN_LENGTH = 200


class Refusals:
    """One per process. A count is written at once, further ones at most every WRITE_EVERY_S."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.origins: dict[str, set[str]] = {}
        self.counts: dict[str, Counter[str]] = {}
        self.written_at: dict[str, float] = {}

    async def count(self, schema: str, origin: str) -> None:
        """One refused batch more. Raises Busy when the database does not answer; the count then waits."""
        known = self.origins.setdefault(schema, set())
        origin = origin[:ORIGIN_LENGTH].replace("\x00", "")
        if origin not in known and len(known) >= MOST_ORIGINS:
            origin = "other"
        known.add(origin)
        self.counts.setdefault(schema, Counter())[f"origin_refused {origin}"] += 1
        if time.monotonic() - self.written_at.get(schema, -WRITE_EVERY_S) >= WRITE_EVERY_S:
            await self._write(schema)

    async def _write(self, schema: str) -> None:
        self.written_at[schema] = time.monotonic()
        waiting = self.counts.pop(schema)
        reasons = sorted(waiting)
        try:
            async with self.database.writing(schema) as queries:
                await queries.execute(
                    "collect.dropped",
                    day=datetime.now(UTC).date(),
                    reasons=reasons,
                    item_counts=[waiting[reason] for reason in reasons],
                )
        except Exception:
            self.counts.setdefault(schema, Counter()).update(waiting)
            raise
