"""Runs every analyzer on one session, merges the signals once, then draws the two conclusions.

The worker calls `run` and stores what comes back. Pure: equal Timelines under equal Baselines give equal Outcomes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from mien.analyzers import ANALYZERS
from mien.analyzers.analyzer import Analyzer, Signal
from mien.analyzers.baselines import Baselines
from mien.analyzers.conclusion import Case, Concluded, Conclusion
from mien.analyzers.emotion import EMOTION, EmotionEvidence
from mien.analyzers.experience_score import EXPERIENCE_SCORE, ScoreFacts
from mien.analyzers.incidents import Incident, merge
from mien.analyzers.screen_names import clean_screen
from mien.timeline import Timeline

AnyAnalyzer = Analyzer[Any]
AnyConclusion = Conclusion[Any, Any]


@dataclass(slots=True)
class Outcome:
    """All that is concluded about one session.

    `rows`: per derived table its rows in the order in which to store them; a table whose analyzer succeeded is there
    even when it has no rows, a table whose analyzer failed is not. A row's fields are the table's columns without `id`,
    `session_id` and `calculated_at`; times are seconds since the epoch, UTC.
    `signals`: sorted by time, with the id of their incident. `emotion_evidence[i]` belongs to
    `rows["emotion_predictions"][i]`, `score_facts` to the one row of `experience_scores`.
    `failed`: the parts that raised, by name, with the error as text. `muted`: signals left out because somebody said
    that such a signal there is no frustration, or that no detector should look at that screen.
    """

    rows: dict[str, list[msgspec.Struct]] = field(default_factory=dict)
    signals: list[Signal] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)
    emotion_evidence: list[EmotionEvidence] = field(default_factory=list)
    score_facts: ScoreFacts | None = None
    failed: dict[str, str] = field(default_factory=dict)
    muted: int = 0


def run(timeline: Timeline, baselines: Baselines, analyzers: Sequence[AnyAnalyzer] = ANALYZERS) -> Outcome:
    """One session's Outcome. Never raises for what an analyzer does: its name and error are in `failed`."""
    outcome = Outcome()
    found: list[Signal] = []
    for analyzer in analyzers:
        try:
            findings = analyzer.analyze(timeline, baselines)
            rows, signals = list(findings.rows), list(findings.signals)
        except Exception as error:  # one analyzer's mistake must not cost the others their rows
            outcome.failed[analyzer.name] = describe(error)
            continue
        found += signals
        if analyzer.table is not None:
            outcome.rows[analyzer.table] = rows
    heard = [signal for signal in found if is_heard(signal, baselines)]
    outcome.muted = len(found) - len(heard)
    if merge_into(outcome, heard, baselines):
        case = Case(timeline, outcome.signals, outcome.incidents, baselines, outcome.failed)
        outcome.emotion_evidence = list(conclude_into(outcome, EMOTION, case).notes)
        outcome.score_facts = next(iter(conclude_into(outcome, EXPERIENCE_SCORE, case).notes), None)
    return outcome


def is_heard(signal: Signal, baselines: Baselines) -> bool:
    """Whether a signal counts: not where its like is muted, nor with a confidence that the project set to 0."""
    if signal.confidence <= 0:
        return False
    screen = clean_screen(signal.screen) if signal.screen is not None else None
    return not baselines.is_muted(signal.type, screen, signal.element_id)


def merge_into(outcome: Outcome, found: Sequence[Signal], baselines: Baselines) -> bool:
    """Whether the merge succeeded. Without incidents a score would look better by accident, so none is drawn then."""
    try:
        outcome.signals, outcome.incidents = merge(found, baselines.thresholds)
    except Exception as error:  # as above
        outcome.failed["incidents"] = describe(error)
        return False
    return True


def conclude_into(outcome: Outcome, conclusion: AnyConclusion, case: Case) -> Concluded[Any, Any]:
    """Run one conclusion and keep its rows; an error gives no rows and is named."""
    try:
        concluded = conclusion.conclude(case)
    except Exception as error:  # as above
        outcome.failed[conclusion.name] = describe(error)
        return Concluded()
    outcome.rows[conclusion.table] = list(concluded.rows)
    return concluded


def describe(error: Exception) -> str:
    """One line for the log and for `analyzer_runs`: the kind of error and its message."""
    return f"{type(error).__name__}: {error}"[:500]
