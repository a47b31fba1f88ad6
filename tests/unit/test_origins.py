"""Origins: what people paste is made what browsers send, and what can never match is refused at once."""

from __future__ import annotations

import pytest

from mien.errors import SetupError
from mien.store.projects import clean_origins


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://shop.example", "https://shop.example"),
        ("http://localhost:8302/", "http://localhost:8302"),
        (" https://Shop.Example:443/ ", "https://shop.example"),
        ("http://[::1]:80", "http://[::1]"),
    ],
)
def test_what_is_pasted_becomes_an_origin(given: str, kept: str) -> None:
    assert clean_origins([given]) == [kept]


@pytest.mark.parametrize(
    "given", ["localhost:8302", "shop.example", "https://shop.example/cart", "https://", "https://a:b"]
)
def test_what_can_never_match_is_refused(given: str) -> None:
    with pytest.raises(SetupError):
        clean_origins([given])
