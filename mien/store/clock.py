"""Seconds since the epoch as pages need them. Plain SQL may have stored any time: what no calendar holds is clamped."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import isfinite

EARLIEST, LATEST = datetime(1970, 1, 1), datetime(2200, 1, 1)
"""Periods that one may ask for lie between these (naive UTC, half-open); nothing else is a start that anybody meant."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EARLIEST, _LATEST = -62_000_000_000.0, 253_000_000_000.0  # years 5 and 9987: inside what a datetime can hold
MAX_OFFSET_MS = 10**12
"""About 30 years: an offset beyond it is a broken time, and JavaScript still holds it exactly."""


def to_datetime(seconds: float | None) -> datetime:
    """Aware UTC; None (no time at all) is the epoch."""
    if seconds is None:
        return _EPOCH
    return _EPOCH + timedelta(seconds=min(max(seconds, _EARLIEST), _LATEST))


def offset_ms(at: float, start: float) -> int:
    """Milliseconds from `start` to `at`, both in seconds since the epoch; negative when `at` is earlier."""
    if not isfinite(at) or not isfinite(start):
        return MAX_OFFSET_MS if at > start else -MAX_OFFSET_MS
    return min(max(round((at - start) * 1000), -MAX_OFFSET_MS), MAX_OFFSET_MS)
