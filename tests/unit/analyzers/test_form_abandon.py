"""When a form counts as abandoned, and when it only looks so."""

from __future__ import annotations

import msgspec
import pytest

from mien.analyzers.analyzer import Signal
from mien.analyzers.baselines import NO_BASELINES, Baselines
from mien.analyzers.form_abandon import find_form_abandons
from mien.analyzers.threshold_table import with_overrides
from tests.support.timelines import START, timeline

BEGUN = """
    0.0   screen_view  /signup
    5.0   input        /signup  #name   -  form=signup  field=name   returns=0  length=7  duration_ms=3000
    9.0   input        /signup  #email  -  form=signup  field=email  returns=0  length=9  duration_ms=3000
"""
LEFT = "\n20.0  screen_view  /home"
PLAIN = "0.0  screen_view  /signup\n5.0  input  /signup  #name\n9.0  input  /signup  #email\n"


def found(text: str, baselines: Baselines = NO_BASELINES, **session: object) -> list[Signal]:
    return list(find_form_abandons(timeline(text, **session), baselines).signals)


def only(text: str, baselines: Baselines = NO_BASELINES, **session: object) -> Signal:
    [signal] = found(text, baselines, **session)
    return signal


def test_a_form_that_was_begun_and_left_is_abandoned_at_its_last_field() -> None:
    signal = only(BEGUN + LEFT)
    assert (signal.type, signal.confidence, signal.screen, signal.element_id) == (
        "form_abandon",
        0.5,
        "/signup",
        "#email",
    )
    assert (signal.started_at, signal.ended_at, signal.event_id) == (START + 9, START + 20, 4)
    assert signal.evidence == {
        "form": "signup",
        "fields": 2,
        "last_field": "email",
        "errors": 0,
        "corrections": 0,
        "failed_submits": 0,
        "spent_ms": 7000,
        "left_to": "/home",
    }


def test_sessions_without_forms_or_with_submits_alone_hold_none() -> None:
    assert found("") == []
    assert found("0.0  submit  /a  #f  -  form=f  success=false" + LEFT) == []


def test_a_form_that_is_still_open_is_abandoned_only_when_the_session_is_over() -> None:
    assert found(BEGUN, is_over=False) == []
    signal = only(BEGUN + "30.0  scroll  /signup")
    assert (signal.ended_at, signal.evidence["left_to"]) == (START + 30, None)


def test_a_form_that_was_left_is_abandoned_while_the_session_runs() -> None:
    assert len(found(BEGUN + LEFT, is_over=False)) == 1


@pytest.mark.parametrize(
    "row", ["20.0  screen_view  /Signup/", "20.0  screen_view  -", "20.0  screen_view  /signup?step=2"]
)
def test_the_same_screen_again_or_an_unknown_one_is_no_leaving(row: str) -> None:
    assert found(f"{BEGUN}{row}", is_over=False) == []


@pytest.mark.parametrize(
    ("row", "sign"),
    [
        ("12.0  submit  /signup  #signup  -  form=signup  success=false", "failed_submits"),
        ("12.0  submit  /signup  #signup  -  form=signup  invalid=2", "errors"),
        ("12.0  input  /signup  #email  -  form=signup  field=email  returns=1  length=3  invalid=1", "errors"),
        ("12.0  input  /signup  #email  -  form=signup  field=email  returns=2  length=3", "corrections"),
        ("12.0  input  /signup  #email  -  form=signup  field=email  refills=2  length=3", "corrections"),
    ],
)
def test_errors_corrections_and_failed_submits_make_it_sure(row: str, sign: str) -> None:
    signal = only(BEGUN + row + LEFT)
    assert signal.confidence == 0.9
    assert signal.evidence[sign]


def test_one_correction_is_not_enough() -> None:
    row = "12.0  input  /signup  #email  -  form=signup  field=email  returns=1  refills=1  length=3"
    signal = only(BEGUN + row + LEFT)
    assert (signal.confidence, signal.evidence["corrections"]) == (0.5, 1)


def test_thresholds_of_the_project_hold() -> None:
    row = "12.0  input  /signup  #email  -  form=signup  field=email  returns=1  length=3"
    own = Baselines(with_overrides({"form_abandon.sure_corrections": 1, "form_abandon.sure_confidence": 0.8}))
    assert only(BEGUN + row + LEFT, own).confidence == 0.8


def test_an_accepted_form_is_not_abandoned() -> None:
    assert found(BEGUN + "12.0  submit  /signup  #signup  -  form=signup  invalid=0  success=true" + LEFT) == []


