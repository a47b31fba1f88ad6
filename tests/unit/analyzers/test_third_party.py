"""Errors that are not the site's own."""

from __future__ import annotations

import pytest

from mien.analyzers.third_party import is_third_party
from mien.timeline import ErrorLog


def error(message: str | None, stack: str | None = None) -> ErrorLog:
    return ErrorLog(1, "/cart", message, stack, 0.0)


@pytest.mark.parametrize("message", ["Script error.", "Script error", " script error. "])
def test_an_error_that_hides_its_details_is_foreign(message: str) -> None:
    assert is_third_party(error(message))


@pytest.mark.parametrize("scheme", ["chrome-extension", "moz-extension", "safari-extension", "safari-web-extension"])
def test_an_error_in_an_extension_is_foreign(scheme: str) -> None:
    assert is_third_party(error("TypeError: x", f"at f ({scheme}://abc/content.js:1:2)"))


def test_errors_of_the_site_are_its_own() -> None:
    assert not is_third_party(error("TypeError: x is undefined", "at pay (https://shop.example/pay.js:7:1)"))
    assert not is_third_party(error("Script error in checkout"))
    assert not is_third_party(error(None))
