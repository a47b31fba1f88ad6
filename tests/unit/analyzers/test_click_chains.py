"""Which clicks follow one another."""

from __future__ import annotations

import pytest

from mien.analyzers.click_chains import chains_of, click_chains, element_of, is_burst, place_of
from mien.analyzers.thresholds import ClickChains
from tests.support.timelines import timeline

DEFAULTS = ClickChains()


def lengths(text: str, limits: ClickChains = DEFAULTS) -> list[int]:
    return [len(chain) for chain in click_chains(timeline(text).clicks(), limits)]


def test_no_clicks_make_no_chain() -> None:
    assert lengths("") == []


def test_one_click_is_a_chain_of_one() -> None:
    assert lengths("0.0  click  /cart  #pay  10,10") == [1]


def test_a_gap_just_below_a_second_continues() -> None:
    assert lengths("""
        0.0    click  /cart  #pay  10,10
        0.999  click  /cart  #pay  10,10
    """) == [2]


@pytest.mark.parametrize("offset", [0.0, 0.1, 0.7])
def test_a_gap_of_exactly_a_second_ends_the_chain_whatever_the_floats_say(offset: float) -> None:
    assert lengths(f"""
        {offset}      click  /cart  #pay  10,10
        {offset + 1}  click  /cart  #pay  10,10
    """) == [1, 1]


def test_clicks_of_one_instant_are_one_chain() -> None:
    assert lengths("""
        0.0  click  /cart  #pay  10,10
        0.0  click  /cart  #pay  10,10
        0.0  click  /cart  #pay  10,10
    """) == [3]


@pytest.mark.parametrize(("x", "expected"), [(40, [2]), (41, [1, 1])])
def test_neighbours_may_be_thirty_pixels_apart(x: int, expected: list[int]) -> None:
    assert (
        lengths(f"""
        0.0  click  /cart  #pay  10,10
        0.2  click  /cart  #pay  {x},10
    """)
        == expected
    )


@pytest.mark.parametrize(("x", "expected"), [(55, [2]), (56, [1, 1])])
def test_fingers_may_be_forty_five_pixels_apart(x: int, expected: list[int]) -> None:
    assert (
        lengths(f"""
        0.0  click  /cart  #pay  10,10  pointer=touch
        0.2  click  /cart  #pay  {x},10  pointer=touch
    """)
        == expected
    )


def test_another_element_ends_the_chain_even_on_the_same_spot() -> None:
    assert lengths("""
        0.0  click  /cart  #pay     10,10
        0.2  click  /cart  #cancel  10,10
    """) == [1, 1]


def test_another_screen_ends_the_chain() -> None:
    assert lengths("""
        0.0  click  /step/1  #next  10,10
        0.2  click  /step/2  #next  10,10
    """) == [1, 1]


def test_without_an_element_the_place_decides() -> None:
    assert lengths("""
        0.0  click  /cart  -     10,10
        0.2  click  /cart  #pay  12,10
        0.4  click  /cart  -     90,10
    """) == [2, 1]


def test_without_a_place_the_element_decides() -> None:
    assert lengths("""
        0.0  click  /cart  #pay
        0.2  click  /cart  #pay  12,10
        0.4  click  /cart  #buy
    """) == [2, 1]


def test_without_element_and_place_nothing_continues() -> None:
    assert lengths("""
        0.0  click  /cart
        0.2  click  /cart
    """) == [1, 1]


def test_keyboard_script_and_secondary_clicks_are_passed_over() -> None:
    assert lengths("""
        0.0  click  /cart  #pay  10,10  detail=1
        0.1  click  /cart  #pay  10,10  detail=0
        0.2  click  /cart  #pay  10,10  trusted=false
        0.3  click  /cart  #pay  10,10  button=2
        0.4  click  /cart  #pay  10,10  detail=2
    """) == [2]


@pytest.mark.parametrize(("third", "burst"), [(1.0, True), (1.001, False)])
def test_a_burst_has_three_clicks_within_a_second(third: float, burst: bool) -> None:
    [chain] = click_chains(
        timeline(f"""
        0.0      click  /cart  #pay  10,10
        0.5      click  /cart  #pay  10,10
        {third}  click  /cart  #pay  10,10
    """).clicks(),
        DEFAULTS,
    )
    assert is_burst(chain, 3, 1000) is burst


def test_any_second_of_the_chain_may_hold_the_burst() -> None:
    [chain] = click_chains(
        timeline("""
        0.0  click  /cart  #pay  10,10
        0.9  click  /cart  #pay  10,10
        1.8  click  /cart  #pay  10,10
        2.0  click  /cart  #pay  10,10
        2.2  click  /cart  #pay  10,10
    """).clicks(),
        DEFAULTS,
    )
    assert is_burst(chain, 3, 1000)


def test_a_project_may_set_another_gap_and_another_distance() -> None:
    far_and_slow = """
        0.0  click  /cart  #pay  10,10
        1.2  click  /cart  #pay  50,10
    """
    assert lengths(far_and_slow) == [1, 1]
    assert lengths(far_and_slow, ClickChains(max_gap_ms=1201, max_distance_px=40)) == [2]
    assert lengths(far_and_slow, ClickChains(max_gap_ms=1200, max_distance_px=40)) == [1, 1]
    assert lengths(far_and_slow, ClickChains(max_gap_ms=1201, max_distance_px=39)) == [1, 1]


def test_a_project_may_let_fingers_be_as_exact_as_a_mouse() -> None:
    touches = """
        0.0  click  /cart  #pay  10,10  pointer=touch
        0.2  click  /cart  #pay  50,10  pointer=touch
    """
    assert lengths(touches) == [2]
    assert lengths(touches, ClickChains(touch_factor=1)) == [1, 1]


def test_one_session_is_judged_under_two_tables() -> None:
    session = timeline("""
        0.0  click  /cart  #pay  10,10
        0.5  click  /cart  #pay  10,10
    """)
    assert [len(chain) for chain in chains_of(session, DEFAULTS)] == [2]
    assert [len(chain) for chain in chains_of(session, ClickChains(max_gap_ms=400))] == [1, 1]


def test_a_chain_is_on_the_first_element_and_place_that_a_click_of_it_names() -> None:
    [chain] = click_chains(
        timeline("""
        0.0  click  /cart  #pay
        0.2  click  /cart  #pay  12,10
    """).clicks(),
        DEFAULTS,
    )
    assert (element_of(chain), place_of(chain).x) == ("#pay", 12)
