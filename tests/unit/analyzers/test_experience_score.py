"""The score of a session and its reasons."""

from __future__ import annotations

import json
from math import exp, fsum
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mien.analyzers.baselines import Baselines
from mien.analyzers.conclusion import Case
from mien.analyzers.experience_score import ScoreFacts, ScoreRow, score_session, weights_hash
from mien.analyzers.incidents import Incident, weights_of
from mien.analyzers.threshold_table import with_overrides
from mien.analyzers.thresholds import DEFAULTS
from mien.timeline import Timeline
from tests.support.timelines import START, timeline

CALM = timeline("0.0  screen_view  /cart\n1.0  click  /cart  #a  1,1  answered=10")


def incident(incident_id: int = 1, incident_type: str = "dead_click", confidence: float = 0.8, **f: Any) -> Incident:
    return Incident(incident_id, incident_type, confidence, START, START, **{"count": 1, "screen": "/cart", **f})


def scored(session: Timeline = CALM, *incidents: Incident, **case: Any) -> tuple[ScoreRow, ScoreFacts]:
    concluded = score_session(Case(session, incidents=incidents, **case))
    [row], [facts] = concluded.rows, concluded.notes
    return row, facts


def test_nothing_wrong_is_a_hundred_without_reasons() -> None:
    row, facts = scored()
    assert row == ScoreRow(100, [])
    assert (facts.score_exact, facts.score_low, facts.score_high, facts.hazard) == (100, 100, 100, 0)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0.0  screen_view  /cart",
        "0.0  click  -  #a  1,1",
        "0.0  call  GET /a  100ms  500",
        "0.0  pointer  /cart",
    ],
)
def test_without_a_screen_and_an_interaction_or_call_there_is_no_score(text: str) -> None:
    row, facts = scored(timeline(text), incident())
    assert row == ScoreRow(None, [])
    assert (facts.score_exact, facts.score_low, facts.score_high, facts.points) == (None, None, None, [])
    assert facts.coverage["sufficient"] is False
    assert str(facts.coverage["reason"]).startswith("insufficient data")


@pytest.mark.parametrize("text", ["0.0  click  /cart", "0.0  screen_view  /cart\n5.0  call  GET /a  100ms  200"])
def test_a_screen_and_one_interaction_or_call_are_enough(text: str) -> None:
    assert scored(timeline(text))[0].score == 100


def test_one_dead_click_is_92() -> None:
    row, facts = scored(CALM, incident(element_id="#a"))
    assert row.score == 92
    [issue] = row.issues
    assert issue == {
        "type": "dead_click",
        "incident_ids": [1],
        "page": "/cart",
        "element": "#a",
        "api": None,
        "count": 1,
        "confidence": 0.8,
        "hazard": pytest.approx(0.08),
        "points": pytest.approx(7.688, abs=0.001),
        "points_shown": 8,
        "gain_if_fixed": pytest.approx(7.688, abs=0.001),
        "evidence": {},
        "also": [],
    }
    assert facts.points == [issue["points"]]


def test_the_example_of_the_docs_can_be_recomputed_by_hand() -> None:
    row, _ = scored(
        CALM,
        incident(1, "rage_click", 0.9),
        incident(2, "failed_request", 1.0),
        incident(3, "form_abandon", 0.8),
    )
    assert row.score == 50
    assert [issue["type"] for issue in row.issues] == ["rage_click", "failed_request", "form_abandon"]
    assert [issue["points_shown"] for issue in row.issues] == [23, 18, 9]


def test_incidents_of_one_type_on_one_place_are_one_issue() -> None:
    row, _ = scored(CALM, incident(1, element_id="#a"), incident(2, element_id="#a"), incident(3, element_id="#b"))
    assert [(issue["element"], issue["incident_ids"], issue["count"]) for issue in row.issues] == [
        ("#a", [1, 2], 2),
        ("#b", [3], 1),
    ]


def test_what_costs_less_than_half_a_point_is_listed_together() -> None:
    calls = "\n".join(f"1.{index}  call  GET /{index}  300ms  200" for index in range(1, 9))
    row, _ = scored(timeline(f"0.0  screen_view  /cart\n1.0  click  /cart  #a  1,1\n{calls}"), incident())
    assert [issue["type"] for issue in row.issues] == ["dead_click", "minor"]
    minor = row.issues[-1]
    assert (minor["count"], minor["evidence"], minor["also"]) == (8, {"slow_api": 8}, ["slow_api"])


def test_the_range_is_from_all_certain_to_only_the_sure() -> None:
    _, facts = scored(CALM, incident(1, "rage_click", 0.75), incident(2, "dead_click", 0.5))
    assert facts.score_low == pytest.approx(100 * exp(-0.35 - 0.10))
    assert facts.score_exact == pytest.approx(100 * exp(-0.35 * 0.75 - 0.10 * 0.5))
    assert facts.score_high == pytest.approx(100 * exp(-0.35 * 0.75))


def test_a_confidence_of_exactly_seven_tenths_is_sure() -> None:
    _, facts = scored(CALM, incident(1, "dead_click", 0.7))
    assert facts.score_high == facts.score_exact


def test_vitals_calls_and_incidents_add_up() -> None:
    session = timeline("""
        0.0  screen_view  /cart
        0.1  web_vital    /cart  -  -  name=LCP  value=2400
        1.0  click        /cart  #a  1,1
        1.1  call         GET /a  2000ms  200
    """)
    _, facts = scored(session, incident())
    assert facts.score_exact == pytest.approx(100 * 0.5**0.6 * 0.5**0.25 * exp(-0.08))
    assert facts.points_by_type.keys() == {"dead_click", "slow_api", "web_vital_lcp"}


