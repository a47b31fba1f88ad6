"""When a click that nothing answers is dead, and what excuses it."""

from __future__ import annotations

import pytest

from mien.analyzers.analyzer import Signal
from mien.analyzers.baselines import NO_BASELINES, Baselines
from mien.analyzers.dead_click import DEAD_CLICK, find_dead_clicks
from mien.analyzers.threshold_table import with_overrides
from mien.timeline import Timeline
from tests.support.timelines import START, timeline

BUTTON = "tag=button  interactive=native"
DEAD = f"5.0  click  /cart  #pay  10,20  {BUTTON}  unanswered"
UNKNOWN = f"5.0  click  /cart  #pay  10,20  {BUTTON}"
LATER = "\n20.0  pointer  /cart"


def dead(text: str, baselines: Baselines = NO_BASELINES, **session: object) -> list[Signal]:
    return list(find_dead_clicks(timeline(text, **session), baselines).signals)


def confidences(text: str, **values: float) -> list[float]:
    thresholds = with_overrides({f"dead_click.{name}": value for name, value in values.items()})
    return [signal.confidence for signal in dead(text, Baselines(thresholds))]


def test_a_button_that_does_not_answer_is_dead() -> None:
    [signal] = dead(DEAD + "  label=Pay")
    assert (signal.type, signal.confidence) == ("dead_click", 0.8)
    assert (signal.started_at, signal.ended_at, signal.event_id) == (START + 5, START + 5, 1)
    assert (signal.screen, signal.element_id, signal.x, signal.y) == ("/cart", "#pay", 10, 20)
    assert signal.evidence == {
        "clicks": 1, "waited_ms": 3000, "answered": "no", "looks_active": "native", "label": "Pay",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "confidence"),
    [
        ("tag=button  interactive=native", 0.8),
        ("tag=summary  interactive=native", 0.8),
        ("tag=div  role=button  interactive=aria", 0.8),
        ("tag=div  role=link  interactive=aria", 0.8),
        ("tag=input  role=switch  interactive=native", 0.8),
        ("tag=button", 0.8),
        ("role=button", 0.8),
        ("tag=div  interactive=cursor", 0.5),
        ("tag=a  interactive=cursor", 0.5),
    ],
)
def test_what_looks_active_is_as_sure_as_its_looks(words: str, confidence: float) -> None:
    assert confidences(f"0.0  click  /cart  #pay  10,20  {words}  unanswered") == [confidence]


@pytest.mark.parametrize(
    "words",
    [
        "tag=p  interactive=none",
        "tag=p",
        "tag=a  interactive=native",
        "tag=a",
        "tag=input  interactive=native",
        "tag=textarea  interactive=native",
        "tag=select  interactive=native",
        "tag=option  interactive=native",
        "tag=label  interactive=native",
        "tag=div  role=textbox  interactive=aria",
        "tag=div  role=combobox  interactive=aria",
        "tag=div  role=tab  interactive=aria",
        "tag=div  interactive=native  surface=editor",
        "tag=canvas  interactive=cursor",
        "tag=div  interactive=cursor  surface=map",
        "tag=video  interactive=cursor",
        "tag=button  interactive=native  link=new_tab",
        "tag=button  interactive=native  link=download",
        "tag=button  interactive=native  link=copy",
        "tag=div  interactive=cursor  selection=true",
        "tag=button  interactive=native  detail=0",
        "tag=button  interactive=native  button=1",
        "tag=button  interactive=native  trusted=false",
    ],
)
def test_text_links_fields_and_what_answers_elsewhere_are_not_dead(words: str) -> None:
    assert dead(f"0.0  click  /cart  #pay  10,20  {words}  unanswered") == []


@pytest.mark.parametrize(("answer_ms", "count"), [(0, 0), (40, 0), (3000, 0), (3001, 1)])
def test_an_answer_counts_up_to_three_seconds(answer_ms: int, count: int) -> None:
    assert len(dead(f"0.0  click  /cart  #pay  10,20  {BUTTON}  answered={answer_ms}")) == count


