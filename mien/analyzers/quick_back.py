"""Quick back: a screen was opened, nothing was done in it, and the person went back at once.

Reads screens and what happened in them; emits signals only. Pure.
Rule and limits: docs/analyzers/quick_back.md.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Never

from mien.analyzers.analyzer import Analyzer, Findings, Signal
from mien.analyzers.baselines import Baselines, ScreenBaseline
from mien.analyzers.form_names import is_search_screen, plain
from mien.analyzers.requests import requests
from mien.analyzers.screen_names import clean_screen
from mien.analyzers.third_party import is_third_party
from mien.analyzers.thresholds import QuickBack, Thresholds
from mien.analyzers.views import PASSED_S, Stay, stays
from mien.timeline import Timeline, during, has_failed

LIST_FOLLOWERS = 3  # a screen left to so many different ones is a list; default, not validated
_AUTH = re.compile(
    r"\b(log ?in|log ?out|sign ?in|sign ?out|sign ?up|auth|authorize|authorization|authenticate|consent|cookies?"
    r"|oauth2?|oidc|saml|sso|callback|mfa|2fa|redirect)\b"
)
_LIST = re.compile(
    r"\b(home|index|lists?|listings?|categor(y|ies)|catalogs?|catalogues?|collections?|browse|products|items|filters?"
    r"|filtered|archives?|tags?|feeds?|inbox|overview|dashboard)\b"
)


def find_quick_backs(timeline: Timeline, baselines: Baselines) -> Findings[Never]:
    """One signal per screen that was left at once for the one before it."""
    signals = [signal for tab in stays(timeline) for signal in quick_backs_of(tab, timeline, baselines)]
    return Findings(signals=sorted(signals, key=lambda signal: (signal.started_at, signal.screen or "")))


def quick_backs_of(tab: Sequence[Stay], timeline: Timeline, baselines: Baselines) -> Iterator[Signal]:
    """Those of one tab's stays, which must be oldest first."""
    limits = baselines.thresholds.quick_back
    followers: dict[str, set[str]] = {}
    for before, stay, after in zip(tab, tab[1:], tab[2:], strict=False):
        if before.page is None:
            continue
        seen = followers.setdefault(before.page, set())
        seen.add(stay.address)
        limit_ms = limit_of(baselines.screen(stay.page), limits)
        if before.page != after.page or stay.page is None or stay.active_ms > limit_ms:
            continue
        if not is_excluded(before, stay, after, timeline, baselines.thresholds):
            yield signal_of(before, stay, after, limit_ms, is_list(before.page, len(seen)), limits)


def limit_of(usual: ScreenBaseline | None, limits: QuickBack) -> float:
    """Up to how much active time, in ms, going back from a screen is quick."""
    if usual is None or usual.dwell_p10_ms is None:
        return limits.default_dwell_ms
    return max(limits.min_dwell_ms, min(usual.dwell_p10_ms, limits.max_dwell_ms))


def is_list(page: str, followers: int) -> bool:
    """Whether a page lists things: by its name, or because it was left to several different ones."""
    return followers >= LIST_FOLLOWERS or page == "/" or is_search_screen(page) or says(page, _LIST)


@lru_cache(maxsize=8192)
def says(page: str, words: re.Pattern[str]) -> bool:
    """Whether some part of a cleaned screen name holds one of the words."""
    return any(words.search(plain(part)) for part in page.split("/"))


def is_excluded(before: Stay, stay: Stay, after: Stay, timeline: Timeline, thresholds: Thresholds) -> bool:
    """Something was done there, it was passed on the way back or forward, the site led there, or it had failed."""
    if stay.acts or stay.load == "back_forward":
        return True
    if any(page is not None and says(page, _AUTH) for page in (before.page, stay.page)):
        return True
    return has_broken(stay, after, timeline, thresholds)


def has_broken(stay: Stay, after: Stay, timeline: Timeline, thresholds: Thresholds) -> bool:
    """Whether an error or a failed call that is a signal of its own explains it."""
    errors = during(timeline.errors, stay.started_at, after.started_at)
    if any(not is_third_party(error) and is_of(error.screen, stay) for error in errors):
        return True
    if not any(has_failed(call.status) for call in during(timeline.calls, stay.started_at, after.started_at)):
        return False
    judged = requests(timeline, thresholds)
    first = bisect_left(judged, stay.started_at, key=lambda request: request.call.at)
    last = bisect_right(judged, after.started_at, key=lambda request: request.call.at)
    return any(
        request.waited_on and has_failed(request.call.status) and is_of(request.screen, stay)
        for request in judged[first:last]
    )


def is_of(screen: str | None, stay: Stay) -> bool:
    return screen is None or clean_screen(screen) == stay.page


def signal_of(before: Stay, stay: Stay, after: Stay, limit_ms: float, listed: bool, limits: QuickBack) -> Signal:
    # "spa" without any act: a hash router went back, or the page itself led on. The rows cannot tell.
    known = after.load in ("full", "back_forward") and stay.load is not None
    confidence = limits.list_confidence if listed else limits.confidence
    return Signal(
        type="quick_back",
        confidence=round(confidence * (1 if known else limits.unknown_factor), 4),
        started_at=stay.started_at,
        ended_at=after.started_at,
        screen=stay.screen,
        event_id=after.event_id,
        evidence={
            "back_to": before.screen,
            "active_ms": round(stay.active_ms),
            "limit_ms": round(limit_ms),
            "from_list": listed,
            "way_back": after.load or "unknown",
        },
    )


QUICK_BACK = Analyzer(
    "quick_back",
    version=1,
    reads=frozenset(("screen_view", "visibility")),
    analyze=find_quick_backs,
    signal_types=frozenset(("quick_back",)),
    settles_s=PASSED_S,
)
