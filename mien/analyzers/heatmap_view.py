"""Views for the heatmaps: how wide the window was, how far the page was scrolled, what was in front of the person.

Reads screen_view, scroll and click events; owns `heatmap_views`. Pure. Rule: docs/analyzers/heatmap_view.md.
"""

from __future__ import annotations

import msgspec

from mien.analyzers.analyzer import Analyzer, Findings
from mien.analyzers.attention import attention_ms
from mien.analyzers.baselines import Baselines
from mien.analyzers.screen_stays import WINDOW_EVENTS, Stay, stays
from mien.analyzers.views import presence_of
from mien.analyzers.widths import MAX_PX
from mien.timeline import Timeline

MAX_VIEWS = 5_000  # per session; default, not validated: no table filled by one sender
MAX_CELLS = 200_000  # rows of attention per session; later views have none. As above


class HeatmapViewRow(msgspec.Struct, frozen=True, gc=False):
    """A row of `heatmap_views`. `screen` is cleaned, `screen_sent` as events name it.

    `band`: 0 to 3, None where no row tells the width. `reach_px`: the lowest pixel seen.
    `attention_ms`: per row of 16 px from the top; empty where nobody was there.
    """

    view: int
    screen: str
    screen_sent: str
    started_at: float
    ended_at: float
    band: int | None
    vw: int | None
    vh: int | None
    page_h: int | None
    reach_px: int
    attention_ms: list[int]


def measure_views(timeline: Timeline, baselines: Baselines) -> Findings[HeatmapViewRow]:
    """One row per view of a screen, oldest first; the first MAX_VIEWS."""
    rows: list[HeatmapViewRow] = []
    cells = 0
    found = stays(timeline).all[:MAX_VIEWS]
    presence = presence_of(timeline) if found else None
    for stay in found:
        view = stay.view
        seen: list[int] = []
        if presence is not None and cells < MAX_CELLS:
            seen = attention_ms(presence, marks_of(stay), stay.ended_at, stay.window_h)
            cells += len(seen)
        rows.append(
            HeatmapViewRow(
                view=stay.number,
                screen=stay.screen,
                screen_sent=view.screen or stay.screen,
                started_at=view.started_at,
                ended_at=stay.ended_at,
                band=stay.band,
                vw=stay.vw,
                vh=stay.vh,
                page_h=stay.page_h,
                reach_px=reach_px(stay),
                attention_ms=seen,
            )
        )
    return Findings(rows)


def marks_of(stay: Stay) -> list[tuple[float, int]]:
    """Scroll positions from the view's beginning on: at the top; where one came back, as first seen."""
    started_at, ended_at = stay.view.started_at, stay.ended_at
    if not stay.marks:
        return [(started_at, 0)]
    marks = sorted(stay.marks)
    first_y = marks[0][1] if stay.view.load == "back_forward" else 0
    if marks[0][0] < started_at or marks[-1][0] > ended_at:
        marks = [(min(max(at, started_at), ended_at), y) for at, y in marks]
    return [(started_at, first_y), *marks]


def reach_px(stay: Stay) -> int:
    """The window's lower edge at its lowest, not below the page's end."""
    lowest = min(stay.max_y + stay.window_h, MAX_PX)
    return lowest if stay.page_h is None else min(lowest, max(stay.page_h, stay.window_h))


HEATMAP_VIEW = Analyzer(
    "heatmap_view",
    version=1,
    reads=WINDOW_EVENTS | {"visibility"},
    analyze=measure_views,
    table="heatmap_views",
)
