"""Heatmaps: what was clicked, pointed at, scrolled to and looked at on one screen, and how much of the views that is.

Counted over `picked` (filters.py) and the worker's heatmap_views and heatmap_clicks. A view has one width band; cells
of the page are of one band, cells of elements of any. Call everything inside a `segment_snapshot`.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from mien.store.database import Queries
from mien.store.filters import WIDTHS, Segment, Width, band_number
from mien.store.rollups import read_source

ClickLayer: TypeAlias = Literal["click", "rage", "dead"]
ROW_PX = 16
MAX_ROW = 2047
"""Pages are told apart down to 32,768 px; what is deeper is of the last row."""


class ScreenRow(msgspec.Struct, frozen=True):
    """A screen that can be chosen, as its events name it when cleaned."""

    screen: str
    views: int
    sessions: int
    visitors: int


class _ScreenRow(ScreenRow, frozen=True):
    row_count: int


class Audience(msgspec.Struct, frozen=True):
    """How much a screen was viewed, at one width band or (`is_all`) at those asked for together.

    `width` None: of these views nobody knows it. `fold_px`, `page_px`: medians of the windows' and pages' heights.
    """

    is_all: bool
    width: Width | None
    views: int
    sessions: int
    visitors: int
    fold_px: float | None
    page_px: float | None


class _Audience(msgspec.Struct, frozen=True):
    is_all: bool
    band: int | None
    views: int
    sessions: int
    visitors: int
    fold_px: float | None
    page_px: float | None


class Cell(msgspec.Struct, frozen=True):
    """A cell of a map. Of the page: `x` per cent of the width, `y` rows of 16 px. Of an element: twentieths of its box.

    `amount`: clicks, or seconds of rest. `views`: those with anything in it. `fixed`: `y` is from the window's top.
    """

    x: int
    y: int
    fixed: bool
    amount: float
    views: int
    visitors: int
    element: str | None = None


class Cells(msgspec.Struct, frozen=True):
    """The fullest cells of `cell_count` with enough people; what the others held is counted, not shown."""

    cells: list[Cell]
    cell_count: int
    hidden_cells: int
    hidden_amount: float


class _Cell(msgspec.Struct, frozen=True):
    x: int | None
    y: int | None
    fixed: bool | None
    amount: float | None
    views: int | None
    visitors: int | None
    cells: int
    hidden_cells: int
    hidden_amount: float
    element: str | None = None


class PageRow(msgspec.Struct, frozen=True):
    """A row of 16 px. `reached`: views that saw it. `could`: views whose page is so high. `people` reached it.

    `attention_ms`: over all views, 0 where it was not asked for.
    """

    row: int
    reached: int
    could: int
    people: int
    attention_ms: float


class _Depth(msgspec.Struct, frozen=True):
    kind: Literal["reached", "could", "people"]
    last_row: int
    how_many: int


class _Attention(msgspec.Struct, frozen=True):
    page_row: int
    ms: float


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


async def read_screens(queries: Queries, segment: Segment, max_rows: int) -> tuple[list[ScreenRow], int]:
    """The most viewed screens first, and how many there are."""
    source = await read_source(queries, segment)
    rows = await queries.fetch_all(
        _ScreenRow,
        "heatmap.screens",
        **source.arguments(),
        part_from="viewed:",
        part_to="viewed;",
        parts=None,
        heat_screen=None,
        band=None,
        max_rows=max_rows,
    )
    found = [msgspec.convert(row, ScreenRow, from_attributes=True) for row in rows]
    return found, rows[0].row_count if rows else 0


async def read_audiences(queries: Queries, segment: Segment, screen: str) -> list[Audience]:
    """That of all views first, then by width band, narrow to wide, the unknown last; none where nobody viewed it."""
    source = await read_source(queries, segment)
    parts = [f"viewed:{screen}", f"width::{screen}", *(f"width:{band}:{screen}" for band in range(len(WIDTHS)))]
    rows = await queries.fetch_all(
        _Audience,
        "heatmap.totals",
        **source.arguments(),
        part_from="viewed:",
        part_to="width;",
        parts=parts,
        heat_screen=screen,
        band=None,
    )
    return [
        Audience(
            is_all=row.is_all,
            width=None if row.band is None else WIDTHS[row.band],
            views=row.views,
            sessions=row.sessions,
            visitors=row.visitors,
            fold_px=row.fold_px,
            page_px=row.page_px,
        )
        for row in rows
    ]


async def read_page_clicks(
    queries: Queries, segment: Segment, screen: str, width: Width, layer: ClickLayer, min_people: int, max_cells: int
) -> Cells:
    """Clicks by place on pages of one width band."""
    arguments = _arguments(segment, screen, width)
    return await _read_cells(
        queries, "heatmap.page_cells", {**arguments, "layer": layer, "min_people": min_people, "max_cells": max_cells}
    )


async def read_element_clicks(
    queries: Queries,
    segment: Segment,
    screen: str,
    width: Width | None,
    layer: ClickLayer,
    min_people: int,
    max_cells: int,
) -> Cells:
    """Clicks by place in their element."""
    arguments = _arguments(segment, screen, width)
    return await _read_cells(
        queries,
        "heatmap.element_cells",
        {**arguments, "layer": layer, "min_people": min_people, "max_cells": max_cells},
    )


async def read_moves(
    queries: Queries, segment: Segment, screen: str, width: Width, min_people: int, max_cells: int
) -> Cells:
    """Where the pointer rested on pages of one width band, in seconds."""
    arguments = _arguments(segment, screen, width)
    return await _read_cells(
        queries, "heatmap.move_cells", {**arguments, "min_people": min_people, "max_cells": max_cells}
    )


async def read_rows(
    queries: Queries, segment: Segment, screen: str, width: Width, with_attention: bool
) -> list[PageRow]:
    """The rows of the page from its top, down to the last that anybody's page had."""
    arguments = {**_arguments(segment, screen, width), "max_row": MAX_ROW}
    depths = await queries.fetch_all(_Depth, "heatmap.depths", **arguments)
    attention = await queries.fetch_all(_Attention, "heatmap.attention", **arguments) if with_attention else []
    ms = {row.page_row: row.ms for row in attention}
    row_count = max((depth.last_row + 1 for depth in depths), default=0)
    counted = {kind: _at_least(depths, kind, row_count) for kind in ("reached", "could", "people")}
    return [
        PageRow(row, counted["reached"][row], counted["could"][row], counted["people"][row], ms.get(row, 0.0))
        for row in range(row_count)
    ]


