"""What every analyzer promises, whichever it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mien.analyzers import ANALYZERS, CONCLUSIONS, METADATA_READ
from mien.analyzers.analyzer import Analyzer
from mien.analyzers.baselines import NO_BASELINES
from mien.analyzers.conclusion import Case
from tests.support.timelines import timeline
from tests.unit.analyzers.test_run import VISIT

ROOT = Path(__file__).parents[3]
COLUMNS = {
    "rage_click_events": {"element_id", "screen", "click_count", "first_click_at", "last_click_at", "detected_at"},
    "heatmap_points": {"screen", "x", "y", "weight", "occurred_at"},
    "journey_steps": {"step_num", "screen", "occurred_at"},
    "emotion_predictions": {"event_id", "emotion", "confidence", "occurred_at"},
    "experience_scores": {"score", "issues"},
    "grouped_errors": {
        "error_id", "group_key", "kind", "type", "title", "place", "screen", "occurred_at", "errors",
    },
    "heatmap_views": {
        "view", "screen", "screen_sent", "started_at", "ended_at", "band", "vw", "vh", "page_h", "reach_px",
        "attention_ms",
    },
    "heatmap_clicks": {
        "view", "screen", "element_id", "label", "rel_x", "rel_y", "x_percent", "y_row", "fixed", "occurred_at",
    },
}  # fmt: skip
"""The specification's columns without id, session_id and calculated_at, and those of our own tables."""

TROUBLED = (
    VISIT
    + """
    50.0   click        /cart  #buy  300,300  unanswered  tag=button  interactive=native
    60.0   click        /cart  #more  500,300  answered=2000  response=mutation  tag=button  interactive=native
    70.0   error        /cart  TypeError: nothing is drawn
    71.0   crash        /cart
    100.0  screen_view  /pay  -  -  load=spa
    103.0  input        /pay  #city  -  form=pay  field=city  returns=2  refills=2  length=5  duration_ms=9000
    104.0  submit       /pay  #pay  -  form=pay  success=false  invalid=1
    108.0  submit       /pay  #pay  -  form=pay  success=false  invalid=1
    200.0  screen_view  /help  -  -  load=spa
    205.0  pointer      /help  -  -  cells=[[10,10,500],[14,12,400],[11,13,300]]  turns=14  path_px=2400
    210.0  scroll       /help  -  -  max_y=2000  min_y=0  vh=700  page_h=4000  reversals=6  travel=16000
    240.0  screen_view  /news  -  -  load=spa
    242.0  screen_view  /help  -  -  load=back_forward
    262.0  screen_view  /news  -  -  load=spa
    282.0  screen_view  /help  -  -  load=back_forward
    302.0  screen_view  /news  -  -  load=spa
    400.0  screen_view  /slow  -  -  load=full  url=https://shop.example/slow
    410.0  screen_view  /slow  -  -  load=full  url=https://shop.example/slow
    420.0  screen_view  /slow  -  -  load=full  url=https://shop.example/slow
    425.0  screen_view  /slow  -  -  load=full  url=https://shop.example/slow
    515.0  screen_view  /search  -  -  load=spa
    520.0  input        /search  #q  -  form=#search-form  field=q  length=4  duration_ms=900
    540.0  input        /search  #q  -  form=#search-form  field=q  length=9  duration_ms=900
    560.0  input        /search  #q  -  form=#search-form  field=q  length=6  duration_ms=900
"""
)
"""A visit in which each detector finds something."""

BY_NAME = pytest.mark.parametrize("analyzer", ANALYZERS, ids=lambda analyzer: analyzer.name)
PARTS = pytest.mark.parametrize("part", [*ANALYZERS, *CONCLUSIONS], ids=lambda part: part.name)


@BY_NAME
def test_the_same_session_gives_the_same_findings(analyzer: Analyzer[Any]) -> None:
    assert analyzer.analyze(timeline(VISIT), NO_BASELINES) == analyzer.analyze(timeline(VISIT), NO_BASELINES)


@BY_NAME
def test_an_empty_session_gives_nothing(analyzer: Analyzer[Any]) -> None:
    findings = analyzer.analyze(timeline(""), NO_BASELINES)
    assert (list(findings.rows), list(findings.signals)) == ([], [])


@BY_NAME
def test_rows_have_the_columns_of_the_owned_table(analyzer: Analyzer[Any]) -> None:
    rows = analyzer.analyze(timeline(VISIT), NO_BASELINES).rows
    if analyzer.table is None:
        assert not rows
        return
    assert rows, "the visit shows nothing to this analyzer"
    assert all(set(row.__struct_fields__) == COLUMNS[analyzer.table] for row in rows)


@BY_NAME
def test_signals_are_of_the_declared_types(analyzer: Analyzer[Any]) -> None:
    found = {signal.type for signal in analyzer.analyze(timeline(TROUBLED), NO_BASELINES).signals}
    assert found <= analyzer.signal_types
    assert bool(found) == bool(analyzer.signal_types)


@pytest.mark.parametrize("conclusion", CONCLUSIONS, ids=lambda conclusion: conclusion.name)
def test_conclusions_have_a_note_beside_each_row(conclusion: Any) -> None:
    concluded = conclusion.conclude(Case(timeline(VISIT)))
    assert concluded.rows
    assert len(concluded.rows) == len(concluded.notes)
    assert all(set(row.__struct_fields__) == COLUMNS[conclusion.table] for row in concluded.rows)


def test_every_derived_table_has_exactly_one_owner() -> None:
    owned = [part.table for part in (*ANALYZERS, *CONCLUSIONS) if part.table is not None]
    assert sorted(owned) == sorted(COLUMNS)


def test_names_and_signal_types_are_unique() -> None:
    names = [part.name for part in (*ANALYZERS, *CONCLUSIONS)]
    types = [name for analyzer in ANALYZERS for name in analyzer.signal_types]
    assert len(names) == len(set(names))
    assert len(types) == len(set(types))


@PARTS
def test_every_part_has_its_file_its_test_and_its_docs(part: Any) -> None:
    assert (ROOT / "mien" / "analyzers" / f"{part.name}.py").is_file()
    assert (ROOT / "tests" / "unit" / "analyzers" / f"test_{part.name}.py").is_file()
    assert (ROOT / "docs" / "analyzers" / f"{part.name}.md").is_file()


@PARTS
def test_metadata_that_a_part_reads_is_loaded(part: Any) -> None:
    assert part.reads <= METADATA_READ
