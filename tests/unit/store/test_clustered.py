"""The interval of a mean over visitors: against its formula, and against a bootstrap by visitor."""

from __future__ import annotations

import random

import pytest

from mien.store.clustered import clustered_95
from mien.store.wilson import Z_95


def bounds(visitors: list[list[float]]) -> tuple[float, float] | None:
    scores = [score for visitor in visitors for score in visitor]
    totals = [(sum(visitor), len(visitor)) for visitor in visitors]
    return clustered_95(
        sum(scores) / len(scores), len(scores), len(visitors),
        sum(t * t for t, _ in totals), sum(t * n for t, n in totals), float(sum(n * n for _, n in totals)),
    )  # fmt: skip


def test_with_one_session_a_visitor_it_is_the_usual_interval() -> None:
    found = bounds([[60.0], [70.0], [80.0]])
    assert found == pytest.approx((70 - Z_95 * 10 / 3**0.5, 70 + Z_95 * 10 / 3**0.5))


def test_one_visitor_tells_nothing_about_others_and_equal_ones_leave_no_doubt() -> None:
    assert bounds([[60.0, 70.0]]) is None
    assert bounds([[60.0], [60.0, 60.0]]) == pytest.approx((60, 60))


def test_it_stays_inside_the_scale() -> None:
    assert bounds([[0.0], [100.0]]) == (0.0, 100.0)


def test_it_is_what_a_bootstrap_by_visitor_gives() -> None:
    chance = random.Random(3)
    visitors = []
    for _ in range(200):
        level = chance.uniform(40, 90)
        visitors.append([level + chance.uniform(-5, 5) for _ in range(chance.randint(1, 6))])
    means = []
    for _ in range(2000):
        drawn = [score for visitor in chance.choices(visitors, k=len(visitors)) for score in visitor]
        means.append(sum(drawn) / len(drawn))
    means.sort()
    found = bounds(visitors)
    assert found is not None
    assert found == pytest.approx((means[50], means[1949]), abs=0.4)
    assert found[1] - found[0] > 3, "wider than if all sessions were of different people (about 2)"