def test_coverage_names_what_was_not_measured_and_what_failed() -> None:
    _, facts = scored(timeline("0.0  screen_view  /a\n1.0  click  /a  #a  1,1"), failed={"rage_click": "KeyError: 1"})
    assert facts.coverage["failed"] == ["rage_click"]
    assert facts.coverage["not_measured"] == [
        "web_vital LCP", "web_vital INP", "web_vital CLS", "web_vital FCP", "web_vital TTFB", "api_latency",
        "click answers",
    ]  # fmt: skip
    assert facts.weights_hash == weights_hash(DEFAULTS)


def test_a_score_is_provisional_while_the_session_runs() -> None:
    assert scored(CALM)[1].coverage["final"] is True
    assert scored(msgspec.structs.replace(CALM, is_over=False))[1].coverage["final"] is False


def test_a_changed_weight_changes_the_score_and_the_hash() -> None:
    heavier = with_overrides({"weight.dead_click": 0.2, "score.minor_below_points": 10})
    row, facts = scored(CALM, incident(confidence=0.5), baselines=Baselines(heavier))
    assert facts.score_exact == pytest.approx(100 * exp(-0.1))
    assert [issue["type"] for issue in row.issues] == ["minor"]
    assert facts.weights_hash == weights_hash(heavier) != weights_hash(DEFAULTS)


def test_other_numbers_than_the_scores_leave_the_hash() -> None:
    assert weights_hash(with_overrides({"rage_click.min_clicks": 4})) == weights_hash(DEFAULTS)


def test_from_which_confidence_an_incident_is_sure_is_a_threshold() -> None:
    stricter = Baselines(with_overrides({"score.dropped_below_confidence": 0.9}))
    _, facts = scored(CALM, incident(confidence=0.8), baselines=stricter)
    assert facts.score_high == 100


def test_facts_count_what_there_was_to_judge() -> None:
    _, facts = scored(
        timeline("""
        0.0  screen_view  /a
        1.0  click        /a  #a  1,1
        1.1  call         GET /a  300ms  200
        1.2  call         GET /b  200ms  unfinished
        9.0  call         GET /c  500ms  200
        9.5  error        /a  TypeError
    """)
    )
    assert (facts.screen_count, facts.click_count, facts.call_count, facts.error_count) == (1, 1, 3, 1)
    assert facts.waited_ms == 500


def test_the_hazard_is_told_per_ten_screen_views() -> None:
    _, facts = scored(CALM, incident())
    assert facts.hazard_per_10_views == facts.coverage["hazard_per_10_views"] == pytest.approx(0.8)


def test_issues_are_plain_json() -> None:
    row, _ = scored(CALM, incident(evidence={"clicks": 4}, also=("slow_api",)))
    assert json.loads(json.dumps(row.issues)) == row.issues


INCIDENTS = st.lists(
    st.builds(
        incident,
        st.just(0),
        st.sampled_from(sorted(weights_of(DEFAULTS.weight))),
        st.floats(0.01, 1),
        screen=st.sampled_from([None, "/a", "/b"]),
        element_id=st.sampled_from([None, "#a", "#b"]),
    ),
    max_size=15,
).map(lambda found: [msgspec.structs.replace(each, id=number) for number, each in enumerate(found, 1)])


@given(INCIDENTS)
def test_losses_sum_to_what_is_missing_exactly_and_as_shown(incidents: list[Incident]) -> None:
    row, facts = scored(CALM, *incidents)
    assert row.score is not None and facts.score_exact is not None
    assert fsum(facts.points) == pytest.approx(100 - facts.score_exact, abs=1e-9)
    assert fsum(facts.points_by_type.values()) == pytest.approx(100 - facts.score_exact, abs=1e-9)
    assert sum(issue["points_shown"] for issue in row.issues) == 100 - row.score  # type: ignore[misc]


@given(INCIDENTS)
def test_every_incident_is_behind_exactly_one_issue(incidents: list[Incident]) -> None:
    listed = [number for issue in scored(CALM, *incidents)[0].issues for number in issue["incident_ids"]]  # type: ignore[attr-defined]
    assert sorted(listed) == [each.id for each in incidents]


@given(INCIDENTS, st.randoms())
def test_the_order_of_incidents_does_not_matter(incidents: list[Incident], random: Any) -> None:
    shuffled = list(incidents)
    random.shuffle(shuffled)
    assert scored(CALM, *shuffled) == scored(CALM, *incidents)


@given(INCIDENTS, st.sampled_from(sorted(weights_of(DEFAULTS.weight))), st.floats(0.01, 1))
def test_another_incident_never_raises_the_score(incidents: list[Incident], kind: str, confidence: float) -> None:
    before, after = scored(CALM, *incidents)[1], scored(CALM, *incidents, incident(99, kind, confidence))[1]
    assert before.score_exact is not None and after.score_exact is not None
    assert after.score_exact <= before.score_exact + 1e-9


@given(INCIDENTS)
def test_the_score_lies_in_its_range(incidents: list[Incident]) -> None:
    _, facts = scored(CALM, *incidents)
    assert facts.score_low is not None and facts.score_exact is not None and facts.score_high is not None
    assert 0 < facts.score_low <= facts.score_exact + 1e-9 <= facts.score_high + 2e-9
