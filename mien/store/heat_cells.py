"""The cells of a heatmap: where a screen was clicked, and where the pointer rested.

Counted over `picked` (filters.py) and the worker's heatmap_views, heatmap_clicks and heatmap_points, or from their
roll-ups. A view has one width band; cells of the page are of one band, cells of elements of any. Call inside a
`segment_snapshot`.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from mien.store.database import Queries
from mien.store.filters import Segment, Width, band_number
from mien.store.heatmap import blocks_source

ClickLayer: TypeAlias = Literal["click", "rage", "dead"]
Mode: TypeAlias = Literal["element", "page"]
CLICK_LAYERS = tuple(f"{mode}:{layer}" for mode in ("page", "element") for layer in ("click", "rage", "dead"))
MOVES = "page:move"
"""As rollup_cells names its layers."""


class Cell(msgspec.Struct, frozen=True):
    """A cell of a map. Of the page: `x` per cent of the width, `y` rows of 16 px. Of an element: twentieths of its box.

    `amount`: clicks, or seconds of rest. `views`: those with anything in it. `fixed`: of the page, `y` is
    from the window's top.
    """

    x: int
    y: int
    fixed: bool
    amount: float
    views: int
    element: str | None = None


class Cells(msgspec.Struct, frozen=True):
    """The fullest cells of `cell_count` with enough people; what the others held is counted, not shown."""

    cells: list[Cell]
    cell_count: int
    hidden_cells: int
    hidden_amount: float


class _Cell(msgspec.Struct, frozen=True):
    element: str | None
    x: int | None
    y: int | None
    fixed: bool | None
    amount: float | None
    views: int | None
    cells: int
    hidden_cells: int
    hidden_amount: float


async def read_clicks(
    queries: Queries,
    segment: Segment,
    screen: str,
    width: Width | None,
    mode: Mode,
    layer: ClickLayer,
    min_people: int,
    max_cells: int,
) -> Cells:
    """Clicks by place on pages of one width band, or by place in their element."""
    return await _read(queries, segment, screen, width, f"{mode}:{layer}", min_people, max_cells)


async def read_moves(
    queries: Queries, segment: Segment, screen: str, width: Width, min_people: int, max_cells: int
) -> Cells:
    """Where the pointer rested on pages of one width band, in seconds."""
    return await _read(queries, segment, screen, width, MOVES, min_people, max_cells)


async def _read(
    queries: Queries, segment: Segment, screen: str, width: Width | None, layer: str, min_people: int, max_cells: int
) -> Cells:
    source = await blocks_source(queries, segment, min_people)
    rows = await queries.fetch_all(
        _Cell,
        "heat_cells.moves" if layer == MOVES else "heat_cells.clicks",
        **source.arguments(),
        heat_screen=screen,
        band=band_number(width),
        layers=[layer],
        min_people=min_people,
        max_cells=max_cells,
    )
    unit = 1000 if layer == MOVES else 1
    first = rows[0]  # the statement has a row even where no cell may be shown
    cells = [_to_cell(row, unit) for row in rows if row.element is not None]
    return Cells(cells, first.cells, first.hidden_cells, first.hidden_amount / unit)


def _to_cell(row: _Cell, unit: int) -> Cell:
    cell = msgspec.convert(row, Cell, from_attributes=True)
    return msgspec.structs.replace(cell, amount=cell.amount / unit, element=cell.element or None)
