"""Periods, and the one translation of filters."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest

from mien.api.filters import check_text, provide_list_segment, provide_ways, to_period
from mien.errors import InvalidRequest
from mien.store.filters import Funnel, Segment
from mien.store.overview import MAX_BUCKETS, bucket_seconds
from mien.store.statements import statement

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)
SEGMENT = Segment(since=datetime(2026, 11, 14), until=datetime(2026, 11, 21))


def test_every_figure_and_list_takes_every_filter() -> None:
    names = ("segment.summary", "segment.trend", "overview.causes", "overview.places", "session_list.page",
             "latency.total", "latency.apis", "latency.dose", "vitals.rows")  # fmt: skip
    for one in map(statement, names):
        assert SEGMENT.arguments().keys() <= set(one.parameters), one.name


def test_the_default_is_seven_days_up_to_now() -> None:
    since, until = to_period(None, None)
    assert until - since == 7 * DAY
    assert timedelta() <= until - datetime.now(UTC) <= timedelta(minutes=1)


def test_a_period_has_one_end_or_both() -> None:
    assert to_period(None, NOON) == (NOON - 7 * DAY, NOON)
    berlin = timezone(timedelta(hours=1))
    assert to_period(NOON.astimezone(berlin), NOON.replace(tzinfo=None) + DAY) == (NOON, NOON + DAY)


@pytest.mark.parametrize(
    ("since", "until"),
    [(NOON, NOON), (NOON + DAY, NOON), (datetime.min, NOON), (NOON, datetime.max),
     (NOON, datetime.max.replace(tzinfo=timezone(-DAY / 2))), (datetime.min.replace(tzinfo=timezone(DAY / 2)), NOON)],
)  # fmt: skip
def test_empty_and_far_periods_are_refused(since: datetime, until: datetime) -> None:
    with pytest.raises(InvalidRequest):
        to_period(since, until)


def test_text_that_the_database_cannot_hold_is_refused() -> None:
    assert check_text("q", "  ") is None and check_text("q", None) is None and check_text("q", "ö") == "ö"
    for wrong in ("a\0b", "\ud800"):
        with pytest.raises(InvalidRequest, match="q"):
            check_text("q", wrong)


def test_the_period_before_is_as_long_and_keeps_the_filters() -> None:
    phones = msgspec.structs.replace(SEGMENT, device="phone")
    before = phones.before()
    assert before.until == SEGMENT.since and before.length == SEGMENT.length and before.device == "phone"


def test_a_place_needs_its_kind() -> None:
    for half in ({"place": "/cart"}, {"place_kind": "screen"}):
        with pytest.raises(InvalidRequest, match="place"):
            provide_list_segment(SEGMENT, {}, **half)  # type: ignore[arg-type]


def test_an_element_without_a_screen_can_be_asked_for() -> None:
    def asked(place_screen: str | None) -> str | None:
        return provide_list_segment(
            SEGMENT, {}, place_kind="element", place="#pay", place_screen=place_screen
        ).place_screen

    assert (asked(None), asked(""), asked("/cart")) == (None, "", "/cart")


@pytest.mark.parametrize("length", [timedelta(seconds=1), DAY, 7 * DAY, 30 * DAY, 365 * DAY, 230 * 365 * DAY])
def test_a_trend_has_few_buckets_however_long_the_period(length: timedelta) -> None:
    segment = msgspec.structs.replace(SEGMENT, until=SEGMENT.since + length)
    assert length.total_seconds() / bucket_seconds(segment) <= max(MAX_BUCKETS, 230)
    assert bucket_seconds(SEGMENT) == 3 * 3600


def test_ways_are_read_once_for_all_lists() -> None:
    ways = provide_ways(
        path="/a>/b", left_at="/b", loop="/a>/b", funnel="/a>>event:x", reached=1, dropped=True, before="rage"
    )
    segment = provide_list_segment(SEGMENT, ways)
    assert segment.path is not None and [step.names for step in segment.path.steps] == [("/a",), ("/b",)]
    assert (segment.left_at, segment.loop, segment.seen_before) == ("/b", ("/a", "/b"), "rage")
    assert segment.funnel == Funnel(steps=("screen:/a", "event:x"), reached=1, is_dropped=True)
    arguments = segment.arguments()
    assert (arguments["reached_from"], arguments["reached_to"], arguments["funnel_events"]) == (1, 1, ["x"])
    assert len(arguments["paths"]) == 3 and arguments["before_types"] == ["rage_click"]  # type: ignore[arg-type]


def test_of_no_way_nothing_is_asked() -> None:
    arguments = provide_list_segment(SEGMENT, provide_ways(path=" ", left_at="")).arguments()
    names = ("paths", "funnel", "funnel_events", "within_s", "reached_from", "before_types", "is_before")
    assert [arguments[name] for name in names] == [None] * len(names)
