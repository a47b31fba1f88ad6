"""Since when: the one moment that divides a series best into two levels. Pure.

The first step of binary segmentation with the squared error about the mean (Truong, Oudre, Vayatis, "Selective review
of offline change point detection methods", Signal Processing 167 (2020)). Written here because the library that has it
(ruptures, with scipy) takes half a second to load, each time that somebody looks at what got worse; a test compares
the two.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

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
    first = int(ends[split_of(means, max(1, round(count * MIN_SHARE)))])
    return float(started_at[first - 1] + started_at[first]) / 2


def split_of(values: Floats, min_size: int) -> int:
    """Where two means leave the least squared error: the first index of the right part; the last of equally good ones.

    `min_size`: of either part; half of the values at most, of which there are two at least.
    """
    sizes = np.arange(min_size, len(values) - min_size + 1)
    from_start = np.cumsum(values)
    left, whole = from_start[sizes - 1], from_start[-1]
    explained = left**2 / sizes + (whole - left) ** 2 / (len(values) - sizes)
    return int(sizes[len(sizes) - 1 - np.argmax(explained[::-1])])
