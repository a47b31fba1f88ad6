"""Wilson's interval against values that others published, and its properties."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mien.store.verdicts import VerdictCounts
from mien.store.wilson import wilson_95


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [
        # R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998),
        # table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_it_gives_the_published_intervals(successes: int, trials: int, low: float, high: float) -> None:
    assert wilson_95(successes, trials) == pytest.approx((low, high), abs=5e-5)


def test_of_nothing_everything_is_possible() -> None:
    assert wilson_95(0, 0) == (0.0, 1.0)


@given(st.integers(1, 2000).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials))))
def test_it_holds_the_share_and_stays_within_0_and_1(counts: tuple[int, int]) -> None:
    successes, trials = counts
    low, high = wilson_95(successes, trials)
    assert 0 <= low <= successes / trials <= high <= 1
    other_low, other_high = wilson_95(trials - successes, trials)
    assert (other_low, other_high) == pytest.approx((1 - high, 1 - low))


@pytest.mark.parametrize(
    ("verdicts", "frustration", "is_proposed"),
    [(19, 0, False), (20, 0, True), (20, 2, False), (20, 1, True), (60, 10, True), (60, 12, False)],
)
def test_muting_is_proposed_after_20_verdicts_when_precision_is_surely_below_0_3(
    verdicts: int, frustration: int, is_proposed: bool
) -> None:
    row = VerdictCounts("rage_click", "#next", "/list", verdicts, frustration)
    assert row.is_to_be_muted is is_proposed
    assert VerdictCounts("rage_click", None, "/list", verdicts, frustration).is_to_be_muted is False
