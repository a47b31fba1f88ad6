"""The 95 % interval of a mean of sessions when one visitor may have several. Pure.

Sessions of one visitor are alike, so they count as one cluster: the variance of the ratio mean = sum(total) / sum(n)
over visitors, linearised (W. G. Cochran, "Sampling Techniques", 3rd ed. 1977, 9A.1). For many visitors it is what a
bootstrap by visitor gives, without chance.
"""

from __future__ import annotations

from math import sqrt

from mien.store.wilson import Z_95


def clustered_95(
    mean: float, count: int, clusters: int, total_squares: float, total_counts: float, count_squares: float
) -> tuple[float, float] | None:
    """Bounds of a mean of scores, inside 0 to 100; None below two clusters.

    Over the clusters, with their sum `total` and number `n`: sums of total², total * n and n².
    """
    if clusters < 2 or count == 0:
        return None
    spread = max(total_squares - 2 * mean * total_counts + mean * mean * count_squares, 0.0)
    half = Z_95 * sqrt(clusters / (clusters - 1) * spread) / count
    return max(mean - half, 0.0), min(mean + half, 100.0)
