"""Rage clicks: several quick clicks on one spot that nothing answers, a sign of frustration.

Reads clicks and what happened around them; owns `rage_click_events`. Pure.
Rule and limits: docs/analyzers/rage_click.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from mien.analyzers.analyzer import Analyzer, Findings, Signal
from mien.analyzers.baselines import Baselines
from mien.analyzers.click_chains import Click, click_chains, is_burst
from mien.analyzers.requests import ended_at, is_failed
from mien.analyzers.third_party import is_third_party
from mien.timeline import ApiCall, ClickInfo, Timeline, during, seconds_between

MIN_CLICKS = 3  # inside some second of the run; docs/analyzers/rage_click.md
CONFIDENCE = {3: 0.40, 4: 0.75}  # by clicks of the run
MANY_CLICKS_CONFIDENCE = 0.90  # five and more
FAILURE_FACTOR, MAX_CONFIDENCE = 1.2, 0.97  # an error or failed call belongs to the run
ANSWERED_FACTOR = 0.3  # a stepper, a pager, a map's zoom
UNKNOWN_FACTOR = 0.75  # rows without `response_ms`
STORED_FROM = 0.5  # below, the run is a `multi_click`
ANSWER_S = 1.0  # after the last click, an answer still counts and the run is closed

UNOBSERVABLE_SURFACES = frozenset(("canvas", "map", "video", "game", "editor", "slider"))
TEXT_ROLES = frozenset(("textbox", "searchbox"))
PAGER_WORDS = re.compile(r"next|previous|prev", re.IGNORECASE)  # PostHog; as part of the label
PAGER_SIGNS = frozenset((">", "<", "+", "-", "\u2212", "\u2013"))  # PostHog; only as the whole label


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
    for chain in click_chains(timeline.clicks()):
        if len(chain) < MIN_CLICKS or not is_burst(chain, MIN_CLICKS) or is_excluded(chain, timeline):
            continue
        signal = judge(chain, timeline)
        signals.append(signal)
        if signal.type == "rage_click":
            first, last = signal.started_at, signal.ended_at
            rows.append(RageClickRow(signal.element_id, signal.screen, len(chain), first, last, last))
    return Findings(rows, signals)


def is_excluded(chain: Sequence[Click], timeline: Timeline) -> bool:
    """Runs that cannot be rage: on a surface that never answers visibly, in a text, or with selecting or scrolling."""
    first_at, last_at = chain[0][0].at, chain[-1][0].at
    for event, info in chain:
        if info.surface in UNOBSERVABLE_SURFACES or info.selection or is_text(info):
            return True
        if info.response in ("scroll", "selection") and responded_by(event.at, info, last_at):
            return True
    return bool(during(timeline.of_type("scroll"), first_at, last_at))


def is_text(info: ClickInfo) -> bool:
    """A field of text: quick clicks there select words."""
    return info.tag == "textarea" or info.role in TEXT_ROLES


def responded_by(clicked_at: float, info: ClickInfo, deadline: float) -> bool:
    """Whether the page is known to have answered this click at or before `deadline`."""
    return info.response_ms is not None and seconds_between(clicked_at + info.response_ms / 1000, deadline) >= 0


def judge(chain: Sequence[Click], timeline: Timeline) -> Signal:
    """The signal of a run that is a burst and not excluded."""
    first, last = chain[0][0], chain[-1][0]
    failures = failures_in(chain, timeline)
    known = all(info.answer_known for _, info in chain)
    answered = is_answered(chain, timeline, known, bool(failures))
    confidence = CONFIDENCE.get(len(chain), MANY_CLICKS_CONFIDENCE)
    if failures:
        confidence = min(confidence * FAILURE_FACTOR, MAX_CONFIDENCE)
    if answered:
        confidence *= ANSWERED_FACTOR
    elif not known:
        confidence *= UNKNOWN_FACTOR
    place = next((event for event, _ in chain if event.x is not None and event.y is not None), first)
    return Signal(
        type="rage_click" if confidence >= STORED_FROM else "multi_click",
        confidence=round(confidence, 4),
        started_at=first.at,
        ended_at=last.at,
        screen=first.screen,
        element_id=next((event.element_id for event, _ in chain if event.element_id is not None), None),
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


def failures_in(chain: Sequence[Click], timeline: Timeline) -> list[str]:
    """Errors and failed calls that belong to the run: begun after its first click, seen before it is closed."""
    first_at, closed_at = chain[0][0].at, chain[-1][0].at + ANSWER_S
    screen = chain[0][0].screen
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


def is_answered(chain: Sequence[Click], timeline: Timeline, known: bool, failed: bool) -> bool:
    """Whether the page responded between the first click and ANSWER_S after the last.

    Where the SDK watched every click, its word is taken; a request that failed is no answer. Otherwise other rows
    are asked: a finished call, a new screen, a scroll, an input. Labels of pagers and steppers count there as well.
    """
    closed_at = chain[-1][0].at + ANSWER_S
    for event, info in chain:
        if responded_by(event.at, info, closed_at) and not (failed and info.response == "request"):
            return True
    return not known and (is_pager(chain) or something_happened(chain[0][0].at, closed_at, timeline))


def is_pager(chain: Sequence[Click]) -> bool:
    """Whether the label says that people click here again and again."""
    labels = [info.label.strip() for _, info in chain if info.label is not None]
    return any(label in PAGER_SIGNS or PAGER_WORDS.search(label) for label in labels)


def something_happened(first_at: float, closed_at: float, timeline: Timeline) -> bool:
    """Whether a call that the clicks may have started finished well, or the screen, the scroll or an input changed."""
    answers = timeline.of_type("screen_view", "scroll", "input", "select", "submit")
    if any(event.at > first_at for event in during(answers, first_at, closed_at)):
        return True
    calls = calls_within(timeline, first_at, closed_at)
    return any(call.status is not None and not is_failed(call) for call in calls)


RAGE_CLICK = Analyzer(
    "rage_click",
    version=1,
    reads=frozenset(("click",)),
    analyze=find_rage_clicks,
    table="rage_click_events",
    signal_types=frozenset(("rage_click", "multi_click")),
)
