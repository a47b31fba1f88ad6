"""Points of clicks and of the resting pointer."""

from __future__ import annotations

import pytest

from mien.analyzers import heatmap
from mien.analyzers.baselines import NO_BASELINES
from mien.analyzers.heatmap import MAX_CELLS, MAX_POINTS, HeatmapRow, weigh_points
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


def test_of_one_sample_the_first_hundred_readable_cells_count() -> None:
    cells = ",".join(['["a",0,1]'] + [f"[{column},0,50]" for column in range(8_000)])
    rows = points(f"0.0  pointer  /cart  -  -  cells=[{cells}]")
    assert [row.x for row in rows] == [16 * column + 8 for column in range(MAX_CELLS)]


def test_a_sender_cannot_fill_the_table_with_one_session() -> None:
    """What a compressed batch of 88 kB did: many samples of very many cells."""
    cells = ",".join(f"[{column},0,50]" for column in range(1_000))
    rows = points("\n".join(f"{at}.0  pointer  /cart  -  -  cells=[{cells}]" for at in range(300)))
    assert len(rows) == MAX_POINTS
    assert rows[-1].occurred_at == START + MAX_POINTS / MAX_CELLS - 1, "the oldest are kept"


def test_clicks_go_before_the_pointer_where_not_all_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heatmap, "MAX_POINTS", 3)
    text = """
        0.0  pointer  /cart  -  -  cells=[[1,1,100],[2,2,100]]
        1.0  click    /cart  #pay  10,10
        2.0  click    /cart  #pay  11,11
    """
    assert [(row.x, row.y) for row in points(text)] == [(10, 10), (11, 11), (24, 24)]