def test_a_submit_of_unknown_end_as_the_last_thing_counts_as_success() -> None:
    assert found(BEGUN + "12.0  submit  /signup  #signup  -  form=signup  invalid=0" + LEFT) == []
    assert found(BEGUN + "12.0  submit  /signup  #signup  -  form=signup  invalid=0") == []


def test_after_a_refusal_silence_is_no_success_unless_a_screen_comes_of_it() -> None:
    text = (
        BEGUN
        + """
        12.0  submit  /signup  #signup  -  form=signup  success=false
        17.0  submit  /signup  #signup  -  form=signup  invalid=0
    """
    )
    assert len(found(text + "20.1  screen_view  /home")) == 1
    assert found(text + "20.0  screen_view  /home") == []


def test_a_submit_whose_call_never_ended_is_no_success() -> None:
    text = (
        BEGUN + "12.0  submit  /signup  #signup  -  form=signup  invalid=0\n12.1  call  POST /api/f  8000ms  unfinished"
    )
    assert [signal.confidence for signal in found(text + LEFT)] == [0.5]


def test_typing_again_after_a_refused_and_before_an_accepted_submit_is_one_use() -> None:
    text = (
        BEGUN
        + """
        12.0  submit  /signup  #signup  -  form=signup  success=false
        15.0  input   /signup  #email   -  form=signup  field=email  returns=1  length=9
        17.0  submit  /signup  #signup  -  form=signup  success=true
    """
    )
    assert found(text + LEFT) == []


def test_a_form_that_is_begun_anew_after_success_can_be_abandoned() -> None:
    text = (
        BEGUN
        + """
        12.0  submit  /signup  #signup  -  form=signup  success=true
        15.0  input   /signup  #name    -  form=signup  field=name  length=9  duration_ms=1000
    """
    )
    assert [signal.evidence["fields"] for signal in found(text + LEFT)] == [1]


def test_text_typed_before_the_submit_and_told_after_it_begins_nothing() -> None:
    text = (
        BEGUN
        + """
        12.0  submit  /signup  #signup  -  form=signup  success=true
        12.5  input   /signup  #pass    -  form=signup  field=pass  length=9  duration_ms=2000
    """
    )
    assert found(text + LEFT) == []


def test_emptied_and_filled_in_by_machine_is_not_begun() -> None:
    emptied = "0.0  screen_view  /signup\n5.0  input  /signup  #name  -  form=signup  field=name  length=0"
    filled = (
        "0.0  screen_view  /signup\n5.0  input  /signup  #name  -  form=signup  field=name  length=9  duration_ms=20"
    )
    assert found(emptied + LEFT) == []
    assert found(filled + LEFT) == []


def test_a_password_whose_length_is_not_told_counts() -> None:
    text = "0.0  screen_view  /login\n5.0  input  /login  #pw  -  form=login  field=pw  duration_ms=900"
    assert len(found(text + LEFT)) == 1


@pytest.mark.parametrize("seconds", [20 + 1800, 20 + 1801])
def test_who_comes_back_within_half_an_hour_and_finishes_has_not_abandoned(seconds: float) -> None:
    text = f"{BEGUN}{LEFT}\n{seconds}  submit  /signup  #signup  -  form=signup  success=true"
    assert len(found(text)) == (seconds > 1820)


def test_who_comes_back_and_leaves_again_has_abandoned_once() -> None:
    text = (
        BEGUN
        + LEFT
        + """
        30.0  screen_view  /signup
        35.0  input        /signup  #email  -  form=signup  field=email  length=9  duration_ms=900
        40.0  screen_view  /help
    """
    )
    assert only(text).ended_at == START + 40


def test_a_form_of_the_same_name_sent_on_another_screen_completes_it() -> None:
    assert found(BEGUN + LEFT + "\n60.0  submit  /home  #f  -  form=signup  success=true") == []
    assert len(found(BEGUN + LEFT + "\n60.0  submit  /home  #f  -  form=other  success=true")) == 1


def test_a_screen_that_says_success_completes_it() -> None:
    assert found(BEGUN + "20.0  screen_view  /signup/thank-you") == []


@pytest.mark.parametrize(
    "row",
    [
        "5.0  input  /list    #sort   -  form=f              field=sort    length=3",
        "5.0  input  /list    #brand  -  form=#filter-form   field=brand   length=3",
        "5.0  input  /list    #q      -  form=f              field=q       length=3",
        "5.0  input  /search  #words  -  form=f              field=words   length=3",
    ],
)
def test_searches_and_filters_are_left_out(row: str) -> None:
    assert found(f"{row}{LEFT}") == []


