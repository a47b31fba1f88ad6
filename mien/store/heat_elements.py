"""The elements of a heatmap: what was clicked on a screen, how often in vain or in a rage, and where it usually is.

Counted over `picked` (filters.py) and the worker's heatmap_views and heatmap_clicks, or from their roll-ups. Call
inside a `segment_snapshot`.
"""

from __future__ import annotations

import msgspec

from mien.store.database import Queries
from mien.store.filters import Segment, Width, band_number
from mien.store.heatmap import blocks_source


class ElementRow(msgspec.Struct, frozen=True):
    """What was clicked. `element` "": what nobody named. `..._views`: with such a click, never above `views`.

    `x`, `y`: its usual place on the page, as a Cell's; means something at one width band only.
    """

    element: str
    label: str | None
    fixed: bool
    clicks: int
    views: int
    sessions: int
    visitors: int
    rage_clicks: int
    rage_views: int
    rage_sessions: int
    dead_clicks: int
    dead_views: int
    dead_sessions: int
    x: int | None
    y: int | None


class _ElementRow(ElementRow, frozen=True):
    row_count: int


async def read_elements(
    queries: Queries, segment: Segment, screen: str, width: Width | None, max_rows: int
) -> tuple[list[ElementRow], int]:
    """The most clicked elements first, and how many there are."""
    source = await blocks_source(queries, segment)
    band = band_number(width)
    part = f"clicked:{len(screen)}:{screen}" + ("" if band is None else f":{band}")
    rows = await queries.fetch_all(
        _ElementRow,
        "heat_elements.elements",
        **source.arguments(),
        heat_screen=screen,
        band=band,
        part_from=f"{part}:",
        part_to=f"{part};",
        max_rows=max_rows,
    )
    found = [msgspec.convert(row, ElementRow, from_attributes=True) for row in rows]
    return found, rows[0].row_count if rows else 0
