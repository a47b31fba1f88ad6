"""When refused submits are a loop."""

from __future__ import annotations

import pytest

from mien.analyzers.analyzer import Signal
from mien.analyzers.baselines import NO_BASELINES, Baselines
from mien.analyzers.threshold_table import with_overrides
from mien.analyzers.validation_loop import find_validation_loops
from tests.support.timelines import START, timeline


def found(text: str, baselines: Baselines = NO_BASELINES) -> list[Signal]:
    return list(find_validation_loops(timeline(text), baselines).signals)


def submit(at: float, words: str = "success=false", form: str = "pay") -> str:
    return f"{at}  submit  /pay  #{form}  -  form={form}  {words}\n"


def test_two_refused_submits_in_a_row_are_a_loop() -> None:
    [signal] = found(submit(5) + submit(9, "invalid=2"))
    assert (signal.type, signal.confidence, signal.screen, signal.element_id) == (
        "validation_loop",
        0.9,
        "/pay",
        "#pay",
    )
    assert (signal.started_at, signal.ended_at, signal.event_id) == (START + 5, START + 9, 2)
    assert signal.evidence == {"form": "pay", "failed_submits": 2, "invalid_fields": 2, "told_by": "page"}


def test_one_refusal_two_forms_and_no_submits_are_none() -> None:
    assert found("") == []
    assert found(submit(5)) == []
    assert found(submit(5) + submit(9, form="voucher")) == []


def test_a_long_run_is_one_signal_and_success_ends_it() -> None:
    assert [signal.evidence["failed_submits"] for signal in found("".join(map(submit, (1, 5, 9, 13))))] == [4]
    assert found(submit(1) + submit(5, "success=true") + submit(9)) == []
    assert len(found(submit(1) + submit(5) + submit(9, "success=true") + submit(13) + submit(17))) == 2


def test_a_submit_of_unknown_end_neither_counts_nor_ends_a_run() -> None:
    [signal] = found(submit(1) + submit(5, "invalid=0") + submit(9))
    assert signal.evidence["failed_submits"] == 2


@pytest.mark.parametrize(("second", "count"), [(1.499, 0), (1.5, 1)])
def test_a_double_click_is_one_submit(second: float, count: int) -> None:
    assert len(found(submit(1) + submit(second))) == count


@pytest.mark.parametrize(("second", "count"), [(601, 1), (601.001, 0)])
def test_a_long_pause_begins_a_new_run(second: float, count: int) -> None:
    assert len(found(submit(1) + submit(second))) == count


def test_where_only_calls_tell_it_is_less_sure() -> None:
    [signal] = found("""
        1.0  submit  /pay  #pay
        1.1  call    POST /api/pay  90ms  422
        5.0  submit  /pay  #pay
        5.1  call    POST /api/pay  90ms  500
    """)
    assert (signal.confidence, signal.evidence["told_by"]) == (0.54, "calls")
    assert found("1.0  submit  /pay  #pay\n5.0  submit  /pay  #pay") == []
    half = submit(1) + submit(5, "invalid=0") + "5.1  call  POST /api/pay  90ms  422"
    assert [signal.confidence for signal in found(half)] == [0.54]


def test_the_click_that_sent_it_says_where() -> None:
    press = "8.2  click  /pay  #go  40,60\n8.5  click  /other  #go  1,1\n"
    [signal] = found(submit(5) + press + submit(9))
    assert (signal.x, signal.y) == (40, 60)
    [signal] = found(submit(5) + "7.9  click  /pay  #go  40,60\n" + submit(9))
    assert (signal.x, signal.y) == (None, None)


def test_rows_without_screen_and_element_do_no_harm() -> None:
    [signal] = found("1.0  submit  -  -  -  success=false\n5.0  submit  -  -  -  success=false")
    assert (signal.screen, signal.element_id) == (None, None)


def test_thresholds_of_the_project_hold() -> None:
    own = Baselines(with_overrides({"validation_loop.min_failures": 3, "validation_loop.confidence": 0.7}))
    assert found(submit(1) + submit(5), own) == []
    assert [signal.confidence for signal in found(submit(1) + submit(5) + submit(9), own)] == [0.7]
