"""Rank agreement of a score with ratings, and intervals by resampling persons. Small, pure."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import TypeVar

RowT = TypeVar("RowT")
RESAMPLES = 2000


def ranks(values: Sequence[float]) -> list[float]:
    """1 for the smallest; ties share the mean of their ranks."""
    order = sorted(range(len(values)), key=lambda index: values[index])
    found = [0.0] * len(values)
    at = 0
    while at < len(order):
        end = at
        while end + 1 < len(order) and values[order[end + 1]] == values[order[at]]:
            end += 1
        for index in order[at : end + 1]:
            found[index] = (at + end) / 2 + 1
        at = end + 1
    return found


def spearman(one: Sequence[float], other: Sequence[float]) -> float:
    """Spearman's rank correlation, -1 to 1: Pearson's of the ranks. 0 where one of them does not vary."""
    a, b = ranks(one), ranks(other)
    mean = (len(a) + 1) / 2
    top = sum((x - mean) * (y - mean) for x, y in zip(a, b, strict=True))
    below = (sum((x - mean) ** 2 for x in a) * sum((y - mean) ** 2 for y in b)) ** 0.5
    return top / below if below else 0.0


def auc(scores: Sequence[float], is_bad: Sequence[bool]) -> float:
    """Share of pairs (bad, not bad) in which the bad one has the lower score; ties count half. 0.5 without pairs."""
    bad = sum(is_bad)
    good = len(is_bad) - bad
    if not bad or not good:
        return 0.5
    total = sum(rank for rank, one in zip(ranks(scores), is_bad, strict=True) if not one)
    return (total - good * (good + 1) / 2) / (bad * good)


def interval(
    rows: Sequence[RowT], person: Callable[[RowT], str], figure: Callable[[Sequence[RowT]], float]
) -> tuple[float, float]:
    """The middle 95 % of `figure` over RESAMPLES samples of persons, drawn with replacement; the same each time."""
    by_person: dict[str, list[RowT]] = {}
    for row in rows:
        by_person.setdefault(person(row), []).append(row)
    people, dice = sorted(by_person), random.Random(4)  # noqa: S311 (no secret)
    found = sorted(
        figure([row for name in dice.choices(people, k=len(people)) for row in by_person[name]])
        for _ in range(RESAMPLES)
    )
    return found[int(0.025 * RESAMPLES)], found[int(0.975 * RESAMPLES) - 1]
