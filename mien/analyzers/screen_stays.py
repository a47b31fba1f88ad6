"""Which view of a session an event belongs to, and what is known of its window. Shared by the heatmaps. Pure.

A view is one of views.py. Rows name their screen but no view: of the views of that screen an event is of the latest
that had begun.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import Annotated

import msgspec
from msgspec import Meta

from mien.analyzers.metadata import read
from mien.analyzers.screen_names import clean_screen
from mien.analyzers.scrolls import ASSUMED_VH
from mien.analyzers.views import View, views
from mien.analyzers.widths import MAX_PX, band_of, pixels
from mien.timeline import Event, Timeline

WINDOW_EVENTS = frozenset(("screen_view", "click", "scroll", "resize"))
"""Events that may tell the size of window and page: an analyzer of stays needs their metadata."""
MAX_VH = 100_000  # as in views.py


class _WindowWire(msgspec.Struct, gc=False):
    vw: Annotated[float, Meta(ge=1, le=MAX_PX)] | None = None
    vh: Annotated[float, Meta(ge=1, le=MAX_VH)] | None = None
    page_h: Annotated[float, Meta(ge=0, le=MAX_PX)] | None = None
    max_y: Annotated[float, Meta(ge=0, le=MAX_PX)] | None = None


_decoder = msgspec.json.Decoder(_WindowWire, strict=False)


@dataclass(slots=True)
class Stay:
    """One view with its window. `number` counts the views of the session from 1. `screen` is cleaned.

    `ended_at`: when the view did, or when the next one of the same screen began, in whatever tab.
    `vw`, `vh`: as first told. `page_h`: the largest that was told. `max_y`: the lowest scroll position that was told.
    `marks`: when the page was at which scroll position, by time.
    """

    number: int
    screen: str
    view: View
    ended_at: float
    vw: int | None = None
    vh: int | None = None
    page_h: int | None = None
    max_y: int = 0
    marks: list[tuple[float, int]] = field(default_factory=list)

    @property
    def band(self) -> int | None:
        return band_of(self.vw)

    @property
    def window_h(self) -> int:
        """The height of the window, or the usual one where no row tells it."""
        return self.vh or int(ASSUMED_VH)


class Stays:
    """The views of a session that name a screen, oldest first, and the way from an event to its view."""

    def __init__(self, timeline: Timeline) -> None:
        self.all = [
            Stay(number, view.page, view, view.ended_at)
            for number, view in enumerate(views(timeline), 1)
            if view.page is not None
        ]
        self._by_screen: dict[str, tuple[list[float], list[Stay]]] = {}
        for stay in self.all:
            times, found = self._by_screen.setdefault(stay.screen, ([], []))
            if found:
                found[-1].ended_at = min(found[-1].ended_at, stay.view.started_at)
            times.append(stay.view.started_at)
            found.append(stay)
        for event in timeline.events:
            if event.event_type in WINDOW_EVENTS or event.scroll is not None:
                self._note(event)

    def of(self, event: Event) -> Stay | None:
        """The view that the event belongs to; None where its screen was not seen before it."""
        if not event.screen:
            return None
        times, found = self._by_screen.get(clean_screen(event.screen), ((), ()))
        # A scroll of the very instant in which a view began is of the one before: the SDK ends a burst then.
        search = bisect_left if event.event_type == "scroll" else bisect_right
        index = search(times, event.at) or bisect_right(times, event.at)
        return found[index - 1] if index else None

    def _note(self, event: Event) -> None:
        stay = self.of(event)
        if stay is None:
            return
        if event.event_type in WINDOW_EVENTS:
            wire = read(event.metadata, _decoder)
            stay.vw = stay.vw or pixels(wire.vw)
            stay.vh = stay.vh or pixels(wire.vh)
            stay.page_h = _larger(stay.page_h, pixels(wire.page_h))
            stay.max_y = max(stay.max_y, pixels(wire.max_y) or 0)
        y = pixels(event.scroll)
        if y is not None:
            stay.max_y = max(stay.max_y, y)
            stay.marks.append((event.at, y))


def stays(timeline: Timeline) -> Stays:
    """Worked out once per Timeline."""
    return timeline.once("screen_stays", Stays)


def _larger(one: int | None, other: int | None) -> int | None:
    return max((number for number in (one, other) if number is not None), default=None)
