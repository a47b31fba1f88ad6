"""When the answer to a click is slow, and how slow."""

from __future__ import annotations

import pytest

from mien.analyzers.analyzer import Signal
from mien.analyzers.baselines import NO_BASELINES, Baselines
from mien.analyzers.slow_click import find_slow_clicks
from mien.analyzers.threshold_table import with_overrides
from tests.support.timelines import START, timeline

BUTTON = "tag=button  interactive=native"


def slow(text: str, baselines: Baselines = NO_BASELINES) -> list[Signal]:
    return list(find_slow_clicks(timeline(text), baselines).signals)


def click(answer_ms: int, words: str = f"{BUTTON}  response=mutation", at: float = 5.0) -> str:
    return f"{at}  click  /cart  #pay  10,20  {words}  answered={answer_ms}"


def test_an_answer_after_two_seconds_is_slow() -> None:
    [signal] = slow(click(2000) + "  label=Pay")
    assert (signal.type, signal.screen, signal.element_id, signal.x, signal.y) == (
        "slow_click",
        "/cart",
        "#pay",
        10,
        20,
    )
    assert (signal.started_at, signal.ended_at, signal.event_id) == (START + 5, START + 7, 1)
    assert signal.evidence == {
        "response_ms": 2000, "response": "mutation", "clicks": 1, "in_latency_term": False, "label": "Pay",
    }  # fmt: skip


@pytest.mark.parametrize(("answer_ms", "confidence"), [(1000, []), (1001, [0.1002]), (3000, [0.5]), (3001, [])])
def test_slow_is_from_one_second_to_three_by_the_curve(answer_ms: int, confidence: list[float]) -> None:
    assert [signal.confidence for signal in slow(click(answer_ms))] == confidence


def test_a_click_that_nothing_answers_or_whose_answer_is_not_known_is_not_slow() -> None:
    assert slow(f"0.0  click  /cart  #pay  10,20  {BUTTON}  unanswered") == []
    assert slow(f"0.0  click  /cart  #pay  10,20  {BUTTON}") == []
    assert slow("0.0  click  /cart  #pay-button  10,20\n20.0  pointer  /cart") == []


def test_an_empty_session_has_no_slow_click() -> None:
    assert slow("") == []


@pytest.mark.parametrize(
    ("response", "in_latency_term"), [("request", True), ("mutation", False), ("navigation", False)]
)
def test_a_request_is_measured_by_the_latency_term_already(response: str, in_latency_term: bool) -> None:
    [signal] = slow(click(2000, f"{BUTTON}  response={response}"))
    assert signal.evidence["in_latency_term"] is in_latency_term


@pytest.mark.parametrize(
    ("call", "in_latency_term"),
    [
        ("5.1  call  POST /api/pay  1900ms  200", True),
        ("5.1  call  POST /api/pay  1800ms  200", True),
        ("5.1  call  POST /api/pay  1700ms  200", False),
        ("6.1  call  POST /api/pay  900ms  200", False),
        ("4.9  call  POST /api/pay  2100ms  200", False),
    ],
)
def test_an_answer_of_no_name_is_a_request_when_one_ended_just_then(call: str, in_latency_term: bool) -> None:
    rows = sorted([click(2000, BUTTON), call], key=lambda row: float(row.split()[0]))
    [signal] = slow("\n".join(rows))
    assert signal.evidence["in_latency_term"] is in_latency_term


@pytest.mark.parametrize("response", ["input", "selection", "copy", "scroll"])
def test_what_the_person_does_next_is_no_slow_answer(response: str) -> None:
    assert slow(click(2000, f"{BUTTON}  response={response}")) == []


@pytest.mark.parametrize(
    "words",
    [
        "tag=p  interactive=none",
        "tag=a  interactive=native",
        "tag=input  interactive=native",
        "tag=select  interactive=native",
        "tag=div  interactive=cursor  surface=map",
        "tag=button  interactive=native  link=new_tab",
        "tag=button  interactive=native  detail=0",
    ],
)
def test_the_exclusions_of_dead_clicks_hold(words: str) -> None:
    assert slow(click(2000, words)) == []


def test_a_known_answer_is_judged_even_where_nobody_knows_what_was_hit() -> None:
    assert len(slow(click(2000, "response=mutation"))) == 1


def test_a_page_that_is_hidden_or_being_left_excuses_it() -> None:
    hidden = "4.5  visibility  /cart  -  -  state=visible\n"
    leaving = f"4.5  click  /cart  #home  300,20  {BUTTON}  answered=100  response=navigation\n"
    assert slow(hidden + click(2000)) == []
    assert slow(leaving + click(2000)) == []


def test_clicks_of_one_run_that_wait_for_one_answer_are_one_signal() -> None:
    [signal] = slow("\n".join([click(2900, at=5.0), click(2400, at=5.5), click(600, at=7.3)]))
    assert (signal.evidence["response_ms"], signal.evidence["clicks"]) == (2900, 2)
    assert (signal.started_at, signal.ended_at) == (START + 5, START + 7.9)


def test_what_comes_after_the_first_answer_is_no_slow_answer_to_a_second_click() -> None:
    assert slow(click(50, at=5.0) + "\n" + click(2000, at=5.2)) == []


@pytest.mark.parametrize(
    ("values", "confidences"),
    [
        ({"slow_click.after_ms": 2000}, []),
        ({"slow_click.median_ms": 2000}, [0.5]),
        ({"dead_click.wait_ms": 1999}, []),
    ],
)
def test_a_project_may_set_its_own_numbers(values: dict[str, float], confidences: list[float]) -> None:
    found = slow(click(2000), Baselines(with_overrides(values)))
    assert [signal.confidence for signal in found] == confidences
