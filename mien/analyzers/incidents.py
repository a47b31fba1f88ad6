"""Incidents: signals on one target within seconds of each other count as one thing that happened.

Merging prevents double counting: the heaviest kind gives an incident its type, the others are kept as `also`.
Rule and limits: docs/analyzers/incidents.md.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from operator import eq

import msgspec

from mien.analyzers.analyzer import Signal
from mien.analyzers.thresholds import Incidents, Thresholds, Weights
from mien.timeline import HALF_MICROSECOND, seconds_between

INCIDENTS_VERSION = 2


class Incident(msgspec.Struct, frozen=True, gc=False):
    """Signals that are one thing that happened. `id` counts from 1 in order of start.

    `type` is a field of `Weights`; `confidence` is the highest among the signals of that type, and place,
    element, API and evidence are those of that signal. `also`: the other kinds, sorted. `count`: its signals.
    """

    id: int
    type: str
    confidence: float
    started_at: float
    ended_at: float
    count: int
    screen: str | None = None
    element_id: str | None = None
    api: str | None = None
    event_id: int | None = None
    evidence: Mapping[str, object] = {}
    also: tuple[str, ...] = ()


@lru_cache(maxsize=64)
def weights_of(weights: Weights) -> Mapping[str, float]:
    """What one certain incident of each type weighs; other kinds of signals make no incident."""
    return msgspec.structs.asdict(weights)


def incident_type(signal: Signal) -> str:
    """The row of the weights table that a signal counts under: some types weigh less when in the background."""
    if signal.type == "rage_click" and not signal.evidence.get("confirmed"):
        return "rage_click_unconfirmed"
    if signal.type in ("failed_request", "js_error") and not signal.evidence.get("foreground"):
        return signal.type + "_background"
    return signal.type


def weighs(signal: Signal, weights: Mapping[str, float]) -> bool:
    """Whether a signal makes an incident. A slow click whose wait a call measured is in the score's latency term."""
    if signal.type == "slow_click" and signal.evidence.get("in_latency_term"):
        return False
    return incident_type(signal) in weights


def merge(signals: Sequence[Signal], thresholds: Thresholds) -> tuple[list[Signal], list[Incident]]:
    """The signals, sorted and with their incident's id, and the incidents. The order of `signals` does not matter.

    Kinds without a weight (`multi_click`, `slow_api`, ...) neither make nor lengthen an incident; one that touches an
    incident is counted as part of it, to explain it.
    """
    limits, weights = thresholds.incidents, weights_of(thresholds.weight)
    ordered = in_order(signals)
    weighing = [index for index, signal in enumerate(ordered) if weighs(signal, weights)]
    groups = group_touching([ordered[index] for index in weighing], limits)
    members = [[weighing[position] for position in group] for group in groups]
    incident_of = {index: number for number, group in enumerate(members) for index in group}
    parts = [[ordered[index] for index in group] for group in members]
    reaches = list(accumulate((max(signal.ended_at for signal in part) for part in parts), max))
    weighing_parts = [tuple(part) for part in parts]
    for index, signal in enumerate(ordered):
        number = None if index in incident_of else first_touched(signal, weighing_parts, reaches, limits)
        if number is not None:
            incident_of[index] = number
            parts[number].append(signal)
    placed = [
        msgspec.structs.replace(signal, incident_id=incident_of[index] + 1) if index in incident_of else signal
        for index, signal in enumerate(ordered)
    ]
    incidents = [
        summarise(number + 1, weighing_part, parts[number], weights)
        for number, weighing_part in enumerate(weighing_parts)
    ]
    return placed, incidents


def in_order(signals: Sequence[Signal]) -> list[Signal]:
    """Sorted by what the signals say, never by surrogate ids: equal input in any order gives one order."""
    ordered = sorted(signals, key=order_of)
    keys = list(map(order_of, ordered))
    if any(map(eq, keys, keys[1:])):  # seldom: the evidence as text costs more than all else
        ordered.sort(key=lambda signal: (order_of(signal), sorted_text(signal.evidence)))
    return ordered


def order_of(signal: Signal) -> tuple[object, ...]:
    """Sort key of everything but the evidence."""
    place = (-1, -1) if signal.x is None or signal.y is None else (signal.x, signal.y)
    names = (signal.type, signal.screen or "", signal.element_id or "", signal.api or "")
    return (signal.started_at, signal.ended_at, *names, *place, -signal.confidence)


def sorted_text(evidence: Mapping[str, object]) -> str:
    return repr(sorted(evidence.items(), key=lambda item: item[0]))


