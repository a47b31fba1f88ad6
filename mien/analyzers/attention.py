"""How long each part of a page was in front of the person, by rows of 16 px. Shared, pure.

Time is shared out over the rows that were in the window, the more the nearer to its middle: 6u(1 - u) at u of its
height, the density of Beta(2, 2), whose mean is 1. Rule and limits: docs/analyzers/heatmap_view.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from mien.analyzers.views import Presence

ROW_PX = 16  # signals.md D
MAX_ROW_MS = 60_000.0  # per view and row; signals.md D
MAX_ROWS = 2048  # 32,768 px; default, not validated: lower rows of an endless page are not told apart

Mark = tuple[float, int]
"""When the page was seen to be scrolled to how many pixels from its top."""


def attention_ms(presence: Presence, marks: Sequence[Mark], ended_at: float, vh: int) -> list[int]:
    """Milliseconds per row from the top, to the last row that got any. `marks`: by time, the first opens the view."""
    rows: list[float] = []
    for (since, y), (until, _) in pairwise([*marks, (ended_at, 0)]):
        active_ms = presence.active_ms(since, until)
        if active_ms > 0:
            add_window(rows, y, vh, active_ms)
    found = [round(min(ms, MAX_ROW_MS)) for ms in rows]
    while found and found[-1] == 0:
        found.pop()
    return found


def add_window(rows: list[float], y: int, vh: int, active_ms: float) -> None:
    """The time of one position, over the rows whose middle was in the window."""
    first = max(0, -(-(y - ROW_PX // 2) // ROW_PX))
    last = min(MAX_ROWS - 1, (y + vh - ROW_PX // 2) // ROW_PX)
    if last >= len(rows):
        rows.extend([0.0] * (last + 1 - len(rows)))
    for row in range(first, last + 1):
        u = (row * ROW_PX + ROW_PX // 2 - y) / vh
        rows[row] += active_ms * 6 * u * (1 - u)
