"""Since when: the one moment that divides a series best into two levels. Pure.

Binary segmentation with the squared error about the mean (Truong, Oudre, Vayatis, "Selective review of offline change
point detection methods", Signal Processing 167 (2020)), by the library ruptures.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import ruptures

from mien.findings.contrast import Floats

MAX_BINS = 500
MIN_SHARE = 0.03
"""Own choice: a level that fewer sessions have than this share of all is no level."""


def change_point(started_at: Sequence[float], lost: Floats) -> float:
    """When the mean of `lost` changed most, in the unit of `started_at` (ascending); at least two values.

    Sessions are taken together, equally many at a time, where there are more than MAX_BINS.
    """
    count = min(MAX_BINS, len(lost))
    ends = np.linspace(0, len(lost), count + 1).round().astype(int)
    means = np.add.reduceat(lost, ends[:-1]) / np.diff(ends)
    search = ruptures.Binseg(model="l2", min_size=max(1, round(count * MIN_SHARE)), jump=1)
    [at, _] = search.fit(means.reshape(-1, 1)).predict(n_bkps=1)
    first = int(ends[at])
    return float(started_at[first - 1] + started_at[first]) / 2
