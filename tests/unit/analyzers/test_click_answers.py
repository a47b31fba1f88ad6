"""When a run of clicks was answered, by the clicks themselves and by other rows."""

from __future__ import annotations

from math import inf

import pytest

from mien.analyzers.click_answers import (
    first_happening,
    goes_on,
    is_hiding,
    is_leaving,
    is_left_after,
    is_waking,
    wait_ms,
    waits_of,
)
from mien.analyzers.click_chains import chains_of
from mien.analyzers.thresholds import ClickChains
from tests.support.timelines import START, timeline

LIMITS = ClickChains()


def test_the_first_answer_to_any_click_answers_the_run() -> None:
    [chain] = chains_of(
        timeline("""
        0.0  click  /cart  #pay  10,20  answered=900  response=mutation
        0.5  click  /cart  #pay  10,20  answered=300  response=request
        0.6  click  /cart  #pay  10,20  unanswered
    """),
        LIMITS,
    )
    waits = waits_of(chain)
    assert (waits.answered_at, waits.response, waits.known) == (START + 0.8, "request", True)
    assert [wait_ms(click, waits.answered_at) for click in chain] == [800, 300, 200]


def test_a_run_that_nothing_answers_waits_for_ever() -> None:
    [chain] = chains_of(timeline("0.0  click  /cart  #pay  10,20  unanswered  response=mutation"), LIMITS)
    assert waits_of(chain).answered_at == inf
    assert waits_of(chain).response is None
    assert wait_ms(chain[0], inf) == inf


def test_one_click_that_says_nothing_makes_the_run_unknown() -> None:
    [chain] = chains_of(timeline("0.0  click  /cart  #pay  -  unanswered\n0.1  click  /cart  #pay"), LIMITS)
    assert not waits_of(chain).known


@pytest.mark.parametrize(("until", "expected"), [(1.9, inf), (2.0, START + 2.0)])
def test_what_happens_is_looked_for_up_to_a_time(until: float, expected: float) -> None:
    session = timeline("0.0  screen_view  /a\n1.0  click  /a  #pay\n2.0  submit  /a")
    assert first_happening(session, chains_of(session, LIMITS), 0, LIMITS, START + until) == expected


def test_slow_clicks_on_one_thing_do_not_hide_the_click_elsewhere_after_them() -> None:
    session = timeline("1.0  click  /a  #pay\n2.5  click  /a  #pay\n3.0  click  /a  #help")
    assert first_happening(session, chains_of(session, LIMITS), 0, LIMITS, START + 4) == START + 3


def test_a_session_goes_on_when_any_row_follows() -> None:
    for row in ("5.0  pointer  /a", "5.0  call  GET /api  10ms  200", "5.0  error  /a  Oops"):
        session = timeline(row)
        assert goes_on(session, START + 4.9, START + 5.0)
        assert not goes_on(session, START + 5.0, START + 9.0)
        assert not goes_on(session, START + 1.0, START + 4.9)


def test_waking_looks_back_only_and_hiding_both_ways() -> None:
    session = timeline("5.0  visibility  /a  -  -  state=visible\n9.0  visibility  /a  -  -  state=hidden")
    assert [is_waking(session, START + at, 1000) for at in (4.9, 5.0, 6.0, 6.1, 9.5)] == [
        False, True, True, False, False,
    ]  # fmt: skip
    assert [is_hiding(session, START + at, 1000) for at in (3.9, 4.0, 6.0, 6.1, 9.5)] == [
        False, True, True, False, True,
    ]  # fmt: skip


def test_a_change_of_visibility_that_does_not_say_which_excuses_but_wakes_nothing() -> None:
    session = timeline("5.0  visibility  /a")
    assert is_hiding(session, START + 5.5, 1000)
    assert not is_waking(session, START + 5.5, 1000)


def test_a_page_is_being_left_from_the_navigation_until_a_screen_or_ten_seconds() -> None:
    session = timeline("1.0  click  /a  #home  -  answered=500  response=navigation\n14.0  screen_view  /b")
    assert [is_leaving(session, START + at) for at in (1.0, 1.5, 1.6, 11.5, 11.6)] == [False, False, True, True, False]


def test_a_change_of_address_within_the_page_leaves_nothing() -> None:
    session = timeline("1.0  click  /a  #home  -  answered=500  response=navigation\n1.5  screen_view  /b")
    assert not is_leaving(session, START + 2)


@pytest.mark.parametrize(("word", "expected"), [("load=full", True), ("load=spa", False), ("load=[1]", True)])
def test_only_a_screen_that_says_it_was_no_load_is_none(word: str, expected: bool) -> None:
    session = timeline(f"2.0  screen_view  /b  -  -  {word}")
    assert is_left_after(session, START + 1, START + 3) is expected
    assert not is_left_after(session, START + 2.1, START + 3)
