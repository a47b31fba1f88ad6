"""Signals on one target within seconds are one incident."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mien.analyzers.analyzer import Signal
from mien.analyzers.incidents import Incident, incident_type
from mien.analyzers.incidents import merge as merge_under
from mien.analyzers.threshold_table import with_overrides
from mien.analyzers.thresholds import DEFAULTS, Thresholds
from tests.support.timelines import START


def signal(signal_type: str = "dead_click", at: float = 0.0, until: float | None = None, **fields: Any) -> Signal:
    """A signal on /cart, #pay unless said otherwise; `at`, `until` in seconds after START."""
    given_fields = {"screen": "/cart", "element_id": "#pay", "confidence": 0.8, **fields}
    return Signal(signal_type, started_at=START + at, ended_at=START + (at if until is None else until), **given_fields)


def rage(at: float = 0.0, confirmed: bool = True, **fields: Any) -> Signal:
    return signal("rage_click", at, evidence={"confirmed": confirmed}, **fields)


def merge(signals: Sequence[Signal], thresholds: Thresholds = DEFAULTS) -> tuple[list[Signal], list[Incident]]:
    return merge_under(signals, thresholds)


def merged(*signals: Signal) -> list[Incident]:
    return merge(signals)[1]


def test_no_signals_make_no_incidents() -> None:
    assert merge([]) == ([], [])


def test_one_signal_is_one_incident() -> None:
    [incident] = merged(signal(x=10, y=20, event_id=7))
    assert incident == Incident(
        1, "dead_click", 0.8, START, START, count=1, screen="/cart", element_id="#pay", event_id=7
    )


@pytest.mark.parametrize(("gap", "count"), [(0.0, 1), (5.0, 1), (5.001, 2)])
def test_signals_on_one_element_merge_up_to_five_seconds_apart(gap: float, count: int) -> None:
    assert len(merged(signal(at=0.3), signal(at=0.3 + gap))) == count


def test_the_gap_counts_from_the_end_of_the_longest() -> None:
    assert len(merged(signal(at=0, until=20), signal(at=1), signal(at=24))) == 1


def test_a_chain_of_signals_is_one_incident() -> None:
    [incident] = merged(*(signal(at=4 * step) for step in range(6)))
    assert (incident.count, incident.started_at, incident.ended_at) == (6, START, START + 20)


def test_the_heaviest_type_names_the_incident_and_the_others_are_kept() -> None:
    [incident] = merged(signal("dead_click"), rage(confidence=0.75), signal("thrashed_cursor"))
    assert (incident.type, incident.confidence, incident.also) == (
        "rage_click",
        0.75,
        ("dead_click", "thrashed_cursor"),
    )


def test_among_equal_types_the_surest_names_confidence_and_evidence() -> None:
    [incident] = merged(signal(confidence=0.5, evidence={"n": 1}), signal(at=1, confidence=0.9, evidence={"n": 2}))
    assert (incident.confidence, incident.evidence) == (0.9, {"n": 2})


@pytest.mark.parametrize(
    "other",
    [
        signal(element_id="#buy"),
        signal(screen="/home"),
        signal(element_id=None, x=500, y=500),
    ],
)
def test_another_target_is_another_incident(other: Signal) -> None:
    assert len(merged(signal(x=10, y=10), other)) == 2


@pytest.mark.parametrize(("x", "count"), [(60, 1), (61, 2)])
def test_signals_within_fifty_pixels_merge_whatever_their_elements(x: int, count: int) -> None:
    assert len(merged(signal(x=10, y=10), signal(element_id="#buy", x=x, y=10))) == count


def test_places_on_different_screens_are_never_near() -> None:
    here, there = signal(element_id=None, x=10, y=10), signal(screen="/home", element_id=None, x=10, y=10)
    assert len(merged(here, there)) == 2


