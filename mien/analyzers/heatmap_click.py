"""Clicks for the heatmaps: in which view, on which element and where in it, and where on the page.

Reads clicks; owns `heatmap_clicks`. Pure. Rule and limits: docs/analyzers/heatmap_click.md.
"""

from __future__ import annotations

from itertools import islice

import msgspec

from mien.analyzers.analyzer import Analyzer, Findings
from mien.analyzers.baselines import Baselines
from mien.analyzers.screen_stays import WINDOW_EVENTS, Stay, stays
from mien.analyzers.widths import band_of, pixels
from mien.timeline import ClickInfo, Event, Timeline

REL_BINS = 20  # a box is parted into 20 times 20; signals.md D
ROW_PX = 16  # signals.md D
MAX_COLUMN = 199  # per cent of the window's width: two windows beside one another; beyond is a mistake
MAX_LABEL = 200
MAX_CLICKS = 20_000  # per session, as heatmap.py


class HeatmapClickRow(msgspec.Struct, frozen=True, gc=False):
    """A row of `heatmap_clicks`. `rel_x`, `rel_y`: twentieths of the element's box, 0 to 19.

    `x_percent`: of the window's width. `y_row`: rows of 16 px from the page's top, of fixed elements from the window's.
    Both are None where the place is not known, or the window then was of another band than its view.
    """

    view: int
    screen: str
    element_id: str | None
    label: str | None
    rel_x: int | None
    rel_y: int | None
    x_percent: int | None
    y_row: int | None
    fixed: bool
    occurred_at: float


def place_clicks(timeline: Timeline, baselines: Baselines) -> Findings[HeatmapClickRow]:
    """One row per click of a person in a view, oldest first; the first MAX_CLICKS."""
    made_by_people = (one for one in stays(timeline).clicks if one[1].trusted is not False)
    return Findings([to_row(*one) for one in islice(made_by_people, MAX_CLICKS)])


def to_row(click: Event, info: ClickInfo, stay: Stay) -> HeatmapClickRow:
    x_percent, y_row = page_place(click, info, stay)
    return HeatmapClickRow(
        view=stay.number,
        screen=stay.screen,
        element_id=click.element_id or None,
        label=info.label[:MAX_LABEL] if info.label else None,
        rel_x=rel_bin(info.rel_x, info),
        rel_y=rel_bin(info.rel_y, info),
        x_percent=x_percent,
        y_row=y_row,
        fixed=info.fixed is True,
        occurred_at=click.at,
    )


def rel_bin(share: float | None, info: ClickInfo) -> int | None:
    """A place within the element; the keyboard, which clicks nowhere, clicks its middle."""
    if info.detail == 0:
        return REL_BINS // 2
    if share is None or not 0 <= share <= 1:
        return None
    return min(int(share * REL_BINS), REL_BINS - 1)


def page_place(click: Event, info: ClickInfo, stay: Stay) -> tuple[int | None, int | None]:
    """Per cent of the width and row of the page, or neither."""
    vw = pixels(info.vw, 1) or stay.vw
    x, y = pixels(click.x), pixels(click.y)
    if not vw or x is None or y is None or info.detail == 0 or band_of(vw) != stay.band:
        return None, None
    column = 100 * x // vw
    if info.fixed and click.scroll is not None:
        y -= click.scroll
    return (column, y // ROW_PX) if column <= MAX_COLUMN and y >= 0 else (None, None)


HEATMAP_CLICK = Analyzer("heatmap_click", version=1, reads=WINDOW_EVENTS, analyze=place_clicks, table="heatmap_clicks")
