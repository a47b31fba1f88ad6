"""How long each part of a page was in front of the person, by rows of 16 px. Shared, pure.

Time is shared out over the rows that were in the window, the more the nearer to its middle: 6u(1 - u) at u of its
height, the density of Beta(2, 2), whose mean is 1. Rule and limits: docs/analyzers/heatmap_view.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import repeat
from math import floor
from operator import add, mul

from mien.analyzers.views import Presence

ROW_PX = 16  # signals.md D
MAX_ROW_MS = 60_000  # per view and row; signals.md D
MAX_ROWS = 2048  # 32,768 px; default, not validated: lower rows of an endless page are not told apart

Mark = tuple[float, int]
"""When the page was seen to be scrolled to how many pixels from its top."""


def attention_ms(presence: Presence, marks: Sequence[Mark], ended_at: float, vh: int) -> list[int]:
    """Milliseconds per row from the top, to the last row that got any. `marks`: by time, the first opens the view."""
    active_ms: dict[int, float] = {}
    since, y = marks[0]
    for at, next_y in marks[1:]:
        if next_y != y:
            active_ms[y] = active_ms.get(y, 0.0) + presence.active_ms(since, at)
            since, y = at, next_y
    active_ms[y] = active_ms.get(y, 0.0) + presence.active_ms(since, ended_at)
    rows: list[float] = []
    for y, ms in active_ms.items():
        if ms > 0:
            add_window(rows, y, vh, ms)
    return trimmed(rounded(rows))


def rounded(rows: list[float]) -> list[int]:
    """Whole milliseconds, at most MAX_ROW_MS. Hardly any row is above, and comparing each would double the cost."""
    if rows and max(rows) >= MAX_ROW_MS:
        rows = [min(ms, MAX_ROW_MS) for ms in rows]
    return list(map(floor, [ms + 0.5 for ms in rows]))


def trimmed(rows: list[int]) -> list[int]:
    """Without the zeros at its end."""
    while rows and rows[-1] == 0:
        rows.pop()
    return rows


def add_window(rows: list[float], y: int, vh: int, ms: float) -> None:
    """The time at one scroll position, over the rows whose middle was in the window."""
    weights = window_weights(y % ROW_PX, vh)
    first = -(-(y - ROW_PX // 2) // ROW_PX)
    if first >= MAX_ROWS:
        return
    last = min(MAX_ROWS, first + len(weights))
    here = len(rows)
    if first < here:
        # As many as both have; map goes through them without a step of the interpreter for each.
        seen_again = rows[first : min(here, last)]
        rows[first : min(here, last)] = map(add, seen_again, map(mul, weights, repeat(ms)))
    elif first > here:
        rows.extend([0.0] * (first - here))
    if last > here:
        rows.extend([ms * weight for weight in weights[max(here - first, 0) : last - first]])


@lru_cache(maxsize=4096)
def window_weights(offset: int, vh: int) -> tuple[float, ...]:
    """The weights of the rows in a window of height `vh` whose top is `offset` px below that of a row."""
    first = -(-(offset - ROW_PX // 2) // ROW_PX)
    last = (offset + vh - ROW_PX // 2) // ROW_PX
    shares = [(row * ROW_PX + ROW_PX // 2 - offset) / vh for row in range(first, min(last, first + MAX_ROWS) + 1)]
    return tuple(6 * u * (1 - u) for u in shares)
