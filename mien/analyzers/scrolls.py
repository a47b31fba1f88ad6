"""How far and how often a page was scrolled up and down. Shared, pure.

The SDK tells of a whole burst in one row; other senders give positions, from which way and reversals are worked out.
Limits: docs/analyzers/excessive_scroll.md.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Annotated

import msgspec
from msgspec import Meta

from mien.analyzers.metadata import read
from mien.timeline import Event, Timeline, seconds_between

PAUSE_S = 600.0  # scrolling after a longer pause is another stretch; docs/analyzers/excessive_scroll.md
LEG_VIEWPORTS = 0.5  # a shorter leg is no reversal; signals.md A.2, as in the SDK
ASSUMED_VH = 800.0  # px, where no row tells the height of the window; default, not validated
CLICK_SCROLLS_S = 0.3  # a scroll that begins this soon after a click was made by the page; signals.md A.2
TOLD_S = 2.0  # the SDK tells of it later: after 1 s of smooth scrolling at most, and 1 s of quiet (captures/scroll.ts)
FEED_VIEWPORTS = 1.0  # a page that grows by more than this while it is scrolled is a feed; default, not validated

MAX_VH = 100_000  # as in views.py
Pixels = Annotated[float, Meta(ge=0, le=33_554_432)]  # 2^25 px, the largest page that browsers lay out


class ScrollInfo(msgspec.Struct, gc=False):
    """The metadata of a scroll (design.md 3). Every field may be missing."""

    travel: Annotated[float, Meta(ge=0, le=1e9)] | None = None
    min_y: Pixels | None = None
    max_y: Pixels | None = None
    reversals: Annotated[float, Meta(ge=0, le=1e6)] = 0
    vw: Annotated[float, Meta(ge=1, le=33_554_432)] | None = None
    vh: Annotated[float, Meta(ge=1, le=MAX_VH)] | None = None
    page_h: Pixels | None = None


_decoder = msgspec.json.Decoder(ScrollInfo, strict=False)
Scroll = tuple[Event, ScrollInfo]


def scrolls(timeline: Timeline) -> Sequence[Scroll]:
    """Every scroll with its metadata, decoded once."""
    return timeline.once("scrolls", lambda it: [(row, read(row.metadata, _decoder)) for row in it.of_type("scroll")])


class Stretch(msgspec.Struct, frozen=True, gc=False):
    """Scrolling of one view without a pause above PAUSE_S. Distances in CSS pixels, times in seconds since the epoch.

    `way_px`: all that was scrolled, up and down. `vh`, `page_h`: of the window and the page; `page_h` is the least that
    the rows show. `grew_px`: how much higher the page became. `told`: the rows themselves gave way and reversals.
    """

    started_at: float
    ended_at: float
    event_id: int
    way_px: float
    min_y: float
    max_y: float
    reversals: int
    vh: float
    page_h: float
    grew_px: float
    told: bool

    @property
    def ratio(self) -> float | None:
        """The way over the span that was scrolled, 1 and more; None where nothing was scrolled by hand."""
        span = self.max_y - self.min_y
        return max(self.way_px / span, 1.0) if span > 0 and self.way_px > 0 else None

    @property
    def is_feed(self) -> bool:
        return self.grew_px > FEED_VIEWPORTS * self.vh


def stretches(
    rows: Sequence[Scroll], clicked_at: Sequence[float], vh: float | None, page_h: float | None
) -> list[Stretch]:
    """The stretches of one view, oldest first. `rows`: its scrolls, oldest first; `clicked_at`: of the session;
    `vh`, `page_h`: what its screen_view said."""
    found: list[Stretch] = []
    reader = _Reader(vh, page_h)
    for row, told in rows:
        if reader.latest is not None and seconds_between(reader.latest.at, row.at) > PAUSE_S:
            found += reader.close()
        reader.see(row, told, clicked_at)
    return found + reader.close()


class _Reader:
    """Adds up the rows of one view in their order."""

    def __init__(self, vh: float | None, page_h: float | None) -> None:
        self.vh = vh
        self.page_h = page_h
        self.first_page_h = page_h
        self.y: float | None = None
        self.turn_y: float | None = None  # the far end of the leg under way, where positions are all that is known
        self.direction = 0
        self.begin()

    def begin(self) -> None:
        self.first: Event | None = None
        self.latest: Event | None = None
        self.way_px = 0.0
        self.reversals = 0.0
        self.told = True
        self.low: float | None = None
        self.high: float | None = None

    def see(self, row: Event, wire: ScrollInfo, clicked_at: Sequence[float]) -> None:
        self.vh = wire.vh or self.vh
        if wire.page_h is not None:
            self.page_h = max(self.page_h or 0, wire.page_h)
            self.first_page_h = wire.page_h if self.first_page_h is None else self.first_page_h
        by_page = is_by_page(row, wire, clicked_at)
        if wire.travel is not None:
            if not by_page:
                self.see_burst(row, wire, wire.travel)
            self.y = None if row.scroll is None else float(row.scroll)
            self.turn_y, self.direction = self.y, 0
        elif row.scroll is not None:
            self.see_position(row, float(row.scroll), by_page)

    def see_burst(self, row: Event, wire: ScrollInfo, travel: float) -> None:
        low, high = wire.min_y, wire.max_y
        if low is None or high is None:
            known = [y for y in (low, high, row.scroll) if y is not None and y >= 0]
            if not known:
                return
            # Where an end is not told, the largest span that the way allows: never more excess than there was.
            high = max(known) if low is None else max(*known, low + travel)
            low = max(0.0, min(*known, high - travel)) if low is None else low
        self.add(row, min(low, high), max(low, high))
        self.way_px += travel
        self.reversals += wire.reversals

    def see_position(self, row: Event, y: float, by_page: bool) -> None:
        if by_page or self.y is None or self.turn_y is None:
            self.turn_y, self.direction = y, 0
            if not by_page:
                self.add(row, y, y)
        else:
            self.add(row, min(y, self.y), max(y, self.y))
            self.way_px += abs(y - self.y)
            self.turn(y, self.turn_y)
        self.told = False
        self.y = y

    def turn(self, y: float, turn_y: float) -> None:
        leg = y - turn_y
        if leg * self.direction >= 0:
            self.direction = (leg > 0) - (leg < 0) or self.direction
        elif abs(leg) >= LEG_VIEWPORTS * (self.vh or ASSUMED_VH):
            self.direction = -self.direction
            self.reversals += 1
        else:
            return
        self.turn_y = y

    def add(self, row: Event, low: float, high: float) -> None:
        self.low = low if self.low is None else min(self.low, low)
        self.high = high if self.high is None else max(self.high, high)
        self.first = self.first or row
        self.latest = row

    def close(self) -> list[Stretch]:
        if self.first is None or self.latest is None or self.low is None or self.high is None:
            self.begin()
            return []
        vh = self.vh or ASSUMED_VH
        stretch = Stretch(
            started_at=self.first.at,
            ended_at=self.latest.at,
            event_id=self.latest.event_id,
            way_px=self.way_px,
            min_y=self.low,
            max_y=self.high,
            reversals=int(self.reversals),
            vh=vh,
            page_h=max(self.page_h or 0, self.high + vh),
            grew_px=max((self.page_h or 0) - (self.first_page_h or self.page_h or 0), 0),
            told=self.told,
        )
        self.begin()
        return [stretch]


def is_by_page(row: Event, wire: ScrollInfo, clicked_at: Sequence[float]) -> bool:
    """Whether a click made the page scroll itself: one straight way, begun right after it."""
    index = bisect_right(clicked_at, row.at) - 1
    if index < 0:
        return False
    limit_s = CLICK_SCROLLS_S
    if wire.travel is not None:
        limit_s += TOLD_S
        if wire.reversals > 1:  # a jump back turns once, against the scrolling before it
            return False
    return seconds_between(clicked_at[index], row.at) <= limit_s