@pytest.mark.parametrize("state", ["hidden", "visible"])
@pytest.mark.parametrize(("at", "count"), [(3.999, 1), (4.0, 0), (5.0, 0), (6.0, 0), (6.001, 1)])
def test_a_page_that_is_hidden_or_shown_within_a_second_excuses_the_click(at: float, count: int, state: str) -> None:
    rows = sorted([DEAD, f"{at}  visibility  /cart  -  -  state={state}"], key=lambda row: float(row.split()[0]))
    assert len(dead("\n".join(rows))) == count


def test_a_click_while_the_page_is_being_left_is_not_dead() -> None:
    leaving = f"4.0  click  /cart  #home  300,20  {BUTTON}  answered=100  response=navigation\n"
    assert dead(leaving + DEAD) == []
    assert len(dead(leaving + "4.1  screen_view  /cart\n" + DEAD)) == 1
    assert len(dead(leaving.replace("4.0", "-6.0") + DEAD)) == 1


@pytest.mark.parametrize(("load", "count"), [("load=full", 0), ("load=back_forward", 0), ("load=spa", 1), ("", 0)])
def test_a_page_that_is_loaded_soon_after_was_being_left(load: str, count: int) -> None:
    assert len(dead(f"{DEAD}\n7.5  screen_view  /home  -  -  {load}".rstrip())) == count
    assert len(dead(f"{DEAD}\n8.1  screen_view  /home  -  -  {load}".rstrip())) == 1


def test_clicks_of_one_run_are_one_signal() -> None:
    run = "\n".join(f"{index * 0.5}  click  /cart  #pay  10,20  {BUTTON}  unanswered" for index in range(5))
    [signal] = dead(run)
    assert (signal.evidence["clicks"], signal.started_at, signal.ended_at) == (5, START, START + 2)
    assert signal.event_id == 5


def test_clicks_further_apart_are_signals_of_their_own() -> None:
    assert len(dead(DEAD + "\n" + DEAD.replace("5.0", "6.0"))) == 2


def test_the_second_click_of_a_double_click_is_answered_by_what_answered_the_first() -> None:
    assert (
        dead(f"""
        0.0  click  /cart  #pay  10,20  {BUTTON}  answered=40
        0.2  click  /cart  #pay  10,20  {BUTTON}  unanswered
    """)
        == []
    )


def test_a_click_that_waited_too_long_is_dead_even_if_a_later_one_of_the_run_is_answered() -> None:
    run = [f"{index * 0.5}  click  /cart  #pay  10,20  {BUTTON}  unanswered" for index in range(8)]
    [signal] = dead("\n".join([*run, f"4.0  click  /cart  #pay  10,20  {BUTTON}  answered=100"]))
    assert (signal.evidence["clicks"], signal.ended_at) == (3, START + 1)


def test_without_a_known_answer_silence_in_all_other_rows_is_half_as_sure() -> None:
    [signal] = dead(UNKNOWN + LATER)
    assert (signal.confidence, signal.evidence["answered"]) == (0.4, "unknown")


@pytest.mark.parametrize(
    "row",
    [
        "{at}  call  POST /api/pay  100ms  200",
        "{at}  call  POST /api/pay  100ms  unfinished",
        "{at}  error  /cart  TypeError: x is undefined",
        "{at}  screen_view  /done",
        "{at}  scroll  /cart",
        "{at}  input  /cart  #name",
        "{at}  submit  /cart  #form",
        "{at}  added_to_cart  /cart",
    ],
)
def test_without_a_known_answer_anything_that_happens_within_the_wait_may_be_one(row: str) -> None:
    assert dead(f"{UNKNOWN}\n{row.format(at=5.0)}{LATER}") == []
    assert dead(f"{UNKNOWN}\n{row.format(at=8.0)}{LATER}") == []
    assert len(dead(f"{UNKNOWN}\n{row.format(at=8.001)}{LATER}")) == 1
    assert len(dead(f"{row.format(at=4.9)}\n{UNKNOWN}{LATER}")) == 1


@pytest.mark.parametrize(("at", "count"), [(5.2, 0), (8.0, 0), (8.001, 1)])
def test_without_a_known_answer_who_clicks_something_else_could_go_on(at: float, count: int) -> None:
    assert len(dead(f"{UNKNOWN}\n{at}  click  /cart  #other  200,20  tag=p{LATER}")) == count


