"""When quick clicks are rage, and when they only look like it."""

from __future__ import annotations

import pytest

from mien.analyzers.analyzer import Findings, Signal
from mien.analyzers.baselines import NO_BASELINES, Baselines, Muted
from mien.analyzers.rage_click import RageClickRow, find_rage_clicks
from mien.analyzers.threshold_table import with_overrides
from tests.support.timelines import START, timeline


def rage(text: str) -> Findings[RageClickRow]:
    return find_rage_clicks(timeline(text), NO_BASELINES)


def only_signal(text: str) -> Signal:
    [signal] = rage(text).signals
    return signal


def clicks(count: int, words: str = "unanswered", gap: float = 0.2) -> str:
    return "\n".join(f"{index * gap:.3f}  click  /cart  #pay  10,10  {words}" for index in range(count))


def test_four_fast_clicks_that_nothing_answers_are_rage() -> None:
    findings = rage("""
        0.0  click  /cart  #pay  10,10  unanswered
        0.2  click  /cart  #pay  11,10  unanswered
        0.5  click  /cart  #pay  10,12  unanswered
        0.7  click  /cart  #pay  10,11  unanswered
    """)
    assert findings.rows == [RageClickRow("#pay", "/cart", 4, START, START + 0.7, START + 0.7)]
    [signal] = findings.signals
    assert (signal.type, signal.confidence, signal.evidence["confirmed"]) == ("rage_click", 0.75, True)
    assert signal.event_id == 4


def test_an_empty_session_holds_no_rage() -> None:
    assert rage("") == Findings([], [])


def test_one_click_and_a_double_click_are_nothing() -> None:
    assert rage(clicks(1)) == Findings([], [])
    assert rage(clicks(2)) == Findings([], [])


def test_three_clicks_are_only_a_multi_click() -> None:
    findings = rage(clicks(3))
    assert findings.rows == []
    assert [(signal.type, signal.confidence) for signal in findings.signals] == [("multi_click", 0.4)]


def test_three_clicks_with_an_error_stay_below_the_line() -> None:
    signal = only_signal(clicks(3) + "\n0.5  error  /cart  TypeError: x is undefined")
    assert (signal.type, signal.confidence) == ("multi_click", 0.48)


def test_five_clicks_are_surer_than_four_and_twenty_not_surer_than_five() -> None:
    assert [only_signal(clicks(count)).confidence for count in (4, 5, 20)] == [0.75, 0.9, 0.9]


def test_a_long_run_is_one_incident() -> None:
    assert [row.click_count for row in rage(clicks(30)).rows] == [30]


def test_slow_clicking_is_no_burst() -> None:
    assert rage(clicks(6, gap=0.6)) == Findings([], [])


def test_clicks_whose_answers_are_not_known_are_unconfirmed() -> None:
    signal = only_signal(clicks(4, words="tag=button"))
    assert (signal.type, signal.confidence) == ("rage_click", 0.5625)
    assert (signal.evidence["confirmed"], signal.evidence["answered"]) == (False, "unknown")


def test_clicks_without_any_metadata_are_judged_too() -> None:
    text = "\n".join(f"{index / 5}  click  /cart  #pay  10,10" for index in range(4))
    assert only_signal(text).evidence["confirmed"] is False


def test_an_error_confirms_a_run_whose_answers_are_not_known() -> None:
    signal = only_signal(clicks(4, words="tag=button") + "\n0.9  error  /cart  TypeError: x is undefined")
    assert signal.evidence["confirmed"] is True
    assert signal.confidence == pytest.approx(0.75 * 1.2 * 0.75)


def test_an_error_in_the_run_makes_it_surer_up_to_a_limit() -> None:
    error = "\n0.9  error  /cart  TypeError: x is undefined"
    assert only_signal(clicks(4) + error).confidence == 0.9
    assert only_signal(clicks(5) + error).confidence == 0.97


@pytest.mark.parametrize(
    "row",
    [
        "0.9  error  /home  TypeError: x is undefined",
        "0.9  error  /cart  Script error.",
        "1.7  error  /cart  TypeError: x is undefined",
        "0.9  call  GET /api/cart  100ms  404",
        "0.9  call  GET /api/cart  800ms  500",
    ],
)
def test_errors_elsewhere_foreign_or_late_and_calls_that_fail_late_do_not_belong_to_the_run(row: str) -> None:
    assert only_signal(f"{clicks(4)}\n{row}").confidence == 0.75


