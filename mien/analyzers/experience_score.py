"""The experience score: 0 to 100 for one session, with what it lost and why. The losses sum to 100 - score.

Reads the incidents, the calls that the person waited on and the web vitals; owns `experience_scores`. Pure.
Formula, worked examples and limits: docs/analyzers/experience_score.md.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from math import fsum

import msgspec

from mien.analyzers.conclusion import Case, Concluded, Conclusion
from mien.analyzers.foreground import active_seconds, interaction_times
from mien.analyzers.hazard import gain_if_fixed, lost_points, rounded, score, shown_points
from mien.analyzers.incidents import Incident, incident_type
from mien.analyzers.requests import requests
from mien.analyzers.score_terms import (
    VITALS,
    Charge,
    device_class,
    incident_charges,
    is_measured,
    latency_charges,
    measured_vitals,
    vital_charges,
)
from mien.analyzers.thresholds import Thresholds
from mien.timeline import Timeline

SCORE_VERSION = 2
INSUFFICIENT = "insufficient data: needs at least one screen, and one interaction or API call"


class Issue(msgspec.Struct, frozen=True, gc=False):
    """One entry of `experience_scores.issues`.

    `points`: exact loss; all entries sum to 100 - S. `points_shown`: integers that sum to 100 - the rounded score.
    `gain_if_fixed`: what the score would rise by if this alone went away. `count`: incidents, calls or views.
    `evidence`, `confidence`: of the surest. `type` is `minor` for the one entry that collects what is below half a
    point (`score.minor_below_points`); its evidence counts them by type.
    """

    type: str
    incident_ids: list[int]
    page: str | None
    element: str | None
    api: str | None
    count: int
    confidence: float
    hazard: float
    points: float
    points_shown: int
    gain_if_fixed: float
    evidence: dict[str, object]
    also: list[str]


class ScoreRow(msgspec.Struct, frozen=True, gc=False):
    """A row of `experience_scores`. `score` None: insufficient data. `issues`: `Issue`s as JSON, heaviest first."""

    score: int | None
    issues: list[dict[str, object]]


class ScoreFacts(msgspec.Struct, frozen=True, gc=False):
    """What stands beside a score. Field names are the columns of `score_facts`, where it has them.

    `score_exact`, `score_low`, `score_high` are None with insufficient data; low: if every incident were certain, high:
    without incidents below a confidence of 0.7. `hazard` is H, 0 or more. `points` are the exact losses in the order of
    `issues`; like those of `points_by_type`, where nothing is hidden in `minor`, they sum to 100 - `score_exact`.
    `signal_counts`: signals by the type they count under. `waited_ms`: time spent on calls that the person waited on.
    """

    score_version: int
    weights_hash: str
    score_exact: float | None
    score_low: float | None
    score_high: float | None
    hazard: float
    hazard_per_10_views: float | None
    points: list[float]
    points_by_type: dict[str, float]
    signal_counts: dict[str, int]
    screen_count: int
    click_count: int
    call_count: int
    error_count: int
    waited_ms: int
    coverage: dict[str, object]


class Activity(msgspec.Struct, frozen=True, gc=False):
    """How much there was to judge. `screens`: different ones; `*_calls` without `calls`: of those waited on."""

    events: int
    screens: int
    screen_views: int
    clicks: int
    interactions: int
    calls: int
    waited_calls: int
    unfinished_calls: int
    waited_ms: int
    errors: int
    duration_s: float
    active_s: float


class Scores(msgspec.Struct, frozen=True, gc=False):
    """A score and its range, unrounded."""

    exact: float
    low: float
    high: float


def score_session(case: Case) -> Concluded[ScoreRow, ScoreFacts]:
    """Always one row: a score, or none with the reason in `coverage`."""
    thresholds = case.baselines.thresholds
    activity = measure_activity(case.timeline, thresholds)
    if not is_sufficient(activity):
        return Concluded([ScoreRow(None, [])], [state_facts(case, activity, None, [], [])])
    calls = requests(case.timeline, thresholds)
    slowness = [*vital_charges(case.timeline, thresholds), *latency_charges(calls, thresholds.score)]
    charges = [*slowness, *incident_charges(case.incidents, thresholds)]
    without_doubt = sure(case.incidents, thresholds.score.dropped_below_confidence)
    scores = Scores(
        exact=score(total(charges)),
        low=score(total([*slowness, *incident_charges(certain(case.incidents), thresholds)])),
        high=score(total([*slowness, *incident_charges(without_doubt, thresholds)])),
    )
    issues = list_issues(charges, thresholds.score.minor_below_points)
    facts = state_facts(case, activity, scores, charges, issues)
    return Concluded([ScoreRow(rounded(scores.exact), [msgspec.to_builtins(issue) for issue in issues])], [facts])


def total(charges: Sequence[Charge]) -> float:
    """The sum of the hazards, the same in any order."""
    if len(charges) == 1:
        return charges[0].hazard
    return fsum([item.hazard for item in charges])


def certain(incidents: Sequence[Incident]) -> list[Incident]:
    return [msgspec.structs.replace(incident, confidence=1.0) for incident in incidents]


def sure(incidents: Sequence[Incident], least_confidence: float) -> list[Incident]:
    return [incident for incident in incidents if incident.confidence >= least_confidence]


@lru_cache(maxsize=64)
def weights_hash(thresholds: Thresholds) -> str:
    """Twelve hexadecimal digits of every number of the score: equal where the same incidents give the same score."""
    groups = (thresholds.weight, thresholds.score, thresholds.vitals_desktop, thresholds.vitals_mobile)
    return hashlib.sha256(msgspec.json.encode([group.numbers() for group in groups])).hexdigest()[:12]


def state_facts(
    case: Case, activity: Activity, scores: Scores | None, charges: Sequence[Charge], issues: Sequence[Issue]
) -> ScoreFacts:
    """The facts beside the row; `scores` is None with insufficient data."""
    hazard = total(charges)
    return ScoreFacts(
        score_version=SCORE_VERSION,
        weights_hash=weights_hash(case.baselines.thresholds),
        score_exact=scores.exact if scores else None,
        score_low=scores.low if scores else None,
        score_high=scores.high if scores else None,
        hazard=hazard,
        hazard_per_10_views=hazard_per_10_views(hazard, activity),
        points=[issue.points for issue in issues],
        points_by_type=points_by_type(charges),
        signal_counts=dict(sorted(Counter(incident_type(signal) for signal in case.signals).items())),
        screen_count=activity.screens,
        click_count=activity.clicks,
        call_count=activity.calls,
        error_count=activity.errors,
        waited_ms=activity.waited_ms,
        coverage=describe_coverage(case, activity, hazard, sufficient=scores is not None),
    )


def hazard_per_10_views(hazard: float, activity: Activity) -> float | None:
    """The one measure that takes a session's length into account; None where no screen_view came."""
    return round(10 * hazard / activity.screen_views, 6) if activity.screen_views else None


