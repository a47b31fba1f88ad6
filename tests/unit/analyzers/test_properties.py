"""What holds for any session, whatever the detectors find in it."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum
from typing import Any

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mien.analyzers import ANALYZERS
from mien.analyzers.analyzer import Analyzer, Signal
from mien.analyzers.baselines import NO_BASELINES, Baselines
from mien.analyzers.conclusion import Case
from mien.analyzers.experience_score import score_session
from mien.analyzers.incidents import Incident, weights_of
from mien.analyzers.requests import MAX_LOAD_S, ended_at
from mien.analyzers.run import Outcome, run
from mien.analyzers.threshold_table import with_overrides
from mien.analyzers.thresholds import DEFAULTS
from mien.timeline import Timeline
from tests.support.random_sessions import SESSIONS, cut, rearranged, rebuilt
from tests.support.timelines import START, shifted

ANY_SESSION = settings(deadline=None, max_examples=60)
BY_NAME = pytest.mark.parametrize("analyzer", ANALYZERS, ids=lambda analyzer: analyzer.name)
TYPES = st.sampled_from(sorted(weights_of(DEFAULTS.weight)))
SHIFTS = st.sampled_from([-0.000001, 0.123457, 3600.0, -86_400.1, 1e8])


def analysed(session: Timeline, baselines: Baselines = NO_BASELINES) -> Outcome:
    outcome = run(session, baselines)
    assert outcome.failed == {}
    return outcome


def without_ids(outcome: Outcome) -> Any:
    """All that was concluded, without the ids that link to rows."""
    signals = [msgspec.structs.replace(signal, event_id=None) for signal in outcome.signals]
    incidents = [msgspec.structs.replace(incident, event_id=None) for incident in outcome.incidents]
    moments = [(row.emotion, row.confidence, row.occurred_at) for row in outcome.rows["emotion_predictions"]]  # type: ignore[attr-defined]
    errors = [msgspec.structs.replace(row, error_id=0) for row in outcome.rows["grouped_errors"]]
    with_ids = ("emotion_predictions", "grouped_errors")
    others = {table: rows for table, rows in outcome.rows.items() if table not in with_ids}
    return signals, incidents, moments, errors, others, outcome.score_facts


def without_times(outcome: Outcome) -> Any:
    assert outcome.score_facts is not None
    return (
        [(signal.type, signal.confidence, signal.incident_id, signal.evidence) for signal in outcome.signals],
        [(row.emotion, row.confidence) for row in outcome.rows["emotion_predictions"]],  # type: ignore[attr-defined]
        outcome.rows["experience_scores"],
        outcome.score_facts,
    )


def score_of(session: Timeline, incidents: Sequence[Incident]) -> float:
    [facts] = score_session(Case(session, incidents=incidents)).notes
    assume(facts.score_exact is not None)
    assert facts.score_exact is not None
    return facts.score_exact


@ANY_SESSION
@given(SESSIONS)
def test_contributions_sum_to_what_the_score_lacks(session: Timeline) -> None:
    outcome = analysed(session)
    facts, [row] = outcome.score_facts, outcome.rows["experience_scores"]
    assert facts is not None
    issues: list[dict[str, Any]] = row.issues  # type: ignore[attr-defined]
    score: int | None = row.score  # type: ignore[attr-defined]
    if score is None:
        assert (issues, facts.score_exact) == ([], None)
        return
    assert facts.score_exact is not None and facts.score_low is not None and facts.score_high is not None
    lost = 100 - facts.score_exact
    assert fsum(issue["points"] for issue in issues) == pytest.approx(lost, abs=1e-9)
    assert fsum(facts.points_by_type.values()) == pytest.approx(lost, abs=1e-9)
    assert sum(issue["points_shown"] for issue in issues) == 100 - score
    assert facts.score_low - 1e-9 <= facts.score_exact <= facts.score_high + 1e-9
    behind = sorted(number for issue in issues for number in issue["incident_ids"])
    assert behind == [incident.id for incident in outcome.incidents]


@ANY_SESSION
@given(SESSIONS, TYPES, st.floats(0.01, 1))
def test_another_incident_never_raises_the_score(session: Timeline, kind: str, confidence: float) -> None:
    incidents = analysed(session).incidents
    more = Incident(len(incidents) + 1, kind, confidence, START, START, count=1)
    assert score_of(session, [*incidents, more]) <= score_of(session, incidents) + 1e-9


@ANY_SESSION
@given(SESSIONS, st.data())
def test_a_surer_incident_never_raises_the_score(session: Timeline, data: st.DataObject) -> None:
    incidents = analysed(session).incidents
    assume(incidents)
    index = data.draw(st.integers(0, len(incidents) - 1))
    confidence = data.draw(st.floats(incidents[index].confidence, 1))
    surer = list(incidents)
    surer[index] = msgspec.structs.replace(surer[index], confidence=confidence)
    assert score_of(session, surer) <= score_of(session, incidents) + 1e-9


@ANY_SESSION
@given(SESSIONS, st.integers(0, 1000))
def test_the_order_in_which_rows_arrived_does_not_matter(session: Timeline, seed: int) -> None:
    assert without_ids(analysed(rearranged(session, seed))) == without_ids(analysed(session))


@ANY_SESSION
@given(SESSIONS, SHIFTS)
def test_a_shift_in_time_changes_nothing(session: Timeline, seconds: float) -> None:
    assert without_times(analysed(shifted(session, seconds))) == without_times(analysed(session))


@ANY_SESSION
@given(SESSIONS, st.lists(st.floats(0, 1), max_size=4))
def test_looking_while_it_grows_and_at_the_end_equals_looking_once(session: Timeline, shares: list[float]) -> None:
    length = session.ended_at - session.started_at
    for share in sorted(shares):
        analysed(cut(session, session.started_at + share * length))
    fresh = rebuilt(session, session.events, session.calls, session.errors)
    assert analysed(session) == analysed(fresh)


@ANY_SESSION
@given(SESSIONS)
def test_two_tables_of_thresholds_may_look_at_one_timeline(session: Timeline) -> None:
    other = Baselines(
        with_overrides({"requests.prompt_ms": 3000, "rage_click.min_clicks": 2, "dead_click.wait_ms": 1000})
    )
    fresh = rebuilt(session, session.events, session.calls, session.errors)
    analysed(session)
    assert analysed(session, other) == analysed(fresh, other)


def final(signals: Sequence[Signal], settles_s: float, at: float) -> list[Signal]:
    return [signal for signal in signals if signal.ended_at + settles_s <= at]


NEAR_A_ROW = st.tuples(st.integers(0, 1000), st.sampled_from([0, 0.001, 0.5, 1, 2.9, 3, 5, 10, 31, 700]))
"""A row of the session, by number, and so many seconds after it: there the signals change, if anywhere."""


@BY_NAME
@ANY_SESSION
@given(session=SESSIONS, place=NEAR_A_ROW, is_over=st.booleans(), knows_calls=st.booleans())
def test_no_signal_reads_the_future(
    analyzer: Analyzer[Any], session: Timeline, place: tuple[int, float], is_over: bool, knows_calls: bool
) -> None:
    number, seconds = place
    times = [row.at for rows in (session.events, session.calls, session.errors) for row in rows] or [START]
    at = round(times[number % len(times)] + seconds, 6)
    then, settles_s = cut(session, at), analyzer.settles_s
    if not knows_calls:  # the row of a call comes when it ends, and a page loads while its calls are under way
        then = rebuilt(then, then.events, [call for call in then.calls if ended_at(call) <= at], then.errors)
        settles_s = max(settles_s, MAX_LOAD_S)
    whole = rebuilt(session, session.events, session.calls, session.errors, is_over=is_over)
    found, found_then = (analyzer.analyze(one, NO_BASELINES).signals for one in (whole, then))
    assert final(found_then, settles_s, at) == final(found, settles_s, at)


@BY_NAME
@ANY_SESSION
@given(session=SESSIONS)
def test_signals_are_well_formed(analyzer: Analyzer[Any], session: Timeline) -> None:
    for signal in analyzer.analyze(session, NO_BASELINES).signals:
        assert signal.type in analyzer.signal_types
        assert 0 < signal.confidence <= 1
        assert signal.started_at <= signal.ended_at
        assert msgspec.json.decode(msgspec.json.encode(signal.evidence)) == signal.evidence
        assert signal.event_id is None or signal.event_id in {event.event_id for event in session.events}


@BY_NAME
@ANY_SESSION
@given(session=SESSIONS)
def test_the_specifications_columns_alone_break_nothing(analyzer: Analyzer[Any], session: Timeline) -> None:
    bare = [msgspec.structs.replace(event, metadata=None) for event in session.events]
    assert all(0 < signal.confidence <= 1 for signal in analyzer.analyze(
        rebuilt(session, bare, session.calls, session.errors), NO_BASELINES).signals)  # fmt: skip
    nothing = [msgspec.structs.replace(event, screen=None, element_id=None, x=None, y=None) for event in bare]
    analyzer.analyze(rebuilt(session, nothing, session.calls, session.errors), NO_BASELINES)
