"""How sure the difference of two means is: Welch's interval of one look, and one of all looks together. Pure.

B. L. Welch, "The generalization of Student's problem when several different population variances are involved",
Biometrika 34 (1947), 28-35. Quantiles of Student's t by the expansion of R. A. Fisher and E. A. Cornish, "The
percentile points of distributions having known cumulants", Technometrics 2 (1960), 209-225.

Who looks at a release each day until it differs will see it differ: for that there is the interval of the mixture
sequential probability ratio test (R. Johari, P. Koomen, L. Pekelis, D. Walsh, "Always valid inference: continuous
monitoring of A/B tests", Operations Research 70 (2022), 1806-1821), with a normal mixture of standard deviation SCALE.
"""

from __future__ import annotations

from math import log, sqrt

import msgspec

from mien.store.wilson import Z_95

LEAST_SESSIONS = 10
"""On each side; below, the expansion and the claim itself are worth little."""

SCALE = 3.0
"""Own choice, in points of the score: differences of this size are found soonest. Any value keeps the 5 %."""


class Difference(msgspec.Struct, frozen=True):
    """A mean minus another, with its 95 % interval."""

    value: float
    low: float
    high: float


class Sample(msgspec.Struct, frozen=True):
    """`variance` with n - 1; None below two values."""

    count: int
    mean: float | None
    variance: float | None


def sample_of(count: int, score_sum: float, lost_squares: float) -> Sample:
    """From a sum of scores and one of the squares of points lost (100 - score). Pure."""
    if not count:
        return Sample(0, None, None)
    lost = 100 * count - score_sum
    variance = (lost_squares - lost**2 / count) / (count - 1) if count > 1 else None
    # Less than that is what rounding leaves of equal scores.
    return Sample(count, score_sum / count, variance if variance is None or variance > 1e-9 else 0.0)


def student_95(degrees: float) -> float:
    """The 97.5th percentile of Student's t; within 0.001 from 7 degrees of freedom on."""
    z = Z_95
    terms = (
        z,
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return sum(term / degrees**power for power, term in enumerate(terms))


def mean_95(sample: Sample) -> tuple[float, float] | None:
    """Student's interval of a mean of scores, inside 0 to 100; None below LEAST_SESSIONS."""
    if sample.count < LEAST_SESSIONS or sample.mean is None:
        return None
    half = student_95(sample.count - 1) * sqrt((sample.variance or 0) / sample.count)
    return max(sample.mean - half, 0.0), min(sample.mean + half, 100.0)


def difference_95(one: Sample, other: Sample) -> Difference | None:
    """The mean of `one` minus that of `other`; None when either side has under LEAST_SESSIONS."""
    if min(one.count, other.count) < LEAST_SESSIONS:
        return None
    assert one.mean is not None and other.mean is not None  # of ten values there is a mean
    part, part_other = (one.variance or 0) / one.count, (other.variance or 0) / other.count
    value, squared = one.mean - other.mean, part + part_other
    if squared == 0:
        return Difference(value, value, value)
    degrees = squared**2 / (part**2 / (one.count - 1) + part_other**2 / (other.count - 1))
    half = student_95(degrees) * sqrt(squared)
    return Difference(value, value - half, value + half)


def always_95(one: Sample, other: Sample) -> Difference | None:
    """As `difference_95`, but with 95 % the intervals of all looks at growing samples hold the true difference.

    By the normal distribution; wider than Welch's, and never narrower.
    """
    single = difference_95(one, other)
    if single is None or single.low == single.high:
        return single
    squared = (one.variance or 0) / one.count + (other.variance or 0) / other.count
    wide = squared + SCALE**2
    half = sqrt(2 * squared * wide / SCALE**2 * (log(1 / 0.05) + log(wide / squared) / 2))
    half = max(half, single.high - single.value)
    return Difference(single.value, single.value - half, single.value + half)
