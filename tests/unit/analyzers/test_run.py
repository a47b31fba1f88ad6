"""All analyzers together on one session."""

from __future__ import annotations

from typing import Any, Never

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mien import analyzers
from mien.analyzers import ANALYZERS
from mien.analyzers import run as run_module
from mien.analyzers.analyzer import Analyzer, Findings
from mien.analyzers.baselines import NO_BASELINES, Baselines, Muted
from mien.analyzers.experience_score import EXPERIENCE_SCORE
from mien.analyzers.run import Outcome, run
from mien.analyzers.threshold_table import with_overrides
from mien.timeline import Timeline
from tests.support.timelines import shifted, timeline

VISIT = """
    0.0   screen_view  /home
    0.1   call         GET /api/home  240ms  200
    1.0   pointer      /home  -  -  cells=[[3,4,500]]
    4.0   click        /home  #cart  200,40  answered=60
    4.1   screen_view  /cart
    6.0   click        /cart  #pay  10,10  unanswered
    6.2   click        /cart  #pay  10,11  unanswered
    6.4   click        /cart  #pay  11,10  unanswered
    6.6   click        /cart  #pay  10,10  unanswered
    6.1   call         POST /api/pay  400ms  500
    6.7   error        /cart  TypeError: x is undefined
    20.0  click        /cart  #reload  400,400  answered=30
    20.1  call         GET /api/cart  3000ms  200
    26.0  click        /cart  #reload  400,400  answered=30
    26.1  call         GET /api/cart  900ms  unfinished
"""


def explode(timeline: Timeline, baselines: Baselines) -> Findings[Never]:
    raise KeyError("no such thing")


BROKEN = Analyzer("journey", version=1, reads=frozenset(), analyze=explode, table="journey_steps")
OTHERS = tuple(analyzer for analyzer in ANALYZERS if analyzer.name != "journey")


def test_a_visit_becomes_rows_of_all_derived_tables() -> None:
    outcome = run(timeline(VISIT), NO_BASELINES)
    assert outcome.failed == {}
    assert {table: len(rows) for table, rows in outcome.rows.items()} == {
        "rage_click_events": 1,
        "heatmap_points": 8,
        "heatmap_views": 2,
        "heatmap_clicks": 7,
        "journey_steps": 2,
        "grouped_errors": 1,
        "emotion_predictions": 4,
        "experience_scores": 1,
    }
    assert [signal.type for signal in outcome.signals] == [
        "error_click", "rage_click", "failed_request", "error_click", "js_error", "slow_api", "unfinished_wait",
    ]  # fmt: skip


def test_the_rage_its_failed_call_and_its_errors_are_one_incident_and_waits_cost_by_themselves() -> None:
    outcome = run(timeline(VISIT), NO_BASELINES)
    [incident] = outcome.incidents
    assert (incident.type, incident.also) == ("rage_click", ("error_click", "failed_request", "js_error"))
    [row] = outcome.rows["experience_scores"]
    assert [issue["type"] for issue in row.issues] == ["rage_click", "unfinished_wait", "slow_api", "minor"]
    assert row.issues[0]["incident_ids"] == [incident.id]


def muting(*muted: Muted, **fields: Any) -> Outcome:
    return run(timeline(VISIT), Baselines(muted=frozenset(muted), **fields))


def test_a_muted_signal_is_left_out_before_merging_and_counted() -> None:
    whole, outcome = run(timeline(VISIT), NO_BASELINES), muting(Muted("rage_click", "#pay"))
    assert "rage_click" not in {signal.type for signal in outcome.signals}
    assert [incident.type for incident in outcome.incidents] != [incident.type for incident in whole.incidents]
    assert whole.muted == 0
    assert len(whole.signals) - len(outcome.signals) >= 1
    assert outcome.rows["experience_scores"][0].score > whole.rows["experience_scores"][0].score


def test_muting_on_one_screen_knows_its_cleaned_name() -> None:
    assert muting(Muted("failed_request", "#pay", "/cart")).muted == 1
    assert muting(Muted("failed_request", "#pay", "/home")).muted == 0
    here = Baselines(muted=frozenset((Muted("failed_request", "#pay", "/cart"),)))
    assert run(timeline(VISIT.replace("/cart", "/Cart/?step=2")), here).muted == 1


