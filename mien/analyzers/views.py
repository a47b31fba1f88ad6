"""The views of a session: which screen was seen from when to when, how long actively, and what was done in it.

Shared by the detectors of ways through a site. Pure; worked out once per Timeline. Rows without screen_view events are
read as far as they go: until the first one, any event that names another screen begins a view.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Annotated

import msgspec
from msgspec import Meta

from mien.analyzers.foreground import IDLE_AFTER_S, hidden_periods
from mien.analyzers.metadata import read
from mien.analyzers.screen_names import clean_screen
from mien.analyzers.scrolls import Scroll, Stretch, scrolls, stretches
from mien.timeline import Event, Timeline, seconds_between

PASSED_S = 0.5  # a screen that another one follows sooner was passed through: nobody reads and decides so fast


class _ScreenWire(msgspec.Struct, gc=False):
    load: str | None = None
    url: str | None = None
    tab: str | None = None
    vw: Annotated[float, Meta(ge=1, le=33_554_432)] | None = None
    vh: Annotated[float, Meta(ge=1, le=100_000)] | None = None
    page_h: Annotated[float, Meta(ge=0, le=33_554_432)] | None = None


_decoder = msgspec.json.Decoder(_ScreenWire, strict=False)


class View(msgspec.Struct, frozen=True, gc=False):
    """One view. Times: seconds since the epoch. `page`: the cleaned screen; None where the row names none.

    `load`: full, spa or back_forward; None where the row does not tell. `url`: without query and fragment, if known.
    `ended_at`: when the next view of the same tab began, or the session's last event. `is_last`: no view follows.
    `active_ms`: in a visible page, and at most IDLE_AFTER_S after the latest event. `acts`: clicks, inputs, submits
    and choices in it, by time, whatever the tab. Rows name a tab seldom; all that name none are one.
    """

    event_id: int
    screen: str | None
    page: str | None
    started_at: float
    ended_at: float
    active_ms: float
    acts: int
    load: str | None
    url: str | None
    tab: str | None
    vw: float | None
    vh: float | None
    page_h: float | None
    is_last: bool

    @property
    def address(self) -> str:
        """Tells one thing from another of its kind (`/p/1`, `/p/2`), as far as the rows do."""
        return f"{self.url or ''} {self.screen}"


class Stay(msgspec.Struct, frozen=True, gc=False):
    """Views of one page after one another in one tab, screens that were only passed through left out.

    `load`, `address` and `event_id` are of its first view; `has_url`: whether that one told its address.
    """

    page: str | None
    screen: str | None
    started_at: float
    ended_at: float
    active_ms: float
    acts: int
    load: str | None
    address: str
    has_url: bool
    event_id: int


class ViewMeasure(msgspec.Struct, frozen=True, gc=False):
    """What a view says about what is usual on its screen (cleaned). `scroll_ratio`: None where it was not scrolled."""

    screen: str | None
    active_dwell_ms: float
    scroll_ratio: float | None


def views(timeline: Timeline) -> Sequence[View]:
    """Every view of the session, oldest first."""
    return timeline.once("views", _views)


def stays(timeline: Timeline) -> Sequence[Sequence[Stay]]:
    """The stays of each tab, oldest first."""
    return timeline.once("stays", _stays)


def scrolled(timeline: Timeline) -> Sequence[tuple[View, Sequence[Stretch]]]:
    """The views that were scrolled, each with its stretches."""
    return timeline.once("scrolled", _scrolled)


def presence_of(timeline: Timeline) -> Presence:
    """When the person was there; of a timeline with events."""
    return timeline.once("presence", Presence)


def view_measures(timeline: Timeline) -> list[ViewMeasure]:
    """One per view that was seen. Where a pause parts the scrolling of a view, the stretch with the most excess counts.

    Left out: screens that were passed through, and last views after which nothing tells how long they were seen.
    """
    ratios: dict[int, float] = {}
    for view, parts in scrolled(timeline):
        known = [part.ratio for part in parts if part.ratio is not None]
        if known:
            ratios[view.event_id] = max(known)
    found = views(timeline)
    passed = {view.event_id for tab in _by_tab(found) for view in _passed(tab)}
    return [
        ViewMeasure(view.page, view.active_ms, ratios.get(view.event_id))
        for view in found
        if view.event_id not in passed and not (view.is_last and view.ended_at <= view.started_at)
    ]


def _views(timeline: Timeline) -> list[View]:
    rows = list(_beginnings(timeline))
    if not rows:
        return []
    wires = [read(row.metadata if row.event_type == "screen_view" else None, _decoder) for row in rows]
    next_at: list[float | None] = [None] * len(rows)
    following: dict[str | None, float] = {}
    for index in range(len(rows) - 1, -1, -1):
        next_at[index] = following.get(wires[index].tab)
        following[wires[index].tab] = rows[index].at
    presence = presence_of(timeline)
    acted_at = [event.at for event in timeline.of_type("click", "input", "submit", "select")]
    latest_at = timeline.events[-1].at
    found: list[View] = []
    for row, wire, followed_at in zip(rows, wires, next_at, strict=True):
        ended_at = latest_at if followed_at is None else followed_at
        found.append(
            View(
                event_id=row.event_id,
                screen=row.screen or None,
                page=clean_screen(row.screen) if row.screen else None,
                started_at=row.at,
                ended_at=ended_at,
                active_ms=presence.active_ms(row.at, ended_at),
                acts=bisect_right(acted_at, ended_at) - bisect_right(acted_at, row.at),
                load=wire.load,
                url=wire.url,
                tab=wire.tab,
                vw=wire.vw,
                vh=wire.vh,
                page_h=wire.page_h,
                is_last=followed_at is None,
            )
        )
    return found


def _beginnings(timeline: Timeline) -> Iterator[Event]:
    """The rows that begin a view."""
    told = timeline.of_type("screen_view")
    if not told or told[0] is not timeline.events[0]:
        current: str | None = None
        for event in timeline.events:
            if event.event_type == "screen_view":
                break
            if event.screen and clean_screen(event.screen) != current:
                current = clean_screen(event.screen)
                yield event
    yield from told


class Presence:
    """How long the person was there between two instants. Whole microseconds, so that sums are exact."""

    def __init__(self, timeline: Timeline) -> None:
        times = [event.at for event in timeline.events]
        self.base = times[0]
        idle = [
            (self.us(before) + round(IDLE_AFTER_S * 1e6), self.us(after))
            for before, after in pairwise(times)
            if after - before > IDLE_AFTER_S
        ]
        starts, ends = hidden_periods(timeline)
        hidden = [(self.us(start), self.us(min(end, times[-1]))) for start, end in zip(starts, ends, strict=True)]
        absent = _joined(sorted(idle + hidden) if hidden else idle)
        self.starts = [start for start, _ in absent]
        self.lengths = [end - start for start, end in absent]
        self.sums = [0, *accumulate(self.lengths)]
        self.present: dict[float, int] = {}

    def us(self, at: float) -> int:
        return round((at - self.base) * 1e6)

    def active_ms(self, since: float, until: float) -> float:
        known = self.present
        before = known[since] if since in known else self.present_before(since)
        after = known[until] if until in known else self.present_before(until)
        return max(after - before, 0) / 1000

    def present_before(self, at: float) -> int:
        """Microseconds of presence until `at`; kept, since one view's end is the next one's start."""
        us = self.us(at)
        found = self.present[at] = us - self.absent_before(us)
        return found

    def absent_before(self, us: int) -> int:
        index = bisect_right(self.starts, us) - 1
        return 0 if index < 0 else self.sums[index] + min(us - self.starts[index], self.lengths[index])


def _joined(periods: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Periods, sorted by start, without overlaps."""
    joined: list[tuple[int, int]] = []
    for start, end in periods:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        elif end > start:
            joined.append((start, end))
    return joined


