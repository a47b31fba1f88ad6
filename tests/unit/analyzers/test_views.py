"""Which screens were seen, how long actively, and what was usual on them."""

from __future__ import annotations

from mien.analyzers.views import stays, view_measures, views
from tests.support.timelines import timeline


def test_a_view_ends_where_the_next_of_its_tab_begins() -> None:
    found = views(timeline("0.0  screen_view  /a\n10.0  screen_view  /B/42\n12.0  click  /B/42  #x  1,1"))
    assert [(view.page, view.ended_at - view.started_at, view.acts) for view in found] == [
        ("/a", 10, 0),
        ("/b/:id", 2, 1),
    ]


def test_being_away_is_no_active_time() -> None:
    [first, _] = views(timeline("0.0  screen_view  /a\n5.0  click  /a  #x  1,1\n500.0  screen_view  /b"))
    assert first.active_ms == 35_000


def test_hidden_time_is_no_active_time() -> None:
    [first, _] = views(
        timeline(
            "0.0  screen_view  /a\n5.0  visibility  /a  -  -  state=hidden\n"
            "25.0  visibility  /a  -  -  state=visible\n30.0  screen_view  /b"
        )
    )
    assert first.active_ms == 10_000


def test_tabs_have_their_own_views() -> None:
    text = "0.0  screen_view  /a  -  -  tab=t1\n1.0  screen_view  /b  -  -  tab=t2\n9.0  screen_view  /c  -  -  tab=t1"
    assert [view.ended_at - view.started_at for view in views(timeline(text))][:2] == [9, 8]


def test_repeats_of_a_screen_are_one_stay_and_redirects_none() -> None:
    text = "0.0  screen_view  /a\n5.0  screen_view  /a\n9.0  screen_view  /go\n9.2  screen_view  /b\n20.0  click  /b"
    [tab] = stays(timeline(text))
    assert [stay.page for stay in tab] == ["/a", "/b"]


def test_rows_without_screen_views_are_read_as_far_as_they_go() -> None:
    found = views(timeline("0.0  click  /a  #x  1,1\n5.0  click  /b  #x  1,1"))
    assert [view.page for view in found] == ["/a", "/b"]


def test_what_a_view_says_about_its_screen() -> None:
    scroll = "4.0  scroll  /a  -  -  max_y=2000  min_y=0  vh=700  page_h=4000  reversals=2  travel=6000"
    [measure] = view_measures(timeline(f"0.0  screen_view  /a\n{scroll}\n9.0  screen_view  /b"))
    assert (measure.screen, measure.active_dwell_ms, measure.scroll_ratio) == ("/a", 9000, 3.0)


def test_an_empty_session_has_none() -> None:
    assert list(views(timeline(""))) == []
    assert view_measures(timeline("")) == []