def targets(signal: Signal) -> list[Hashable]:
    """What a signal is about: its element, its API, the click or submit that it belongs to.

    When it has no element, API or place: its message, else its kind, on its screen.
    """
    found: list[Hashable] = []
    if signal.element_id is not None:
        found.append(("element", signal.screen, signal.element_id))
    if signal.api is not None:
        found.append(("api", signal.api))
    if not found and (signal.x is None or signal.y is None):
        message = signal.evidence.get("message")
        found.append(("kind", signal.screen, signal.type) if message is None else ("said", signal.screen, message))
    if signal.event_id is not None and signal.type in OF_ONE_EVENT and signal.evidence.get("after") != "screen_view":
        found.append(("event", signal.event_id))
    return found


OF_ONE_EVENT = frozenset(("rage_click", "dead_click", "slow_click", "error_click", "failed_request", "js_error"))
"""Signals whose `event_id` is the click or submit that went wrong: without element and place it still joins them."""


def close_in_time(earlier: Signal, later: Signal, limits: Incidents) -> bool:
    """Whether the two intervals overlap or are at most `max_gap_ms` apart, whichever began first."""
    gap = max(seconds_between(earlier.ended_at, later.started_at), seconds_between(later.ended_at, earlier.started_at))
    return gap <= limits.max_gap_ms / 1000


def near(one: Signal, other: Signal, limits: Incidents) -> bool:
    """Whether both have a place on the same screen, at most `max_distance_px` apart."""
    if one.x is None or one.y is None or other.x is None or other.y is None or one.screen != other.screen:
        return False
    return (one.x - other.x) ** 2 + (one.y - other.y) ** 2 <= limits.max_distance_px**2


def touching(one: Signal, other: Signal, limits: Incidents) -> bool:
    """Whether two signals belong together: same target or near, and close in time."""
    same = near(one, other, limits) or any(target in targets(other) for target in targets(one))
    return same and close_in_time(one, other, limits)


def group_touching(signals: Sequence[Signal], limits: Incidents) -> list[list[int]]:
    """Positions of signals that touch one another, directly or through others; groups by their first member.

    `signals` must be sorted by start. Only signals that may still be touched are looked at, so the work stays near
    linear for sessions with many signals.
    """
    root = list(range(len(signals)))

    def find(index: int) -> int:
        while root[index] != index:
            root[index] = root[root[index]]
            index = root[index]
        return index

    latest: dict[Hashable, int] = {}  # per target: the signal that reaches furthest
    open_places: dict[Hashable, int] = {}  # the same per place, as long as something may still touch it
    for index, signal in enumerate(signals):
        for target in targets(signal):
            other = latest.get(target)
            if other is not None and close_in_time(signals[other], signal, limits):
                join(root, find(other), find(index))
            if other is None or signal.ended_at >= signals[other].ended_at:
                latest[target] = index
        if signal.x is None or signal.y is None:
            continue
        open_places = {
            place: other for place, other in open_places.items() if close_in_time(signals[other], signal, limits)
        }
        for other in open_places.values():
            if near(signals[other], signal, limits):
                join(root, find(other), find(index))
        here = (signal.screen, signal.x, signal.y)
        if here not in open_places or signal.ended_at >= signals[open_places[here]].ended_at:
            open_places[here] = index
    groups: dict[int, list[int]] = {}
    for index in range(len(signals)):
        groups.setdefault(find(index), []).append(index)
    return sorted(groups.values())


def join(root: list[int], one: int, other: int) -> None:
    """Let the earlier of two groups take the later one in."""
    root[max(one, other)] = min(one, other)


def first_touched(
    signal: Signal, parts: Sequence[Sequence[Signal]], reaches: Sequence[float], limits: Incidents
) -> int | None:
    """The number of the first incident that a signal without a weight touches, if any.

    `parts`: each incident's signals, in order of start; `reaches`: how far it and those before it reach. Both bound
    the search: a session may have thousands of incidents.
    """
    slack_s = limits.max_gap_ms / 1000 + HALF_MICROSECOND
    for number in range(bisect_left(reaches, signal.started_at - slack_s), len(parts)):
        if parts[number][0].started_at > signal.ended_at + slack_s:
            return None
        if any(touching(member, signal, limits) for member in parts[number]):
            return number
    return None


def summarise(
    incident_id: int, weighing: Sequence[Signal], everything: Sequence[Signal], weights: Mapping[str, float]
) -> Incident:
    """One incident from its weighing signals, and from all signals that were counted as part of it."""
    chief = min(weighing, key=lambda signal: (-weights[incident_type(signal)], -signal.confidence))
    return Incident(
        id=incident_id,
        type=incident_type(chief),
        confidence=chief.confidence,
        started_at=min(signal.started_at for signal in weighing),
        ended_at=max(signal.ended_at for signal in weighing),
        count=len(weighing),
        screen=chief.screen,
        element_id=chief.element_id,
        api=chief.api,
        event_id=chief.event_id,
        evidence=chief.evidence,
        also=tuple(sorted({incident_type(signal) for signal in everything} - {incident_type(chief)})),
    )