def test_on_an_ignored_screen_no_detector_looks() -> None:
    outcome = muting(ignored_screens=frozenset(("/cart",)))
    assert (outcome.signals, outcome.incidents) == ([], [])
    assert outcome.muted > 0
    [row] = outcome.rows["experience_scores"]
    assert "unfinished_wait" in {issue["type"] for issue in row.issues}, "waiting is measured, not detected"


def test_a_signal_whose_confidence_a_project_set_to_nothing_is_none() -> None:
    silent = Baselines(with_overrides({"requests.failed_confidence": 0}))
    assert "failed_request" not in {signal.type for signal in run(timeline(VISIT), silent).signals}


def test_an_empty_session_gives_empty_tables_and_no_score() -> None:
    outcome = run(timeline(""), NO_BASELINES)
    assert outcome.failed == {}
    assert {table: len(rows) for table, rows in outcome.rows.items()} == {
        "rage_click_events": 0,
        "heatmap_points": 0,
        "heatmap_views": 0,
        "heatmap_clicks": 0,
        "journey_steps": 0,
        "grouped_errors": 0,
        "emotion_predictions": 0,
        "experience_scores": 1,
    }
    assert outcome.rows["experience_scores"][0].score is None


def test_running_twice_gives_the_same() -> None:
    assert run(timeline(VISIT), NO_BASELINES) == run(timeline(VISIT), NO_BASELINES)
    once = timeline(VISIT)
    assert run(once, NO_BASELINES) == run(once, NO_BASELINES)


def test_one_failing_analyzer_stops_only_itself_and_is_named() -> None:
    whole = run(timeline(VISIT), NO_BASELINES)
    outcome = run(timeline(VISIT), NO_BASELINES, (BROKEN, *OTHERS))
    assert outcome.failed == {"journey": "KeyError: 'no such thing'"}
    assert "journey_steps" not in outcome.rows
    for table in ("rage_click_events", "heatmap_points", "emotion_predictions"):
        assert outcome.rows[table] == whole.rows[table]
    assert outcome.score_facts is not None
    assert outcome.score_facts.coverage["failed"] == ["journey"]


