"""The one table of numbers: complete, sourced, within its own limits, and overridden with care."""

from __future__ import annotations

import pytest

from mien.analyzers.threshold_table import Threshold, list_thresholds, with_overrides
from mien.analyzers.thresholds import DEFAULTS

ROWS = list_thresholds()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_every_number_lies_in_its_limits_and_has_a_meaning_and_a_source(row: Threshold) -> None:
    assert row.lowest <= row.default == row.value <= row.highest
    assert row.lowest < row.highest
    assert row.says and row.source


def test_names_are_unique() -> None:
    assert len({row.name for row in ROWS}) == len(ROWS)


def test_nothing_overridden_is_the_defaults() -> None:
    assert with_overrides({}) == DEFAULTS
    assert with_overrides({row.name: row.default for row in ROWS}) == DEFAULTS


def test_the_list_tells_what_a_project_changed() -> None:
    changed = {row.name: row for row in list_thresholds(with_overrides({"rage_click.min_clicks": 4.0}))}
    assert (changed["rage_click.min_clicks"].value, changed["rage_click.min_clicks"].default) == (4, 3)
    assert [name for name, row in changed.items() if row.value != row.default] == ["rage_click.min_clicks"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_value_beyond_its_limits_is_refused_by_name(row: Threshold) -> None:
    for value in (row.lowest - 1, row.highest + 1, float("nan"), True):
        with pytest.raises(ValueError, match=row.name):
            with_overrides({row.name: value})


@pytest.mark.parametrize(
    ("overrides", "said"),
    [
        ({"rage_click.min_clicks": 3.5}, "must be a whole number"),
        ({"score.latency_good_ms": 3000}, "score.latency_good_ms must be below score.latency_median_ms"),
        ({"vitals_mobile.cls_poor": 0.05}, "vitals_mobile.cls_good must be below vitals_mobile.cls_poor"),
        ({f"score.vital_weight_{name}": 0 for name in ("lcp", "inp", "cls", "fcp", "ttfb")}, "At least one"),
    ],
)
def test_numbers_that_contradict_themselves_are_refused(overrides: dict[str, float], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        with_overrides(overrides)


def test_a_name_that_the_table_has_not_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="rage_click\\.clicks"):
        with_overrides({"rage_click.clicks": 4})
