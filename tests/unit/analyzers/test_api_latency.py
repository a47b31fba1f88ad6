"""Failed, slow and unfinished calls as signals."""

from __future__ import annotations

import pytest

from mien.analyzers.analyzer import Signal
from mien.analyzers.api_latency import find_slow_and_failed_calls
from mien.analyzers.baselines import NO_BASELINES
from tests.support.timelines import START, timeline


def signals(text: str) -> list[Signal]:
    return list(find_slow_and_failed_calls(timeline(text), NO_BASELINES).signals)


def after_a_click(call: str) -> list[Signal]:
    return signals(f"""
        0.0  screen_view  /cart
        5.0  click        /cart  #pay  10,20
        5.1  call         {call}
    """)


@pytest.mark.parametrize("status", [0, 500, 503])
def test_a_call_that_failed_after_a_click_is_a_failed_request_in_the_foreground(status: int) -> None:
    [signal] = after_a_click(f"POST /api/pay  312ms  {status}")
    assert (signal.type, signal.confidence, signal.api) == ("failed_request", 0.95, "POST /api/pay")
    assert (signal.screen, signal.element_id, signal.x, signal.y, signal.event_id) == ("/cart", "#pay", 10, 20, 2)
    assert signal.evidence == {
        "api": "POST /api/pay", "latency_ms": 312, "status": status, "foreground": True, "after": "click",
    }  # fmt: skip
    assert (signal.started_at, signal.ended_at) == (START + 5.1, START + 5.1 + 0.312)


def test_a_call_that_failed_unasked_is_in_the_background() -> None:
    [signal] = signals("0.0  screen_view  /cart\n9.0  call  GET /api/poll  50ms  500")
    assert (signal.type, signal.evidence["foreground"], signal.element_id) == ("failed_request", False, None)
    assert signal.screen == "/cart"


@pytest.mark.parametrize("status", [200, 304, 401, 404, 422])
def test_a_quick_call_that_did_not_fail_is_no_signal(status: int) -> None:
    assert after_a_click(f"POST /api/pay  312ms  {status}") == []


@pytest.mark.parametrize(("latency_ms", "types"), [(2000, []), (2001, ["slow_api"]), (60_000, ["slow_api"])])
def test_a_call_is_slow_above_two_seconds(latency_ms: int, types: list[str]) -> None:
    assert [signal.type for signal in after_a_click(f"GET /api/cart  {latency_ms}ms  200")] == types


def test_a_slower_call_is_a_surer_signal() -> None:
    two, ten = (after_a_click(f"GET /api/cart  {ms}ms  200")[0].confidence for ms in (2001, 10_000))
    assert two == pytest.approx(0.5, abs=0.001)
    assert ten == pytest.approx(0.93, abs=0.005)


def test_a_wait_that_never_ended_is_an_unfinished_wait_however_short() -> None:
    [signal] = after_a_click("GET /api/cart  40ms  unfinished")
    assert (signal.type, signal.confidence, signal.evidence["status"]) == ("unfinished_wait", 0.98, None)


def test_background_calls_are_neither_slow_nor_unfinished() -> None:
    assert (
        signals("""
        0.0  screen_view  /cart
        9.0  call  GET /api/poll  9000ms  200
        9.5  call  GET /api/poll  100ms   unfinished
    """)
        == []
    )


def test_a_slow_failed_call_is_one_signal() -> None:
    assert [signal.type for signal in after_a_click("POST /api/pay  9000ms  502")] == ["failed_request"]


def test_a_call_without_name_or_time_is_judged_by_its_status() -> None:
    assert [signal.api for signal in after_a_click("-  -  500")] == [None]
    assert after_a_click("-  -  200") == []


def test_a_call_of_a_loading_page_has_no_element() -> None:
    [signal] = signals("0.0  screen_view  /cart\n0.1  call  GET /api/cart  50ms  500")
    assert (signal.evidence["after"], signal.element_id, signal.event_id) == ("screen_view", None, 1)


def test_an_empty_session_has_no_signals() -> None:
    assert signals("") == []
