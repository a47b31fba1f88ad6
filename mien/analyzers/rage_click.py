"""Rage clicks: several quick clicks on one spot that nothing answers, a sign of frustration.

Reads clicks and what happened around them; owns `rage_click_events`. Pure.
Rule and limits: docs/analyzers/rage_click.md.
"""

from __future__ import annotations

import re

import msgspec

from mien.analyzers.analyzer import Analyzer, Findings, Signal
from mien.analyzers.baselines import Baselines
from mien.analyzers.click_answers import any_between, is_waking, visibility_times
from mien.analyzers.click_chains import Chain, chains_of, element_of, is_burst, place_of
from mien.analyzers.click_targets import is_text, is_unobservable
from mien.analyzers.requests import ended_at, is_failed
from mien.analyzers.screen_names import clean_screen
from mien.analyzers.third_party import is_third_party
from mien.analyzers.thresholds import RageClick
from mien.timeline import ApiCall, ClickInfo, Event, Timeline, during, seconds_between

PAGER_WORDS = re.compile(r"next|previous|prev", re.IGNORECASE)  # PostHog; as part of the label
PAGER_SIGNS = frozenset((">", "<", "+", "-", "\u2212", "\u2013"))  # PostHog; only as the whole label
SCROLL_TOLD_S = 1.0  # the SDK tells of a scroll when nothing has moved for so long
SETTLES_S = 10.0  # a later click may continue the run, a late answer or failure belong to it: the most of their limits


class RageClickRow(msgspec.Struct, frozen=True, gc=False):
    """A row of `rage_click_events`. Times are seconds since the epoch; `detected_at` is the last click's."""

    element_id: str | None
    screen: str | None
    click_count: int
    first_click_at: float
    last_click_at: float
    detected_at: float


def find_rage_clicks(timeline: Timeline, baselines: Baselines) -> Findings[RageClickRow]:
    """Every run of clicks as one signal: `rage_click` (also a row) or, with too little confidence, `multi_click`."""
    signals: list[Signal] = []
    rows: list[RageClickRow] = []
    limits = baselines.thresholds.rage_click
    for run in chains_of(timeline, baselines.thresholds.click_chains):
        if len(run) < limits.min_clicks:
            continue
        chain = [click for click in run if not is_waking(timeline, click[0].at, limits.wake_ms)]
        if not is_burst(chain, limits.min_clicks, limits.window_ms) or is_excluded(chain, timeline):
            continue
        signal = judge(chain, timeline, limits)
        if signal.confidence <= 0 or is_muted(signal, baselines):
            continue
        signals.append(signal)
        if signal.type == "rage_click":
            first, last = signal.started_at, signal.ended_at
            rows.append(RageClickRow(signal.element_id, signal.screen, len(chain), first, last, last))
    return Findings(rows, signals)


def is_muted(signal: Signal, baselines: Baselines) -> bool:
    """Whether somebody said that quick clicks there are no rage: then there is no multi_click either."""
    screen = None if signal.screen is None else clean_screen(signal.screen)
    return any(baselines.is_muted(name, screen, signal.element_id) for name in ("rage_click", signal.type))


def is_excluded(chain: Chain, timeline: Timeline) -> bool:
    """Runs that cannot be rage: on a surface that never answers visibly, in a text, or with selecting or scrolling."""
    first_at, last_at = chain[0][0].at, chain[-1][0].at
    for event, info in chain:
        if is_unobservable(info) or info.selection or is_text(info):
            return True
        if info.response in ("scroll", "selection") and responded_by(event.at, info, last_at):
            return True
    scrolls = during(timeline.of_type("scroll"), first_at, last_at + SCROLL_TOLD_S)
    scrolled = [scrolled_at(scroll) for scroll in scrolls]
    return any(seconds_between(first_at, at) >= 0 and seconds_between(at, last_at) >= 0 for at in scrolled)


def scrolled_at(scroll: Event) -> float:
    """When a scroll ended: the SDK, which says how far it went, writes SCROLL_TOLD_S later."""
    return scroll.at - SCROLL_TOLD_S if scroll.metadata and '"travel"' in scroll.metadata else scroll.at


def responded_by(clicked_at: float, info: ClickInfo, deadline: float) -> bool:
    """Whether the page is known to have answered this click at or before `deadline`."""
    return info.response_ms is not None and seconds_between(clicked_at + info.response_ms / 1000, deadline) >= 0


