"""DDSketch: percentiles from counts by logarithmic bins, within 1 % of the value, and mergeable by adding counts.

C. Masson, J. E. Rim, H. K. Lee, "DDSketch: a fast and fully-mergeable quantile sketch with relative-error guarantees",
PVLDB 12 (2019). Bin b holds (GAMMA^(b-1), GAMMA^b]; its estimate 2 * GAMMA^b / (GAMMA + 1) is at most ALPHA away from
each value in it. Bins are computed in SQL only (sql/fragments/latency_bin.sql): two libraries may put a value at an
edge into different ones. Pure.
"""

from __future__ import annotations

import msgspec

ALPHA = 0.01
"""Relative error of a percentile; the standard choice (0.5 ms to 120 s are 620 bins)."""
GAMMA = (1 + ALPHA) / (1 - ALPHA)
ZERO_BIN = -32768
"""Of 0 ms, and of negative times (plain SQL): their estimate is 0."""
MAX_MS = 3_600_000
"""Longer calls count as this long: one hour."""
LEAST_FOR_P95, LEAST_FOR_P99 = 20, 100
"""Of fewer calls these percentiles are hardly more than the slowest call (visual.md 5.7): they are left out."""


class Percentiles(msgspec.Struct, frozen=True):
    """Milliseconds, each at most 1 % from the exact value; None: no or too few finished calls (p95: 20, p99: 100)."""

    p50: float | None
    p75: float | None
    p95: float | None
    p99: float | None


class BinnedRow(msgspec.Struct, frozen=True):
    """What `bin_percentiles` gives: the number of values and the bins of their percentiles."""

    finished: int
    p50_bin: int | None
    p75_bin: int | None
    p95_bin: int | None
    p99_bin: int | None

    def percentiles(self) -> Percentiles:
        """The bins as milliseconds; left out where the values are too few."""
        return Percentiles(
            p50=estimate_ms(self.p50_bin),
            p75=estimate_ms(self.p75_bin),
            p95=estimate_ms(self.p95_bin) if self.finished >= LEAST_FOR_P95 else None,
            p99=estimate_ms(self.p99_bin) if self.finished >= LEAST_FOR_P99 else None,
        )


def estimate_ms(bin_: int | None) -> float | None:
    """The value that a bin stands for; None for no bin."""
    if bin_ is None:
        return None
    return 0.0 if bin_ == ZERO_BIN else 2 * GAMMA**bin_ / (GAMMA + 1)


def edges_ms(first_bin: int, last_bin: int) -> tuple[int, int | None]:
    """The whole milliseconds of these bins, half-open: `from` included, `to` excluded (None: no end).

    Equal edges: no whole millisecond is in them.
    """
    if last_bin == ZERO_BIN:
        return 0, 1
    to = int(GAMMA**last_bin) + 1
    return int(GAMMA ** (first_bin - 1)) + 1, to if to <= MAX_MS else None
