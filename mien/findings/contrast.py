"""Points lost per session in two groups, and how sure their difference is: a bootstrap by visitor. Pure.

Sessions of one person are alike, so people are drawn, not sessions. Drawn with the Poisson bootstrap (Hanley and
MacGibbon, "Creating non-parametric bootstrap samples using Poisson frequencies", Computer Methods and Programs in
Biomedicine 83 (2006), 57-62): each visitor counts 0, 1, 2, ... times, by a Poisson number of mean 1. Intervals are the
percentiles of the draws; p is that of the normal distribution with their standard deviation, which is finer than a
count of 1,000 draws. The same sessions always give the same figures: the seed is fixed.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import erfc, sqrt
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from mien.findings.shapes import Contrast

Floats: TypeAlias = npt.NDArray[np.float64]
Integers: TypeAlias = npt.NDArray[np.int64]
Members: TypeAlias = npt.NDArray[np.bool_]

DRAWS, DRAWS_OF_MANY, MANY_VISITORS = 1_000, 400, 20_000
AT_ONCE = 16_384
"""Visitors multiplied at a time: of 200,000 at once the weights alone would take 700 MB."""
SEED = 20_060_508


class Losses:
    """`points` (above 0) that the sessions of these `numbers` lost; a session may stand there several times."""

    def __init__(self, numbers: Sequence[int] | Integers, points: Sequence[float] | Floats) -> None:
        self.numbers: Integers = np.asarray(numbers, dtype=np.int64)
        self.points: Floats = np.asarray(points, dtype=np.float64)

    @classmethod
    def joined(cls, parts: Sequence[Losses]) -> Losses:
        """All of them together."""
        return cls(np.concatenate([one.numbers for one in parts]), np.concatenate([one.points for one in parts]))

    def total(self, members: Members) -> float:
        """What these sessions lost together."""
        return float(self.points[members[self.numbers]].sum())

    def sessions(self, members: Members) -> int:
        """How many of these sessions lost anything."""
        return len(np.unique(self.numbers[members[self.numbers]]))

    def of_each(self, count: int) -> Floats:
        """What each session lost, by number."""
        return np.bincount(self.numbers, weights=self.points, minlength=count).astype(np.float64)


class Resampler:
    """`visitor`: of each session, as numbers from 0 without holes."""

    def __init__(self, visitor: Sequence[int]) -> None:
        self.visitor: Integers = np.asarray(visitor, dtype=np.int64)
        count = int(self.visitor.max()) + 1 if len(self.visitor) else 0
        draws = DRAWS if count <= MANY_VISITORS else DRAWS_OF_MANY
        self.weights = np.random.default_rng(SEED).poisson(1.0, (draws, count)).astype(np.uint8)
        self._counts: dict[bytes, Floats] = {}

    def contrast(self, losses: Losses, members: Members, others: Members) -> Contrast:
        """Of two groups without a common session, neither of them empty."""
        size, other_size = int(members.sum()), int(others.sum())
        points, other = losses.total(members) / size, losses.total(others) / other_size
        draws = self._means(losses, members) - self._means(losses, others)
        low, high = np.percentile(draws, (2.5, 97.5))
        deviation = float(draws.std(ddof=1))
        difference = points - other
        p = erfc(abs(difference) / deviation / sqrt(2)) if deviation else float(difference == 0)
        return Contrast(points, other, difference, float(low), float(high), p, size, other_size)

    def _means(self, losses: Losses, members: Members) -> Floats:
        inside = members[losses.numbers]
        who, at = np.unique(self.visitor[losses.numbers[inside]], return_inverse=True)
        sums = np.bincount(at, weights=losses.points[inside], minlength=len(who))
        sessions = np.maximum(self._sessions(members), 1.0)
        drawn = np.zeros(len(self.weights))
        for first in range(0, len(who), AT_ONCE):
            some = slice(first, first + AT_ONCE)
            drawn += self.weights[:, who[some]].astype(np.float64) @ sums[some]
        return np.asarray(drawn / sessions)

    def _sessions(self, members: Members) -> Floats:
        """Of the group in each draw; asked for the same groups again and again."""
        key = members.tobytes()
        if key not in self._counts:
            sizes = np.bincount(self.visitor[members], minlength=self.weights.shape[1]).astype(np.float64)
            self._counts[key] = np.array([row @ sizes for row in self.weights])  # by row: no copy of all as floats
        return self._counts[key]
