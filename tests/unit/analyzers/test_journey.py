"""The screens of a session in order."""

from __future__ import annotations

from mien.analyzers.baselines import NO_BASELINES
from mien.analyzers.journey import JourneyRow, take_steps
from tests.support.timelines import START, timeline


def steps(text: str) -> list[JourneyRow]:
    return list(take_steps(timeline(text), NO_BASELINES).rows)


def test_each_screen_is_a_step_counted_from_one() -> None:
    assert steps("""
        0.0  screen_view  /home
        5.0  screen_view  /cart
        9.0  screen_view  /home
    """) == [
        JourneyRow(1, "/home", START),
        JourneyRow(2, "/cart", START + 5),
        JourneyRow(3, "/home", START + 9),
    ]


def test_a_screen_seen_again_at_once_is_the_same_step() -> None:
    assert [
        row.screen
        for row in steps("""
        0.0  screen_view  /start
        1.0  screen_view  /start/
        2.0  screen_view  /Start?ref=mail
        3.0  screen_view  /cart
    """)
    ] == ["/start", "/cart"]


def test_a_repeat_keeps_the_time_at_which_the_screen_was_entered() -> None:
    assert [
        row.occurred_at
        for row in steps("""
        1.0  screen_view  /home
        7.0  screen_view  /home
    """)
    ] == [START + 1]


def test_pages_that_differ_by_an_id_are_one_screen() -> None:
    assert [
        row.screen
        for row in steps("""
        0.0  screen_view  /product/1
        1.0  screen_view  /product/2
    """)
    ] == ["/product/:id"]


def test_screen_views_without_a_screen_are_passed_over() -> None:
    assert [
        row.screen
        for row in steps("""
        0.0  screen_view  /home
        1.0  screen_view  -
        2.0  screen_view  /home
    """)
    ] == ["/home"]


def test_without_any_screen_view_the_screens_of_other_events_are_taken() -> None:
    assert [
        row.screen
        for row in steps("""
        0.0  click  /home  #a  1,1
        1.0  click  /home  #b  1,1
        2.0  tap    /cart
    """)
    ] == ["/home", "/cart"]


def test_where_screen_views_exist_other_events_make_no_steps() -> None:
    assert [
        row.screen
        for row in steps("""
        0.0  screen_view  /home
        1.0  click        /elsewhere  #a  1,1
    """)
    ] == ["/home"]


def test_an_empty_session_has_no_steps() -> None:
    assert steps("") == []
