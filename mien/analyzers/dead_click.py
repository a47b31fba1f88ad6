"""Dead clicks: a click on what looks as if it did something, and nothing answers.

Reads clicks and what happened after them; emits signals only. Pure. Rule and limits: docs/analyzers/dead_click.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import Never

from mien.analyzers.analyzer import Analyzer, Findings, Signal
from mien.analyzers.baselines import Baselines
from mien.analyzers.click_answers import (
    Waits,
    first_happening,
    goes_on,
    is_hiding,
    is_leaving,
    is_left_after,
    wait_ms,
    waits,
)
from mien.analyzers.click_chains import Chain, Click, chains_of, element_of, place_of
from mien.analyzers.click_targets import base_confidence, looks_active, may_stay_silent
from mien.analyzers.thresholds import Thresholds
from mien.timeline import Timeline

SETTLES_S = 33.0  # the longest wait for an answer, and for a row that shows that the session went on


def find_dead_clicks(timeline: Timeline, baselines: Baselines) -> Findings[Never]:
    """One signal per run of clicks that waited in vain."""
    thresholds = baselines.thresholds
    chains = chains_of(timeline, thresholds.click_chains)
    found: list[Signal] = []
    for index, waited in enumerate(waits(timeline, thresholds.click_chains)):
        if waited.answered_at < inf and wait_ms(chains[index][0], waited.answered_at) <= thresholds.dead_click.wait_ms:
            continue  # most runs end here
        signal = judge(timeline, chains, index, waited, thresholds)
        if signal is not None:
            found.append(signal)
    return Findings(signals=found)


def judge(
    timeline: Timeline, chains: Sequence[Chain], index: int, waited: Waits, thresholds: Thresholds
) -> Signal | None:
    """The signal of a run that was not answered in time by its own word, if nothing excuses it."""
    chain, limits = chains[index], thresholds.dead_click
    looks = looks_active(*chain[0])
    confidence = base_confidence(looks, limits) * (1 if waited.known else limits.unknown_factor)
    if round(confidence, 4) <= 0 or any(may_stay_silent(info) for _, info in chain):
        return None
    answered_at = waited.answered_at
    if not waited.known:
        until = chain[-1][0].at + limits.wait_ms / 1000
        answered_at = min(answered_at, first_happening(timeline, chains, index, thresholds.click_chains, until))
    dead = [click for click in chain if is_dead(click, answered_at, timeline, thresholds)]
    if not dead or not (waited.known or is_observed(dead, timeline, thresholds)):
        return None
    return dead_signal(dead, looks, confidence, waited.known, thresholds)


def is_dead(click: Click, answered_at: float, timeline: Timeline, thresholds: Thresholds) -> bool:
    """Whether a click of a run waited too long for the run's first answer, and nothing excuses that."""
    event, limits = click[0], thresholds.dead_click
    return (
        wait_ms(click, answered_at) > limits.wait_ms
        and not is_hiding(timeline, event.at, limits.hidden_ms)
        and not is_leaving(timeline, event.at)
        and not is_left_after(timeline, event.at, event.at + limits.wait_ms / 1000)
    )


def is_observed(dead: Sequence[Click], timeline: Timeline, thresholds: Thresholds) -> bool:
    """Whether rows after the wait show that the session was still being recorded; else nobody knows."""
    limits = thresholds.dead_click
    waited_until = dead[-1][0].at + limits.wait_ms / 1000
    return goes_on(timeline, waited_until, waited_until + limits.observed_ms / 1000)


def dead_signal(
    dead: Sequence[Click], looks: str | None, confidence: float, known: bool, thresholds: Thresholds
) -> Signal:
    first, last, place = dead[0][0], dead[-1][0], place_of(dead)
    return Signal(
        type="dead_click",
        confidence=round(confidence, 4),
        started_at=first.at,
        ended_at=last.at,
        screen=first.screen,
        element_id=element_of(dead),
        x=place.x,
        y=place.y,
        event_id=last.event_id,
        evidence={
            "clicks": len(dead),
            "waited_ms": round(thresholds.dead_click.wait_ms),
            "answered": "no" if known else "unknown",
            "looks_active": looks,
            "label": dead[0][1].label,
        },
    )


DEAD_CLICK = Analyzer(
    "dead_click",
    version=1,
    reads=frozenset(("click", "screen_view", "visibility")),
    analyze=find_dead_clicks,
    signal_types=frozenset(("dead_click",)),
    settles_s=SETTLES_S,
)
