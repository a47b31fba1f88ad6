"""Signals on one target within seconds are one incident."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mien.analyzers.analyzer import Signal
from mien.analyzers.incidents import Incident, incident_type, merge
from tests.support.timelines import START


def signal(signal_type: str = "dead_click", at: float = 0.0, until: float | None = None, **fields: Any) -> Signal:
    """A signal on /cart, #pay unless said otherwise; `at`, `until` in seconds after START."""
    given_fields = {"screen": "/cart", "element_id": "#pay", "confidence": 0.8, **fields}
    return Signal(signal_type, started_at=START + at, ended_at=START + (at if until is None else until), **given_fields)


def rage(at: float = 0.0, confirmed: bool = True, **fields: Any) -> Signal:
    return signal("rage_click", at, evidence={"confirmed": confirmed}, **fields)


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
