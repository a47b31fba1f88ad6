"""The curve by which times and shifts become shares of people."""

from __future__ import annotations

import pytest

from mien.analyzers.curve import accepted_share


def test_the_curve_passes_through_its_two_points() -> None:
    assert accepted_share(500, 500, 2000) == pytest.approx(0.9)
    assert accepted_share(2000, 500, 2000) == pytest.approx(0.5)


@pytest.mark.parametrize(("ms", "share"), [(100, 0.997), (1000, 0.74), (2000, 0.5), (4000, 0.26), (10_000, 0.07)])
def test_latencies_become_the_shares_that_the_docs_state(ms: float, share: float) -> None:
    assert accepted_share(ms, 500, 2000) == pytest.approx(share, abs=0.005)


@pytest.mark.parametrize("value", [0, -1, -1e9])
def test_nothing_or_less_is_accepted_by_all(value: float) -> None:
    assert accepted_share(value, 500, 2000) == 1.0


def test_more_is_never_accepted_by_more_people() -> None:
    shares = [accepted_share(value, 0.1, 0.25) for value in (0.0, 0.01, 0.1, 0.25, 1.0, 1e6)]
    assert shares == sorted(shares, reverse=True)
