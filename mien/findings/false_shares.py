"""How many of the things that are called clear may be chance, where many are tried. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mien.findings.contrast import Floats


def false_shares(chances: Sequence[float]) -> Floats:
    """Of each p-value the least share of false ones among all that are as clear or clearer; at least one p-value.

    Benjamini and Hochberg, "Controlling the false discovery rate", J. R. Statist. Soc. B 57 (1995), as adjusted
    p-values. Written here because the library that has it (scipy.stats) takes half a second to load, each time that
    somebody looks at what got worse; a test compares the two.
    """
    ascending = np.argsort(chances)
    ranks = np.arange(1, len(chances) + 1)
    ranked = np.asarray(chances, dtype=float)[ascending] * len(chances) / ranks
    shares = np.empty(len(chances))
    shares[ascending] = np.minimum.accumulate(ranked[::-1])[::-1].clip(max=1.0)
    return shares
