"""Windows of lists: they follow one another and leave nothing out, whatever the period and wherever a page ended."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from mien.store.filters import Segment
from mien.store.list_windows import ALL_SCORES, by_score, by_start

START = datetime(2026, 3, 1)
periods = st.builds(
    lambda minutes: Segment(since=START, until=START + timedelta(minutes=minutes), screen="/cart"),
    st.integers(1, 200_000),
)


@given(periods, st.booleans())
def test_windows_of_starts_are_the_period_cut_in_order(segment: Segment, newest_first: bool) -> None:
    windows = list(by_start(segment, newest_first=newest_first))
    if newest_first:
        windows.reverse()
    assert (windows[0].since, windows[-1].until) == (segment.since, segment.until)
    assert all(one.until == other.since for one, other in pairwise(windows))
    assert {one.screen for one in windows} == {"/cart"}


@given(periods, st.booleans(), st.integers(0, 200_000))
def test_a_next_page_begins_where_the_last_one_ended(segment: Segment, newest_first: bool, minute: int) -> None:
    ended = min(START + timedelta(minutes=minute), segment.until - timedelta(microseconds=1))
    windows = list(by_start(segment, newest_first=newest_first, after_at=ended.replace(tzinfo=UTC).timestamp()))
    assert any(one.since <= ended < one.until for one in windows)
    edge = windows[0].until if newest_first else windows[0].since
    assert abs(edge - ended) <= timedelta(seconds=1, milliseconds=1)
    far_edge = windows[-1].since if newest_first else windows[-1].until
    assert far_edge == (segment.since if newest_first else segment.until)


def test_the_newest_window_of_a_month_is_half_a_day() -> None:
    month = Segment(since=START, until=START + timedelta(days=32))
    assert next(by_start(month, newest_first=True)).length == timedelta(hours=12)


def test_scores_are_cut_from_the_worst_on_and_the_last_window_has_those_without() -> None:
    windows = list(by_score(worst_first=True))
    assert windows[0].least is None and windows[-1].below is None
    assert all(one.below == other.least for one, other in pairwise(windows))
    rest = list(by_score(worst_first=True, after_score=60.0))
    assert [(one.least, one.below) for one in rest] == [(60.0, 90.0), (90.0, None)]
    assert list(by_score(worst_first=False)) == [ALL_SCORES]