@pytest.mark.parametrize(
    "row", ["5.5  pointer  /cart", "5.5  web_vital  /cart", "6.5  click  /cart  #pay  10,20  tag=button"]
)
def test_without_a_known_answer_what_cannot_be_one_leaves_the_click_dead(row: str) -> None:
    assert dead(f"{UNKNOWN}\n{row}{LATER}")[0].started_at == START + 5


def test_without_a_known_answer_nobody_knows_what_came_after_the_last_row() -> None:
    assert dead(UNKNOWN) == []
    assert dead(UNKNOWN + "\n7.9  pointer  /cart") == []
    assert dead(UNKNOWN + "\n8.0  pointer  /cart") == []
    assert len(dead(UNKNOWN + "\n8.001  pointer  /cart")) == 1
    assert len(dead(UNKNOWN + "\n38.0  pointer  /cart")) == 1
    assert dead(UNKNOWN + "\n38.001  pointer  /cart") == []


@pytest.mark.parametrize(
    ("element", "count"),
    [
        ("#pay-button", 1),
        ("btnPay", 1),
        ("submitBtn", 1),
        ("#cart > form > button:nth-of-type(2)", 1),
        ('[data-testid="pay-button"]', 1),
        ("#pay", 0),
        ("-", 0),
        ("#buttons", 0),
        ("#button-group", 0),
        ("#button > span", 0),
        ("a#pay-button", 0),
        ("input#pay-button", 0),
    ],
)
def test_without_metadata_only_what_calls_itself_a_button_can_be_dead(element: str, count: int) -> None:
    assert [signal.confidence for signal in dead(f"0.0  click  /cart  {element}  10,20{LATER}")] == [0.25] * count


def test_a_named_button_without_place_and_screen_is_judged_too() -> None:
    [signal] = dead("0.0  click  -  #pay-button" + LATER)
    assert (signal.screen, signal.x, signal.evidence["looks_active"]) == (None, None, "name")


def test_junk_in_the_metadata_is_as_good_as_none() -> None:
    junk = 'tag={"a": 1}  interactive=7  response_ms="soon"  link=[]'
    assert confidences(f"0.0  click  /cart  #pay-button  10,20  {junk}{LATER}") == [0.25]


@pytest.mark.parametrize("element", ["#pay", "-"])
def test_a_click_that_is_known_to_have_no_answer_is_not_judged_where_nobody_knows_what_it_hit(element: str) -> None:
    assert dead(f"0.0  click  /cart  {element}  10,20  unanswered") == []


def test_an_empty_session_has_no_dead_click() -> None:
    assert dead("") == []


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        (DEAD.replace("unanswered", "answered=2000"), {"wait_ms": 1999}, [0.8]),
        (DEAD.replace("unanswered", "answered=2000"), {"wait_ms": 2000}, []),
        (DEAD, {"native_confidence": 0.6}, [0.6]),
        (DEAD, {"native_confidence": 0}, []),
        (UNKNOWN + LATER, {"unknown_factor": 0.25}, [0.2]),
        (UNKNOWN + LATER, {"unknown_factor": 0}, []),
        (UNKNOWN + LATER, {"observed_ms": 11_999}, []),
        (UNKNOWN + LATER, {"observed_ms": 12_000}, [0.4]),
        (DEAD + "\n6.5  visibility  /cart  -  -  state=hidden", {"hidden_ms": 1500}, []),
        (DEAD.replace("native", "cursor"), {"cursor_confidence": 0.3}, [0.3]),
    ],
)
def test_a_project_may_set_its_own_numbers(text: str, values: dict[str, float], expected: list[float]) -> None:
    assert confidences(text, **values) == expected


def test_how_long_a_signal_may_change_covers_the_wait_and_the_look_for_later_rows() -> None:
    highest = with_overrides({"dead_click.wait_ms": 3000, "dead_click.observed_ms": 30_000}).dead_click
    assert (highest.wait_ms + highest.observed_ms) / 1000 == DEAD_CLICK.settles_s


def test_twenty_thousand_clicks_on_one_spot_are_judged_in_no_time() -> None:
    session: Timeline = timeline(
        "\n".join(f"{index * 0.01:.2f}  click  /cart  #pay-button  10,20" for index in range(20_000))
    )
    assert len(find_dead_clicks(session, NO_BASELINES).signals) == 0
