"""Reload burst: one address loaded again and again, as people do when a page does not come right.

Reads screens, and the clicks and submits before them; emits signals only. Pure.
Rule and limits: docs/analyzers/reload_burst.md.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Never

from mien.analyzers.analyzer import Analyzer, Findings, Signal
from mien.analyzers.baselines import Baselines
from mien.analyzers.thresholds import ReloadBurst
from mien.analyzers.views import View, views
from mien.timeline import ClickInfo, Event, Timeline, seconds_between

MIN_GAP_S = 0.5  # loads closer together are one that was told twice; default, not validated
LED_S = 10.0  # no page loads longer: what was clicked so long before a load may have led to it; Datadog
SETTLES_S = 600.0  # a load may still follow: `within_ms` at the most


def find_reload_bursts(timeline: Timeline, baselines: Baselines) -> Findings[Never]:
    """One signal per burst, however long it goes on."""
    limits = baselines.thresholds.reload_burst
    found = views(timeline)
    if len(found) < limits.min_loads:
        return Findings()
    causes = timeline.once("load_causes", load_causes)
    caused_at = [event.at for event, _ in causes]
    bursts: list[list[View]] = []
    runs: dict[str | None, Run] = {}
    for view in found:
        run = runs.get(view.tab)
        if run is None or view.screen is None or not is_same_address(run.before, view):
            runs[view.tab] = Run(view, limits)
            continue
        if is_reload(view, run.before, causes, caused_at) and (burst := run.add(view)) is not None:
            bursts.append(burst)
        run.before = view
    return Findings(signals=[signal_of(burst, limits) for burst in bursts])


class Run:
    """The views of one address in a tab, nothing else between them, and which of them were loads."""

    def __init__(self, view: View, limits: ReloadBurst) -> None:
        self.limits = limits
        self.before = view
        self.loads = [view] if may_be_load(view) else []
        self.is_burst = False

    def add(self, view: View) -> list[View] | None:
        """Take a load in; the burst, when it has just become one. It grows afterwards by itself."""
        needed = self.limits.min_loads
        window = [*self.loads[1 - needed :], view]
        is_dense = seconds_between(window[0].started_at, view.started_at) * 1000 <= self.limits.within_ms
        if self.is_burst and not is_dense:
            self.loads, self.is_burst = [view], False
            return None
        self.loads.append(view)
        if self.is_burst or len(window) < needed or not is_dense:
            return None
        self.loads, self.is_burst = window, True
        return window


def is_same_address(one: View, other: View) -> bool:
    return one.screen == other.screen and (one.url or "") == (other.url or "")


def may_be_load(view: View) -> bool:
    return view.load in ("full", None)


def is_reload(
    view: View, before: View, causes: Sequence[tuple[Event, ClickInfo | None]], caused_at: Sequence[float]
) -> bool:
    """Whether the person, not a link or form of the page, loaded it again."""
    if not may_be_load(view) or seconds_between(before.started_at, view.started_at) < MIN_GAP_S:
        return False
    index = bisect_right(caused_at, view.started_at) - 1
    if index < 0 or caused_at[index] <= before.started_at:
        return True
    event, info = causes[index]
    is_unanswered = info is not None and info.answer_known and info.response_ms is None
    return is_unanswered or seconds_between(event.at, view.started_at) > LED_S


def load_causes(timeline: Timeline) -> list[tuple[Event, ClickInfo | None]]:
    """The clicks, submits and choices that may have loaded a page, oldest first."""
    others = [(event, None) for event in timeline.of_type("submit", "select")]
    return sorted([*timeline.clicks(), *others], key=lambda cause: cause[0].at)


def signal_of(burst: Sequence[View], limits: ReloadBurst) -> Signal:
    first, last = burst[0], burst[-1]
    known = all(view.load is not None for view in burst)
    return Signal(
        type="reload_burst",
        confidence=round(limits.confidence * (1 if known else limits.unknown_factor), 4),
        started_at=first.started_at,
        ended_at=last.started_at,
        screen=first.screen,
        event_id=last.event_id,
        evidence={
            "loads": len(burst),
            "span_ms": round(seconds_between(first.started_at, last.started_at) * 1000),
            "told_by": "page" if known else "screens",
        },
    )


RELOAD_BURST = Analyzer(
    "reload_burst",
    version=1,
    reads=frozenset(("screen_view", "click")),
    analyze=find_reload_bursts,
    signal_types=frozenset(("reload_burst",)),
    settles_s=SETTLES_S,
)
