"""What the person had in front of them: the screen, interactions, hidden periods, active time. Shared, pure.

Rows by plain SQL have no `visibility` events: the page then counts as visible.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import sub

from mien.timeline import Event, Timeline, json_object, seconds_between

INTERACTIONS = ("click", "input", "submit", "select", "scroll")
IDLE_AFTER_S = 30.0  # without any event for longer, the person is taken to be away; docs/analyzers/emotion.md
_ENDS_HIDING = frozenset(("click", "input", "submit", "select", "screen_view"))
"""What a person cannot do in a hidden page: it shows that another tab of the session is in front."""


def interaction_times(timeline: Timeline) -> Sequence[float]:
    """When the person did something, oldest first."""
    return timeline.once("interaction_times", lambda it: [event.at for event in it.of_type(*INTERACTIONS)])


def latest_before(times: Sequence[float], at: float) -> float | None:
    """The latest of `times` (oldest first) that is not after `at`."""
    index = bisect_right(times, at)
    return times[index - 1] if index else None


def screen_at(timeline: Timeline, at: float) -> str | None:
    """The screen of the latest event at or before `at` that names one."""
    times, screens = timeline.once("screen_changes", _screen_changes)
    index = bisect_right(times, at)
    return screens[index - 1] if index else None


def _screen_changes(timeline: Timeline) -> tuple[list[float], list[str]]:
    times: list[float] = []
    screens: list[str] = []
    for event in timeline.events:
        if event.screen is not None and (not screens or event.screen != screens[-1]):
            times.append(event.at)
            screens.append(event.screen)
    return times, screens


def is_hidden(timeline: Timeline, at: float) -> bool:
    """Whether the page was in no visible tab at `at`."""
    return _is_within(*hidden_periods(timeline), at)


def _is_within(starts: Sequence[float], ends: Sequence[float], at: float) -> bool:
    index = bisect_right(starts, at)
    return index > 0 and at < ends[index - 1]


def hidden_periods(timeline: Timeline) -> tuple[Sequence[float], Sequence[float]]:
    """When the page went out of sight, and when it was seen again (infinity: never), oldest first."""
    return timeline.once("hidden_periods", _hidden_periods)


def _hidden_periods(timeline: Timeline) -> tuple[list[float], list[float]]:
    """From `visibility: hidden` to the next sign that a tab of the session is seen again."""
    starts: list[float] = []
    ends: list[float] = []
    if not timeline.of_type("visibility"):
        return starts, ends
    for event in timeline.events:
        hides = event.event_type == "visibility" and json_object(event.metadata).get("state") == "hidden"
        hidden = len(starts) > len(ends)
        if hides and not hidden:
            starts.append(event.at)
        elif hidden and (event.event_type in _ENDS_HIDING or (event.event_type == "visibility" and not hides)):
            ends.append(event.at)
    if len(starts) > len(ends):
        ends.append(float("inf"))
    return starts, ends


def active_seconds(timeline: Timeline, events: Sequence[Event]) -> float:
    """Time between neighbouring `events` (oldest first), without gaps above IDLE_AFTER_S and hidden periods."""
    times = [event.at for event in events]
    # In whole microseconds, as the database keeps them: the rounding of many floats would add up to more than one.
    moments = [round(at * 1e6) for at in times]
    gaps = list(map(sub, moments[1:], moments))
    for start, end in zip(*hidden_periods(timeline), strict=True):
        first, behind = bisect_left(times, start), min(bisect_left(times, end), len(gaps))
        gaps[first:behind] = [0] * (behind - first)
    active_us: int = sum([gap for gap in gaps if gap <= IDLE_AFTER_S * 1e6])
    return active_us / 1e6


def within(earlier: float | None, later: float, limit_s: float) -> bool:
    """Whether `earlier` is known and `later` comes at most `limit_s` after it."""
    return earlier is not None and 0 <= seconds_between(earlier, later) <= limit_s
