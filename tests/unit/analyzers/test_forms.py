"""What rows say about forms: which form, which field, how often, and how a submit went."""

from __future__ import annotations

import msgspec
import pytest

from mien.analyzers.forms import FormAct, form_acts, forms
from mien.timeline import Timeline
from tests.support.timelines import START, timeline


def acts(text: str) -> list[FormAct]:
    return list(form_acts(timeline(text)))


def only(text: str) -> FormAct:
    [act] = acts(text)
    return act


def test_a_session_without_forms_has_none() -> None:
    assert acts("0.0  click  /a  #x") == []
    assert forms(timeline("")) == {}


def test_an_input_tells_its_form_field_and_counts() -> None:
    act = only("5.0  input  /Pay/42  #card  -  form=pay  field=card  returns=2  refills=1  length=19  duration_ms=3000")
    assert (act.key, act.field, act.returns, act.refills, act.length) == (("/pay/:id", "pay"), "card", 2, 1, 19)
    assert act.began == START + 2
    assert act.screen == "/Pay/42"


def test_fields_of_one_form_belong_together_and_forms_of_one_name_on_two_screens_do_not() -> None:
    found = forms(
        timeline("""
        0.0  input   /a  #x  -  form=f  field=x
        1.0  input   /a  #y  -  form=f  field=y
        2.0  submit  /a  #f  -  form=f  success=true
        3.0  input   /b  #x  -  form=f  field=x
        4.0  input   /b  #z
    """)
    )
    assert {key: len(acts) for key, acts in found.items()} == {("/a", "f"): 3, ("/b", "f"): 1, ("/b", None): 1}


@pytest.mark.parametrize(
    ("words", "outcome", "told"),
    [
        ("success=true", "accepted", True),
        ("success=true  invalid=1", "accepted", True),
        ("success=false", "refused", True),
        ("invalid=2", "refused", True),
        ("invalid=0", "unknown", False),
        ("success=perhaps", "unknown", False),
    ],
)
def test_a_submit_says_itself_how_it_went(words: str, outcome: str, told: bool) -> None:
    act = only(f"0.0  submit  /a  #f  -  form=f  {words}")
    assert (act.outcome, act.told) == (outcome, told)


@pytest.mark.parametrize(
    ("call", "outcome"),
    [
        ("0.0  call  POST /api/f  100ms  201", "accepted"),
        ("1.0  call  POST /api/f  100ms  422", "refused"),
        ("1.001  call  POST /api/f  100ms  422", "unknown"),
        ("-0.1  call  POST /api/f  100ms  422", "unknown"),
        ("0.1  call  /api/f  100ms  0", "refused"),
        ("0.1  call  POST /api/f  9000ms  unfinished", "unanswered"),
        ("0.1  call  GET /api/poll  100ms  500", "unknown"),
    ],
)
def test_else_the_writing_call_that_it_started_says_so(call: str, outcome: str) -> None:
    assert only(f"0.0  submit  /a  #f\n{call}").outcome == outcome


def test_a_call_after_the_next_submit_belongs_to_that() -> None:
    found = acts("""
        0.0  submit  /a  #f
        0.5  submit  /a  #f
        0.6  call    POST /api/f  100ms  500
    """)
    assert [act.outcome for act in found] == ["unknown", "refused"]


def test_returns_are_counted_from_the_order_where_the_rows_do_not_tell() -> None:
    found = acts("""
        0.0  input  /a  #x
        0.5  input  /a  #x
        1.0  input  /a  #y
        2.0  input  /a  #x
        3.0  screen_view  /a
        4.0  input  /a  #y
        5.0  input  /a  #x
    """)
    assert [act.returns for act in found] == [0, 0, 0, 1, 0, 0]
    assert all(act.counted_here for act in found)


def test_a_field_that_goes_away_with_its_screen_belongs_to_that_screen() -> None:
    text = "0.0  screen_view  /a\n5.0  screen_view  /b\n{at}  input  /b  #x  -  form=f  field=x  duration_ms=3000"
    assert only(text.format(at=5.2)).page == "/a"
    assert only(text.format(at=7.0)).page == "/b"


def test_text_that_stands_there_at_once_was_filled_by_a_machine() -> None:
    filled = only("5.0  input  /a  #x  -  form=f  field=x  length=12  duration_ms=50")
    assert filled.is_filled_by_machine(50)
    assert not filled.is_filled_by_machine(49)
    for words in ("length=1  duration_ms=20", "length=12", "duration_ms=20"):
        assert not only(f"5.0  input  /a  #x  -  form=f  field=x  {words}").is_filled_by_machine(50)


@pytest.mark.parametrize(
    "metadata",
    ["{", "[]", "null", '{"form": 7, "returns": -1, "length": "x", "success": [], "duration_ms": -5, "refills": 1e99}'],
)
def test_junk_counts_as_missing(metadata: str) -> None:
    original = timeline("0.0  input  /a  #x\n1.0  submit  /a  #f")
    events = [msgspec.structs.replace(event, metadata=metadata) for event in original.events]
    junk = form_acts(Timeline(original.session_id, START, START + 1, events=events))
    assert [(act.form, act.returns, act.refills, act.length, act.outcome) for act in junk] == [
        (None, 0, 0, None, "unknown"),
        (None, 0, 0, None, "unknown"),
    ]


def test_one_junk_value_does_not_hide_the_others() -> None:
    act = only("0.0  input  /a  #x  -  form=f  field=x  returns=often  refills=2")
    assert (act.form, act.refills, act.counted_here) == ("f", 2, True)


def test_rows_of_one_time_stand_in_an_order_of_what_they_say() -> None:
    original = timeline("""
        0.0  input   /a  #x  -  form=f  field=x  returns=1
        0.0  submit  /a  #f  -  form=f  success=false
        0.0  input   /a  #x  -  form=f  field=x  returns=0
    """)
    turned = Timeline(original.session_id, START, START, events=list(reversed(original.events)))
    assert form_acts(turned) == form_acts(original)


def test_a_search_is_known_by_its_field_its_form_its_role_or_its_screen() -> None:
    assert only("0.0  input  /a  #q  -  form=f  field=q").is_query
    assert only("0.0  submit  /a  #search-form  -  form=#search-form").is_query
    assert only("0.0  input  /search  #x").is_query
    assert only("0.0  click  /a  #x  -  role=searchbox\n1.0  input  /a  #x  -  form=f  field=x").is_query
    assert [act.is_query for act in acts("0.0  input  /a  #q  -  form=f  field=q\n1.0  submit  /a  #f  -  form=f")] == [
        True,
        True,
    ]


def test_a_filter_is_looked_up_but_asks_nothing() -> None:
    act = only("0.0  input  /list  #sort  -  form=#filters  field=sort")
    assert (act.is_lookup, act.is_query) == (True, False)
    assert not only("0.0  input  /list  #street  -  form=address  field=street").is_lookup
