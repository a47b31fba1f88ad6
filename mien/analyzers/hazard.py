"""The arithmetic of the experience score: S = 100 * exp(-H), and how H splits into contributions. Knows no session.

Formulas and worked examples: docs/analyzers/experience_score.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, expm1, floor, fsum, log

from mien.analyzers.curve import accepted_share


def score(hazard: float) -> float:
    """0-100 for a hazard of 0 or more; 100 exactly when nothing was observed wrong."""
    return 100 * exp(-hazard)


def lost_points(hazards: Sequence[float]) -> list[float]:
    """Each hazard's contribution: its share of 100 - S. They sum to 100 - S (Aumann-Shapley split)."""
    total = fsum(hazards)
    if total <= 0:
        return [0.0 for _ in hazards]
    lost = -100 * expm1(-total)
    return [lost * hazard / total for hazard in hazards]


def gain_if_fixed(hazard: float, of_total: float) -> float:
    """What the score would rise by if this hazard alone went away: less than its points when others remain."""
    return score(of_total) * expm1(hazard)


def repeated_hazards(weight: float, confidences: Sequence[float], repeat_factor: float) -> list[float]:
    """The hazard of each incident of one type, in the order given; `weight` is that of a certain one.

    The surest counts in full, each further one `repeat_factor` (below 1) of the one before; equal confidences rank in
    the order given. The sum does not depend on the order, and stays below weight / (1 - repeat_factor).
    """
    hazards = [0.0] * len(confidences)
    by_confidence = sorted(range(len(confidences)), key=lambda index: -confidences[index])
    for rank, index in enumerate(by_confidence):
        hazards[index] = weight * confidences[index] * repeat_factor**rank
    return hazards


def curve_loss(value: float, p10: float, median: float, floor_share: float) -> float:
    """-ln of the share of people who would put up with `value`, at least `floor_share` of them; 0 or more."""
    return floor_loss(max(accepted_share(value, p10, median), floor_share))


def floor_loss(share: float) -> float:
    """-ln of a share (above 0, at most 1). Of the floor: the most that one call or vital can weigh."""
    return abs(log(share))


def rounded(value: float) -> int:
    """To the nearest integer, halves up."""
    return floor(value + 0.5)


def shown_points(points: Sequence[float], total: int) -> list[int]:
    """Integers that sum to `total`: each rounded down, then the largest remainders one up (earlier first on a tie)."""
    shown = [floor(value) for value in points]
    by_remainder = sorted(range(len(points)), key=lambda index: shown[index] - points[index])
    for index in by_remainder[: max(total - sum(shown), 0)]:
        shown[index] += 1
    return shown
