"""A percentile from bins stands on the exact value's side of the lines of good and poor."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mien.store.latency_bins import GAMMA, ZERO_BIN
from mien.store.latency_filters import VITAL_LINES, VitalName
from mien.store.vitals import _Row


def bin_of(value: float) -> int:
    return ZERO_BIN if value <= 0 else math.ceil(math.log(value) / math.log(GAMMA))


@given(
    name=st.sampled_from(list(VITAL_LINES)),
    shares=st.lists(st.sampled_from((0.0, 0.3, 0.99, 1.0, 1.0001, 1.005, 2.0)) | st.floats(0, 5), min_size=1),
    is_poor_line=st.booleans(),
)
def test_rated_as_the_exact_value_and_one_per_cent_off_at_most(
    name: VitalName, shares: list[float], is_poor_line: bool
) -> None:
    lines = VITAL_LINES[name]
    values = sorted(share * (lines.poor if is_poor_line else lines.good) for share in shares)
    exact = values[math.ceil(0.75 * len(values)) - 1]
    good, improvable = sum(v <= lines.good for v in values), sum(lines.good < v <= lines.poor for v in values)
    row = _Row(
        name=name, views=len(values), sessions=1, p75_bin=bin_of(exact), good=good, improvable=improvable,
        poor=len(values) - good - improvable, good_sessions=1, improvable_sessions=1, poor_sessions=1,
        screen=None, device_type=None, place=None, row_count=0,
    )  # fmt: skip
    assert row.p75 == pytest.approx(exact, rel=0.010001, abs=1e-12)
    assert (row.p75 <= lines.good, row.p75 <= lines.poor) == (exact <= lines.good, exact <= lines.poor)
