"""How sure a share is that was counted: Wilson's interval. Pure.

E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
Statistical Association 22 (1927), 209-212. With p = k/n and z the normal quantile:

    (p + z²/2n ± z · sqrt(p(1 - p)/n + z²/4n²)) / (1 + z²/n)

It stays inside 0 to 1 and is honest for few and for extreme counts, where p ± z · sqrt(p(1 - p)/n) is not.
"""

from __future__ import annotations

from math import sqrt

Z_95 = 1.959963984540054
"""The 97.5th percentile of the normal distribution: two-sided 95 %."""


def wilson_95(successes: int, trials: int) -> tuple[float, float]:
    """Lower and upper bound of the share, 0 to 1; of no trials everything is possible."""
    if trials == 0:
        return 0.0, 1.0
    share, z2 = successes / trials, Z_95**2
    middle = share + z2 / (2 * trials)
    half = Z_95 * sqrt(share * (1 - share) / trials + z2 / (4 * trials**2))
    whole = 1 + z2 / trials
    # At the ends the bound is the end itself, which rounding would miss.
    low = 0.0 if successes == 0 else (middle - half) / whole
    return low, 1.0 if successes == trials else (middle + half) / whole


def rise_95(now: int, trials_now: int, before: int, trials_before: int) -> tuple[float, float]:
    """Lower and upper bound of share now minus share before; of no trials on either side everything is possible.

    R. G. Newcombe, "Interval estimation for the difference between independent proportions", Statistics in Medicine 17
    (1998), 873-890, method 10: the two Wilson intervals, joined by the square-and-add rule.
    """
    if not trials_now or not trials_before:
        return -1.0, 1.0
    share, share_before = now / trials_now, before / trials_before
    (low, high), (low_before, high_before) = wilson_95(now, trials_now), wilson_95(before, trials_before)
    difference = share - share_before
    return (
        difference - sqrt((share - low) ** 2 + (high_before - share_before) ** 2),
        difference + sqrt((high - share) ** 2 + (share_before - low_before) ** 2),
    )