def test_a_failed_call_belongs_to_the_run_when_it_ends_within_a_second_after_it() -> None:
    signal = only_signal(clicks(4) + "\n0.1  call  POST /api/pay  1500ms  500")
    assert (signal.confidence, signal.evidence["failures"]) == (0.9, ["POST /api/pay 500"])


def test_a_run_that_the_page_answers_is_not_rage() -> None:
    findings = rage(clicks(6, words="answered=40"))
    assert findings.rows == []
    assert findings.signals[0].confidence == pytest.approx(0.27)


@pytest.mark.parametrize(("response_ms", "rows"), [(3000, 0), (3001, 1)])
def test_an_answer_counts_until_three_seconds_after_its_click(response_ms: int, rows: int) -> None:
    text = clicks(4) + f"\n0.8  click  /cart  #pay  10,10  answered={response_ms}"
    assert len(rage(text).rows) == rows


def test_a_request_that_fails_is_no_answer() -> None:
    text = clicks(4, words="answered=300  response=request") + "\n0.1  call  POST /api/pay  200ms  500"
    assert only_signal(text).confidence == 0.9


@pytest.mark.parametrize("surface", ["canvas", "map", "video", "game", "editor", "slider"])
def test_clicks_where_nothing_visibly_answers_are_left_out(surface: str) -> None:
    assert rage(clicks(6, words=f"unanswered  surface={surface}")) == Findings([], [])


def test_selecting_text_is_not_rage() -> None:
    assert rage(clicks(5, words="unanswered  selection=true")) == Findings([], [])
    assert rage(clicks(5, words="unanswered  tag=textarea")) == Findings([], [])
    assert rage(clicks(5, words="unanswered  role=textbox")) == Findings([], [])


def test_scrolling_during_the_run_is_not_rage() -> None:
    text = """
        0.0  click   /cart  #pay  10,10  unanswered
        0.2  click   /cart  #pay  10,10  unanswered
        0.3  scroll  /cart
        0.4  click   /cart  #pay  10,10  unanswered
        0.6  click   /cart  #pay  10,10  unanswered
    """
    assert rage(text) == Findings([], [])


def test_a_click_answered_by_scrolling_is_not_rage() -> None:
    assert rage(clicks(5, words="answered=50  response=scroll")) == Findings([], [])


@pytest.mark.parametrize("label", ["Next", "previous page", ">", "+"])
def test_a_pager_or_stepper_is_not_rage_when_its_answers_are_not_known(label: str) -> None:
    assert rage(clicks(6, words=f"label={label}")).rows == []


def test_a_next_button_that_is_known_not_to_answer_is_rage() -> None:
    assert len(rage(clicks(6, words="unanswered  label=Next")).rows) == 1


@pytest.mark.parametrize(
    "row",
    [
        "0.9  screen_view  /done",
        "0.9  input  /cart  #name",
        "0.1  call  GET /api/cart  500ms  200",
    ],
)
def test_without_known_answers_other_rows_tell_that_the_page_answered(row: str) -> None:
    assert rage(f"{clicks(4, words='tag=button')}\n{row}").rows == []


def test_a_call_that_began_before_the_run_answers_nothing() -> None:
    text = "0.0  call  GET /api/poll  1200ms  200\n" + "\n".join(
        f"{1 + index / 5}  click  /cart  #pay  10,10" for index in range(4)
    )
    assert len(rage(text).rows) == 1


def test_clicks_without_element_or_place_are_found_by_what_is_known() -> None:
    by_place = "\n".join(f"{index / 5}  click  /cart  -  10,10  unanswered" for index in range(4))
    by_element = "\n".join(f"{index / 5}  click  /cart  #pay  -  unanswered" for index in range(4))
    assert [row.element_id for row in rage(by_place).rows] == [None]
    assert [row.element_id for row in rage(by_element).rows] == ["#pay"]


def test_two_runs_are_two_rows() -> None:
    later = "\n".join(f"{10 + index / 5}  click  /cart  #buy  200,10  unanswered" for index in range(4))
    assert [row.element_id for row in rage(clicks(4) + "\n" + later).rows] == ["#pay", "#buy"]


def with_thresholds(**values: float) -> Baselines:
    return Baselines(with_overrides({f"rage_click.{name}": value for name, value in values.items()}))


def judged(text: str, **values: float) -> list[tuple[str, float]]:
    signals = find_rage_clicks(timeline(text), with_thresholds(**values)).signals
    return [(signal.type, signal.confidence) for signal in signals]


def test_a_project_may_ask_for_four_clicks() -> None:
    assert judged(clicks(3), min_clicks=4) == []
    assert judged(clicks(4), min_clicks=4) == [("rage_click", 0.75)]


