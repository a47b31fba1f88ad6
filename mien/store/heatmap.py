"""Heatmaps: how much a screen was viewed, how far people went down its pages and where they looked.

Counted over `picked` (filters.py) and the worker's heatmap_views and heatmap_clicks. A view has one width band; cells
of the page are of one band, cells of elements of any. Call everything inside a `segment_snapshot`.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from mien.store.database import Queries
from mien.store.filters import WIDTHS, Segment, Width, band_number
from mien.store.rollups import BLOCK, Source, read_source

ROW_PX = 16
MAX_ROW = 2047
"""Pages are told apart down to 32,768 px; what is deeper is of the last row."""


MAX_PEOPLE = 5
"""Roll-ups count people up to here, where it is only asked whether they are enough."""


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


class PageRow(msgspec.Struct, frozen=True):
    """A row of 16 px. `reached`: views that saw it. `could`: views whose page is so high. `people` reached it.

    People are counted up to MAX_PEOPLE, or as many as are enough. `attention_ms`: over all views, 0 where it was not
    asked for.
    """

    row: int
    reached: int
    could: int
    people: int
    attention_ms: float


class _Row(msgspec.Struct, frozen=True):
    kind: Literal["reached", "could", "people", "attention"]
    page_row: int
    amount: float


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


async def read_rows(
    queries: Queries, segment: Segment, screen: str, width: Width, min_people: int, with_attention: bool
) -> list[PageRow]:
    """The rows of the page from its top, down to the last that anybody's page had."""
    source = await blocks_source(queries, segment, min_people)
    found = await queries.fetch_all(
        _Row,
        "heatmap.rows",
        **source.arguments(),
        heat_screen=screen,
        band=band_number(width),
        max_row=MAX_ROW,
        max_people=max(MAX_PEOPLE, min_people),
        with_attention=with_attention,
    )
    ms = {row.page_row: row.amount for row in found if row.kind == "attention"}
    row_count = max((row.page_row + 1 for row in found if row.kind != "attention"), default=0)
    reached, could, people = (_at_least(found, kind, row_count) for kind in ("reached", "could", "people"))
    return [PageRow(row, reached[row], could[row], people[row], ms.get(row, 0.0)) for row in range(row_count)]


async def blocks_source(queries: Queries, segment: Segment, min_people: int = 0) -> Source:
    """Of what is rolled up by blocks, and tells so many people apart."""
    is_rolled = min_people <= MAX_PEOPLE and not (segment.slice or "").startswith("s:")
    return await read_source(queries, segment, is_rolled=is_rolled, grain=BLOCK)


def _at_least(found: list[_Row], kind: str, row_count: int) -> list[int]:
    """How many went as deep as each row, or deeper."""
    counts = [0] * row_count
    for row in found:
        if row.kind == kind:
            counts[row.page_row] += round(row.amount)
    for number in range(row_count - 2, -1, -1):
        counts[number] += counts[number + 1]
    return counts
