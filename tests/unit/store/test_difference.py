"""Welch's interval against values that others published, and its properties."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mien.store.difference import (
    LEAST_SESSIONS,
    Difference,
    Sample,
    always_95,
    difference_95,
    mean_95,
    sample_of,
    student_95,
)
from mien.store.wilson import rise_95


@pytest.mark.parametrize(
    ("degrees", "quantile"), [(7, 2.3646), (9, 2.2622), (18, 2.1009), (30, 2.0423), (60, 2.0003), (1e9, 1.95996)]
)
def test_student_against_the_tables(degrees: float, quantile: float) -> None:
    assert student_95(degrees) == pytest.approx(quantile, abs=1e-3)


def test_the_sleep_of_student() -> None:
    """Student's data of 1908 (extra hours of sleep, two drugs): Welch's interval in R's `t.test` is -3.3654832 to
    0.2054832 on 17.776 degrees."""
    one = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    two = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    found = difference_95(sample(one), sample(two))
    assert found is not None
    assert (found.value, found.low, found.high) == pytest.approx((-1.58, -3.3654832, 0.2054832), abs=1e-3)


def test_the_mean_of_students_sleep() -> None:
    """The first drug, 0.75 h: R's `t.test` gives -0.5297804 to 2.0297804. Fifty added: scores are not below zero."""
    hours = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    assert mean_95(sample([50 + hour for hour in hours])) == pytest.approx((49.4702196, 52.0297804), abs=1e-3)
    assert mean_95(sample([50 + hour for hour in hours[1:]])) is None, "of nine nothing is said"
    assert mean_95(Sample(10, 99.9, 400.0)) == (pytest.approx(99.9 - 14.31, abs=0.01), 100.0)
    assert mean_95(Sample(10, 70.0, 0.0)) == (70.0, 70.0)


@given(st.lists(st.floats(0, 100), min_size=2, max_size=50))
def test_sums_give_the_same_sample_as_values(values: list[float]) -> None:
    found = sample_of(len(values), sum(values), sum((100 - value) ** 2 for value in values))
    assert found.mean == pytest.approx(np.mean(values)) and found.variance is not None
    assert found.variance == pytest.approx(np.var(values, ddof=1), rel=1e-6, abs=1e-6)


def sample(values: list[float]) -> Sample:
    mean = sum(values) / len(values)
    return Sample(len(values), mean, sum((value - mean) ** 2 for value in values) / (len(values) - 1))


def test_of_few_nothing_is_said_and_of_equal_values_no_more_than_they_are() -> None:
    few, enough = Sample(LEAST_SESSIONS - 1, 50.0, 4.0), Sample(LEAST_SESSIONS, 50.0, 4.0)
    assert difference_95(few, enough) is None and difference_95(enough, few) is None
    assert difference_95(enough, enough) is not None
    assert difference_95(Sample(10, 60.0, 0.0), Sample(20, 50.0, 0.0)) == Difference(10.0, 10.0, 10.0)
    assert difference_95(Sample(0, None, None), enough) is None


@pytest.mark.parametrize(
    ("now", "trials_now", "before", "trials_before", "low", "high"),
    [
        # R. G. Newcombe, "Interval estimation for the difference between independent proportions", Statistics in
        # Medicine 17 (1998), table II, method 10.
        (56, 70, 48, 80, 0.0524, 0.3339),
        (9, 10, 3, 10, 0.1705, 0.8090),
        (10, 10, 0, 20, 0.6791, 1.0000),
    ],
)
def test_the_rise_of_a_share_has_the_published_interval(
    now: int, trials_now: int, before: int, trials_before: int, low: float, high: float
) -> None:
    assert rise_95(now, trials_now, before, trials_before) == pytest.approx((low, high), abs=5e-5)


def test_of_no_sessions_every_rise_is_possible() -> None:
    assert rise_95(0, 0, 5, 10) == rise_95(5, 10, 0, 0) == (-1.0, 1.0)


@given(st.integers(1, 500), st.integers(1, 500), st.data())
def test_a_rise_holds_its_own_difference_and_turns_with_its_sides(n: int, m: int, data: st.DataObject) -> None:
    k, j = data.draw(st.integers(0, n)), data.draw(st.integers(0, m))
    low, high = rise_95(k, n, j, m)
    assert low <= k / n - j / m + 1e-12 and k / n - j / m <= high + 1e-12
    assert rise_95(j, m, k, n) == pytest.approx((-high, -low))


def test_who_looks_at_every_step_is_seldom_wrong_and_with_a_plain_interval_often() -> None:
    dice = np.random.default_rng(7)
    wrong = {"always": 0, "once": 0}
    for _ in range(400):
        one, other = dice.normal(80, 15, 3000), dice.normal(80, 15, 3000)
        looks = [(measured(one[:n]), measured(other[:n])) for n in range(100, 3001, 100)]
        for name, interval in (("always", always_95), ("once", difference_95)):
            found = [interval(*look) for look in looks]
            wrong[name] += any(each is not None and not each.low <= 0 <= each.high for each in found)
    assert wrong["always"] <= 20 < 60 < wrong["once"], wrong


def test_a_real_difference_is_told_all_the_same() -> None:
    found = always_95(Sample(1000, 72.0, 225.0), Sample(1000, 76.0, 225.0))
    assert found is not None and found.high < 0
    assert always_95(Sample(9, 72.0, 225.0), Sample(1000, 76.0, 225.0)) is None
    assert always_95(Sample(50, 100.0, 0.0), Sample(50, 100.0, 0.0)) == Difference(0.0, 0.0, 0.0)


def measured(values: np.ndarray) -> Sample:
    return Sample(len(values), float(values.mean()), float(values.var(ddof=1)))
