"""Long lists in parts: a page of the newest sessions, or of the worst, need not sort all that a period holds.

Each order is cut into windows that follow one another; they are read one by one until the page is full. A page costs
what its windows hold, at most all of the segment once, and is the same as if it had been read at once. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import msgspec

from mien.store.clock import to_datetime
from mien.store.filters import Segment

SHARES = (64, 32, 16, 8, 4, 2)
"""The first window is a 64th of the period, and each of the others as long as all before it (own choice: at 730,000
sessions the first holds 11,000, which take some 10 ms; moments are rare, and often need the second)."""
SHORTEST = timedelta(hours=2)
"""Below, a period is read at once."""
SCORES = (30.0, 60.0, 90.0)
"""Exact scores at which the order from the worst on is cut. Most sessions lie above the last (own choice)."""


class ScoreWindow(msgspec.Struct, frozen=True):
    """`least` <= exact score < `below`; None: open. With `below` None it has the sessions without a score as well."""

    least: float | None = None
    below: float | None = None

    def arguments(self) -> dict[str, Any]:
        """The parameters `least_score` and `below_score`."""
        return {"least_score": self.least, "below_score": self.below}


ALL_SCORES = ScoreWindow()


def by_start(segment: Segment, *, newest_first: bool, after_at: float | None = None) -> Iterator[Segment]:
    """The segment in windows of the sessions' starts. `after_at`: start (seconds since the epoch) of the last row of
    the page before; what lies before that is left out, to the second.
    """
    since, until = segment.since, segment.until
    if after_at is not None:
        at = to_datetime(after_at).replace(tzinfo=None)
        second = timedelta(seconds=1)  # a float does not hold every microsecond
        since, until = (since, min(until, at + second)) if newest_first else (max(since, at - second), until)
    length = until - since
    ends = [length / share for share in SHARES if length > SHORTEST] + [length]
    begin = timedelta(0)
    for end in ends:
        low, high = (until - end, until - begin) if newest_first else (since + begin, since + end)
        if low < high:
            yield msgspec.structs.replace(segment, since=low, until=high)
        begin = end


def by_score(*, worst_first: bool, after_score: float | None = None) -> Iterator[ScoreWindow]:
    """Windows of exact scores; from the best on there is one, since most sessions are there. `after_score`: of the last
    row of the page before; windows before it are left out.
    """
    if not worst_first:
        yield ALL_SCORES
        return
    least: float | None = None
    for below in (*SCORES, None):
        if after_score is None or below is None or after_score < below:
            yield ScoreWindow(least, below)
        least = below