def points_by_type(charges: Sequence[Charge]) -> dict[str, float]:
    """The exact losses by type of charge; types that cost nothing are left out."""
    by_type: dict[str, list[Charge]] = {}
    for item in charges:
        if item.hazard > 0:
            by_type.setdefault(item.type, []).append(item)
    names = sorted(by_type)
    return dict(zip(names, lost_points([total(by_type[name]) for name in names]), strict=True))


def list_issues(charges: Sequence[Charge], minor_below: float) -> list[Issue]:
    """Charges of one kind on one place together, heaviest first; what costs less points is one `minor` entry."""
    hazard = total(charges)
    groups: dict[tuple[str, str, str, str], list[Charge]] = {}
    for item in charges:
        if item.hazard > 0:
            groups.setdefault((item.type, item.page or "", item.element or "", item.api or ""), []).append(item)
    weighed = sorted((-total(group), key) for key, group in groups.items())
    hazards = [-negative for negative, _ in weighed]
    parts = [groups[key] for _, key in weighed]
    lost = lost_points(hazards)
    listed = sum(points >= minor_below for points in lost)  # the heaviest, since they come first
    minor = [item for part in parts[listed:] for item in part]
    del hazards[listed:], parts[listed:]
    if minor:
        parts.append(minor)
        hazards.append(total(minor))
    exact = lost_points(hazards)
    shown = shown_points(exact, 100 - rounded(score(hazard)))
    return [
        describe_issue(part, part is minor, own, hazard, points, points_shown)
        for part, own, points, points_shown in zip(parts, hazards, exact, shown, strict=True)
    ]


