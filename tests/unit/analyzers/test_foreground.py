"""What the person had in front of them."""

from __future__ import annotations

import random

import pytest

from mien.analyzers.foreground import active_seconds, interaction_times, is_hidden, latest_before, screen_at, within
from tests.support.timelines import START, shifted, timeline


def test_the_screen_at_a_moment_is_that_of_the_latest_event() -> None:
    session = timeline("""
        1.0  screen_view  /home
        2.0  click        -  #a  1,1
        3.0  screen_view  /cart
    """)
    found = [screen_at(session, START + at) for at in (0.5, 1.0, 2.9, 3.0, 99)]
    assert found == [None, "/home", "/home", "/cart", "/cart"]


def test_a_page_without_visibility_events_is_never_hidden() -> None:
    assert not is_hidden(timeline("0.0  screen_view  /home"), START + 1)


def test_a_page_is_hidden_until_it_is_shown_again() -> None:
    session = timeline("""
        1.0  visibility  /home  -  -  state=hidden
        5.0  visibility  /home  -  -  state=visible
    """)
    assert [is_hidden(session, START + at) for at in (0.9, 1.0, 4.9, 5.0)] == [False, True, True, False]


@pytest.mark.parametrize("sign", ["screen_view", "click", "input", "submit", "select"])
def test_another_tab_in_use_ends_hiding(sign: str) -> None:
    session = timeline(f"""
        1.0  visibility  /home  -  -  state=hidden
        3.0  {sign}      /cart
    """)
    assert [is_hidden(session, START + at) for at in (2.9, 3.1)] == [True, False]


def test_a_page_that_is_never_shown_again_stays_hidden() -> None:
    assert is_hidden(timeline("1.0  visibility  /home  -  -  state=hidden"), START + 9999)


def test_a_second_hidden_event_changes_nothing() -> None:
    session = timeline("""
        1.0  visibility  /home  -  -  state=hidden
        2.0  visibility  /home  -  -  state=hidden
        3.0  visibility  /home  -  -  state=visible
    """)
    assert [is_hidden(session, START + at) for at in (2.5, 3.5)] == [True, False]


def test_active_time_leaves_out_long_gaps_and_hidden_periods() -> None:
    session = timeline("""
        0    click       /home
        30   click       /home
        61   click       /home
        62   visibility  /home  -  -  state=hidden
        70   visibility  /home  -  -  state=visible
        72   click       /home
    """)
    assert active_seconds(session, session.events) == 30 + 1 + 2


def test_no_event_and_one_event_are_no_active_time() -> None:
    assert active_seconds(timeline(""), []) == 0
    one = timeline("0.0  click  /home")
    assert active_seconds(one, one.events) == 0


def test_active_time_of_many_gaps_is_the_same_at_any_date() -> None:
    dice = random.Random(0)
    at, lines = 0.0, []
    for number in range(600):
        at += dice.random() + 31 * (number % 2)
        lines.append(f"{at:.6f}  click  /home")
    session = timeline("\n".join(lines))
    moved = [shifted(session, seconds) for seconds in (0.0, 0.1, 1_234_567.89, -98_765.4321)]
    assert len({active_seconds(one, one.events) for one in moved}) == 1


def test_pointer_and_web_vitals_are_no_interactions() -> None:
    assert interaction_times(
        timeline("""
        0.0  pointer    /home
        1.0  web_vital  /home
        2.0  scroll     /home
        3.0  click      /home
    """)
    ) == [START + 2, START + 3]


def test_latest_before_includes_the_moment_itself() -> None:
    assert [latest_before([1.0, 2.0], at) for at in (0.9, 1.0, 1.9, 2.0)] == [None, 1.0, 1.0, 2.0]


def test_within_includes_both_ends_and_never_the_future() -> None:
    assert [within(START, START + gap, 1.0) for gap in (0.0, 1.0, 1.001, -0.1)] == [True, True, False, False]
    assert not within(None, START, 1.0)
