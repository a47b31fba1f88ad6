"""Views with their width band, reach and attention."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mien.analyzers import heatmap_view
from mien.analyzers.attention import MAX_ROWS, attention_ms
from mien.analyzers.baselines import NO_BASELINES
from mien.analyzers.heatmap_view import HeatmapViewRow, measure_views
from mien.analyzers.screen_names import clean_screen
from mien.analyzers.widths import band_of
from mien.timeline import Event, Timeline
from tests.support.random_sessions import SESSIONS
from tests.support.timelines import SESSION_ID, START, timeline

SIZES = "vw=1280  vh=800  page_h=3000"


def measured(text: str) -> list[HeatmapViewRow]:
    return list(measure_views(timeline(text), NO_BASELINES).rows)


@pytest.mark.parametrize(
    ("width", "band"), [(None, None), (0, 0), (479, 0), (480, 1), (767, 1), (768, 2), (1199, 2), (1200, 3), (9000, 3)]
)
def test_bands_begin_at_480_768_and_1200(width: int | None, band: int | None) -> None:
    assert band_of(width) == band


def test_a_view_knows_window_page_and_times() -> None:
    [row, other] = measured(f"""
        0.0  screen_view  /cart/12  -  -  {SIZES}
        9.0  screen_view  /pay  -  -  vw=390  vh=700  page_h=500
        12.0  click  /pay  #a  1,1
    """)
    assert (row.view, row.screen, row.band, row.vw, row.vh, row.page_h) == (1, "/cart/:id", 3, 1280, 800, 3000)
    assert (row.started_at, row.ended_at) == (START, START + 9)
    assert (other.view, other.band, other.reach_px) == (2, 0, 700), "a page smaller than the window is seen whole"


def test_a_width_that_only_a_later_click_tells_is_the_views() -> None:
    [row] = measured("0.0  screen_view  /cart\n1.0  click  /cart  #a  1,1  vw=500")
    assert (row.band, row.page_h) == (1, None)


def test_the_reach_is_the_lowest_edge_of_the_window_within_the_page() -> None:
    rows = measured(f"""
        0.0  screen_view  /a  -  -  {SIZES}
        5.0  scroll       /a  -  -  min_y=0  max_y=1000  vh=800
        6.0  screen_view  /b  -  -  {SIZES}
        7.0  scroll       /b  -  -  min_y=0  max_y=2900  vh=800
        8.0  screen_view  /c  -  -  {SIZES}
    """)
    assert [row.reach_px for row in rows] == [1800, 3000, 800]


def test_attention_goes_to_the_rows_in_the_window_and_most_to_its_middle() -> None:
    [row] = measured(f"0.0  screen_view  /a  -  -  {SIZES}\n10.0  click  /a  #a  1,1")
    seen = row.attention_ms
    assert len(seen) == 50, "800 px are 50 rows"
    assert seen[24] == seen[25] == max(seen) == pytest.approx(15_000, rel=0.01), "1.5 times the 10 s"
    assert sum(seen) / len(seen) == pytest.approx(10_000, rel=0.01)


def test_scrolling_moves_the_attention() -> None:
    events = [
        Event(1, "screen_view", START, "/a", metadata=json.dumps({"vw": 1280, "vh": 160, "page_h": 3000})),
        Event(2, "scroll", START + 4, "/a", scroll=1600, metadata=json.dumps({"max_y": 1600, "min_y": 0, "vh": 160})),
        Event(3, "click", START + 6, "/a"),
    ]
    [row] = measure_views(Timeline(SESSION_ID, START, START + 6, events=events), NO_BASELINES).rows
    seen = row.attention_ms
    assert len(seen) == 110 and sum(seen[10:100]) == 0
    assert sum(seen[:10]) == pytest.approx(2 * sum(seen[100:]), rel=0.01)


def test_a_row_gets_a_minute_of_a_view_at_most_and_idle_time_counts_for_nothing() -> None:
    busy = "\n".join(f"{second}  click  /a  #a  1,1" for second in range(10, 200, 10))
    [row] = measured(f"0.0  screen_view  /a  -  -  {SIZES}\n{busy}")
    assert max(row.attention_ms) == 60_000
    [row] = measured(f"0.0  screen_view  /a  -  -  {SIZES}\n500.0  click  /a  #a  1,1")
    assert max(row.attention_ms) == pytest.approx(45_000, rel=0.01), "30 s, in the middle times 1.5"


def test_hidden_time_is_no_attention() -> None:
    [row] = measured(f"""
        0.0   screen_view  /a  -  -  {SIZES}
        1.0   visibility   /a  -  -  state=hidden
        20.0  visibility   /a  -  -  state=visible
    """)
    assert max(row.attention_ms) == pytest.approx(1500, rel=0.01)


def test_one_sender_fills_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heatmap_view, "MAX_VIEWS", 3)
    monkeypatch.setattr(heatmap_view, "MAX_CELLS", 60)
    rows = measured("\n".join(f"{n}  screen_view  /s{n}x  -  -  {SIZES}" for n in range(6)))
    assert [len(row.attention_ms) for row in rows] == [50, 50, 0]


class Always:
    """A person who never goes away."""

    def active_ms(self, since: float, until: float) -> float:
        return (until - since) * 1000


MARKS = st.lists(
    st.tuples(st.integers(0, 40_000), st.sampled_from([0, 0, 7, 8, 9, 160, 1600, 2999, 40_000])), max_size=6
)


@settings(max_examples=300, deadline=None)
@given(MARKS, st.one_of(st.integers(1, 1200), st.just(100_000)), st.integers(0, 60_000))
def test_attention_is_the_plain_sum_over_all_stretches_and_rows(
    told: list[tuple[int, int]], vh: int, length_ms: int
) -> None:
    marks = [(0.0, 0), *sorted((min(at_ms, length_ms) / 1000, y) for at_ms, y in told)]
    ends = [at for at, _ in marks[1:]] + [length_ms / 1000]
    expected = []
    for row in range(MAX_ROWS):
        middle, total = row * 16 + 8, 0.0
        for (since, y), until in zip(marks, ends, strict=True):
            u = (middle - y) / vh
            total += 1000 * (until - since) * 6 * u * (1 - u) if 0 <= u <= 1 else 0.0
        expected.append(min(total, 60_000.0))
    found = attention_ms(Always(), marks, ends[-1], vh)  # type: ignore[arg-type]
    assert not found or found[-1] > 0
    assert [*found, *[0] * (MAX_ROWS - len(found))] == pytest.approx(expected, abs=0.51)


@settings(max_examples=150, deadline=None)
@given(SESSIONS)
def test_whatever_a_session_holds_rows_fit_their_columns(session: Timeline) -> None:
    rows = measure_views(session, NO_BASELINES).rows
    numbers = [row.view for row in rows]
    assert numbers == sorted(set(numbers))
    told = [event for event in session.events if event.event_type == "screen_view" and event.screen]
    assert len(rows) >= len(told), "every screen_view with a screen is a view"
    for row in rows:
        assert row.screen == clean_screen(row.screen) and row.band in (None, 0, 1, 2, 3)
        assert (row.band is None) == (row.vw is None)
        assert 0 <= row.reach_px < 2**31 and all(0 <= one <= 60_000 for one in row.attention_ms)
        assert len(row.attention_ms) <= MAX_ROWS
        # The mean weight is 1: what is shared out is never more than the view took (and the rows' rounding).
        window = (row.vh or 800) / 16
        assert sum(row.attention_ms) <= ((row.ended_at - row.started_at) * 1000 + 1) * (window + 2) * 1.2
