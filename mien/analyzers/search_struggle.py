"""Search struggle: query after query, each worded anew, and no result opened.

Reads inputs and submits of searches, screens and clicks; emits signals only. Pure.
Rule and limits: docs/analyzers/search_struggle.md.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Never

from mien.analyzers.analyzer import Analyzer, Findings, Signal
from mien.analyzers.baselines import Baselines
from mien.analyzers.form_names import plain, says_away, says_narrowing, says_query
from mien.analyzers.search_queries import PAUSE_S, Query, find_queries, shows_search
from mien.analyzers.thresholds import SearchStruggle
from mien.timeline import ClickInfo, Event, Timeline, seconds_between

NAVIGATION_S = 3.0  # a click opens a screen within this, or did not; as the SDK watches clicks
STAY_S = 10.0  # a screen that is kept for longer was what had been looked for
SETTLES_S = PAUSE_S + NAVIGATION_S + STAY_S
FIELD_TAGS = frozenset(("input", "textarea", "select", "option", "label"))


def find_search_struggles(timeline: Timeline, baselines: Baselines) -> Findings[Never]:
    """One signal per run of queries that no opened result ended."""
    limits = baselines.thresholds.search_struggle
    queries = find_queries(timeline, limits.min_gap_ms / 1000)
    if len(queries) < limits.min_queries:
        return Findings()
    finder = ResultFinder(timeline)
    signals: list[Signal] = []
    run: list[Query] = []
    for index, query in enumerate(queries):
        run.append(query)
        following = queries[index + 1].at if index + 1 < len(queries) else float("inf")
        was_found = finder.was_opened(query, min(following, round(query.at + PAUSE_S, 6)))
        if was_found or seconds_between(query.at, following) > PAUSE_S:
            if not was_found and is_struggle(run, limits):
                signals.append(signal_of(run, limits))
            run = []
    return Findings(signals=signals)


def is_struggle(run: Sequence[Query], limits: SearchStruggle) -> bool:
    """Whether enough queries of the run lie within the time that they may take."""
    spans = zip(run, run[limits.min_queries - 1 :], strict=False)
    return any(seconds_between(first.at, last.at) * 1000 <= limits.within_ms for first, last in spans)


def signal_of(run: Sequence[Query], limits: SearchStruggle) -> Signal:
    first, last = run[0], run[-1]
    are_known = sum(query.differs for query in run) >= limits.min_queries - 1
    return Signal(
        type="search_struggle",
        confidence=round(limits.confidence * (1 if are_known else limits.unknown_factor), 4),
        started_at=first.at,
        ended_at=last.at,
        screen=last.screen,
        element_id=last.element_id,
        event_id=last.event_id,
        evidence={
            "queries": len(run),
            "span_ms": round(seconds_between(first.at, last.at) * 1000),
            "reworded": "yes" if are_known else "unknown",
        },
    )


class ResultFinder:
    """Tells whether one of the results of a query was opened."""

    def __init__(self, timeline: Timeline) -> None:
        self.clicks = timeline.clicks()
        self.views: Sequence[Event] = timeline.of_type("screen_view")

    def was_opened(self, query: Query, until: float) -> bool:
        """Whether it was between the query and `until` (seconds since the epoch)."""
        first = bisect_right(self.clicks, query.at, key=lambda click: click[0].at)
        last = bisect_right(self.clicks, until, key=lambda click: click[0].at)
        clicks = self.clicks[first:last]
        if any(self.opens(click, info, query) for click, info in clicks):
            return True
        return self.was_kept(query, until)

    def opens(self, click: Event, info: ClickInfo, query: Query) -> bool:
        """Whether the click is on no part of the search or the site's frame, and leads somewhere else."""
        if not (click.screen == query.screen or shows_search(click)) or info.tag in FIELD_TAGS or info.fixed:
            return False
        if says_away(click.element_id) or is_search_part(click.element_id):
            return False
        if info.link == "new_tab":
            return True
        view = self.view_after(click.at)
        if view is None or seconds_between(click.at, view.at) > NAVIGATION_S:
            return info.response == "navigation"
        return not shows_search(view)

    def was_kept(self, query: Query, until: float) -> bool:
        """Whether a screen that is no search came, by no click that is known, and was kept."""
        first = bisect_right(self.views, query.at, key=lambda view: view.at)
        last = bisect_right(self.views, until, key=lambda view: view.at)
        for index in range(first, last):
            view = self.views[index]
            if view.screen is None or shows_search(view) or view.screen == query.screen or self.was_clicked(view):
                continue
            is_last = index + 1 == len(self.views)
            if is_last or seconds_between(view.at, self.views[index + 1].at) > STAY_S:
                return True
        return False

    def was_clicked(self, view: Event) -> bool:
        """Whether a click came just before: it says more than the screen."""
        index = bisect_right(self.clicks, view.at, key=lambda click: click[0].at) - 1
        return index >= 0 and seconds_between(self.clicks[index][0].at, view.at) <= NAVIGATION_S

    def view_after(self, at: float) -> Event | None:
        index = bisect_left(self.views, at, key=lambda view: view.at)
        return self.views[index] if index < len(self.views) else None


def is_search_part(element_id: str | None) -> bool:
    """A control of the search itself, or of its filters; a name that says "result" is none."""
    if element_id is None or "result" in plain(element_id):
        return False
    return says_query(element_id) or says_narrowing(element_id)


SEARCH_STRUGGLE = Analyzer(
    "search_struggle",
    version=1,
    reads=frozenset(("input", "submit", "click", "screen_view")),
    analyze=find_search_struggles,
    signal_types=frozenset(("search_struggle",)),
    settles_s=SETTLES_S,
)
