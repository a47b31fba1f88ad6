"""Excessive scrolling: up and down the same page again and again, as somebody does who looks for something.

Reads scroll events and screens; emits signals only. Pure.
Rule and limits: docs/analyzers/excessive_scroll.md.
"""

from __future__ import annotations

from typing import Never

from mien.analyzers.analyzer import Analyzer, Findings, Signal
from mien.analyzers.baselines import Baselines, ScreenBaseline
from mien.analyzers.scrolls import PAUSE_S, Stretch
from mien.analyzers.thresholds import ExcessiveScroll
from mien.analyzers.views import View, scrolled
from mien.timeline import Timeline

UNKNOWN_PAGE_FACTOR = 2.0  # without a baseline the confidence is at its most at so many times `default_ratio`


def find_excessive_scrolls(timeline: Timeline, baselines: Baselines) -> Findings[Never]:
    """One signal per stretch of scrolling that went to and fro more than is usual on its screen."""
    limits = baselines.thresholds.excessive_scroll
    signals: list[Signal] = []
    for view, parts in scrolled(timeline):
        for part in parts:
            if part.reversals < limits.min_reversals or part.is_feed or is_short(part, limits):
                continue
            usual = baselines.screen(view.page)
            low, high = usual_ratios(usual, limits)
            if part.ratio is not None and part.ratio >= low:
                signals.append(signal_of(view, part, part.ratio, (low, high), limits))
    return Findings(signals=signals)


def is_short(part: Stretch, limits: ExcessiveScroll) -> bool:
    return part.page_h < limits.min_page_viewports * part.vh


def usual_ratios(usual: ScreenBaseline | None, limits: ExcessiveScroll) -> tuple[float, float]:
    """The ratios at which the confidence is at its least and at its most."""
    if usual is None or usual.scroll_ratio_p95 is None:
        return limits.default_ratio, limits.default_ratio * UNKNOWN_PAGE_FACTOR
    return usual.scroll_ratio_p95, max(usual.scroll_ratio_p99 or 0, usual.scroll_ratio_p95)


def signal_of(view: View, part: Stretch, ratio: float, usual: tuple[float, float], limits: ExcessiveScroll) -> Signal:
    low, high = usual
    share = min((ratio - low) / (high - low), 1) if high > low else 1
    least, most = limits.min_confidence, max(limits.max_confidence, limits.min_confidence)
    confidence = least + (most - least) * share
    return Signal(
        type="excessive_scroll",
        confidence=round(confidence * (1 if part.told else limits.unknown_factor), 4),
        started_at=part.started_at,
        ended_at=part.ended_at,
        screen=view.screen,
        event_id=part.event_id,
        evidence={
            "reversals": part.reversals,
            "way_px": round(part.way_px),
            "span_px": round(part.max_y - part.min_y),
            "ratio": round(ratio, 2),
            "usual_ratio": round(low, 2),
            "told_by": "rows" if part.told else "positions",
        },
    )


EXCESSIVE_SCROLL = Analyzer(
    "excessive_scroll",
    version=1,
    reads=frozenset(("scroll", "screen_view")),
    analyze=find_excessive_scrolls,
    signal_types=frozenset(("excessive_scroll",)),
    settles_s=PAUSE_S,
)
