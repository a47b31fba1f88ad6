"""Which moments get a prediction, and what it says."""

from __future__ import annotations

from math import log

import pytest

from mien.analyzers.baselines import NO_BASELINES
from mien.analyzers.emotion_model import MODEL_VERSION, PRIOR
from mien.analyzers.run import Outcome, run
from tests.support.timelines import START, timeline

RAGE = """
    1.0  click  /cart  #pay  10,10  unanswered
    1.2  click  /cart  #pay  10,10  unanswered
    1.4  click  /cart  #pay  10,10  unanswered
    1.6  click  /cart  #pay  10,10  unanswered
"""
WORST = f"""
    0.0  screen_view  /cart
    {RAGE}
    1.1  call   POST /api/pay  300ms  500
    1.7  error  /cart  TypeError: x is undefined
"""


def outcome(text: str) -> Outcome:
    found = run(timeline(text), NO_BASELINES)
    assert found.failed == {}
    return found


def told(text: str) -> list[tuple[str, float]]:
    """Emotion and seconds after START of each prediction."""
    return [(row.emotion, round(row.occurred_at - START, 3)) for row in outcome(text).rows["emotion_predictions"]]


def calm(count: int, gap: float, since: float = 0.0) -> str:
    return "\n".join(f"{since + index * gap}  click  /home  #a{index}  {50 * index},1" for index in range(count))


def test_an_empty_session_has_no_prediction() -> None:
    assert told("") == []


def test_a_session_without_anchors_has_no_prediction() -> None:
    assert told("0.0  scroll  /home\n5.0  scroll  /home") == []


def test_one_click_is_not_enough_to_say_anything() -> None:
    assert told("0.0  click  /home  #a  1,1") == [("unknown", 0.0)]


def test_ten_events_in_twenty_active_seconds_without_evidence_are_neutral() -> None:
    assert told(calm(11, 2.0)) == [("neutral", 20.0)]


@pytest.mark.parametrize("text", [calm(9, 4.0), calm(11, 1.99), calm(11, 31.0)])
def test_too_few_events_too_short_or_idle_is_unknown(text: str) -> None:
    assert [emotion for emotion, _ in told(text)] == ["unknown"]


def test_rage_alone_is_unknown_and_says_what_was_seen() -> None:
    found = outcome("0.0  screen_view  /cart\n" + RAGE)
    [row] = found.rows["emotion_predictions"]
    [evidence] = found.emotion_evidence
    assert (row.emotion, row.event_id, round(row.occurred_at - START, 3)) == ("unknown", 5, 4.6)
    assert row.confidence == pytest.approx(0.49, abs=0.005)
    assert (evidence.abstained, evidence.stage, evidence.calibrated) == (True, 0, False)
    assert (evidence.strength, evidence.model_version) == ("weak", MODEL_VERSION)
    assert [(reason["family"], reason["what"]) for reason in evidence.evidence] == [("rage", ["4 rage clicks"])]
    assert evidence.label_set == ["neutral", "frustrated", "engaged", "confused"]


def test_rage_with_error_and_failed_request_ends_as_likely_frustrated() -> None:
    assert told(WORST)[-1] == ("frustrated", 4.6)


def test_evidence_and_prediction_are_parallel() -> None:
    found = outcome(WORST)
    rows, notes = found.rows["emotion_predictions"], found.emotion_evidence
    assert [(row.event_id, row.occurred_at) for row in rows] == [(note.event_id, note.occurred_at) for note in notes]


def test_the_points_explain_the_probabilities() -> None:
    for note in outcome(WORST + "\n60.0  click  /cart  #x  1,1\n60.1  call  GET /api/b  100ms  500").emotion_evidence:
        sums = {label: 0.0 for label in PRIOR}
        for reason in note.evidence:
            for label, points in reason["points"].items():  # type: ignore[attr-defined]
                sums[label] += points
        between = sums["frustrated"] - sums["neutral"]
        found = log(note.probabilities["frustrated"] / note.probabilities["neutral"])
        assert found == pytest.approx(between + log(PRIOR["frustrated"] / PRIOR["neutral"]), abs=0.01)


def test_the_confidence_is_never_above_three_quarters() -> None:
    worse = WORST + "\n".join(f"{4 + index * 3}  call  POST /api/pay  2500ms  200" for index in range(3))
    rows = outcome(worse).rows["emotion_predictions"]
    assert max(row.confidence for row in rows) <= 0.75


def test_a_prediction_never_stands_before_its_evidence() -> None:
    assert min(at for _, at in told(WORST)) == 1.4  # when the failed call ended


def test_cutting_the_future_off_changes_no_earlier_prediction() -> None:
    whole = WORST + "\n9.0  click  /cart  #x  400,1\n9.1  error  /cart  ReferenceError: y"
    past, future = told(WORST), told(whole)
    assert future[: len(past)] == past


def test_the_same_evidence_is_told_once_while_it_lasts() -> None:
    clicks = "\n".join(f"{5 + index}  click  /cart  #x{index}  {100 + 60 * index},500" for index in range(10))
    assert told(WORST + clicks) == told(WORST)


def test_the_same_kind_of_evidence_much_later_is_told_again() -> None:
    later = "\n".join(f"{100 + index / 5}  click  /cart  #buy  10,10  unanswered" for index in range(4))
    assert [at for _, at in told("0.0  screen_view  /cart\n" + RAGE + later)] == [4.6, 103.6]