def judge(chain: Chain, timeline: Timeline, limits: RageClick) -> Signal:
    """The signal of a run that is a burst and not excluded."""
    first, last, place = chain[0][0], chain[-1][0], place_of(chain)
    closed_at = last.at + limits.answer_ms / 1000
    failures = failures_in(chain, closed_at, timeline)
    known = is_known(chain)
    answered = is_answered(chain, closed_at, timeline, limits, bool(failures))
    confidence = base_confidence(len(chain), limits)
    if failures:
        confidence = max(confidence, min(confidence * limits.failure_factor, limits.max_confidence))
    if answered:
        confidence *= limits.answered_factor
    elif not known:
        confidence *= limits.unknown_factor
    return Signal(
        type="rage_click" if confidence >= limits.min_confidence else "multi_click",
        confidence=round(confidence, 4),
        started_at=first.at,
        ended_at=last.at,
        screen=first.screen,
        element_id=element_of(chain),
        x=place.x,
        y=place.y,
        event_id=last.event_id,
        evidence={
            "clicks": len(chain),
            "span_ms": round(seconds_between(first.at, last.at) * 1000),
            "answered": "yes" if answered else "no" if known else "unknown",
            "failures": failures,
            "confirmed": known or bool(failures),
        },
    )


def base_confidence(click_count: int, limits: RageClick) -> float:
    """By the clicks of the run alone; two, where `min_clicks` allows them, count as three."""
    if click_count <= 3:
        return limits.confidence_of_3
    return limits.confidence_of_4 if click_count == 4 else limits.confidence_of_5


def failures_in(chain: Chain, closed_at: float, timeline: Timeline) -> list[str]:
    """Errors and failed calls that belong to the run: begun after its first click, seen before it is closed."""
    first_at, screen = chain[0][0].at, chain[0][0].screen
    found = [
        error.message or "error"
        for error in during(timeline.errors, first_at, closed_at)
        if error.screen in (None, screen) and not is_third_party(error)
    ]
    found += [f"{call.api} {call.status}" for call in calls_within(timeline, first_at, closed_at) if is_failed(call)]
    return sorted(set(found))


def calls_within(timeline: Timeline, since: float, until: float) -> list[ApiCall]:
    """The calls that began and ended between the two."""
    begun = during(timeline.calls, since, until)
    return [call for call in begun if seconds_between(ended_at(call), until) >= 0]


def is_known(chain: Chain) -> bool:
    """Whether the SDK watched what followed every click of the run."""
    return all(info.answer_known for _, info in chain)


def is_answered(chain: Chain, closed_at: float, timeline: Timeline, limits: RageClick, failed: bool) -> bool:
    """Whether the page responded to a click of the run.

    Where the SDK watched a click, its word is taken: an answer within `wait_ms`, however late the run, is an answer
    (docs/adr/0011). A request that failed is none. Where it did not watch them all, other rows are asked until the run
    is closed: a finished call, a new screen, a scroll, an input. Labels of pagers and steppers count there as well.
    """
    for event, info in chain:
        waited_until = event.at + limits.wait_ms / 1000
        if responded_by(event.at, info, waited_until) and not (failed and info.response == "request"):
            return True
    return not is_known(chain) and (is_pager(chain) or something_happened(chain[0][0].at, closed_at, timeline))


def is_pager(chain: Chain) -> bool:
    """Whether the label says that people click here again and again."""
    labels = [info.label.strip() for _, info in chain if info.label is not None]
    return any(label in PAGER_SIGNS or PAGER_WORDS.search(label) for label in labels)


def something_happened(first_at: float, closed_at: float, timeline: Timeline) -> bool:
    """Whether a call that the clicks may have started finished well, or the screen, the scroll or an input changed.

    A page that is hidden then may have opened another tab.
    """
    answers = timeline.of_type("screen_view", "scroll", "input", "select", "submit")
    if any(event.at > first_at for event in during(answers, first_at, closed_at)):
        return True
    if any_between(visibility_times(timeline)[0], first_at, closed_at):
        return True
    calls = calls_within(timeline, first_at, closed_at)
    return any(call.status is not None and not is_failed(call) for call in calls)


RAGE_CLICK = Analyzer(
    "rage_click",
    version=3,
    reads=frozenset(("click", "scroll", "visibility")),
    analyze=find_rage_clicks,
    table="rage_click_events",
    signal_types=frozenset(("rage_click", "multi_click")),
    settles_s=SETTLES_S,
)
