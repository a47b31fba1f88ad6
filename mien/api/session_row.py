"""A session as lists show it: score with band, title, mini-timeline. Shared by overview, list and session."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal, TypeAlias

import msgspec

from mien.api import words
from mien.store.causes import Cause, cause_of
from mien.store.clock import offset_ms, to_datetime
from mien.store.session_rows import Issue, RowFigures, SessionFacts, SignalFacts, Step, matching, share_points

Band: TypeAlias = Literal["good", "strained", "poor"]
GOOD_FROM, STRAINED_FROM = 90, 50
"""Bands of a score (signals.md B.3, as Lighthouse)."""


MAX_MARKS = 60
"""Of a mini-timeline (visual.md 5.13)."""


class Person(msgspec.Struct, frozen=True):
    """Who the session was, as far as the site said so."""

    external_user_id: str | None
    email: str | None


class ScreenSpan(msgspec.Struct, frozen=True):
    """A screen from when it was entered to when it was left; milliseconds from the session's start."""

    at_ms: int
    until_ms: int
    name: str


class SignalMark(msgspec.Struct, frozen=True):
    """A signal and the points that were lost with it (0: it explains, but costs nothing). `type`: the detector."""

    at_ms: int
    type: str
    cause: Cause
    points: float


class Mini(msgspec.Struct, frozen=True):
    """The mini-timeline of a row."""

    screens: list[ScreenSpan]
    signals: list[SignalMark]


class SessionRow(RowFigures, frozen=True, kw_only=True):
    """`score` is rounded, null when there was too little to judge or the analysis is still to come.

    `signal_counts`: kind -> signals. `points_by_cause`: cause -> points, summing to 100 minus the exact score.
    """

    started_at: datetime
    ended_at: datetime
    score_band: Band | None
    is_final: bool
    title: str
    user: Person | None
    mini: Mini


def band_of(score: int | None) -> Band | None:
    """good 90-100, strained 50-89, poor 0-49."""
    if score is None:
        return None
    return "good" if score >= GOOD_FROM else "strained" if score >= STRAINED_FROM else "poor"


def to_row(facts: SessionFacts) -> SessionRow:
    """The row of a session."""
    row = facts.row
    figures: dict[str, Any] = {name: getattr(row, name) for name in RowFigures.__struct_fields__}
    return SessionRow(
        **figures,
        started_at=to_datetime(facts.start),
        ended_at=to_datetime(facts.end),
        score_band=band_of(row.score),
        is_final=facts.is_final,
        title=title_of(facts),
        user=person_of(facts),
        mini=Mini(screens=screen_spans(facts.steps, facts.start, facts.end), signals=marks_of(facts)),
    )


def person_of(facts: SessionFacts) -> Person | None:
    """None for a session without a user."""
    row = facts.row
    return None if row.user_id is None else Person(row.external_user_id, row.email)


def screen_spans(steps: Sequence[Step], start: float, end: float) -> list[ScreenSpan]:
    """Each screen until the next one begins, the last until the session ends."""
    spans: list[ScreenSpan] = []
    for index, step in enumerate(steps):
        until = steps[index + 1].at if index + 1 < len(steps) else max(end, step.at)
        spans.append(ScreenSpan(offset_ms(step.at, start), offset_ms(until, start), step.screen))
    return spans


def marks_of(facts: SessionFacts) -> list[SignalMark]:
    """The signals of a row with what each cost, oldest first; of more than MAX_MARKS those that cost most."""
    points = share_points(facts.issues, facts.signals)
    costliest = sorted(range(len(points)), key=lambda index: -points[index])[:MAX_MARKS]
    return [
        SignalMark(offset_ms(signal.at, facts.start), signal.type, cause_of(signal.type), round(points[index], 3))
        for index, signal in ((index, facts.signals[index]) for index in sorted(costliest))
    ]


def label_of_element(element: str | None, signals: Sequence[SignalFacts]) -> str | None:
    """The words on an element, as a click on it recorded them."""
    return next((signal.label for signal in signals if signal.label and signal.element_id == element), None)


def phrase_of(issue: Issue, signals: Sequence[SignalFacts]) -> str:
    """An issue in words, beginning in lower case."""
    element = words.element_name(issue.element, label_of_element(issue.element, signals))
    return words.phrase(issue.type, element, issue.page, issue.api)


def title_of(facts: SessionFacts) -> str:
    """From its worst issues, in the order in which they happened."""
    worst = [issue for issue in facts.issues if issue.type != "minor"][: words.MAX_TITLE_ISSUES]

    def first_at(issue: Issue) -> float:
        places = matching(issue, facts.signals)
        return facts.signals[places[0]].at if places else float("inf")

    phrases = [phrase_of(issue, facts.signals) for issue in sorted(worst, key=first_at)]
    return words.title(phrases, [step.screen for step in facts.steps])
