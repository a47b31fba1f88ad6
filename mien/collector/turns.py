"""One batch is worked on per pass of the event loop.

When the database frees a hundred senders, their next batches come all at once; unpacked one after the other
they would keep the loop for 40 ms, and the flush in flight waits that long for each of its dozen round trips. In turns
it never waits for more than one batch (docs/performance.md, "Ingest").
"""

from __future__ import annotations

import asyncio
from collections import deque


class Turns:
    """First come, first served; between two of them the loop looks at all its sockets."""

    def __init__(self) -> None:
        self.waiting: deque[asyncio.Future[None]] = deque()

    def take(self) -> asyncio.Future[None]:
        """To be awaited before the work. One that is cancelled while it waits costs the others nothing."""
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[None] = loop.create_future()
        self.waiting.append(turn)
        if len(self.waiting) == 1:
            loop.call_soon(self._next, loop)
        return turn

    def _next(self, loop: asyncio.AbstractEventLoop) -> None:
        while self.waiting:
            turn = self.waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                break
        if self.waiting:
            loop.call_soon(self._next, loop)
