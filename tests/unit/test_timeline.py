"""The session as analyzers see it."""

from __future__ import annotations

import pytest

from mien.timeline import ApiCall, ClickInfo, ErrorLog, Event, Timeline, click_info, during, seconds_between
from tests.support.timelines import SESSION_ID, START, timeline


def info(metadata: str | None) -> ClickInfo:
    return click_info(Event(1, "click", START, metadata=metadata))


@pytest.mark.parametrize(
    ("metadata", "response_ms", "known"),
    [
        ('{"response_ms": 120}', 120, True),
        ('{"response_ms": null}', None, True),
        ('{"tag": "button"}', None, False),
        ('{"label": "response_ms", "tag": "a"}', None, False),
        ('{"other": {"response_ms": null}}', None, False),
        ('{"response_ms": null, "vw": "wide"}', None, True),
        ("{", None, False),
        ("[1]", None, False),
        ("", None, False),
        (None, None, False),
    ],
)
def test_an_answer_that_is_null_is_told_from_one_that_is_missing(
    metadata: str | None, response_ms: float | None, known: bool
) -> None:
    assert (info(metadata).response_ms, info(metadata).answer_known) == (response_ms, known)


def test_one_value_of_a_wrong_type_does_not_hide_the_others() -> None:
    assert info('{"tag": "button", "vw": [], "detail": 2}') == ClickInfo(tag="button", detail=2)


def test_events_of_types_come_in_their_order() -> None:
    session = timeline("0.0  click  /a\n1.0  scroll  /a\n2.0  click  /a\n3.0  input  /a")
    assert [event.event_id for event in session.of_type("click")] == [1, 3]
    assert [event.event_id for event in session.of_type("input", "click")] == [1, 3, 4]
    assert list(session.of_type("submit")) == []
    assert [event.event_id for event in session.of_type("submit", "click")] == [1, 3]
    assert list(session.of_type("submit", "select")) == []


def test_rows_in_any_order_make_one_timeline() -> None:
    def build(rows: list[Event]) -> Timeline:
        return Timeline(SESSION_ID, START, START, events=rows)

    rows = [
        Event(1, "screen_view", START, "/b"),
        Event(2, "click", START, "/a"),
        Event(3, "input", START, "/a"),
        Event(4, "submit", START, "/a"),
        Event(5, "click", START - 1, "/a"),
    ]
    assert build(rows) == build(rows[::-1])
    assert [event.event_id for event in build(rows).events] == [5, 3, 2, 4, 1], "by time, then as people do things"


def test_the_senders_own_number_orders_one_instant() -> None:
    rows = [Event(1, "click", START, metadata='{"seq": 8}'), Event(2, "screen_view", START, metadata='{"seq": 7}')]
    session = Timeline(SESSION_ID, START, START, events=[*rows, Event(3, "click", START, metadata='{"seq": "x"}')])
    assert [event.event_id for event in session.events] == [2, 1, 3]


def test_calls_and_errors_of_one_instant_are_ordered_by_what_they_say() -> None:
    calls = [ApiCall(1, "GET /b", None, 200, START), ApiCall(2, "GET /a", 5, None, START)]
    errors = [ErrorLog(1, None, "b", None, START), ErrorLog(2, "/a", None, None, START)]
    session = Timeline(SESSION_ID, START, START, calls=calls, errors=errors)
    assert [row.id for row in session.calls] == [row.id for row in session.errors] == [2, 1]


def test_what_is_computed_once_is_shared_and_does_not_change_equality() -> None:
    calls: list[Timeline] = []
    session = timeline("0.0  click  /a")
    assert session.once("n", lambda it: calls.append(it) or 7) == session.once("n", lambda it: 8) == 7
    assert len(calls) == 1
    assert session == timeline("0.0  click  /a")


def test_rows_during_a_period_include_both_ends() -> None:
    session = timeline("0.1  click  /a\n0.4  click  /a\n1.1  click  /a")
    assert [event.event_id for event in during(session.events, START + 0.1, START + 1.1)] == [1, 2, 3]
    assert [event.event_id for event in during(session.events, START + 0.100001, START + 1.099999)] == [2]


@pytest.mark.parametrize("offset", [0.1, 0.3, 0.7, 123.456789])
def test_a_second_is_a_second_whatever_the_floats_say(offset: float) -> None:
    assert seconds_between(START + offset, START + offset + 1) == 1.0
