"""Slows down guessing of passwords: the wait grows after failures, and few passwords are checked at once."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from math import ceil

from mien.errors import Busy

FREE_FAILURES = 5
"""Typing errors that nobody is made to wait for. A choice, not measured."""
LONGEST_WAIT_S = 300
FORGET_AFTER_S = 3600.0
MAX_KNOWN = 10_000
MAX_CHECKED = 2
"""Passwords at once: argon2 takes 64 MiB and tenths of a second of each, on purpose."""
MAX_WAITING = 20
"""Sign-ins that wait for their turn: some seconds' worth. More are asked to come back."""


class Throttle:
    """Tries per (name, address), in memory: each process counts for itself, and a restart forgets.

    A try counts as failed from its start, so that tries sent at the same time are as many as those sent in turn.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: OrderedDict[tuple[str, str], tuple[int, float]] = OrderedDict()

    def begin(self, name: str, address: str) -> None:
        """Count a try. Raises Busy with the seconds to wait, and then counts nothing; the oldest are forgotten."""
        now = self._clock()
        count, last_at = self._failures.get((name, address), (0, now))
        if now - last_at > FORGET_AFTER_S:
            count = 0
        if count >= FREE_FAILURES:
            left_s = last_at + min(2 ** (count - FREE_FAILURES + 1), LONGEST_WAIT_S) - now
            if left_s > 0:
                raise Busy(f"Too many failed tries. Try again in {ceil(left_s)} s.", retry_after_s=ceil(left_s))
        self._failures[name, address] = (count + 1, now)
        self._failures.move_to_end((name, address))
        if len(self._failures) > MAX_KNOWN:
            self._failures.popitem(last=False)

    def succeeded(self, name: str, address: str) -> None:
        """Forget the failures."""
        self._failures.pop((name, address), None)

    def take_back(self, name: str, address: str) -> None:
        """The try came to no end, through no fault of its sender's."""
        count, last_at = self._failures.get((name, address), (0, 0.0))
        if count > 1:
            self._failures[name, address] = (count - 1, last_at)
        else:
            self._failures.pop((name, address), None)


class Slots:
    """MAX_CHECKED at once, MAX_WAITING behind them; whoever comes then is Busy."""

    def __init__(self) -> None:
        self._free = asyncio.Semaphore(MAX_CHECKED)
        self._waiting = 0

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """A turn. Raises Busy when the queue is full."""
        if self._waiting >= MAX_WAITING:
            raise Busy("Too many people sign in right now. Try again in a few seconds.", retry_after_s=3)
        self._waiting += 1
        try:
            await self._free.acquire()
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._free.release()
