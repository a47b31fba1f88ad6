"""Clicks with their view, their element and their place."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from hypothesis import given, settings

from mien.analyzers import heatmap_click
from mien.analyzers.baselines import NO_BASELINES
from mien.analyzers.heatmap_click import HeatmapClickRow, place_clicks
from mien.analyzers.heatmap_view import measure_views
from mien.timeline import Event, Timeline
from tests.support.random_sessions import SESSIONS
from tests.support.timelines import SESSION_ID, START, timeline

VIEW = "0.0  screen_view  /cart  -  -  vw=1280  vh=800  page_h=3000"


def placed(text: str) -> list[HeatmapClickRow]:
    return list(place_clicks(timeline(text), NO_BASELINES).rows)


def test_a_click_has_its_two_places() -> None:
    assert placed(f"{VIEW}\n1.0  click  /cart  #pay  640,1310  vw=1280  rel_x=0.42  rel_y=1  label=Pay") == [
        HeatmapClickRow(1, "/cart", "#pay", "Pay", 8, 19, 50, 81, False, START + 1)
    ]


def test_a_click_is_of_the_latest_view_of_its_screen() -> None:
    rows = placed(f"""
        {VIEW}
        1.0  click        /cart  #a  1,1
        2.0  screen_view  /pay
        3.0  click        /cart  #b  1,1
        4.0  screen_view  /cart
        4.0  click        /cart  #c  1,1
        5.0  click        /Cart?x=1  #d  1,1
        6.0  click        /elsewhere  #e  1,1
    """)
    assert [(row.element_id, row.view) for row in rows] == [("#a", 1), ("#b", 1), ("#c", 3), ("#d", 3)]


def test_clicks_of_scripts_are_left_out_and_clicks_by_keyboard_are_in_the_middle_of_the_element() -> None:
    [row] = placed(
        f"{VIEW}\n1.0  click  /cart  #a  1,1  trusted=false\n2.0  click  /cart  #b  -  detail=0  rel_x=0  rel_y=0"
    )
    assert (row.element_id, row.rel_x, row.rel_y, row.x_percent, row.y_row) == ("#b", 10, 10, None, None)


def test_a_fixed_element_is_placed_in_the_window() -> None:
    click = Event(2, "click", START + 1, "/cart", "#bar", 640, 1310, 1300, json.dumps({"vw": 1280, "fixed": True}))
    view = Event(1, "screen_view", START, "/cart", metadata=json.dumps({"vw": 1280}))
    [row] = place_clicks(Timeline(SESSION_ID, START, START + 1, events=[view, click]), NO_BASELINES).rows
    assert (row.fixed, row.y_row) == (True, 0)


def test_a_place_in_another_width_band_than_the_views_is_no_place() -> None:
    rows = placed(f"{VIEW}\n1.0  click  /cart  #a  100,100  vw=700\n2.0  click  /cart  #a  100,100  vw=1210")
    assert [row.x_percent for row in rows] == [None, 8]


@pytest.mark.parametrize(
    ("place", "column"), [("1279,0", 99), ("1280,0", 100), ("2559,0", 199), ("2560,0", None), ("-1,0", None)]
)
def test_columns_end_two_windows_to_the_right(place: str, column: int | None) -> None:
    [row] = placed(f"{VIEW}\n1.0  click  /cart  #a  {place}")
    assert row.x_percent == column


@pytest.mark.parametrize(
    ("share", "part"), [("0", 0), ("0.049", 0), ("0.05", 1), ("0.999", 19), ("1", 19), ("1.1", None)]
)
def test_parts_of_the_box_are_twentieths(share: str, part: int | None) -> None:
    [row] = placed(f"{VIEW}\n1.0  click  /cart  #a  1,1  rel_x={share}")
    assert (row.rel_x, row.rel_y) == (part, None)


def test_one_sender_fills_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heatmap_click, "MAX_CLICKS", 2)
    assert len(placed(VIEW + "".join(f"\n{n}  click  /cart  #a  1,1" for n in range(1, 6)))) == 2


@settings(max_examples=150, deadline=None)
@given(SESSIONS)
def test_every_persons_click_on_a_seen_screen_is_a_row_of_a_view_of_it(session: Timeline) -> None:
    screens = {row.view: row.screen for row in measure_views(session, NO_BASELINES).rows}
    rows = place_clicks(session, NO_BASELINES).rows
    assert all(screens[row.view] == row.screen for row in rows)
    people = [click for click, info in session.clicks() if info.trusted is not False and click.screen]
    assert not Counter(row.occurred_at for row in rows) - Counter(click.at for click in people)
    if session.events and not session.of_type("screen_view"):
        assert len(rows) == len(people), "without screen_views every screen begins a view when it is first named"
    for row in rows:
        assert (row.x_percent is None) == (row.y_row is None)
        assert row.x_percent is None or 0 <= row.x_percent <= 199
        assert all(part is None or 0 <= part <= 19 for part in (row.rel_x, row.rel_y))
