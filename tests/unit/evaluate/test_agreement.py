"""The figures that scores are judged by, against values worked out by hand."""

from __future__ import annotations

import pytest

from evaluation.agreement import auc, interval, ranks, spearman


def test_ties_share_their_rank() -> None:
    assert ranks([10, 20, 20, 5]) == [2, 3.5, 3.5, 1]


def test_spearman_knows_order_only() -> None:
    assert spearman([1, 2, 3], [1, 10, 100]) == pytest.approx(1)
    assert spearman([1, 2, 3], [3, 2, 1]) == pytest.approx(-1)
    assert spearman([1, 2, 3, 4, 5], [2, 1, 4, 3, 5]) == pytest.approx(0.8)
    assert spearman([1, 1, 1], [1, 2, 3]) == 0


def test_auc_is_the_share_of_pairs_in_order() -> None:
    assert auc([10, 20, 30, 40], [True, True, False, False]) == 1
    assert auc([10, 30, 20, 40], [True, True, False, False]) == 0.75
    assert auc([5, 5], [True, False]) == 0.5


def test_an_interval_holds_the_figure_of_all_and_is_the_same_each_time() -> None:
    rows = [(f"person {number % 5}", float(number)) for number in range(50)]
    low, high = interval(rows, lambda row: row[0], lambda some: sum(row[1] for row in some) / len(some))
    assert low <= 24.5 <= high
    assert (low, high) == interval(rows, lambda row: row[0], lambda some: sum(row[1] for row in some) / len(some))
