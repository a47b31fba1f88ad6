"""What an error says, without what differs from time to time and from browser to browser."""

from __future__ import annotations

import pytest

from mien.analyzers.error_text import MAX_TEXT, ErrorText, text_of
from mien.timeline import ErrorLog


def text(message: str | None, stack: str | None = None) -> ErrorText:
    return text_of(ErrorLog(1, "/cart", message, stack, 0.0))


@pytest.mark.parametrize(
    ("message", "says"),
    [
        ("Order 4711 not found", "Order <n> not found"),
        ("Order 4711, total 12.50 after 300ms", "Order <n>, total <n> after <n>"),
        ("No product \"Blue shirt\" in 'XL'", "No product <text> in <text>"),
        ("ada@example.org is taken", "<email> is taken"),
        ("GET https://a.example/x?y=1 failed", "GET <url> failed"),
        ("cart 5f8e7d6c-5b4a-4928-8170-6f5e4d3c2b1a is gone", "cart <id> is gone"),
        ("key 0xdeadbeef and 9f8e7d6c5b4a", "key <id> and <id>"),
        ("step2 of h1 in utf8 failed", "step2 of h1 in utf8 failed"),
        ("can't do what you don't want", "can't do what you don't want"),
        ("first line\nsecond line 1", "first line"),
        ("", "no message"),
    ],
)
def test_values_become_placeholders(message: str, says: str) -> None:
    assert text(message) == ErrorText("error", "Error", says)


@pytest.mark.parametrize(
    "message",
    [
        "Uncaught TypeError: Cannot read properties of undefined (reading 'total')",
        "Uncaught (in promise) TypeError: Cannot read properties of null (reading 'total')",
        "Uncaught TypeError: Cannot read property 'total' of undefined",
        'TypeError: can\'t access property "total", order.cart is undefined',
        "TypeError: undefined is not an object (evaluating 'order.cart.total')",
        "Unhandled Promise Rejection: TypeError: null is not an object (evaluating 'order.lines[0].total')",
        "Unable to get property 'total' of undefined or null reference",
    ],
)
def test_browsers_say_in_one_wording_that_something_is_missing(message: str) -> None:
    assert text(message) == ErrorText("error", "TypeError", "cannot use total of undefined or null")


@pytest.mark.parametrize(
    ("messages", "says"),
    [
        (["Uncaught TypeError: cart.pay is not a function",
          "cart.pay is not a function. (In 'cart.pay()', 'cart.pay' is undefined)",
          "Object doesn't support property or method 'pay'"], ("TypeError", "pay is not a function")),
        (["Uncaught ReferenceError: payNow is not defined", "ReferenceError: Can't find variable: payNow",
          "'payNow' is undefined"], ("ReferenceError", "payNow is not defined")),
        (["TypeError: Failed to fetch", "TypeError: NetworkError when attempting to fetch resource.",
          "TypeError: Load failed", "TypeError: Load failed (api.example)"], ("TypeError", "a request failed")),
        (["RangeError: Maximum call stack size exceeded", "InternalError: too much recursion"],
         ("RangeError", "too much recursion")),
        (["ChunkLoadError: Loading chunk 12 failed.", "TypeError: Importing a module script failed.",
          "TypeError: Failed to fetch dynamically imported module: https://a.example/x-1a2b3c4d.js"],
         ("ChunkLoadError", "a part of the script did not load")),
        (["SyntaxError: Unexpected token '<', \"<!DOCTYPE \"... is not valid JSON",
          "SyntaxError: JSON.parse: unexpected character at line 1 column 1 of the JSON data",
          "SyntaxError: JSON Parse error: Unrecognized token '<'"], ("SyntaxError", "this is no JSON")),
    ],
)  # fmt: skip
def test_browsers_say_other_things_in_one_wording_too(messages: list[str], says: tuple[str, str]) -> None:
    assert {text(message) for message in messages} == {ErrorText("error", *says)}


def test_a_minifiers_name_says_nothing() -> None:
    assert text("e.t is not a function") == text("TypeError: r.n is not a function")
    assert text("cart.pay is not a function") != text("cart.show is not a function")


def test_the_class_is_the_messages_else_the_stacks() -> None:
    assert text("Uncaught Error: PaymentError: declined").type == "PaymentError"
    assert text("declined", "PaymentError: declined\n  at pay (https://a.example/a.js:1:2)").type == "PaymentError"
    assert text("declined", "pay@https://a.example/a.js:1:2").type == "Error"


def test_kinds_are_told_apart() -> None:
    assert text("console.error: TypeError: x failed") == ErrorText("console", "TypeError", "x failed")
    assert text("Failed to load img https://a.example/p/4711.png?x=1") == ErrorText(
        "resource", "Resource", "Failed to load img a.example/p/<n>.png"
    )
    assert text("Script error.").kind == "foreign"
    assert text("x failed", "at inject (chrome-extension://abc/content.js:1:2)").kind == "foreign"


@pytest.mark.parametrize("message", [None, "", "\n", "x" * 100_000, "a.b@" * 5000, "'" * 5000, "a1" * 5000, "(" * 5000])
def test_any_message_gives_one_short_line(message: str | None) -> None:
    found = text(message).text
    assert 0 < len(found) <= MAX_TEXT and "\n" not in found
