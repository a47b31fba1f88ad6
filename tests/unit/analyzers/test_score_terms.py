"""Web vitals, latency and incidents as charges."""

from __future__ import annotations

from math import exp, fsum, log

import pytest

from mien.analyzers.incidents import Incident
from mien.analyzers.requests import requests
from mien.analyzers.score_terms import (
    VITALS,
    Charge,
    device_class,
    incident_charges,
    latency_charges,
    measured_vitals,
    vital_charges,
    vital_lines,
    vital_weights,
)
from mien.analyzers.threshold_table import with_overrides
from mien.analyzers.thresholds import DEFAULTS
from mien.timeline import Timeline
from tests.support.timelines import START, timeline


def vitals(values: dict[str, float]) -> str:
    return "\n".join(f"1.0  web_vital  /home  -  -  name={name}  value={value}" for name, value in values.items())


def score_of_vitals(text: str, device_type: str | None = None) -> float:
    return 100 * exp(
        -fsum(charge.hazard for charge in vital_charges(timeline(text, device_type=device_type), DEFAULTS))
    )


@pytest.mark.parametrize("device_type", ["desktop", "mobile"])
def test_all_vitals_at_the_good_line_and_at_the_poor_line(device_type: str) -> None:
    points = vital_lines(DEFAULTS, device_type)
    good = vitals({name: good for name, (good, _) in points.items()})
    poor = vitals({name: poor for name, (_, poor) in points.items()})
    assert score_of_vitals(good, device_type) == pytest.approx(93.9, abs=0.05)
    assert score_of_vitals(poor, device_type) == pytest.approx(66.0, abs=0.05)


def test_weights_are_renormalised_over_the_vitals_that_were_measured() -> None:
    assert score_of_vitals(vitals({"LCP": 2400})) == pytest.approx(66.0, abs=0.05)


def test_a_phone_is_judged_by_its_own_table() -> None:
    assert score_of_vitals(vitals({"LCP": 2400}), "mobile") > score_of_vitals(vitals({"LCP": 2400}), "desktop")


@pytest.mark.parametrize(
    ("device_type", "expected"),
    [("mobile", "mobile"), ("Tablet", "mobile"), ("phone", "mobile"), ("desktop", "desktop"), (None, "desktop")],
)
def test_a_device_that_is_not_known_counts_as_a_desktop(device_type: str | None, expected: str) -> None:
    assert device_class(device_type) == expected


def test_each_screen_view_is_judged_then_averaged() -> None:
    two_fast_one_slow = """
        0.0  screen_view  /a
        0.1  web_vital    /a  -  -  name=LCP  value=100
        1.0  screen_view  /b
        1.1  web_vital    /b  -  -  name=LCP  value=100
        2.0  screen_view  /c
        2.1  web_vital    /c  -  -  name=LCP  value=2400
    """
    assert score_of_vitals(two_fast_one_slow) == pytest.approx(100 * 0.5 ** (0.6 / 3), abs=0.05)


def test_a_later_report_of_one_view_replaces_the_earlier() -> None:
    assert measured_vitals(
        timeline("""
        0.0  screen_view  /a
        1.0  web_vital    /a  -  -  name=CLS  value=0.02
        9.0  web_vital    /a  -  -  name=cls  value=0.3
    """)
    ) == {"CLS": [("/a", 0.3)]}


@pytest.mark.parametrize("value", ["-1", "true", "null", '"100"', "1e999"])
def test_values_that_are_no_measurements_are_left_out(value: str) -> None:
    assert measured_vitals(timeline(f"0.0  web_vital  /a  -  -  name=LCP  value={value}")) == {}


def test_unknown_vitals_and_missing_metadata_are_left_out() -> None:
    assert measured_vitals(timeline("0.0  web_vital  /a  -  -  name=FID  value=10\n0.1  web_vital  /a")) == {}


def charges_of_calls(session: Timeline) -> list[Charge]:
    return latency_charges(requests(session, DEFAULTS), DEFAULTS.score)


