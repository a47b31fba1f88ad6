"""Slow clicks: the page answers a click, but late.

Reads clicks; emits signals only. Pure. Rule and limits: docs/analyzers/slow_click.md.
"""

from __future__ import annotations

from math import inf
from typing import Never

from mien.analyzers.analyzer import Analyzer, Findings, Signal
from mien.analyzers.baselines import Baselines
from mien.analyzers.click_answers import Waits, is_hiding, is_leaving, wait_ms, waits
from mien.analyzers.click_chains import Chain, Click, chains_of, element_of, place_of
from mien.analyzers.click_targets import looks_active, may_stay_silent
from mien.analyzers.curve import accepted_share
from mien.analyzers.requests import ended_at
from mien.analyzers.thresholds import Thresholds
from mien.timeline import Event, Timeline, during, seconds_between

BY_THE_PERSON = frozenset(("input", "selection", "copy", "scroll"))
"""What the person does next is an answer to a click only at once; seconds later it is an act of its own."""
SAME_END_S = 0.1  # a call and an answer that end so close together are one wait; Datadog's rule for page activity
SETTLES_S = 10.0  # a page that is hidden soon after the click excuses it: the most that `hidden_ms` may be


def find_slow_clicks(timeline: Timeline, baselines: Baselines) -> Findings[Never]:
    """One signal per run of clicks whose first answer was late."""
    thresholds = baselines.thresholds
    chains = chains_of(timeline, thresholds.click_chains)
    found: list[Signal] = []
    for chain, waited in zip(chains, waits(timeline, thresholds.click_chains), strict=True):
        if waited.answered_at < inf and wait_ms(chain[0], waited.answered_at) > thresholds.slow_click.after_ms:
            signal = judge(chain, waited, timeline, thresholds)
            if signal is not None:
                found.append(signal)
    return Findings(signals=found)


def judge(chain: Chain, waited: Waits, timeline: Timeline, thresholds: Thresholds) -> Signal | None:
    """The signal of a run, if some click of it waited too long, but not so long that it is dead."""
    if waited.response in BY_THE_PERSON or looks_active(*chain[0]) == "none":
        return None
    if any(may_stay_silent(info) for _, info in chain):
        return None
    slow = [click for click in chain if is_slow(click, waited, thresholds)]
    slow = [click for click in slow if not is_excused(click, timeline, thresholds)]
    return slow_signal(slow, waited, timeline, thresholds) if slow else None


def is_slow(click: Click, waited: Waits, thresholds: Thresholds) -> bool:
    waited_ms = wait_ms(click, waited.answered_at)
    return thresholds.slow_click.after_ms < waited_ms <= thresholds.dead_click.wait_ms


def is_excused(click: Click, timeline: Timeline, thresholds: Thresholds) -> bool:
    at = click[0].at
    return is_hiding(timeline, at, thresholds.dead_click.hidden_ms) or is_leaving(timeline, at)


def is_call(click: Event, waited: Waits, timeline: Timeline, thresholds: Thresholds) -> bool:
    """Whether a call of the session measures the same wait: the answer was one, or, unnamed, came as one ended."""
    if waited.response is not None:
        return waited.response == "request"
    begun = during(timeline.calls, click.at, click.at + thresholds.requests.prompt_ms / 1000)
    return any(abs(seconds_between(ended_at(call), waited.answered_at)) <= SAME_END_S for call in begun)


def slow_signal(slow: list[Click], waited: Waits, timeline: Timeline, thresholds: Thresholds) -> Signal:
    limits = thresholds.slow_click
    waited_ms = wait_ms(slow[0], waited.answered_at)
    first, place = slow[0][0], place_of(slow)
    return Signal(
        type="slow_click",
        confidence=round(1 - accepted_share(waited_ms, limits.after_ms, limits.median_ms), 4),
        started_at=first.at,
        ended_at=waited.answered_at,
        screen=first.screen,
        element_id=element_of(slow),
        x=place.x,
        y=place.y,
        event_id=first.event_id,
        evidence={
            "response_ms": round(waited_ms),
            "response": waited.response,
            "clicks": len(slow),
            "in_latency_term": is_call(slow[0][0], waited, timeline, thresholds),
            "label": slow[0][1].label,
        },
    )


SLOW_CLICK = Analyzer(
    "slow_click",
    version=1,
    reads=frozenset(("click", "screen_view", "visibility")),
    analyze=find_slow_clicks,
    signal_types=frozenset(("slow_click",)),
    settles_s=SETTLES_S,
)