def test_a_form_that_saves_itself_is_left_out() -> None:
    saves = "\n6.9  call  PUT /api/draft  100ms  200\n9.5  call  PUT /api/draft  100ms  200"
    assert found(BEGUN + saves + LEFT) == []
    assert len(found(BEGUN + "6.9  call  PUT /api/draft  100ms  200" + LEFT)) == 1
    assert len(found(BEGUN + "6.9  call  PUT /a  9ms  200\n9.5  call  PUT /b  9ms  200" + LEFT)) == 1
    assert len(found(BEGUN + saves.replace("200", "500") + LEFT)) == 1


def test_a_form_without_submits_may_be_sent_by_a_button_of_its_own() -> None:
    button = "18.0  click  /signup  #continue  -  tag=button"
    assert found(BEGUN + button + LEFT) == []
    assert found(BEGUN + button + "\n18.2  call  POST /api/f  90ms  201\n40.0  screen_view  /home") == []
    assert len(found(BEGUN + "16.0  click  /signup  #continue  -  tag=button" + LEFT)) == 1


@pytest.mark.parametrize(("at", "element", "count"), [(8.5, "#go", 0), (8.4, "#go", 1), (9.2, "#email", 1)])
def test_the_press_comes_a_little_before_the_input_that_it_ends(at: float, element: str, count: int) -> None:
    assert len(found(BEGUN + f"{at}  click  /signup  {element}  -  tag=button\n10.0  screen_view  /home")) == count


def test_a_link_that_plays_a_button_may_send_the_form() -> None:
    assert found(BEGUN + "18.0  click  /signup  #go  -  tag=a  role=button" + LEFT) == []


def test_a_page_that_is_loaded_again_is_left_by_the_screen_after_it() -> None:
    again = "12.0  screen_view  /signup\n14.0  screen_view  /signup"
    assert only(BEGUN + again + LEFT, is_over=False).ended_at == START + 20


@pytest.mark.parametrize(
    "click", ["#logo  -  tag=button", "#x  -  tag=a", "#cancel", "#x  -  tag=button  label=Cancel"]
)
def test_leaving_by_a_link_or_a_menu_is_leaving(click: str) -> None:
    assert len(found(f"{BEGUN}18.0  click  /signup  {click}{LEFT}")) == 1


def test_without_metadata_the_screen_stands_for_the_form_and_it_is_less_sure() -> None:
    signal = only(PLAIN + LEFT)
    assert (signal.confidence, signal.element_id, signal.evidence["form"]) == (0.25, "#email", None)
    assert found("0.0  screen_view  /signup\n5.0  input  /signup  #name" + LEFT) == []
    assert found(PLAIN + "12.0  submit  /signup  #form" + LEFT) == []
    refused = "12.0  submit  /signup  #form\n12.1  call  POST /api/signup  90ms  422"
    assert only(PLAIN + refused + LEFT).confidence == 0.45


def test_fields_known_to_be_in_no_form_need_a_sign_of_trouble() -> None:
    loose = BEGUN.replace("form=signup  ", "")
    assert found(loose + LEFT) == []
    trouble = "12.0  input  /signup  #email  -  field=email  returns=2  length=9"
    assert only(loose + trouble + LEFT).confidence == 0.45


def test_rows_without_screens_and_elements_do_no_harm() -> None:
    assert found("0.0  input  -\n1.0  submit  -\n2.0  screen_view  -") == []
    assert [signal.screen for signal in found("0.0  input  -  #a\n1.0  input  -  #b\n2.0  scroll  -")] == [None]


def test_two_forms_are_two_signals_and_ids_do_not_matter() -> None:
    text = BEGUN + "10.0  input  /signup  #code  -  form=voucher  field=code  length=4" + LEFT
    assert [signal.evidence["form"] for signal in found(text)] == ["signup", "voucher"]
    original = timeline(text)
    renumbered = [msgspec.structs.replace(event, event_id=-event.event_id) for event in original.events]
    again = find_form_abandons(
        msgspec.structs.replace(original, events=renumbered, derived=type(original.derived)()), NO_BASELINES
    )
    assert [(one.started_at, one.element_id) for one in again.signals] == [
        (one.started_at, one.element_id) for one in found(text)
    ]
