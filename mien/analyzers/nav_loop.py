"""Navigation loop: the same few screens in the same order, again and again, and nothing done.

Reads screens, inputs and submits; emits signals only. Pure.
Rule and limits: docs/analyzers/nav_loop.md.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Never

import msgspec

from mien.analyzers.analyzer import Analyzer, Findings, Signal
from mien.analyzers.baselines import Baselines
from mien.analyzers.form_names import is_success_screen
from mien.analyzers.forms import ACCEPTED, form_acts
from mien.analyzers.thresholds import NavLoop
from mien.analyzers.views import Stay, stays
from mien.timeline import Timeline, seconds_between

HUB_FOLLOWERS = 3  # a screen left to so many different ones is a hub: coming back to it is the way of the site
SETTLES_S = 1801.0  # a round may still follow (`within_ms` at the most), and a submit be answered


class Loop(msgspec.Struct, gc=False):
    """A cycle of `length` screens, from the stay `start` to the stay `end`, both included."""

    length: int
    start: int
    end: int


def find_nav_loops(timeline: Timeline, baselines: Baselines) -> Findings[Never]:
    """One signal per loop, however often it repeats."""
    limits = baselines.thresholds.nav_loop
    if all(len(tab) < 2 * limits.min_rounds for tab in stays(timeline)):
        return Findings()
    achieved_at = timeline.once("achieved_at", achievements)
    typed_at = [event.at for event in timeline.of_type("input", "select")]
    signals: list[Signal] = []
    for tab in stays(timeline):
        ways = Ways(tab)
        for loop in loops(tab, achieved_at, limits):
            if not ways.is_hub(loop) and not shows_others(tab, loop) and not is_work(tab, loop, typed_at):
                signals.append(signal_of(tab, loop, limits))
    return Findings(signals=sorted(signals, key=lambda signal: (signal.started_at, signal.screen or "")))


def achievements(timeline: Timeline) -> list[float]:
    """When something was done: a form accepted, a screen of success reached. Oldest first."""
    accepted = [act.at for act in form_acts(timeline) if act.kind == "submit" and act.outcome == ACCEPTED]
    reached = [stay.started_at for tab in stays(timeline) for stay in tab if is_success_screen(stay.page)]
    return sorted([*accepted, *reached])


def loops(tab: Sequence[Stay], achieved_at: Sequence[float], limits: NavLoop) -> list[Loop]:
    """The loops of one tab in order; two share no screen. Looks back only, so a loop is known as soon as it is one."""
    found: list[Loop] = []
    loop: Loop | None = None
    floor = 0
    for index in range(1, len(tab)):
        if achieved_between(tab[index - 1], tab[index], achieved_at):
            loop, floor = None, index
            continue
        if loop is not None:
            needed = loop.length * limits.min_rounds
            if repeats(tab, index, loop.length) and lasts(tab, index, needed) * 1000 <= limits.within_ms:
                loop.end = index
                continue
            floor, loop = loop.end + 1, None
        loop = loop_ending_at(tab, index, floor, limits)
        if loop is not None:
            found.append(loop)
    return found


def achieved_between(stay: Stay, following: Stay, achieved_at: Sequence[float]) -> bool:
    """Whether something was achieved after the one began, until the other did."""
    return bisect_right(achieved_at, stay.started_at) < bisect_right(achieved_at, following.started_at)


def repeats(tab: Sequence[Stay], index: int, length: int) -> bool:
    return tab[index].page is not None and tab[index].page == tab[index - length].page


def lasts(tab: Sequence[Stay], index: int, needed: int) -> float:
    """Seconds from the first to the last of the `needed` stays that end at `index`."""
    return seconds_between(tab[index - needed + 1].started_at, tab[index].started_at)


def loop_ending_at(tab: Sequence[Stay], index: int, floor: int, limits: NavLoop) -> Loop | None:
    """The shortest cycle whose rounds have just become enough, within the stays from `floor` on."""
    for length in range(2, limits.max_length + 1):
        needed = length * limits.min_rounds
        if index - needed + 1 < floor:
            return None
        if not repeats(tab, index, length):
            continue
        if lasts(tab, index, needed) * 1000 > limits.within_ms:
            return None
        if all(repeats(tab, place, length) for place in range(index, index - needed + length, -1)):
            return Loop(length, index - needed + 1, index)
    return None


class Ways:
    """Which screens of a tab were left to which others, so far."""

    def __init__(self, tab: Sequence[Stay]) -> None:
        self.tab = tab
        self.read_to = 0
        self.followers: dict[str | None, set[str]] = {}

    def is_hub(self, loop: Loop) -> bool:
        """Whether a screen of the loop was left to HUB_FOLLOWERS different ones by the end of the loop.

        Loops must be asked for in their order.
        """
        while self.read_to < loop.end:
            stay, following = self.tab[self.read_to], self.tab[self.read_to + 1]
            self.followers.setdefault(stay.page, set()).add(following.address)
            self.read_to += 1
        pages = {stay.page for stay in self.tab[loop.start : loop.start + loop.length]}
        return any(len(self.followers.get(page, ())) >= HUB_FOLLOWERS for page in pages)


def shows_others(tab: Sequence[Stay], loop: Loop) -> bool:
    """Whether one of its screens showed another thing each time (`/p/1`, `/p/2`): somebody is comparing."""
    return any(
        len({stay.address for stay in visits}) == len(visits)
        for visits in (tab[place : loop.end + 1 : loop.length] for place in range(loop.start, loop.start + loop.length))
    )


def is_work(tab: Sequence[Stay], loop: Loop, typed_at: Sequence[float]) -> bool:
    """Whether something was entered in every round: a wizard, a series of entries."""
    rounds = (loop.end - loop.start + 1) // loop.length
    starts = [tab[loop.start + number * loop.length].started_at for number in range(rounds)]
    ends = [*starts[1:], tab[loop.end].started_at]
    return all(
        bisect_right(typed_at, start) < bisect_right(typed_at, end) for start, end in zip(starts, ends, strict=True)
    )


def signal_of(tab: Sequence[Stay], loop: Loop, limits: NavLoop) -> Signal:
    """On the screen with the first name of the cycle, so that a loop is one thing wherever somebody entered it."""
    cycle = list(tab[loop.start : loop.start + loop.length])
    first, last = cycle[0], tab[loop.end]
    turns = [cycle[place:] + cycle[:place] for place in range(loop.length)]
    turned = min(turns, key=lambda turn: [stay.page or "" for stay in turn])
    rounds = (loop.end - loop.start + 1) // loop.length
    sure = limits.confidence + limits.further_confidence * (rounds - limits.min_rounds)
    known = all(stay.has_url for stay in tab[loop.start : loop.end + 1])
    confidence = min(sure, max(limits.max_confidence, limits.confidence)) * (1 if known else limits.unknown_factor)
    return Signal(
        type="nav_loop",
        confidence=round(min(confidence, 1.0), 4),
        started_at=first.started_at,
        ended_at=last.started_at,
        screen=turned[0].screen,
        event_id=last.event_id,
        evidence={
            "screens": [stay.page for stay in turned],
            "rounds": rounds,
            "span_ms": round(seconds_between(first.started_at, last.started_at) * 1000),
            "addresses_known": known,
        },
    )


NAV_LOOP = Analyzer(
    "nav_loop",
    version=1,
    reads=frozenset(("screen_view", "submit", "input")),
    analyze=find_nav_loops,
    signal_types=frozenset(("nav_loop",)),
    settles_s=SETTLES_S,
)
