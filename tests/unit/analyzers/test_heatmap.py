"""Points of clicks and of the resting pointer."""

from __future__ import annotations

import pytest

from mien.analyzers.baselines import NO_BASELINES
from mien.analyzers.heatmap import HeatmapRow, weigh_points
from tests.support.timelines import START, timeline


def points(text: str) -> list[HeatmapRow]:
    return list(weigh_points(timeline(text), NO_BASELINES).rows)


def test_a_click_is_a_point_of_weight_one() -> None:
    assert points("1.0  click  /cart  #pay  640,1310") == [HeatmapRow("/cart", 640, 1310, 1.0, START + 1)]


def test_a_pointer_cell_is_a_point_at_its_centre_weighing_its_seconds() -> None:
    assert points("1.0  pointer  /cart  -  -  cells=[[0,0,250],[40,81,1500]]") == [
        HeatmapRow("/cart", 8, 8, 0.25, START + 1),
        HeatmapRow("/cart", 648, 1304, 1.5, START + 1),
    ]


def test_clicks_without_place_or_screen_and_clicks_of_scripts_are_left_out() -> None:
    assert (
        points("""
        0.0  click  /cart  #pay
        0.1  click  -      #pay  10,10
        0.2  click  /cart  #pay  10,10  trusted=false
    """)
        == []
    )


def test_a_place_at_the_edge_is_a_place() -> None:
    assert [(row.x, row.y) for row in points("0.0  click  /cart  #pay  0,0")] == [(0, 0)]


def test_a_malformed_cell_does_not_hide_the_others() -> None:
    text = '0.0  pointer  /cart  -  -  cells=[[1,1,100],["a",2,100],[1],null,[2,2,100]]'
    assert [(row.x, row.y) for row in points(text)] == [(24, 24), (40, 40)]


@pytest.mark.parametrize("cells", ["[]", "null", "7", '"x"', '{"a":1}', "[[-1,0,100]]", "[[0,0,0]]", "[[1e12,0,100]]"])
def test_cells_that_say_nothing_give_no_points(cells: str) -> None:
    assert points(f"0.0  pointer  /cart  -  -  cells={cells}") == []


def test_a_pointer_without_metadata_gives_no_points() -> None:
    assert points("0.0  pointer  /cart") == []


def test_a_person_who_went_away_weighs_a_minute_at_most() -> None:
    assert [row.weight for row in points("0.0  pointer  /cart  -  -  cells=[[1,1,900000]]")] == [60.0]


def test_an_empty_session_has_no_points() -> None:
    assert points("") == []
