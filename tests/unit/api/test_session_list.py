"""Cursors: what goes out comes back exactly, and nothing else is taken."""

from __future__ import annotations

from uuid import UUID

import pytest

from mien.errors import InvalidRequest
from mien.store.session_list import Position, from_cursor, to_cursor


@pytest.mark.parametrize("key", [None, 0.0, -1763640000.123457, 1e-300, 54.88116360940264, 1.7e308])
def test_a_cursor_comes_back_exactly(key: float | None) -> None:
    position = Position("score", "desc", key, UUID(int=5))
    assert from_cursor(to_cursor(position), "score", "desc") == position
    assert to_cursor(position).isascii() and "=" not in to_cursor(position)


def test_a_cursor_of_another_order_is_refused() -> None:
    cursor = to_cursor(Position("score", "desc", 1.0, UUID(int=5)))
    for sort, order in (("score", "asc"), ("started", "desc")):
        with pytest.raises(InvalidRequest):
            from_cursor(cursor, sort, order)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["", "x", "====", "eyJhIjoxfQ", "ü", "W251bGxd"])
def test_what_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(InvalidRequest):
        from_cursor(text, "score", "desc")