def test_failures_of_one_api_merge_and_of_two_do_not() -> None:
    def failed(api: str) -> Signal:
        return signal("failed_request", element_id=None, api=api, evidence={"foreground": True})

    assert len(merged(failed("GET /a"), failed("GET /a"))) == 1
    assert len(merged(failed("GET /a"), failed("GET /b"))) == 2


def test_signals_without_any_target_merge_by_type_and_message() -> None:
    def thrown(message: str) -> Signal:
        return signal("js_error", element_id=None, evidence={"message": message, "foreground": True})

    assert len(merged(thrown("x"), thrown("x"))) == 1
    assert len(merged(thrown("x"), thrown("y"))) == 2


def test_rage_and_the_failed_request_of_its_clicks_are_one_incident() -> None:
    failed = signal("failed_request", at=0.1, until=0.4, api="POST /pay", evidence={"foreground": True})
    [incident] = merged(rage(), failed)
    assert (incident.type, incident.also) == ("rage_click", ("failed_request",))


def failed_click(signal_type: str = "error_click", **fields: Any) -> Signal:
    """One failure after a click that has neither element nor place."""
    return signal(signal_type, **{"element_id": None, "event_id": 7, "evidence": {"foreground": True}, **fields})


def test_what_four_detectors_say_of_one_broken_button_is_one_incident() -> None:
    [incident] = merged(
        rage(event_id=9),
        signal("error_click", at=0.2, until=0.6, event_id=7, api="POST /pay"),
        signal("failed_request", at=0.3, until=0.6, event_id=7, api="POST /pay", evidence={"foreground": True}),
        signal("js_error", at=0.7, event_id=7, evidence={"foreground": True, "message": "x"}),
    )
    assert (incident.type, incident.also) == ("rage_click", ("error_click", "failed_request", "js_error"))


def test_failures_of_one_click_without_element_and_place_are_one_incident() -> None:
    thrown = failed_click("js_error", at=0.4, evidence={"foreground": True, "message": "x", "after_click": True})
    asked = failed_click("failed_request", at=0.1, api="POST /pay", evidence={"foreground": True, "after": "click"})
    [incident] = merged(failed_click(), thrown, asked)
    assert (incident.type, incident.count) == ("error_click", 3)
    assert len(merged(failed_click(), failed_click(at=0.1, event_id=8))) == 1, "both only say that a click failed here"


def test_different_calls_that_fail_while_one_page_loads_are_different_incidents() -> None:
    def failed(api: str) -> Signal:
        return failed_click("failed_request", api=api, evidence={"foreground": True, "after": "screen_view"})

    assert len(merged(failed("GET /a"), failed("GET /b"))) == 2


def test_a_crash_and_the_error_that_caused_it_are_one_incident() -> None:
    thrown = signal("js_error", element_id=None, evidence={"foreground": True, "message": "x"})
    crashed = signal("crash", at=4.8, element_id=None, evidence={"message": "x"})
    [incident] = merged(thrown, crashed)
    assert (incident.type, incident.also) == ("crash", ("js_error",))
    assert len(merged(thrown, msgspec.structs.replace(crashed, evidence={"message": "y"}))) == 2


def test_a_slow_click_weighs_only_where_no_call_measured_the_wait() -> None:
    drawn = signal("slow_click", evidence={"response_ms": 1800})
    fetched = signal("slow_click", evidence={"response_ms": 1800, "in_latency_term": True})
    assert [incident.type for incident in merged(drawn)] == ["slow_click"]
    assert merged(fetched) == []
    [incident] = merged(fetched, signal("dead_click", at=2))
    assert (incident.count, incident.also) == (1, ("slow_click",))


def test_how_far_apart_signals_may_be_is_a_threshold() -> None:
    apart = [signal(at=0), signal(at=4)], [signal(element_id=None, x=0, y=0), signal(element_id="#b", x=40, y=0)]
    strict = with_overrides({"incidents.max_gap_ms": 1000, "incidents.max_distance_px": 20})
    assert [len(merge(two)[1]) for two in apart] == [1, 1]
    assert [len(merge(two, strict)[1]) for two in apart] == [2, 2]


