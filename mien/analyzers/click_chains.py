"""Click chains: clicks that follow one another quickly on one spot. Shared by the detectors that count clicks. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mien.timeline import HALF_MICROSECOND, ClickInfo, Event, seconds_between

MAX_GAP_S = 1.0  # a gap of this or more ends a chain; docs/analyzers/rage_click.md
WINDOW_S = 1.0  # a burst has its clicks inside some window of this length; docs/analyzers/rage_click.md
MAX_DISTANCE_PX = 30.0  # CSS pixels between neighbours (Euclid); PostHog, Mixpanel
TOUCH_FACTOR = 1.5  # fingers are less exact; docs/analyzers/rage_click.md

Click = tuple[Event, ClickInfo]


def is_pointed(info: ClickInfo) -> bool:
    """A person's click with the primary button; clicks by keyboard (`detail` 0) and by scripts are not."""
    return info.trusted is not False and info.button in (None, 0) and info.detail != 0


def click_chains(clicks: Sequence[Click]) -> Iterator[list[Click]]:
    """Group neighbouring clicks that continue one another.

    `clicks` must be oldest first. Each pointed click is in exactly one chain; chains keep the order.
    """
    chain: list[Click] = []
    for click in clicks:
        if not is_pointed(click[1]):
            continue
        if chain and not continues(chain[-1], click):
            yield chain
            chain = []
        chain.append(click)
    if chain:
        yield chain


def continues(previous: Click, click: Click) -> bool:
    """Whether `click` comes soon enough after `previous`, on the same target and spot."""
    if click[0].at - previous[0].at >= MAX_GAP_S - HALF_MICROSECOND:
        return False
    return same_spot(previous, click)


def same_spot(previous: Click, click: Click) -> bool:
    """Same screen, not different elements, and near. What is not known cannot differ, but one of both must be known."""
    one, other = previous[0], click[0]
    both_named = one.element_id is not None and other.element_id is not None
    if one.screen != other.screen or (both_named and one.element_id != other.element_id):
        return False
    if one.x is None or one.y is None or other.x is None or other.y is None:
        return both_named
    touched = previous[1].pointer == "touch" or click[1].pointer == "touch"
    limit_px = MAX_DISTANCE_PX * (TOUCH_FACTOR if touched else 1)
    return (one.x - other.x) ** 2 + (one.y - other.y) ** 2 <= limit_px**2


def is_burst(chain: Sequence[Click], min_clicks: int) -> bool:
    """Whether some `min_clicks` neighbours of the chain lie within WINDOW_S."""
    times = [event.at for event, _ in chain]
    spans = zip(times, times[min_clicks - 1 :], strict=False)
    return any(seconds_between(first, last) <= WINDOW_S for first, last in spans)
