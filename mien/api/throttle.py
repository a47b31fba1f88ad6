"""Slows down guessing of passwords: after some failures for one name from one address, the wait grows."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from math import ceil

from mien.errors import Busy

FREE_FAILURES = 5
"""Typing errors that nobody is made to wait for. A choice, not measured."""
LONGEST_WAIT_S = 300
FORGET_AFTER_S = 3600.0
MAX_KNOWN = 10_000


class Throttle:
    """Failures per (name, address), in memory: each process counts for itself, and a restart forgets."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: OrderedDict[tuple[str, str], tuple[int, float]] = OrderedDict()

    def check(self, name: str, address: str) -> None:
        """Raises Busy with the seconds to wait."""
        count, last_at = self._failures.get((name, address), (0, 0.0))
        if count < FREE_FAILURES:
            return
        left_s = last_at + min(2 ** (count - FREE_FAILURES + 1), LONGEST_WAIT_S) - self._clock()
        if left_s > 0:
            raise Busy(f"Too many failed tries. Try again in {ceil(left_s)} s.", retry_after_s=ceil(left_s))

    def failed(self, name: str, address: str) -> None:
        """Count a failure; the oldest are forgotten."""
        now = self._clock()
        count, last_at = self._failures.pop((name, address), (0, now))
        self._failures[name, address] = (1 if now - last_at > FORGET_AFTER_S else count + 1, now)
        if len(self._failures) > MAX_KNOWN:
            self._failures.popitem(last=False)

    def succeeded(self, name: str, address: str) -> None:
        """Forget the failures."""
        self._failures.pop((name, address), None)