def latency_score(text: str) -> float:
    return 100 * exp(-fsum(charge.hazard for charge in charges_of_calls(timeline(text))))


def test_a_call_of_two_seconds_costs_a_quarter_of_ln_two() -> None:
    assert latency_score("0.0  click  /a\n0.1  call  GET /a  2000ms  200") == pytest.approx(100 * 0.5**0.25)


def test_an_unfinished_wait_takes_the_floor_however_long_it_was() -> None:
    for waited in ("1ms", "90000ms", "-"):
        text = f"0.0  click  /a\n0.1  call  GET /a  {waited}  unfinished"
        assert latency_score(text) == pytest.approx(100 * 0.02**0.25)


def test_calls_are_averaged_and_background_ones_do_not_count() -> None:
    assert latency_score("""
        0.0  click  /a
        0.1  call  GET /a  0ms     200
        0.2  call  GET /b  2000ms  200
        9.0  call  GET /c  9000ms  200
    """) == pytest.approx(100 * 0.5**0.125)


def test_a_finished_call_without_a_time_is_not_measured() -> None:
    assert charges_of_calls(timeline("0.0  click  /a\n0.1  call  GET /a  -  200")) == []


def test_slow_and_unfinished_calls_are_charged_apart_to_their_api_and_screen() -> None:
    charges = charges_of_calls(
        timeline("""
        0.0  click  /a
        0.1  call  GET /x  3000ms  200
        0.2  call  GET /y  100ms   unfinished
    """)
    )
    assert [(charge.type, charge.page, charge.api) for charge in charges] == [
        ("slow_api", "/a", "GET /x"),
        ("unfinished_wait", "/a", "GET /y"),
    ]


def incident(incident_id: int, incident_type: str, confidence: float) -> Incident:
    return Incident(incident_id, incident_type, confidence, START, START, count=1)


def test_the_surest_incident_of_a_type_counts_in_full() -> None:
    charges = incident_charges([incident(1, "dead_click", 0.5), incident(2, "dead_click", 0.8)], DEFAULTS)
    assert [charge.hazard for charge in charges] == pytest.approx([0.1 * 0.5 * 0.6, 0.1 * 0.8])


def test_types_do_not_share_a_cap() -> None:
    charges = incident_charges([incident(1, "dead_click", 1.0), incident(2, "nav_loop", 1.0)], DEFAULTS)
    assert [charge.hazard for charge in charges] == [0.1, 0.1]


def test_the_vitals_weigh_one_in_all_and_have_lines_for_each_device() -> None:
    assert sum(vital_weights(DEFAULTS.score).values()) == pytest.approx(1)
    for device_type in ("desktop", "mobile"):
        lines = vital_lines(DEFAULTS, device_type)
        assert tuple(lines) == VITALS
        assert all(0 < good < poor for good, poor in lines.values())


def test_a_project_may_weigh_and_judge_otherwise() -> None:
    changed = with_overrides({
        "weight.dead_click": 0.2, "score.repeat_factor": 0, "score.latency_median_ms": 4000,
        "score.vital_weight_lcp": 0, "vitals_desktop.inp_poor_ms": 800,
    })  # fmt: skip
    charges = incident_charges([incident(1, "dead_click", 0.5), incident(2, "dead_click", 1.0)], changed)
    assert [charge.hazard for charge in charges] == [0, 0.2]
    slow = latency_charges(requests(timeline("0.0  click  /a\n0.1  call  GET /a  4000ms  200"), changed), changed.score)
    assert fsum(charge.hazard for charge in slow) == pytest.approx(-0.25 * log(0.5))
    measured = timeline(vitals({"LCP": 9000, "INP": 800}))
    assert [(charge.type, charge.hazard) for charge in vital_charges(measured, changed)] == [
        ("web_vital_inp", pytest.approx(-0.6 * log(0.5)))
    ]
    assert vital_charges(timeline(vitals({"LCP": 9000})), changed) == [], "only what weighs nothing was measured"
