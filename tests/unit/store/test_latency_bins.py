"""Bins of latencies: what they stand for, their edges, and when percentiles are too few to be told."""

from __future__ import annotations

import pytest

from mien.store.latency_bins import ALPHA, GAMMA, ZERO_BIN, BinnedRow, edges_ms, estimate_ms


@pytest.mark.parametrize("bin_", [-115, 0, 1, 300, 755])
def test_an_estimate_is_as_far_from_both_edges(bin_: int) -> None:
    estimate = estimate_ms(bin_)
    assert estimate is not None
    assert estimate / GAMMA**bin_ - 1 == pytest.approx(-ALPHA)
    assert estimate / GAMMA ** (bin_ - 1) - 1 == pytest.approx(ALPHA)


def test_no_bin_and_the_bin_of_zero() -> None:
    assert estimate_ms(None) is None and estimate_ms(ZERO_BIN) == 0


def test_edges_of_neighbours_meet_and_the_last_is_open() -> None:
    assert edges_ms(ZERO_BIN, ZERO_BIN) == (0, 1)
    assert edges_ms(-9, 0) == (1, 2), "one whole millisecond"
    assert edges_ms(1, 10) == (2, 2), "1 < ms <= 1.22: none"
    for first in range(1, 740, 10):
        assert edges_ms(first, first + 9)[1] == edges_ms(first + 10, first + 19)[0]
    assert edges_ms(751, 760)[1] is None


@pytest.mark.parametrize(("finished", "p95", "p99"), [(19, False, False), (20, True, False), (100, True, True)])
def test_too_few_calls_have_no_high_percentiles(finished: int, p95: bool, p99: bool) -> None:
    found = BinnedRow(finished, 100, 200, 300, 400).percentiles()
    assert found.p50 is not None and found.p75 is not None
    assert (found.p95 is not None, found.p99 is not None) == (p95, p99)
