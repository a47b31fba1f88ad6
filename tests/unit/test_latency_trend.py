"""How wide the buckets of a latency trend are."""

from __future__ import annotations

from datetime import timedelta

from mien.store.latency_trend import wide_enough

HOUR, DAY = 3600, 86_400


def test_buckets_with_calls_enough_stay_as_they_are() -> None:
    assert wide_enough(dict.fromkeys(range(0, 50 * HOUR, HOUR), 20), HOUR, timedelta(days=2)) == HOUR


def test_buckets_grow_until_half_of_them_have_twenty_calls() -> None:
    assert wide_enough(dict.fromkeys(range(0, 7 * DAY, HOUR), 7), HOUR, timedelta(days=7)) == 3 * HOUR
    assert wide_enough(dict.fromkeys(range(0, 7 * DAY, HOUR), 6), HOUR, timedelta(days=7)) == 6 * HOUR


def test_seven_buckets_stay() -> None:
    assert wide_enough({0: 1, DAY: 1}, HOUR, timedelta(days=7)) == DAY
    assert wide_enough({0: 1, DAY: 1}, HOUR, timedelta(days=6)) == DAY // 2
    assert wide_enough({0: 1}, 60, timedelta(minutes=5)) == 60


def test_buckets_without_a_finished_call_do_not_count() -> None:
    assert wide_enough({}, HOUR, timedelta(days=7)) == HOUR
    assert wide_enough({0: 0, HOUR: 25}, HOUR, timedelta(days=7)) == HOUR


def test_only_steps_that_whole_buckets_fill_are_taken() -> None:
    """Of weeks no month can be made."""
    assert wide_enough({0: 1}, 7 * DAY, timedelta(days=700)) == 91 * DAY
