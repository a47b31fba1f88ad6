"""JavaScript errors the person may have noticed, and others."""

from __future__ import annotations

import pytest

from mien.analyzers.analyzer import Signal
from mien.analyzers.baselines import NO_BASELINES
from mien.analyzers.js_error import find_js_errors
from tests.support.timelines import START, timeline


def signals(text: str) -> list[Signal]:
    return list(find_js_errors(timeline(text), NO_BASELINES).signals)


def is_foreground(text: str) -> bool:
    [signal] = signals(text)
    return bool(signal.evidence["foreground"])


@pytest.mark.parametrize("interaction", ["click", "input", "submit", "select", "scroll"])
@pytest.mark.parametrize(("after", "expected"), [(0.0, True), (5.0, True), (5.001, False)])
def test_an_error_within_five_seconds_after_an_interaction_is_in_the_foreground(
    interaction: str, after: float, expected: bool
) -> None:
    assert (
        is_foreground(f"""
        20.3            {interaction}  /cart
        {20.3 + after}  error  /cart  TypeError: x is undefined
    """)
        is expected
    )


def test_an_error_while_the_page_loads_is_in_the_foreground() -> None:
    assert is_foreground("0.0  screen_view  /cart\n0.9  error  /cart  TypeError: x is undefined")
    assert not is_foreground("0.0  screen_view  /cart\n1.1  error  /cart  TypeError: x is undefined")


def test_an_error_in_a_hidden_page_is_in_the_background() -> None:
    assert not is_foreground("""
        0.0  click       /cart  #pay  1,1
        0.5  visibility  /cart  -  -  state=hidden
        1.0  error       /cart  TypeError: x is undefined
    """)


def test_the_sites_own_error_is_sure_and_a_foreign_one_hardly_counts() -> None:
    assert [signal.confidence for signal in signals("0.0  error  /cart  TypeError: x is undefined")] == [0.9]
    [foreign] = signals("0.0  error  /cart  Script error.")
    assert (foreign.confidence, foreign.evidence["third_party"]) == (0.2, True)


@pytest.mark.parametrize(("after", "element"), [(0.0, "#pay"), (1.0, "#pay"), (1.001, None)])
def test_an_error_within_a_second_after_a_click_is_put_down_to_it(after: float, element: str | None) -> None:
    [signal] = signals(f"""
        20.3            click  /cart  #pay  10,20
        {20.3 + after}  error  /cart  TypeError: x is undefined
    """)
    assert (signal.element_id, signal.evidence["after_click"]) == (element, element is not None)


def test_an_error_of_another_screen_is_not_put_down_to_the_click() -> None:
    [signal] = signals("0.0  click  /cart  #pay  1,1\n0.5  error  /home  TypeError: x is undefined")
    assert signal.element_id is None


def test_an_error_without_a_screen_is_put_down_to_the_newest_click() -> None:
    [signal] = signals("""
        0.0  click  /cart  #pay  1,1
        0.2  click  /cart  #buy  2,2
        0.5  error  -  TypeError: x is undefined
    """)
    assert (signal.element_id, signal.event_id) == ("#buy", 2)


def test_the_same_error_again_and_again_is_one_signal_that_counts_it() -> None:
    [signal] = signals("\n".join(f"{index}  error  /cart  TypeError: x is undefined" for index in range(50)))
    assert (signal.evidence["count"], signal.started_at, signal.ended_at) == (50, START, START + 49)


@pytest.mark.parametrize(("gap", "count"), [(5.0, 1), (5.001, 2)])
def test_a_pause_above_five_seconds_begins_a_new_signal(gap: float, count: int) -> None:
    assert len(signals(f"0.3  error  /cart  TypeError: x\n{0.3 + gap}  error  /cart  TypeError: x")) == count


def test_different_errors_are_different_signals() -> None:
    assert len(signals("0.0  error  /cart  TypeError: x\n0.0  error  /cart  TypeError: y")) == 2


def test_an_error_without_message_or_screen_is_a_signal() -> None:
    [signal] = signals("0.0  error  -  -")
    assert (signal.screen, signal.evidence["message"]) == (None, None)


def test_no_errors_are_no_signals() -> None:
    assert signals("0.0  click  /cart") == []
