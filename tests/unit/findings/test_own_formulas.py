"""The two formulas that are written here give what the libraries give that are too slow to load for a page."""

from __future__ import annotations

import numpy as np
import pytest
import ruptures
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from mien.findings.change_point import split_of
from mien.findings.false_shares import false_shares


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60))
def test_false_shares_are_those_of_benjamini_and_hochberg(chances: list[float]) -> None:
    assert false_shares(chances) == pytest.approx(false_discovery_control(chances, method="bh"))


def error_of(values: np.ndarray, at: int) -> float:
    """The squared error about the means of the two parts."""
    return float(sum(((part - part.mean()) ** 2).sum() for part in (values[:at], values[at:])))


@given(st.lists(st.floats(0, 100, width=16), min_size=2, max_size=80), st.floats(0.0, 0.3))
def test_a_split_is_as_good_as_that_of_binary_segmentation(lost: list[float], share: float) -> None:
    values = np.array(lost)
    min_size = max(1, round(len(values) * share))
    search = ruptures.Binseg(model="l2", min_size=min_size, jump=1).fit(values.reshape(-1, 1))
    [theirs, _] = search.predict(n_bkps=1)
    ours = split_of(values, min_size)
    assert min_size <= ours <= len(values) - min_size
    assert error_of(values, ours) == pytest.approx(error_of(values, theirs), abs=1e-6)


def test_a_step_is_found_where_it_is() -> None:
    assert split_of(np.array([1.0, 2, 1, 2, 9, 8, 9, 8, 9]), 1) == 4
