"""Sessions as every list shows them: facts, issues, screens and signals of many sessions in three queries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from mien.store.database import Queries

MAX_SIGNALS = 2000
"""Signals of one session that are read, in lists as on its own page: points are shared out over the same ones."""


class Issue(msgspec.Struct, frozen=True):
    """An entry of `experience_scores.issues` (docs/analyzers/experience_score.md). Rows may lack what is optional."""

    type: str
    points: float
    hazard: float = 0.0
    points_shown: int | None = None
    gain_if_fixed: float = 0.0
    incident_ids: list[int] = []
    page: str | None = None
    element: str | None = None
    api: str | None = None
    count: int = 1
    confidence: float | None = None
    evidence: dict[str, Any] = {}
    also: list[str] = []


class Step(msgspec.Struct, frozen=True):
    """A screen of a session; `at` is when it was entered, in seconds since the epoch."""

    session_id: UUID
    screen: str
    at: float


class SignalFacts(msgspec.Struct, frozen=True):
    """A row of `signals`; times in seconds since the epoch. `incident` None: part of none.

    `label`: the words on the element, where a click on it recorded them.
    """

    session_id: UUID
    type: str
    confidence: float
    at: float
    until: float
    screen: str | None
    element_id: str | None
    api: str | None
    incident: int | None
    evidence: dict[str, Any]
    label: str | None


class RowFigures(msgspec.Struct, frozen=True, kw_only=True):
    """What every list shows of a session as it is stored.

    `duration_ms`: by its row, else by its events (sql/fragments/session_times.sql); never negative.
    `signal_counts`: kind -> signals. `points_by_cause`: cause -> points, summing to 100 minus the exact score.
    """

    session_id: UUID
    duration_ms: int
    score: int | None
    device_type: str | None
    browser: str | None
    os: str | None
    country: str | None
    locale: str | None
    app_version: str | None
    screen_count: int
    click_count: int
    call_count: int
    error_count: int
    waited_ms: int
    signal_counts: dict[str, int]
    points_by_cause: dict[str, float]
    has_replay: bool
    is_bot: bool
    is_staff: bool


class _FactsRow(RowFigures, frozen=True, kw_only=True):
    started_at: float | None
    ended_at: float | None
    score_exact: float | None
    issues: Any
    is_analysed: bool
    is_quiet: bool | None
    is_provisional: bool
    user_id: UUID | None
    external_user_id: str | None
    email: str | None


class SessionFacts(msgspec.Struct, frozen=True):
    """One session with what its row shows. `row` is as read; `issues` heaviest first."""

    row: _FactsRow
    issues: list[Issue]
    steps: list[Step]
    signals: list[SignalFacts]

    @property
    def start(self) -> float:
        """Seconds since the epoch; that of the first event where the row has none, else 0 (session_times.sql)."""
        return self.row.started_at or 0.0

    @property
    def end(self) -> float:
        """Never before the start."""
        return max(self.row.ended_at if self.row.ended_at is not None else self.start, self.start)

    @property
    def is_final(self) -> bool:
        """Analysed, quiet for 30 minutes, waiting for nothing. One without an end (plain SQL) is never final."""
        return self.row.is_analysed and bool(self.row.is_quiet)

    @property
    def is_provisional(self) -> bool:
        """Not over by the clock: more may come, or what was begun may yet be left undone."""
        return self.row.is_provisional


async def read_rows(queries: Queries, session_ids: Sequence[UUID]) -> list[SessionFacts]:
    """In the order of `session_ids`; those that do not exist are left out."""
    if not session_ids:
        return []
    ids = list(session_ids)
    rows = {row.session_id: row for row in await queries.fetch_all(_FactsRow, "session.rows", session_ids=ids)}
    steps: dict[UUID, list[Step]] = {}
    for step in await queries.fetch_all(Step, "session.steps", session_ids=ids):
        steps.setdefault(step.session_id, []).append(step)
    signals: dict[UUID, list[SignalFacts]] = {}
    for signal in await queries.fetch_all(SignalFacts, "session.signals", session_ids=ids, max_each=MAX_SIGNALS):
        signals.setdefault(signal.session_id, []).append(signal)
    return [
        SessionFacts(rows[one], read_issues(rows[one].issues), steps.get(one, []), signals.get(one, []))
        for one in ids
        if one in rows
    ]


def read_issues(stored: Any) -> list[Issue]:
    """The issues of a score, heaviest first; entries of another shape are left out."""
    found: list[Issue] = []
    for entry in stored if isinstance(stored, list) else []:
        try:
            found.append(msgspec.convert(entry, Issue))
        except msgspec.ValidationError:
            continue
    return sorted(found, key=lambda issue: -issue.points)


def matching(issue: Issue, signals: Sequence[SignalFacts]) -> list[int]:
    """Positions in `signals` (oldest first) that stand for the occurrences of an issue.

    One signal of each incident, of the issue's own kind where there is one; for waits, which are no incidents, the
    signals of that API and kind.
    """
    if not issue.incident_ids:
        place = (issue.type, issue.api, issue.page or None)
        return [index for index, one in enumerate(signals) if (one.type, one.api, one.screen or None) == place]
    wanted, chosen = set(issue.incident_ids), dict[int, int]()
    for index, signal in enumerate(signals):
        if signal.incident is None or signal.incident not in wanted:
            continue
        earlier = chosen.setdefault(signal.incident, index)
        if is_of_kind(signal, issue) and not is_of_kind(signals[earlier], issue):
            chosen[signal.incident] = index
    return sorted(chosen.values())


def is_of_kind(signal: SignalFacts, issue: Issue) -> bool:
    """Some kinds of signals weigh less as an issue of their own, such as `js_error_background`."""
    return issue.type == signal.type or issue.type.startswith(f"{signal.type}_")


def share_points(issues: Sequence[Issue], signals: Sequence[SignalFacts]) -> list[float]:
    """Per signal the points lost with it: each issue's, in equal parts over its occurrences."""
    shares = [0.0] * len(signals)
    for issue in issues:
        places = matching(issue, signals)
        for index in places:
            shares[index] += issue.points / len(places)
    return shares
