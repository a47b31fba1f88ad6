"""The log-normal curve of Lighthouse and Sentry: which share of people would put up with a value. Shared, pure."""

from __future__ import annotations

from math import erfc, log

ERFC_INV_ONE_FIFTH = 0.9061938024368232


def accepted_share(value: float, p10: float, median: float) -> float:
    """0.9 at `p10`, 0.5 at `median` (both above 0, `p10` < `median`), towards 0 beyond; 1 for nothing or less."""
    if value <= 0:
        return 1.0
    return 0.5 * erfc(ERFC_INV_ONE_FIFTH * log(value / median) / log(median / p10))
