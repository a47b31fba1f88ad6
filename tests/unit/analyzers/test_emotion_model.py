"""The stage 0 model, by the figures of the docs."""

from __future__ import annotations

import pytest

from mien.analyzers.emotion_model import (
    POINTS,
    PRIOR,
    UNKNOWN,
    Verdict,
    candidates,
    carried,
    decide,
    log_ratio,
    posterior,
    votes,
)


def state_after(*kinds: str) -> dict[str, float]:
    return posterior(PRIOR, votes(frozenset(kinds)))


def verdict_after(*kinds: str) -> Verdict:
    return decide(state_after(*kinds), votes(frozenset(kinds)))


def test_the_prior_sums_to_one_and_points_name_its_labels() -> None:
    assert sum(PRIOR.values()) == pytest.approx(1)
    assert {label for _, points in POINTS.values() for label in points} <= PRIOR.keys()


@pytest.mark.parametrize(
    ("kinds", "label", "probability"),
    [
        (["rage_click"], "frustrated", 0.23),
        (["rage_click", "error_click"], "frustrated", 0.49),
        (["rage_click", "error_click", "failed_request"], "frustrated", 0.72),
        (["nav_loop", "search_struggle", "excessive_scroll"], "confused", 0.56),
        (["reading", "task_success"], "engaged", 0.66),
    ],
)
def test_the_behaviour_that_the_docs_state(kinds: list[str], label: str, probability: float) -> None:
    assert state_after(*kinds)[label] == pytest.approx(probability, abs=0.005)


def test_rage_alone_is_not_enough_to_say_anything() -> None:
    verdict = verdict_after("rage_click")
    assert (verdict.emotion, verdict.strength) == (UNKNOWN, "weak")
    assert verdict.candidates == ("neutral", "frustrated", "engaged", "confused")


def test_rage_with_an_error_and_a_failed_request_is_a_likely_frustrated_moment() -> None:
    verdict = verdict_after("rage_click", "error_click", "failed_request")
    assert (verdict.emotion, verdict.candidates, verdict.strength) == ("frustrated", ("frustrated",), "strong")


def test_a_family_votes_once_with_its_largest_points() -> None:
    assert votes(frozenset(["rage_click"])) == {
        "rage": {"frustrated": pytest.approx(1.76), "confused": pytest.approx(0.32)}
    }
    assert list(votes(frozenset(["failed_request", "rage_click"]))) == ["rage", "request"]


def test_no_evidence_leaves_the_prior() -> None:
    assert posterior(PRIOR, {}) == pytest.approx(PRIOR)


def test_nine_tenths_stay_after_thirty_seconds_and_nothing_after_long() -> None:
    sure = {label: float(label == "frustrated") for label in PRIOR}
    assert carried(sure, 0)["frustrated"] == 1
    assert carried(sure, 30)["frustrated"] == pytest.approx(0.9 + 0.1 * 0.05)
    assert carried(sure, 1e6) == pytest.approx(PRIOR)
    assert sum(carried(sure, 47).values()) == pytest.approx(1)


def test_carrying_in_two_steps_equals_carrying_in_one() -> None:
    sure = {label: float(label == "confused") for label in PRIOR}
    assert carried(carried(sure, 12), 31) == pytest.approx(carried(sure, 43))


def test_a_label_needs_half_the_probability_a_margin_and_a_vote() -> None:
    families = {"rage": {"frustrated": 1.0}}

    def emotion(frustrated: float, second: float) -> str:
        rest = (1 - frustrated - second) / 4
        state = {label: rest for label in PRIOR} | {"frustrated": frustrated, "confused": second}
        return decide(state, families).emotion

    assert emotion(0.50, 0.30) == "frustrated"
    assert emotion(0.49, 0.20) == UNKNOWN
    assert emotion(0.55, 0.405) == UNKNOWN
    assert decide({label: 0.02 for label in PRIOR} | {"frustrated": 0.9}, {}).emotion == UNKNOWN


def test_neutral_needs_calm_and_never_stands_beside_evidence() -> None:
    assert decide(PRIOR, {}).emotion == UNKNOWN
    assert decide(PRIOR, {}, calm=True).emotion == "neutral"
    assert decide(PRIOR, {"dead_click": {"confused": 0.1}}, calm=True).emotion == UNKNOWN


def test_points_against_a_label_are_no_vote_for_it() -> None:
    state = {label: 0.02 for label in PRIOR} | {"frustrated": 0.9}
    assert decide(state, votes(frozenset(["task_success"]))).emotion == UNKNOWN


def test_candidates_hold_nine_tenths() -> None:
    ranked = ["a", "b", "c"]
    assert candidates({"a": 0.6, "b": 0.31, "c": 0.09}, ranked) == ("a", "b")
    assert candidates({"a": 0.95, "b": 0.03, "c": 0.02}, ranked) == ("a",)


def test_the_log_ratio_of_the_prior_is_nothing() -> None:
    assert log_ratio(PRIOR) == pytest.approx({label: 0 for label in PRIOR})