def describe_issue(
    part: Sequence[Charge], is_minor: bool, own: float, hazard: float, points: float, points_shown: int
) -> Issue:
    """The entry of charges of one kind and place, or of all that are too small to list; `own` is their hazard."""
    chief = min(part, key=lambda item: (-item.confidence, -item.hazard))
    by_type = dict(sorted(Counter(item.type for item in part).items())) if is_minor else {}
    return Issue(
        type="minor" if is_minor else chief.type,
        incident_ids=incident_ids(part),
        page=None if is_minor else chief.page,
        element=None if is_minor else chief.element,
        api=None if is_minor else chief.api,
        count=len(part),
        confidence=chief.confidence,
        hazard=own,
        points=points,
        points_shown=points_shown,
        gain_if_fixed=gain_if_fixed(own, hazard),
        evidence=dict[str, object](by_type) if is_minor else dict(chief.evidence),
        also=list(by_type) if is_minor else sorted({name for item in part for name in item.also}),
    )


def incident_ids(part: Sequence[Charge]) -> list[int]:
    return sorted(item.incident_id for item in part if item.incident_id is not None)


def measure_activity(timeline: Timeline, thresholds: Thresholds) -> Activity:
    waited = [request.call for request in requests(timeline, thresholds) if request.waited_on]
    return Activity(
        events=len(timeline.events),
        screens=len({event.screen for event in timeline.events if event.screen}),
        screen_views=len(timeline.of_type("screen_view")),
        clicks=len(timeline.of_type("click")),
        interactions=len(interaction_times(timeline)),
        calls=len(timeline.calls),
        waited_calls=len(waited),
        unfinished_calls=sum(call.status is None for call in waited),
        waited_ms=sum(max(call.latency_ms or 0, 0) for call in waited),
        errors=sum(error.count for error in timeline.errors),
        duration_s=round(max(timeline.ended_at - timeline.started_at, 0.0), 3),
        active_s=active_seconds(timeline, timeline.events),
    )


def is_sufficient(activity: Activity) -> bool:
    return activity.screens >= 1 and activity.interactions + activity.calls >= 1


def describe_coverage(case: Case, activity: Activity, hazard: float, sufficient: bool) -> dict[str, object]:
    """What the score could see, what was not measured, and which analyzers failed: it never looks good by accident."""
    vitals = measured_vitals(case.timeline)
    calls = requests(case.timeline, case.baselines.thresholds)
    inputs = {f"web_vital {name}": name in vitals for name in VITALS}
    inputs["api_latency"] = any(is_measured(request) for request in calls)
    known = sum(info.answer_known for _, info in case.timeline.clicks())
    if activity.clicks:
        inputs["click answers"] = known == activity.clicks
    return {
        "sufficient": sufficient,
        "reason": None if sufficient else INSUFFICIENT,
        "measured": [name for name, measured in inputs.items() if measured],
        "not_measured": [name for name, measured in inputs.items() if not measured],
        "failed": sorted(case.failed),
        "clicks_with_known_answer": known,
        "device_class": device_class(case.timeline.device_type),
        "truncated": case.timeline.truncated,
        "final": case.timeline.is_over,
        "hazard_per_10_views": hazard_per_10_views(hazard, activity),
        "activity": msgspec.to_builtins(activity),
    }


EXPERIENCE_SCORE = Conclusion(
    "experience_score",
    version=SCORE_VERSION,
    reads=frozenset(("click", "visibility", "web_vital")),
    conclude=score_session,
    table="experience_scores",
)