def _by_tab(found: Sequence[View]) -> list[list[View]]:
    tabs: dict[str | None, list[View]] = {}
    for view in found:
        tabs.setdefault(view.tab, []).append(view)
    return list(tabs.values())


def _passed(tab: Sequence[View]) -> Iterator[View]:
    """The views of a tab that another screen followed at once: redirects."""
    for view, following in pairwise(tab):
        if view.page != following.page and seconds_between(view.started_at, following.started_at) < PASSED_S:
            yield view


def _stays(timeline: Timeline) -> list[list[Stay]]:
    return [_stays_of(tab) for tab in _by_tab(views(timeline))]


def _stays_of(tab: Sequence[View]) -> list[Stay]:
    passed = {view.event_id for view in _passed(tab)}
    groups: list[list[View]] = []
    for view in tab:
        if view.event_id in passed:
            continue
        if groups and view.page is not None and groups[-1][0].page == view.page:
            groups[-1].append(view)
        else:
            groups.append([view])
    found: list[Stay] = []
    for group in groups:
        first = group[0]
        found.append(
            Stay(
                page=first.page,
                screen=first.screen,
                started_at=first.started_at,
                ended_at=group[-1].ended_at,
                active_ms=sum(view.active_ms for view in group),
                acts=sum(view.acts for view in group),
                load=first.load,
                address=first.address,
                has_url=first.url is not None,
                event_id=first.event_id,
            )
        )
    return found


def _scrolled(timeline: Timeline) -> list[tuple[View, list[Stretch]]]:
    rows = scrolls(timeline)
    if not rows:
        return []
    found = views(timeline)
    starts = [view.started_at for view in found]
    clicked_at = [event.at for event in timeline.of_type("click")]
    by_view: dict[int, list[Scroll]] = {}
    for scroll in rows:
        row = scroll[0]
        # A scroll of the very instant in which a screen began is of the screen before: the SDK ends a burst then.
        index = _view_of(row, found, bisect_right(starts, row.at) - 1)
        if index is not None:
            by_view.setdefault(index, []).append(scroll)
    return [
        (found[index], stretches(own, clicked_at, found[index].vh, found[index].page_h))
        for index, own in sorted(by_view.items())
    ]


def _view_of(row: Event, found: Sequence[View], index: int) -> int | None:
    """The view that a scroll belongs to: of the two latest that had begun, the one of its screen."""
    if index < 0:
        return None
    page = clean_screen(row.screen) if row.screen else None
    if page is None or found[index].page == page:
        return index
    is_before = index > 0 and found[index - 1].page == page and found[index].started_at == row.at
    return index - 1 if is_before else None
