"""Shares of a heatmap."""

from __future__ import annotations

from mien.api.heatmap_shapes import to_cell, to_rate
from mien.store.heat_cells import Cell


def test_of_nothing_the_share_is_0_and_anything_is_possible() -> None:
    rate = to_rate(0, 0)
    assert (rate.share, rate.low, rate.high) == (0.0, 0.0, 1.0)


def test_more_parts_than_are_known_are_all_of_them() -> None:
    rate = to_rate(3, 2)
    assert rate.share == 1.0 and 0 < rate.low < 1 and rate.high == 1.0


def test_a_cell_of_more_views_than_are_known_has_bounds() -> None:
    cell = to_cell(Cell(element=None, x=1, y=2, fixed=False, amount=3.0, views=3), 0)
    assert 0 < cell.low < cell.high <= 1