def test_an_analyzer_that_fails_while_its_rows_are_read_is_caught_too() -> None:
    def late(timeline: Timeline, baselines: Baselines) -> Findings[int]:
        return Findings(rows=(1 // zero for zero in [0]))  # type: ignore[arg-type]

    broken = Analyzer("journey", version=1, reads=frozenset(), analyze=late, table="journey_steps")
    assert list(run(timeline(VISIT), NO_BASELINES, (broken,)).failed) == ["journey"]


def test_a_failing_conclusion_leaves_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def explode_late(case: Any) -> Any:
        raise ValueError("no score today")

    broken = type(EXPERIENCE_SCORE)("experience_score", 1, frozenset(), explode_late, "experience_scores")
    monkeypatch.setattr(run_module, "EXPERIENCE_SCORE", broken)
    outcome = run(timeline(VISIT), NO_BASELINES)
    assert outcome.failed == {"experience_score": "ValueError: no score today"}
    assert "experience_scores" not in outcome.rows and outcome.score_facts is None
    assert outcome.rows["emotion_predictions"]


def test_when_incidents_cannot_be_merged_no_conclusion_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    def explode_merging(signals: Any, thresholds: Any) -> Any:
        raise ValueError("no")

    monkeypatch.setattr(run_module, "merge", explode_merging)
    outcome = run(timeline(VISIT), NO_BASELINES)
    assert list(outcome.failed) == ["incidents"]
    assert outcome.rows.keys() == {
        "rage_click_events", "heatmap_points", "heatmap_views", "heatmap_clicks", "journey_steps", "grouped_errors",
    }  # fmt: skip


def test_rows_of_the_specifications_columns_alone_are_analysed() -> None:
    plain = "\n".join(f"{index / 5}  click  /cart  #pay  10,10" for index in range(5))
    outcome = run(timeline(plain), NO_BASELINES)
    assert outcome.failed == {}
    assert [row.click_count for row in outcome.rows["rage_click_events"]] == [5]
    assert [row.screen for row in outcome.rows["journey_steps"]] == ["/cart"]
    [score] = outcome.rows["experience_scores"]
    assert [issue["type"] for issue in score.issues] == ["rage_click_unconfirmed"]


def test_metadata_that_cannot_be_read_breaks_nothing() -> None:
    session = timeline(VISIT)
    garbled = [msgspec.structs.replace(event, metadata='{"cells": 7, "state": [') for event in session.events]
    spoiled = Timeline(session.session_id, session.started_at, session.ended_at, events=garbled, calls=session.calls)
    assert run(spoiled, NO_BASELINES).failed == {}


def test_the_version_key_changes_with_a_version(monkeypatch: pytest.MonkeyPatch) -> None:
    assert analyzers._version_key() == analyzers.VERSION_KEY
    newer = Analyzer("rage_click", version=99, reads=frozenset(), analyze=explode)
    monkeypatch.setattr(analyzers, "ANALYZERS", (newer, *OTHERS))
    assert analyzers._version_key() != analyzers.VERSION_KEY


EVENT_LINES = st.builds(
    lambda kind, screen, element, x, words: f"{kind}  {screen}  {element}  {x}  {words}",
    st.sampled_from(["click", "click", "click", "screen_view", "scroll", "submit", "visibility", "odd"]),
    st.sampled_from(["/a", "/b", "-"]),
    st.sampled_from(["#a", "-"]),
    st.sampled_from(["10,10", "12,10", "-"]),
    st.sampled_from(["unanswered", "answered=80", "surface=map", "state=hidden", "success=true", "n=1"]),
)
CALL_LINES = st.builds(
    lambda api, latency, status: f"call  {api}  {latency}  {status}",
    st.sampled_from(["GET /a", "POST /b", "-"]),
    st.sampled_from(["10ms", "2500ms", "-"]),
    st.sampled_from(["200", "500", "0", "unfinished"]),
)
ERROR_LINES = st.sampled_from(["error  /a  TypeError", "error  -  -", "error  /b  Script error."])
SESSIONS = st.lists(
    st.tuples(st.sampled_from([0, 1, 2, 5, 10, 400]), st.one_of(EVENT_LINES, CALL_LINES, ERROR_LINES)), max_size=40
)


def build(steps: list[tuple[int, str]]) -> Timeline:
    """Each step some tenths of a second after the one before."""
    lines, at = [], 0
    for tenths, line in steps:
        at += tenths
        lines.append(f"{at / 10}  {line}")
    return timeline("\n".join(lines))


@given(SESSIONS)
def test_no_session_makes_an_analyzer_fail(steps: list[tuple[int, str]]) -> None:
    outcome = run(build(steps), NO_BASELINES)
    assert outcome.failed == {}
    assert len(outcome.emotion_evidence) == len(outcome.rows["emotion_predictions"])
    assert all(0 < signal.confidence <= 1 for signal in outcome.signals)
    assert outcome.signals == sorted(outcome.signals, key=lambda signal: (signal.started_at, signal.ended_at))


def judgement(outcome: Outcome) -> Any:
    """Everything that is no time."""
    assert outcome.score_facts is not None
    return (
        [(signal.type, signal.confidence, signal.incident_id, signal.evidence) for signal in outcome.signals],
        [row.emotion for row in outcome.rows["emotion_predictions"]],
        outcome.rows["experience_scores"],
        outcome.score_facts.points_by_type,
    )


@given(SESSIONS, st.sampled_from([-0.000001, 0.123457, 3600.0, -86_400.1, 1e8]))
def test_a_shift_in_time_changes_nothing(steps: list[tuple[int, str]], seconds: float) -> None:
    session = build(steps)
    assert judgement(run(shifted(session, seconds), NO_BASELINES)) == judgement(run(session, NO_BASELINES))


@given(SESSIONS)
def test_ids_only_link(steps: list[tuple[int, str]]) -> None:
    session = build(steps)
    renumbered = Timeline(
        session.session_id,
        session.started_at,
        session.ended_at,
        events=[msgspec.structs.replace(event, event_id=1000 - event.event_id) for event in session.events],
        calls=[msgspec.structs.replace(call, id=1000 - call.id) for call in session.calls],
        errors=[msgspec.structs.replace(error, id=1000 - error.id) for error in session.errors],
    )
    assert judgement(run(renumbered, NO_BASELINES)) == judgement(run(session, NO_BASELINES))
