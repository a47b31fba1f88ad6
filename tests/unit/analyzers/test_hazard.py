"""The arithmetic of the score, by the numbers of the docs and by its laws."""

from __future__ import annotations

from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mien.analyzers.hazard import (
    curve_loss,
    floor_loss,
    gain_if_fixed,
    lost_points,
    repeated_hazards,
    rounded,
    score,
    shown_points,
)
from mien.analyzers.incidents import weights_of
from mien.analyzers.thresholds import DEFAULTS

WEIGHTS, REPEAT_FACTOR = weights_of(DEFAULTS.weight), DEFAULTS.score.repeat_factor
HAZARDS = st.lists(st.floats(0, 3), max_size=30)
CONFIDENCES = st.lists(st.floats(0.01, 1), min_size=1, max_size=30)
TYPES = st.sampled_from(sorted(WEIGHTS))


def incident_hazards(incident_type: str, confidences: list[float]) -> list[float]:
    return repeated_hazards(WEIGHTS[incident_type], confidences, REPEAT_FACTOR)


def score_of(**incidents: list[float]) -> float:
    return score(fsum(hazard for name, sure in incidents.items() for hazard in incident_hazards(name, sure)))


def test_nothing_wrong_is_a_hundred() -> None:
    assert score(0) == 100
    assert lost_points([]) == []
    assert lost_points([0.0, 0.0]) == [0.0, 0.0]


@pytest.mark.parametrize(
    ("incidents", "expected"),
    [
        ({"dead_click": [0.8]}, 92.3),
        ({"rage_click": [0.9]}, 73.0),
        ({"rage_click": [0.9], "failed_request": [1.0], "form_abandon": [0.8]}, 50.4),
        ({"dead_click": [0.8] * 5}, 83.2),
        ({"crash": [1.0]}, 30.1),
    ],
)
def test_the_examples_of_the_docs(incidents: dict[str, list[float]], expected: float) -> None:
    assert score_of(**incidents) == pytest.approx(expected, abs=0.05)


def test_the_example_of_the_docs_splits_into_its_three_losses() -> None:
    hazards = [
        *incident_hazards("rage_click", [0.9]),
        *incident_hazards("failed_request", [1.0]),
        *incident_hazards("form_abandon", [0.8]),
    ]
    assert lost_points(hazards) == pytest.approx([22.8, 18.1, 8.7], abs=0.05)


@pytest.mark.parametrize(
    ("incident_type", "one", "cap"),
    [
        ("crash", 69.9, 95.0),
        ("rage_click", 29.5, 58.3),
        ("error_click", 22.1, 46.5),
        ("failed_request", 22.1, 46.5),
        ("form_abandon", 13.9, 31.3),
        ("rage_click_unconfirmed", 11.3, 25.9),
        ("dead_click", 9.5, 22.1),
        ("js_error", 9.5, 22.1),
        ("validation_loop", 7.7, 18.1),
        ("thrashed_cursor", 5.8, 13.9),
        ("quick_back", 5.8, 13.9),
        ("excessive_scroll", 4.9, 11.8),
        ("failed_request_background", 4.9, 11.8),
        ("input_correction", 3.9, 9.5),
        ("js_error_background", 3.0, 7.2),
    ],
)
def test_one_sure_incident_and_the_cap_of_each_type(incident_type: str, one: float, cap: float) -> None:
    assert 100 - score_of(**{incident_type: [1.0]}) == pytest.approx(one, abs=0.05)
    assert 100 - score_of(**{incident_type: [1.0] * 200}) == pytest.approx(cap, abs=0.05)


def test_the_weak_hints_at_all_their_caps_stop_at_59() -> None:
    weak = ("thrashed_cursor", "quick_back", "excessive_scroll", "input_correction")
    assert score_of(**{name: [1.0] * 200 for name in weak}) == pytest.approx(59, abs=0.5)


def test_the_floor_bounds_what_one_call_can_weigh() -> None:
    assert curve_loss(1e12, 500, 2000, 0.02) == floor_loss(0.02) == pytest.approx(3.912, abs=0.001)
    assert curve_loss(0, 500, 2000, 0.02) == floor_loss(1) == 0


def test_fixing_the_only_issue_gives_back_all_and_one_of_two_more_than_it_cost() -> None:
    assert gain_if_fixed(0.3, 0.3) == pytest.approx(100 - score(0.3))
    assert gain_if_fixed(0.3, 0.8) == pytest.approx(score(0.5) - score(0.8))


@given(HAZARDS)
def test_losses_sum_to_what_is_missing(hazards: list[float]) -> None:
    assert fsum(lost_points(hazards)) == pytest.approx(100 - score(fsum(hazards)), abs=1e-9)


@given(HAZARDS)
def test_shown_losses_sum_to_what_the_rounded_score_lacks(hazards: list[float]) -> None:
    points = lost_points(hazards)
    total = 100 - rounded(score(fsum(hazards)))
    shown = shown_points(points, total)
    assert sum(shown) == (total if points else 0)
    assert all(abs(integer - exact) < 1 + 1e-9 for integer, exact in zip(shown, points, strict=True))


@given(TYPES, CONFIDENCES, st.floats(0.01, 1))
def test_another_incident_never_lowers_the_hazard(name: str, confidences: list[float], more: float) -> None:
    before, after = fsum(incident_hazards(name, confidences)), fsum(incident_hazards(name, [*confidences, more]))
    assert after >= before - 1e-12


@given(TYPES, CONFIDENCES, st.data())
def test_a_surer_incident_never_lowers_the_hazard(name: str, confidences: list[float], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(confidences) - 1))
    surer = list(confidences)
    surer[index] = data.draw(st.floats(confidences[index], 1))
    assert fsum(incident_hazards(name, surer)) >= fsum(incident_hazards(name, confidences)) - 1e-12


@given(TYPES, CONFIDENCES, st.randoms())
def test_the_order_of_incidents_does_not_matter(name: str, confidences: list[float], random: object) -> None:
    shuffled = list(confidences)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert fsum(incident_hazards(name, shuffled)) == pytest.approx(fsum(incident_hazards(name, confidences)))


@given(TYPES, CONFIDENCES)
def test_a_type_never_exceeds_its_cap(name: str, confidences: list[float]) -> None:
    assert fsum(incident_hazards(name, confidences)) <= WEIGHTS[name] / (1 - REPEAT_FACTOR) + 1e-12


def test_halves_round_up() -> None:
    assert [rounded(value) for value in (0.49, 0.5, 1.5, 99.5)] == [0, 1, 2, 100]