def test_frustration_lasts_into_the_next_half_minute() -> None:
    again = WORST + "\n40.0  click  /cart  #x  400,1\n40.1  call  GET /api/b  100ms  500"
    alone = "0.0  screen_view  /cart\n40.0  click  /cart  #x  400,1\n40.1  call  GET /api/b  100ms  500"
    after, fresh = outcome(again).emotion_evidence[-1], outcome(alone).emotion_evidence[-1]
    assert after.probabilities["frustrated"] > fresh.probabilities["frustrated"]
    assert [reason["family"] for reason in after.evidence] == ["request", "before"]


def test_after_frustration_a_calm_end_is_not_called_neutral_too_soon() -> None:
    assert told(WORST + calm(12, 3.0, since=40.0)) == told(WORST)


def test_long_after_trouble_a_calm_end_is_neutral() -> None:
    assert told(WORST + calm(12, 3.0, since=900.0))[-1] == ("neutral", 933.0)


@pytest.mark.parametrize(
    "text",
    [
        "0.0  screen_view  /cart\n20.0  call  GET /api/poll  100ms  500",
        "0.0  screen_view  /cart\n0.5  error  /cart  Script error.",
        "0.0  screen_view  /cart\n" + RAGE.replace("unanswered", "tag=button"),
    ],
)
def test_what_is_unseen_foreign_or_unconfirmed_is_no_evidence(text: str) -> None:
    found = outcome(text)
    assert [note.evidence for note in found.emotion_evidence] == [[]]


def test_a_successful_submit_speaks_against_frustration() -> None:
    [note] = outcome("0.0  screen_view  /cart\n5.0  submit  /cart  #f  -  success=true").emotion_evidence
    assert note.probabilities["frustrated"] < PRIOR["frustrated"]
    assert [reason["family"] for reason in note.evidence] == ["success"]


def test_a_form_that_was_accepted_says_nothing_once_something_failed_after_it() -> None:
    rage = "\n".join(f"{9 + n / 5:.1f}  click  /pay  #pay  10,10  unanswered" for n in range(6))
    failing = (
        f"0.0  screen_view  /pay\n6.0  call  POST /pay  900ms  500\n{rage}\n20.0  click  /pay  #help  1,1  answered"
    )
    alone = outcome(failing).emotion_evidence[-1].probabilities["frustrated"]
    before = outcome(failing.replace("6.0  call", "3.0  submit  /pay  #address  -  success=true\n6.0  call", 1))
    assert before.emotion_evidence[-1].probabilities["frustrated"] >= alone - 0.06
    assert "success" not in {reason["family"] for reason in before.emotion_evidence[-1].evidence}


def test_a_wait_that_ends_with_leaving_is_told() -> None:
    assert told("0.0  click  /cart  #load  1,1\n0.1  call  GET /api/slow  4000ms  unfinished") == [("unknown", 4.1)]


def test_a_slow_answer_is_evidence_and_told_at_the_next_anchor() -> None:
    assert told("""
        0.0  click  /cart  #load  1,1
        0.1  call   GET /api/slow  4000ms  200
        9.0  click  /cart  #other  200,1
    """) == [("unknown", 9.0)]


SEARCHES = "\n".join(f"{at}.0  input  /search  #q  -  form=#search  field=q  length={at % 9 + 1}" for at in (5, 25, 45))
REFUSALS = "\n".join(f"{at}.0  submit  /pay  #pay  -  form=pay  success=false  invalid=1" for at in (5, 9))


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("0.0  screen_view  /a\n5.0  click  /a  #b  1,1  unanswered  tag=button  interactive=native", "dead_click"),
        ("0.0  screen_view  /a\n5.0  click  /a  #b  1,1  answered=20\n5.1  error  /a  TypeError: x", "error"),
        (f"0.0  screen_view  /search  -  -  load=spa\n{SEARCHES}\n46.0  click  /search  #q  1,1  answered=9", "search"),
        (f"0.0  screen_view  /pay\n{REFUSALS}", "validation"),
        ("""
            0.0   screen_view  /start  -  -  load=spa
            20.0  screen_view  /item  -  -  load=spa
            22.0  screen_view  /start  -  -  load=back_forward
        """, "quick_back"),
        ("""
            0.0   screen_view  /help  -  -  load=spa
            10.0  scroll  /help  -  -  max_y=2000  min_y=0  vh=700  page_h=4000  reversals=6  travel=16000
            20.0  click   /help  #a  1,1  answered=20
        """, "scroll"),
        ("""
            0.0  screen_view  /pay  -  -  load=spa
            9.0  input  /pay  #city  -  form=pay  field=city  returns=2  length=5  duration_ms=9000
        """, "correction"),
    ],
)  # fmt: skip
def test_what_the_detectors_saw_votes_in_its_family(text: str, family: str) -> None:
    assert family in {reason["family"] for note in outcome(text).emotion_evidence for reason in note.evidence}


def test_one_failed_request_of_a_click_votes_in_one_family() -> None:
    found = outcome("0.0  screen_view  /a\n5.0  click  /a  #b  1,1\n5.1  call  POST /pay  100ms  500")
    assert "error_click" in {signal.type for signal in found.signals}
    assert {reason["family"] for note in found.emotion_evidence for reason in note.evidence} == {"request"}


def test_a_click_is_not_known_to_be_dead_before_the_wait_is_over() -> None:
    dead = "0.0  screen_view  /a\n5.0  click  /a  #b  1,1  unanswered  tag=button  interactive=native"
    assert [at for _, at in told(dead)] == [8.0]


def test_a_session_of_one_trouble_has_a_handful_of_rows() -> None:
    failing = "\n".join(
        f"{index * 2}  click  /cart  #pay{index}  1,1\n{index * 2 + 0.1}  call  POST /api/pay  100ms  500"
        for index in range(100)
    )
    assert 1 <= len(told("0.0  screen_view  /cart\n" + failing)) <= 3
