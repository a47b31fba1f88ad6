"""Stacks of all browsers as frames that compare."""

from __future__ import annotations

import pytest

from mien.analyzers.stack_frames import MAX_STACK, PAGE, Frame, frame_of, frames_of

CHROME = """TypeError: Cannot read properties of undefined (reading 'total')
    at Object.total (https://shop.example/assets/cart-BX3kd92f.js?v=2:12:7)
    at https://shop.example/assets/cart-BX3kd92f.js?v=2:20:1
    at Array.map (<anonymous>)
    at new Cart (https://shop.example/assets/cart-BX3kd92f.js?v=2:40:3)"""
FIREFOX = """total@https://www.shop.example/assets/cart-Qk9_aa01.js:1:9
Cart/this.lines<@https://www.shop.example/assets/cart-Qk9_aa01.js:2:9
Cart@https://www.shop.example/assets/cart-Qk9_aa01.js:3:9
"""
SAFARI = """total@http://localhost:4001/assets/cart.js:1:9
http://localhost:4001/assets/cart.js:2:9
map@[native code]
Cart@http://localhost:4001/assets/cart.js:3:9"""
EDGE = """TypeError: Unable to get property 'total' of undefined or null reference
   at Cart.prototype.total (https://shop.example/assets/cart.js:12:7)
   at Anonymous function (https://shop.example/assets/cart.js:20:1)
   at Array.prototype.map (native code)
   at Cart (https://shop.example/assets/cart.js:40:3)"""


@pytest.mark.parametrize("stack", [CHROME, FIREFOX, SAFARI, EDGE])
def test_every_browser_gives_the_same_frames(stack: str) -> None:
    cart = "assets/cart.js"
    assert list(frames_of(stack)) == [Frame("total", cart, False), Frame("", cart, False), Frame("Cart", cart, False)]


@pytest.mark.parametrize(
    ("line", "function", "file"),
    [
        ("at pay (https://a.example/js/app.js:1:2)", "pay", "js/app.js"),
        ("at Object.pay [as onClick] (https://a.example/js/app.js:1:2)", "pay", "js/app.js"),
        ("at pay(/data/app/index.android.bundle:29:927)", "pay", "data/app/index.android.bundle"),
        ("pay(1)@http://a.example/js/app.js:13", "pay", "js/app.js"),
        ("pay([arguments not available])@http://a.example/js/app.js:13", "pay", "js/app.js"),
        ("at t (https://a.example/js/app.js:1:2)", "", "js/app.js"),
        ("at https://a.example/js/app.js:1:2", "", "js/app.js"),
        ("pay/</<@https://a.example/js/app.js:1:2", "", "js/app.js"),
        ("index.android.bundle:29:927", "", "index.android.bundle"),
        ("at pay (webpack:///./src/pay.ts?1a2b:3:4)", "pay", "src/pay.ts"),
        ("at pay (blob:http://a.example/1-2:3:4)", "pay", "blob"),
        ("at HTMLButtonElement.onclick (https://a.example/cart/4711:3:4)", "onclick", PAGE),
        ("onclick@https://a.example/:3:4", "onclick", PAGE),
        ("at eval (eval at pay (https://a.example/js/app.js:2:17), <anonymous>:4:18)", "", "js/app.js"),
        ("pay@https://a.example/js/app.js line 26 > eval line 2 > eval:1:30", "pay", "js/app.js"),
        ("at pay (https://a.example/app/(shop)/page-1a2b3c4d5e6f7a8b.js:1:2)", "pay", "app/(shop)/page.js"),
        ("at pay (https://cdn.example/v2.13.0/app.min.js:1:2)", "pay", "*/app.js"),
        ("at pay (https://a.example/js/12.9f8e7d6c.chunk.js:1:2)", "pay", "js/*.js"),
    ],
)  # fmt: skip
def test_a_line_is_a_function_and_a_file_that_outlive_a_build(line: str, function: str, file: str) -> None:
    frame = frame_of(line)
    assert frame is not None and (frame.function, frame.file, frame.is_library) == (function, file, False)


@pytest.mark.parametrize(
    "line",
    [
        "", "at ", "Error: no such thing", "write to pay@shop.example", "[native code]", "eval code",
        "map@[native code]",
        "at Array.map (<anonymous>)", "at Error (native)", "at eval code (eval code:1:1)",
        "at inject (chrome-extension://abc/content.js:1:2)", "inject@moz-extension://abc/content.js:1:2",
        "at pay (https://a.example/assets/ap",
    ],
)  # fmt: skip
def test_what_is_no_call_of_the_pages_scripts_is_left_out(line: str) -> None:
    assert frame_of(line) is None


@pytest.mark.parametrize(
    "address",
    [
        "https://a.example/node_modules/lodash/get.js", "https://a.example/js/vendor.1a2b3c4d.js", "https://a.example/mien.js",
        "https://a.example/assets/react-dom.production.min.js", "https://unpkg.com/pkg@3.2.1/dist/pkg.js",
        "webpack:///./~/react-proxy/modules/x.js",
    ],
)  # fmt: skip
def test_libraries_are_told_from_the_sites_own_scripts(address: str) -> None:
    frame = frame_of("at get (https://a.example/x.js:1:2)".replace("https://a.example/x.js", address))
    assert frame is not None and frame.is_library


@pytest.mark.parametrize("name", ["reaction.js", "sentryside.js", "vueling.js", "mienai.js"])
def test_a_name_that_only_begins_like_a_library_is_the_sites_own(name: str) -> None:
    frame = frame_of(f"at pay (https://a.example/{name}:1:2)")
    assert frame is not None and not frame.is_library


def test_what_led_to_an_asynchronous_call_is_left_out() -> None:
    """Chrome and Firefox tell it, Safari does not."""
    own = [Frame("load", "a.js", False)]
    assert list(frames_of("at load (https://a.example/a.js:1:2)\nat async show (https://a.example/a.js:2:2)")) == own
    assert list(frames_of("load@https://a.example/a.js:1:2\nasync*show@https://a.example/a.js:2:2")) == own
    assert list(frames_of("load@https://a.example/a.js:1:2\nsetTimeout handler*show@https://a.example/a.js:2:2")) == own


@pytest.mark.parametrize("stack", [None, "", "\n\n", "Error", "@", "at", "(" * 5000, "." * 5000, ":1:1", "@:1:1"])
def test_nonsense_has_no_frames_of_the_site(stack: str | None) -> None:
    assert [frame for frame in frames_of(stack) if frame.function] == []


def test_a_long_stack_is_read_up_to_a_limit() -> None:
    stack = "\n".join(f"at step{number}x (https://a.example/a.js:1:2)" for number in range(10_000))
    assert 0 < len(list(frames_of(stack))) < MAX_STACK / 30
