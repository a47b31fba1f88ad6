"""Click chains: clicks that follow one another quickly on one spot. Shared by the detectors that count clicks. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mien.analyzers.thresholds import ClickChains
from mien.timeline import HALF_MICROSECOND, ClickInfo, Event, Timeline, seconds_between

Click = tuple[Event, ClickInfo]
Chain = Sequence[Click]


def is_pointed(info: ClickInfo) -> bool:
    """A person's click with the primary button; clicks by keyboard (`detail` 0) and by scripts are not."""
    return info.trusted is not False and info.button in (None, 0) and info.detail != 0


def chains_of(timeline: Timeline, limits: ClickChains) -> Sequence[Chain]:
    """The chains of all clicks of a session, oldest first; worked out once per Timeline and limits."""
    # One Timeline may be looked at under two tables, by the laboratory.
    return timeline.once(f"click_chains {limits}", lambda it: list(click_chains(it.clicks(), limits)))


def click_chains(clicks: Sequence[Click], limits: ClickChains) -> Iterator[Chain]:
    """Group neighbouring clicks that continue one another.

    `clicks` must be oldest first. Each pointed click is in exactly one chain; chains keep the order.
    """
    chain: list[Click] = []
    for click in clicks:
        if not is_pointed(click[1]):
            continue
        if chain and not continues(chain[-1], click, limits):
            yield chain
            chain = []
        chain.append(click)
    if chain:
        yield chain


def continues(previous: Click, click: Click, limits: ClickChains) -> bool:
    """Whether `click` comes soon enough after `previous`, on the same target and spot."""
    if click[0].at - previous[0].at >= limits.max_gap_ms / 1000 - HALF_MICROSECOND:
        return False
    return same_spot(previous, click, limits)


def same_spot(previous: Click, click: Click, limits: ClickChains) -> bool:
    """Same screen, not different elements, and near. What is not known cannot differ, but one of both must be known."""
    one, other = previous[0], click[0]
    both_named = one.element_id is not None and other.element_id is not None
    if one.screen != other.screen or (both_named and one.element_id != other.element_id):
        return False
    if one.x is None or one.y is None or other.x is None or other.y is None:
        return both_named
    touched = previous[1].pointer == "touch" or click[1].pointer == "touch"
    limit_px = limits.max_distance_px * (limits.touch_factor if touched else 1)
    return (one.x - other.x) ** 2 + (one.y - other.y) ** 2 <= limit_px**2


def is_burst(chain: Chain, min_clicks: int, window_ms: float) -> bool:
    """Whether some `min_clicks` neighbours of the chain lie within the window."""
    times = [event.at for event, _ in chain]
    spans = zip(times, times[min_clicks - 1 :], strict=False)
    return any(seconds_between(first, last) <= window_ms / 1000 for first, last in spans)


def element_of(chain: Chain) -> str | None:
    """The element that the chain is on: that of its first click that names one."""
    return next((event.element_id for event, _ in chain if event.element_id is not None), None)


def place_of(chain: Chain) -> Event:
    """The first click with a place, else the first of all."""
    return next((event for event, _ in chain if event.x is not None and event.y is not None), chain[0][0])
