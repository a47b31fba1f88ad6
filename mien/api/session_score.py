"""The score of a session's page: its issues in words, with integer points that add up, and its line over time."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, floor

from mien.api import words
from mien.api.session_row import label_of_element
from mien.api.session_shapes import CurvePoint, FormerIssue, FormerScore, Issue, Score
from mien.store.causes import CAUSE_OF, UNSORTED
from mien.store.clock import offset_ms, to_datetime
from mien.store.session_page import FormerScoreFacts, PageFacts
from mien.store.session_rows import Issue as StoredIssue
from mien.store.session_rows import matching, read_issues


def score_of(page: PageFacts) -> Score:
    """The score and what it rests on."""
    row, details = page.facts.row, page.details
    calculated = details.calculated_at
    return Score(
        score=row.score,
        exact=row.score_exact,
        low=details.score_low,
        high=details.score_high,
        version=details.score_version,
        weights_hash=details.weights_hash,
        coverage=details.coverage or {},
        issues=issues_of(page),
        is_final=page.facts.is_final,
        provisional=page.facts.is_provisional,
        calculated_at=None if calculated is None else to_datetime(calculated),
        curve=curve_of(page),
        former=[former_score_of(one, page) for one in page.former],
    )


def former_score_of(former: FormerScoreFacts, page: PageFacts) -> FormerScore:
    """A score that another version replaced."""
    issues = sorted(read_issues(former.issues), key=lambda issue: issue.type == "minor")
    calculated = former.calculated_at
    return FormerScore(
        version_key=former.version_key,
        version=former.score_version,
        weights_hash=former.weights_hash,
        score=former.score,
        exact=former.score_exact,
        issues=[former_issue_of(issue, page) for issue in issues],
        calculated_at=None if calculated is None else to_datetime(calculated),
        replaced_at=to_datetime(former.replaced_at),
    )


def former_issue_of(issue: StoredIssue, page: PageFacts) -> FormerIssue:
    """In the words of today."""
    is_minor = issue.type == "minor"
    named = words.element_name(issue.element, label_of_element(issue.element, page.facts.signals))
    return FormerIssue(
        type=issue.type,
        cause=None if is_minor else CAUSE_OF.get(issue.type, UNSORTED),
        label=words.label(issue.type, named, issue.page, issue.api, 1 if is_minor else issue.count),
        page=issue.page,
        element=issue.element,
        api=issue.api,
        count=issue.count,
        points=issue.points,
    )


def issues_of(page: PageFacts) -> list[Issue]:
    """Heaviest first, the entry `minor` last."""
    issues = sorted(page.facts.issues, key=lambda issue: issue.type == "minor")
    total = 100 - page.facts.row.score if page.facts.row.score is not None else 0
    integers = integer_points(issues, total)
    return [describe(issue, points, page) for issue, points in zip(issues, integers, strict=True)]


def describe(issue: StoredIssue, points_int: int, page: PageFacts) -> Issue:
    """An issue in words."""
    start = page.facts.start
    label = label_of_element(issue.element, page.facts.signals)
    named = words.element_name(issue.element, label)
    is_minor = issue.type == "minor"
    return Issue(
        type=issue.type,
        cause=None if is_minor else CAUSE_OF.get(issue.type, UNSORTED),
        label=words.label(issue.type, named, issue.page, issue.api, 1 if is_minor else issue.count),
        detail=words.detail(issue.type, issue.evidence),
        page=issue.page,
        element=issue.element,
        element_label=label,
        api=issue.api,
        count=issue.count,
        confidence=issue.confidence,
        hazard=issue.hazard,
        points=issue.points,
        points_int=points_int,
        gain_if_fixed=issue.gain_if_fixed,
        incident_ids=issue.incident_ids,
        also=issue.also,
        evidence=issue.evidence,
        at_ms=[offset_ms(at, start) for at, _ in occurrences(issue, page)],
    )


def integer_points(issues: Sequence[StoredIssue], total: int) -> list[int]:
    """Integers that sum to `total`: as the worker stored them, else by largest remainder (signals.md B.3)."""
    stored = [issue.points_shown for issue in issues if issue.points_shown is not None]
    if len(stored) == len(issues) and sum(stored) == total:
        return stored
    shown = [floor(issue.points) for issue in issues]
    by_remainder = sorted(range(len(issues)), key=lambda index: shown[index] - issues[index].points)
    for index in by_remainder[: max(total - sum(shown), 0)]:
        shown[index] += 1
    return shown


def occurrences(issue: StoredIssue, page: PageFacts) -> list[tuple[float, float]]:
    """When an issue happened, as (from, until) in seconds since the epoch, oldest first.

    Its signals; a wait too short for a signal: the calls of that API; a web vital: its events. May be empty.
    """
    found = [
        (page.facts.signals[index].at, page.facts.signals[index].until) for index in matching(issue, page.facts.signals)
    ]
    if found or issue.incident_ids:
        return found
    if issue.type in ("slow_api", "unfinished_wait"):
        is_unfinished = issue.type == "unfinished_wait"
        return [
            (call.at, call.at + max(call.latency_ms or 0, 0) / 1000)
            for call in page.calls
            if call.api == issue.api and (call.status is None) == is_unfinished
        ]
    if issue.type.startswith("web_vital_"):
        name = issue.type.removeprefix("web_vital_")
        return [
            (event.at, event.at)
            for event in page.events
            if event.event_type == "web_vital"
            and event.screen == issue.page
            and str((event.metadata or {}).get("name", "")).lower() == name
        ]
    return []


def curve_of(page: PageFacts) -> list[CurvePoint]:
    """The score as it stood: from 100 down to the exact score, a step at the end of each occurrence.

    An issue's hazard is spread in equal parts over its occurrences; what has no known time falls at the end of the
    session. S = 100 exp(-H) as in signals.md B.3, so the line ends at the score. Empty without a score.
    """
    facts = page.facts
    if facts.row.score_exact is None:
        return []
    falls: list[tuple[int, float]] = []
    end_ms = max(offset_ms(facts.end, facts.start), 0)
    for issue in facts.issues:
        moments = [min(max(offset_ms(until, facts.start), 0), end_ms) for _, until in occurrences(issue, page)] or [
            end_ms
        ]
        falls += [(at_ms, issue.hazard / len(moments)) for at_ms in moments]
    curve = [CurvePoint(0, 100.0)]
    hazard = 0.0
    for at_ms, fall in sorted(falls):
        hazard += fall
        stood = CurvePoint(at_ms, round(100 * exp(-hazard), 3))
        if curve[-1].at_ms == at_ms and len(curve) > 1:
            curve[-1] = stood
        else:
            curve.append(stood)
    return curve
