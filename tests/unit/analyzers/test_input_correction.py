"""When a field was corrected again and again."""

from __future__ import annotations

import pytest

from mien.analyzers.analyzer import Signal
from mien.analyzers.baselines import NO_BASELINES, Baselines
from mien.analyzers.input_correction import find_input_corrections
from mien.analyzers.threshold_table import with_overrides
from tests.support.timelines import START, timeline


def found(text: str, baselines: Baselines = NO_BASELINES) -> list[Signal]:
    return list(find_input_corrections(timeline(text), baselines).signals)


def visit(at: float, words: str, field: str = "city") -> str:
    return f"{at}  input  /address  #{field}  -  form=address  field={field}  length=9  duration_ms=900  {words}"


def visits(*words: str, field: str = "city") -> str:
    return "\n".join(visit(10 * index, word, field) for index, word in enumerate(words))


def test_two_returns_to_one_field_are_a_correction() -> None:
    [signal] = found(visits("returns=0", "returns=1", "returns=2"))
    assert (signal.type, signal.confidence, signal.element_id) == ("input_correction", 0.5, "#city")
    assert (signal.started_at, signal.ended_at, signal.event_id) == (START, START + 20, 3)
    assert signal.evidence == {
        "form": "address",
        "field": "city",
        "returns": 2,
        "refills": 0,
        "invalid": False,
        "formatted": False,
        "counted": "by the page",
    }


def test_two_refills_are_one_too() -> None:
    assert [signal.evidence["refills"] for signal in found(visits("returns=0  refills=2"))] == [2]


def test_one_return_one_refill_and_two_fields_with_one_each_are_none() -> None:
    assert found("") == []
    assert found(visits("returns=0", "returns=1  refills=1")) == []
    assert found(visits("returns=1") + "\n" + visits("returns=1", field="street")) == []


def test_further_corrections_of_a_field_add_no_signal() -> None:
    assert len(found(visits("returns=0", "returns=2", "returns=3", "returns=9  refills=9"))) == 1


def test_a_new_page_counts_anew() -> None:
    assert len(found(visits("returns=1", "returns=2", "returns=0", "returns=1"))) == 1
    assert len(found(visits("returns=1", "returns=2", "returns=0", "returns=2"))) == 2
    assert len(found(visits("returns=0  refills=2", "returns=0  refills=0", "returns=0  refills=2"))) == 2


@pytest.mark.parametrize("field", ["phone", "birth-date", "cardNumber"])
def test_formatted_fields_count_less(field: str) -> None:
    [signal] = found(visits("returns=2", field=field))
    assert (signal.confidence, signal.evidence["formatted"]) == (0.25, True)


@pytest.mark.parametrize("field", ["q", "search", "filter-price", "sort"])
def test_searching_and_filtering_is_no_correcting(field: str) -> None:
    assert found(visits("returns=4  refills=4", field=field)) == []


def test_what_a_password_manager_filled_does_not_count() -> None:
    assert found("5.0  input  /a  #x  -  form=f  field=x  length=12  duration_ms=20  returns=2  refills=2") == []


def test_without_metadata_returns_are_counted_from_the_order_and_are_less_sure() -> None:
    fields = ("#city", "#zip", "#city", "#city", "#zip", "#city")
    text = "\n".join(f"{index}.0  input  /address  {field}" for index, field in enumerate(fields))
    [signal] = found(text)
    assert (signal.confidence, signal.element_id, signal.ended_at) == (0.25, "#city", START + 5)
    assert signal.evidence["counted"] == "from order"


def test_rows_without_element_and_junk_are_passed_over() -> None:
    assert found("0.0  input  /a\n1.0  input  /a\n2.0  input  -") == []
    assert found(visits("returns=-3  refills=many")) == []


def test_thresholds_of_the_project_hold() -> None:
    own = Baselines(with_overrides({"input_correction.min_returns": 3, "input_correction.confidence": 0.6}))
    assert found(visits("returns=2"), own) == []
    assert [signal.confidence for signal in found(visits("returns=3"), own)] == [0.6]