async def read_elements(
    queries: Queries, segment: Segment, screen: str, width: Width | None, max_rows: int
) -> tuple[list[ElementRow], int]:
    """The most clicked elements first, and how many there are."""
    rows = await queries.fetch_all(
        _ElementRow, "heatmap.elements", **_arguments(segment, screen, width), max_rows=max_rows
    )
    found = [msgspec.convert(row, ElementRow, from_attributes=True) for row in rows]
    return found, rows[0].row_count if rows else 0


def _arguments(segment: Segment, screen: str, width: Width | None) -> dict[str, object]:
    return {**segment.arguments(), "heat_screen": screen, "band": band_number(width)}


async def _read_cells(queries: Queries, name: str, arguments: dict[str, object]) -> Cells:
    rows = await queries.fetch_all(_Cell, name, **arguments)
    first = rows[0]  # the statement has a row even where no cell may be shown
    cells = [msgspec.convert(row, Cell, from_attributes=True) for row in rows if row.x is not None]
    return Cells(cells, first.cells, first.hidden_cells, first.hidden_amount)


def _at_least(depths: list[_Depth], kind: str, row_count: int) -> list[int]:
    """How many went as deep as each row, or deeper."""
    counts = [0] * row_count
    for depth in depths:
        if depth.kind == kind:
            counts[depth.last_row] += depth.how_many
    for row in range(row_count - 2, -1, -1):
        counts[row] += counts[row + 1]
    return counts