def test_a_heavier_weight_gives_an_incident_its_type() -> None:
    both = [signal("dead_click"), signal("quick_back")]
    assert merge(both)[1][0].type == "dead_click"
    assert merge(both, with_overrides({"weight.quick_back": 0.3}))[1][0].type == "quick_back"


@pytest.mark.parametrize(
    ("given_signal", "expected"),
    [
        (rage(confirmed=True), "rage_click"),
        (rage(confirmed=False), "rage_click_unconfirmed"),
        (signal("rage_click"), "rage_click_unconfirmed"),
        (signal("failed_request", evidence={"foreground": True}), "failed_request"),
        (signal("failed_request", evidence={"foreground": False}), "failed_request_background"),
        (signal("js_error", evidence={"foreground": True}), "js_error"),
        (signal("js_error"), "js_error_background"),
        (signal("dead_click"), "dead_click"),
    ],
)
def test_what_is_unconfirmed_or_unseen_counts_as_a_lighter_type(given_signal: Signal, expected: str) -> None:
    assert incident_type(given_signal) == expected


def test_signals_without_a_weight_make_no_incident_but_explain_one() -> None:
    slow = signal("slow_api", at=1, api="GET /a")
    assert merge([slow]) == ([slow], [])
    placed, [incident] = merge([slow, signal()])
    assert [found.incident_id for found in placed] == [1, 1]
    assert (incident.also, incident.count, incident.ended_at) == (("slow_api",), 1, START)


def test_signals_without_a_weight_bridge_nothing() -> None:
    assert len(merged(signal(at=0), signal("slow_api", at=4), signal(at=8))) == 2


def test_ids_count_from_one_in_order_of_start() -> None:
    incidents = merged(signal(at=20, element_id="#c"), signal(at=0, element_id="#a"), signal(at=10, element_id="#b"))
    assert [(incident.id, incident.element_id) for incident in incidents] == [(1, "#a"), (2, "#b"), (3, "#c")]


def test_signals_come_back_sorted_with_their_incident() -> None:
    placed, _ = merge([signal(at=20, element_id="#c"), signal(at=0, element_id="#a")])
    assert [(found.element_id, found.incident_id) for found in placed] == [("#a", 1), ("#c", 2)]


SIGNALS = st.lists(
    st.builds(
        signal,
        st.sampled_from(["dead_click", "rage_click", "failed_request", "js_error", "slow_api", "multi_click"]),
        st.integers(0, 40).map(float),
        st.none(),
        element_id=st.sampled_from([None, "#a", "#b"]),
        screen=st.sampled_from([None, "/cart", "/home"]),
        x=st.sampled_from([None, 0, 40, 80, 200]),
        y=st.sampled_from([None, 0]),
        api=st.sampled_from([None, "GET /a"]),
        confidence=st.sampled_from([0.5, 0.9]),
        event_id=st.integers(1, 99),
    ),
    max_size=12,
)


def without_link(found: tuple[list[Signal], list[Incident]]) -> Any:
    signals, incidents = found
    return (
        sorted((order.started_at, order.type, str(order.element_id), str(order.incident_id)) for order in signals),
        [(incident.id, incident.type, incident.confidence, incident.count, incident.also) for incident in incidents],
    )


@given(SIGNALS, st.randoms())
def test_the_order_of_signals_does_not_matter(signals: list[Signal], random: Any) -> None:
    shuffled = list(signals)
    random.shuffle(shuffled)
    assert without_link(merge(shuffled)) == without_link(merge(signals))


@given(SIGNALS)
def test_every_weighing_signal_is_in_exactly_one_incident(signals: list[Signal]) -> None:
    placed, incidents = merge(signals)
    assert len(placed) == len(signals)
    weighing = [found for found in placed if found.type not in ("slow_api", "multi_click")]
    assert all(found.incident_id is not None for found in weighing)
    assert sum(incident.count for incident in incidents) == len(weighing)
    assert [incident.id for incident in incidents] == list(range(1, len(incidents) + 1))
