"""Which calls a person waits on."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from mien.analyzers.requests import Request, ended_at, is_failed, is_loading
from mien.analyzers.requests import requests as requests_under
from mien.analyzers.threshold_table import with_overrides
from mien.analyzers.thresholds import DEFAULTS
from mien.timeline import ApiCall, Timeline
from tests.support.timelines import START, timeline


def requests(session: Timeline) -> Sequence[Request]:
    return requests_under(session, DEFAULTS)


def waited_on(text: str) -> list[bool]:
    return [request.waited_on for request in requests(timeline(text))]


@pytest.mark.parametrize("prompt", ["click", "submit", "screen_view"])
@pytest.mark.parametrize(("after", "expected"), [(0.0, True), (1.0, True), (1.001, False)])
def test_a_call_within_a_second_after_a_prompt_is_waited_on(prompt: str, after: float, expected: bool) -> None:
    assert waited_on(f"""
        5.3            {prompt}  /cart
        {5.3 + after}  call  GET /api/cart  100ms  200
    """) == [expected]


@pytest.mark.parametrize("event_type", ["scroll", "input", "pointer", "visibility"])
def test_other_events_prompt_nothing(event_type: str) -> None:
    assert waited_on(f"""
        0.0  {event_type}  /cart
        0.1  call  GET /api/cart  100ms  200
    """) == [False]


def test_a_call_before_the_prompt_is_background() -> None:
    assert waited_on("""
        0.0  call  GET /api/poll  100ms  200
        0.1  click  /cart
    """) == [False]


def test_a_call_after_a_call_of_the_loading_page_is_waited_on() -> None:
    assert waited_on("""
        0.0  screen_view  /cart
        0.2  call  GET /api/session  1500ms  200
        1.8  call  GET /api/cart     400ms   200
        2.3  call  GET /api/prices   100ms   200
        2.6  call  GET /api/poll     100ms   200
    """) == [True, True, True, False]


def test_a_page_loads_for_ten_seconds_at_most() -> None:
    assert waited_on("""
        0.0    screen_view  /cart
        0.2    call  GET /api/stream  60000ms  200
        9.9    call  GET /api/a       100ms    200
        10.0   call  GET /api/b       100ms    200
        10.01  call  GET /api/c       100ms    200
    """) == [True, True, True, False]


def test_calls_of_a_hidden_page_are_background() -> None:
    assert waited_on("""
        0.0  click       /cart
        0.1  visibility  /cart  -  -  state=hidden
        0.2  call  GET /api/cart  100ms  200
    """) == [False]


def test_the_cause_is_the_latest_prompt() -> None:
    [request] = requests(
        timeline("""
        0.0  screen_view  /home
        0.4  click        /home  #pay  5,5
        0.5  call  POST /api/pay  100ms  200
    """)
    )
    assert request.cause is not None
    assert (request.cause.element_id, request.screen) == ("#pay", "/home")


def test_a_call_of_a_loading_page_long_after_its_prompt_has_no_cause() -> None:
    second = requests(
        timeline("""
        0.0  screen_view  /cart
        0.2  call  GET /api/session  1500ms  200
        1.8  call  GET /api/cart     400ms   200
    """)
    )[1]
    assert (second.waited_on, second.cause) == (True, None)


def test_a_page_is_loading_until_its_calls_are_quiet() -> None:
    session = timeline("""
        0.0  screen_view  /cart
        0.2  call  GET /api/session  1800ms  200
    """)
    assert [is_loading(session, START + at, DEFAULTS) for at in (-0.1, 0.0, 2.1, 2.2)] == [False, True, True, False]


def test_without_screens_nothing_is_loading() -> None:
    assert not is_loading(timeline("0.0  click  /cart"), START, DEFAULTS)


@pytest.mark.parametrize(("status", "failed"), [(0, True), (200, False), (404, False), (499, False), (500, True),
                                                (503, True), (None, False)])  # fmt: skip
def test_network_failures_and_server_errors_are_failures(status: int | None, failed: bool) -> None:
    assert is_failed(ApiCall(1, "GET /a", 10, status, START)) is failed


@pytest.mark.parametrize("latency_ms", [None, 0, -5])
def test_a_call_without_a_usable_time_ends_when_it_begins(latency_ms: int | None) -> None:
    assert ended_at(ApiCall(1, "GET /a", latency_ms, 200, START)) == START


def test_one_session_may_be_judged_under_two_tables() -> None:
    session = timeline("0.0  click  /cart\n1.5  call  GET /api/cart  100ms  200")
    patient = with_overrides({"requests.prompt_ms": 2000})
    assert [requests_under(session, table)[0].waited_on for table in (DEFAULTS, patient)] == [False, True]
