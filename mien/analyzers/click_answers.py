"""Click answers: when the page answered a run of clicks, and what excuses one that it did not answer.

Shared by the detectors that judge the answers to clicks. Pure. Rule and limits: docs/analyzers/dead_click.md.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from math import inf

import msgspec

from mien.analyzers.click_chains import Chain, Click, chains_of, same_spot
from mien.analyzers.thresholds import ClickChains
from mien.timeline import HALF_MICROSECOND, ClickInfo, Event, Timeline, json_object, seconds_between

NO_ANSWERS = frozenset(("click", "pointer", "visibility", "web_vital", "resize", "feedback", "crash"))
"""Events that are no answer to a click; all others, also those that a site names itself, may be one."""
LEAVING_S = 10.0  # a page that is still there so long after it began to be left stays; the SDK's rule as well


class Waits(msgspec.Struct, frozen=True, gc=False):
    """How long the clicks of a run waited: `answered_at` is the first answer to any of them, `inf` if none came."""

    answered_at: float
    response: str | None
    known: bool
    """Whether every click says itself when it was answered, or that it was not."""


def waits(timeline: Timeline, limits: ClickChains) -> Sequence[Waits]:
    """Per chain of the session how long its clicks waited; worked out once per Timeline and limits."""
    return timeline.once(f"waits {limits}", lambda it: [waits_of(chain) for chain in chains_of(it, limits)])


def waits_of(chain: Chain) -> Waits:
    """What the clicks themselves say. Clicks that say nothing neither answer nor deny."""
    if len(chain) == 1:
        event, info = chain[0]
        answered_at = answer_time(event, info)
        return Waits(answered_at, info.response or None if answered_at < inf else None, info.answer_known)
    answers = [(answer_time(event, info), info.response or "") for event, info in chain]
    answered_at, response = min(answers)
    known = all(info.answer_known for _, info in chain)
    return Waits(answered_at, response or None if answered_at < inf else None, known)


def answer_time(event: Event, info: ClickInfo) -> float:
    """When this click was answered, seconds since the epoch; `inf` when it was not or does not say."""
    # To the microsecond, as the ends of calls are.
    return inf if info.response_ms is None else round(event.at + max(info.response_ms, 0.0) / 1000, 6)


def wait_ms(click: Click, answered_at: float) -> float:
    """From the click to the answer, in milliseconds; negative when the answer came before it, `inf` without one."""
    return round(seconds_between(click[0].at, answered_at) * 1000, 3)


def first_happening(
    timeline: Timeline, chains: Sequence[Chain], index: int, limits: ClickChains, until: float
) -> float:
    """When anything happened, from the first click of chain `index` to `until`, that may be an answer; else `inf`.

    A call, an error, a screen, a scroll, an input, an event that the site names itself; and a click on something else,
    which shows that the person could go on.
    """
    chain = chains[index]
    times = timeline.once("happening_times", _happening_times)
    position = bisect_left(times, chain[0][0].at - HALF_MICROSECOND)
    happened_at = times[position] if position < len(times) else inf
    for number in range(index + 1, len(chains)):
        later = chains[number][0]
        if later[0].at > until + HALF_MICROSECOND:
            break
        if not same_spot(chain[-1], later, limits):
            happened_at = min(happened_at, later[0].at)
            break
    return happened_at if happened_at <= until + HALF_MICROSECOND else inf


def _happening_times(timeline: Timeline) -> list[float]:
    events = [event.at for event in timeline.events if event.event_type not in NO_ANSWERS]
    calls = [call.at for call in timeline.calls]
    return sorted([*events, *calls, *(error.at for error in timeline.errors)])


def goes_on(timeline: Timeline, since: float, until: float) -> bool:
    """Whether the session has any row in between (`since` excluded): somebody was still recording it."""
    for rows in (timeline.events, timeline.calls, timeline.errors):
        index = bisect_right(rows, since + HALF_MICROSECOND, key=lambda row: row.at)
        if index < len(rows) and rows[index].at <= until + HALF_MICROSECOND:
            return True
    return False


def visibility_times(timeline: Timeline) -> tuple[list[float], list[float]]:
    """When the page was hidden, and when it was seen again."""
    return timeline.once("visibility_times", _visibility_times)


def _visibility_times(timeline: Timeline) -> tuple[list[float], list[float]]:
    hidden: list[float] = []
    shown: list[float] = []
    for event in timeline.of_type("visibility"):
        is_shown = json_object(event.metadata).get("state") == "visible"
        (shown if is_shown else hidden).append(event.at)
    return hidden, shown


def any_between(times: Sequence[float], since: float, until: float) -> bool:
    """Whether one of `times` (oldest first) lies between the two, both included, to the microsecond."""
    index = bisect_left(times, since - HALF_MICROSECOND)
    return index < len(times) and times[index] <= until + HALF_MICROSECOND


def is_hiding(timeline: Timeline, at: float, around_ms: float) -> bool:
    """Whether the page was hidden or seen again at most `around_ms` before or after."""
    around_s = around_ms / 1000
    return any(any_between(times, at - around_s, at + around_s) for times in visibility_times(timeline))


def is_waking(timeline: Timeline, at: float, after_ms: float) -> bool:
    """Whether the page was seen again at most `after_ms` before: the click that does so also hits something."""
    return any_between(visibility_times(timeline)[1], at - after_ms / 1000, at)


def is_leaving(timeline: Timeline, at: float) -> bool:
    """Whether an earlier click had begun to leave the page, and no screen has been seen since."""
    clicked, left = timeline.once("leaving_times", _leaving_times)
    index = bisect_left(left, at) - 1
    if index < 0 or seconds_between(left[index], at) > LEAVING_S:
        return False
    return not any_between(view_times(timeline), clicked[index], at)


def _leaving_times(timeline: Timeline) -> tuple[list[float], list[float]]:
    """Of clicks that were answered by a navigation: when they were clicked and when it began; by the latter."""
    found = sorted(
        (answer_time(event, info), event.at) for event, info in timeline.clicks() if info.response == "navigation"
    )
    found = [one for one in found if one[0] < inf]
    return [clicked for _, clicked in found], [left for left, _ in found]


def view_times(timeline: Timeline) -> list[float]:
    """When a screen was seen, oldest first."""
    return timeline.once("view_times", lambda it: [view.at for view in it.of_type("screen_view")])


def is_left_after(timeline: Timeline, since: float, until: float) -> bool:
    """Whether another page was loaded in between. A screen that says that it was none (`load` spa) is no such page."""
    return any_between(timeline.once("page_loads", _page_loads), since, until)


def _page_loads(timeline: Timeline) -> list[float]:
    return [view.at for view in timeline.of_type("screen_view") if json_object(view.metadata).get("load") != "spa"]