def test_two_clicks_are_as_sure_as_three_where_two_are_enough() -> None:
    assert judged(clicks(2), min_clicks=2) == [("multi_click", 0.4)]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"confidence_of_4": 0.6}, [("rage_click", 0.6)]),
        ({"min_confidence": 0.8}, [("multi_click", 0.75)]),
        ({"window_ms": 300}, []),
        ({"window_ms": 400}, [("rage_click", 0.75)]),
    ],
)
def test_a_project_may_set_what_four_clicks_say(values: dict[str, float], expected: list[tuple[str, float]]) -> None:
    assert judged(clicks(4), **values) == expected


def test_a_project_may_set_how_long_an_answer_and_a_failure_count() -> None:
    late_error = clicks(4) + "\n2.5  error  /cart  TypeError: x is undefined"
    assert judged(late_error, answer_ms=2000, failure_factor=1.1) == [("rage_click", 0.825)]
    late_answer = clicks(4) + "\n0.8  click  /cart  #pay  10,10  answered=1500"
    assert judged(late_answer, wait_ms=1500, answered_factor=0.5) == [("multi_click", 0.45)]
    assert judged(late_answer, wait_ms=1000) == [("rage_click", 0.9)]


def test_a_project_may_set_what_unknown_answers_take_away() -> None:
    assert judged(clicks(4, words="tag=button"), unknown_factor=1) == [("rage_click", 0.75)]


def test_a_failure_never_makes_a_run_less_sure() -> None:
    failed = clicks(5) + "\n0.9  error  /cart  TypeError: x is undefined"
    assert judged(failed, max_confidence=0.5) == [("rage_click", 0.9)]


def test_a_factor_of_nothing_leaves_no_signal() -> None:
    assert judged(clicks(5, words="answered=40"), answered_factor=0) == []


@pytest.mark.parametrize(
    "baselines",
    [
        Baselines(muted=frozenset((Muted("rage_click", "#pay"),))),
        Baselines(muted=frozenset((Muted("rage_click", "#pay", "/cart/:id"),))),
        Baselines(ignored_screens=frozenset(("/cart/:id",))),
    ],
)
@pytest.mark.parametrize("count", [3, 5])
def test_a_muted_element_and_an_ignored_screen_give_neither_row_nor_signal(count: int, baselines: Baselines) -> None:
    session = timeline(clicks(count).replace("/cart", "/Cart/42?step=1"))
    assert len(find_rage_clicks(session, NO_BASELINES).signals) == 1
    assert find_rage_clicks(session, baselines) == Findings([], [])


def test_muting_another_element_or_another_kind_of_signal_changes_nothing() -> None:
    muted = frozenset((Muted("rage_click", "#buy"), Muted("dead_click", "#pay"), Muted("rage_click", "#pay", "/home")))
    assert len(find_rage_clicks(timeline(clicks(4)), Baselines(muted=muted)).rows) == 1


@pytest.mark.parametrize("words", ["surface=drawing", "tag=canvas", "tag=video"])
def test_any_named_surface_and_what_draws_itself_are_left_out(words: str) -> None:
    assert rage(clicks(6, words=f"unanswered  {words}")) == Findings([], [])


def test_clicks_that_wake_a_tab_do_not_count() -> None:
    woken = "-1.0  visibility  /cart  -  -  state=hidden\n{at}  visibility  /cart  -  -  state=visible\n" + clicks(5)
    assert rage(woken.format(at=0.0)) == Findings([], [])
    assert [row.click_count for row in rage(woken.format(at=-0.8)).rows] == []
    assert [row.click_count for row in rage(woken.format(at=-1.001)).rows] == [5]


def test_who_goes_on_clicking_after_waking_the_tab_is_raging() -> None:
    woken = "-0.1  visibility  /cart  -  -  state=visible\n" + clicks(10)
    assert [row.click_count for row in rage(woken).rows] == [5]


def test_a_tab_that_is_hidden_answers_clicks_of_which_nothing_else_is_known() -> None:
    hidden = "\n0.9  visibility  /cart  -  -  state=hidden"
    assert rage(clicks(5, words="tag=button") + hidden).rows == []
    assert len(rage(clicks(5) + hidden).rows) == 1


def test_a_scroll_that_was_over_before_the_run_but_told_of_during_it_is_none_of_it() -> None:
    told = "\n{at}  scroll  /cart  -  -  travel=300"
    assert len(rage(clicks(5) + told.format(at=0.5)).rows) == 1
    assert rage(clicks(5) + told.format(at=1.5)) == Findings([], [])
    assert len(rage(clicks(5) + told.format(at=1.9)).rows) == 1
