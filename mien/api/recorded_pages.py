"""Looking for the recorded page of a screen, which takes seconds where many chunks are read and none shows it."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from time import monotonic

from mien.errors import Busy
from mien.store.database import Database
from mien.store.filters import Segment, Width, segment_snapshot
from mien.store.recorded_page import RecordedPage, find_page, read_candidate_chunks, read_candidates

MAX_CHUNKS_IN_ALL = 100
"""Read for one answer, of all views together: some seconds of a core at most (default)."""
KEPT, NONE_S = 256, 60.0
"""Screens without a recorded page that are remembered, and for how long."""
WAIT_S = 20.0

Asked = tuple[str, Segment, str, Width | None]


class PageDesk:
    """One search at a time, so that collecting keeps a core; where none was found is known for a minute. One per API
    process."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._none: OrderedDict[Asked, float] = OrderedDict()

    async def find(
        self, database: Database, schema: str, segment: Segment, screen: str, width: Width | None, max_bytes: int
    ) -> RecordedPage | None:
        """Of the newest view that was recorded; `max_bytes` of a chunk. Raises Busy when its turn does not come."""
        asked = (schema, segment, screen, width)
        if self._is_none(asked):
            return None
        try:
            await asyncio.wait_for(self._turn.acquire(), WAIT_S)
        except TimeoutError:
            raise Busy("Other recorded pages are being looked for. Try again in a moment.") from None
        try:
            if self._is_none(asked):
                return None
            page = await search(database, schema, segment, screen, width, max_bytes)
        finally:
            self._turn.release()
        if page is None:
            self._none[asked] = monotonic()
            while len(self._none) > KEPT:
                self._none.popitem(last=False)
        return page

    def _is_none(self, asked: Asked) -> bool:
        at = self._none.get(asked)
        if at is not None and monotonic() - at > NONE_S:
            del self._none[asked]
            return False
        return at is not None


async def search(
    database: Database, schema: str, segment: Segment, screen: str, width: Width | None, max_bytes: int
) -> RecordedPage | None:
    """The page of the first view, the newest first, that MAX_CHUNKS_IN_ALL chunks show."""
    async with segment_snapshot(database, schema) as queries:
        candidates = await read_candidates(queries, segment, screen, width)
    left = MAX_CHUNKS_IN_ALL
    for view in candidates:
        async with database.reading(schema) as queries:
            chunks = await read_candidate_chunks(queries, view, left)
        # Unpacking some megabytes takes a while: other requests must not wait for it.
        page = await asyncio.to_thread(find_page, view, chunks, width, max_bytes)
        left -= len(chunks)
        if page is not None or left <= 0:
            return page
    return None
