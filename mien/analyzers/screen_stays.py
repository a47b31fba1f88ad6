"""Which view of a session a click or scroll belongs to, and what is known of its window. Shared by the heatmaps. Pure.

A view is one of views.py. Rows name their screen but no view: of the views of that screen an event is of the latest
that had begun.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from mien.analyzers.screen_names import clean_screen
from mien.analyzers.scrolls import ASSUMED_VH, MAX_VH, scrolls
from mien.analyzers.views import View, views
from mien.analyzers.widths import MAX_PX, band_of, pixels
from mien.timeline import ClickInfo, Event, Timeline

WINDOW_EVENTS = frozenset(("screen_view", "click", "scroll"))
"""Events that may tell the size of window and page: an analyzer of stays needs their metadata."""


class Stay:
    """One view with its window. `number` counts the views of the session from 1. `screen` is cleaned.

    `ended_at`: when the view did, or when the next one of the same screen began, in whatever tab.
    `vw`, `vh`: as first told. `page_h`: the largest that was told. `max_y`: the lowest scroll position that was told.
    `marks`: when the page came to which scroll position; positions of one event type after the other, not by time.
    """

    __slots__ = ("ended_at", "marks", "max_y", "number", "page_h", "screen", "vh", "view", "vw")

    def __init__(self, number: int, screen: str, view: View) -> None:
        self.number = number
        self.screen = screen
        self.view = view
        self.ended_at = view.ended_at
        self.vw = pixels(view.vw, 1)
        self.vh = pixels(view.vh, 1)
        self.page_h = pixels(view.page_h)
        self.max_y = 0
        self.marks: list[tuple[float, int]] = []

    @property
    def band(self) -> int | None:
        return band_of(self.vw)

    @property
    def window_h(self) -> int:
        """The height of the window, or the usual one where no row tells it."""
        return self.vh or int(ASSUMED_VH)

    def note(self, event: Event, vw: float | None, vh: float | None, page_h: float | None) -> None:
        """Take what an event of the view tells of window, page and scroll position."""
        if self.vw is None:
            self.vw = pixels(vw, 1)
        if self.vh is None:
            self.vh = pixels(vh, 1) if vh is not None and vh <= MAX_VH else None
        if page_h is not None and (self.page_h is None or page_h > self.page_h):
            self.page_h = pixels(page_h) or self.page_h
        if event.scroll is not None and 0 <= event.scroll <= MAX_PX:
            if event.scroll > self.max_y:
                self.max_y = event.scroll
            self.marks.append((event.at, event.scroll))


class Stays:
    """The views of a session that name a screen, oldest first, and the clicks in them."""

    def __init__(self, timeline: Timeline) -> None:
        self.all = [Stay(number, view.page, view) for number, view in enumerate(views(timeline), 1) if view.page]
        self._by_screen: dict[str, tuple[list[float], list[Stay]]] = {}
        for stay in self.all:
            times, found = self._by_screen.setdefault(stay.screen, ([], []))
            if found:
                found[-1].ended_at = min(found[-1].ended_at, stay.view.started_at)
            times.append(stay.view.started_at)
            found.append(stay)
        self.clicks: list[tuple[Event, ClickInfo, Stay]] = []
        for click, info in timeline.clicks():
            if (stay_of := self._of(click)) is not None:
                stay_of.note(click, info.vw, info.vh, info.page_h)
                self.clicks.append((click, info, stay_of))
        for scroll, told in scrolls(timeline):
            if (stay_of := self._of(scroll)) is not None:
                stay_of.note(scroll, told.vw, told.vh, told.page_h)
                if told.max_y is not None and told.max_y > stay_of.max_y:
                    stay_of.max_y = int(told.max_y)

    def _of(self, event: Event) -> Stay | None:
        """The view that the event belongs to; None where its screen was not seen before it."""
        known = self._by_screen.get(clean_screen(event.screen)) if event.screen else None
        if known is None:
            return None
        times, found = known
        # A scroll of the very instant in which a view began is of the one before: the SDK ends a burst then.
        search = bisect_left if event.event_type == "scroll" else bisect_right
        index = search(times, event.at) or bisect_right(times, event.at)
        return found[index - 1] if index else None


def stays(timeline: Timeline) -> Stays:
    """Worked out once per Timeline."""
    return timeline.once("screen_stays", Stays)
