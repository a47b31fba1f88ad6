"""What a session lost at one place over both periods, by steps of time: the small picture beside "since when". Pure."""

from __future__ import annotations

from collections.abc import Sequence
from math import nan

import numpy as np

from mien.findings.contrast import Floats

STEPS_EACH = 14
"""Own choice: of each of the two periods; a week by half days."""


def course_of(started_at: Sequence[float], lost: Floats, divide_at: float) -> list[float | None]:
    """Means of `lost` (of each session, in points) by equal steps of time; None where no session began.

    STEPS_EACH before `divide_at` and as many from there on, of the length that the longer side takes.
    """
    at = np.asarray(started_at)
    length = max(float(at[-1]) - divide_at, divide_at - float(at[0])) + 1e-6
    edges = divide_at + np.linspace(-length, length, 2 * STEPS_EACH + 1)
    place = np.clip(np.searchsorted(edges, at, side="right") - 1, 0, 2 * STEPS_EACH - 1)
    counts = np.bincount(place, minlength=2 * STEPS_EACH)
    sums = np.bincount(place, weights=lost, minlength=2 * STEPS_EACH)
    means = np.divide(sums, counts, out=np.full(2 * STEPS_EACH, nan), where=counts > 0)
    return [None if np.isnan(mean) else float(mean) for mean in means]
