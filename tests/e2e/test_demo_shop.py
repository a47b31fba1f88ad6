"""The demo shop in a real browser, on a desk and on a phone: it works, and its flaws are those of docs/demo.md."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from mien.demo.record import Kept, built_scripts, recording_app, serving

# One event loop for the module, so that its tests can share a browser.
pytestmark = pytest.mark.asyncio(loop_scope="module")

SIZES = {"desk": (1280, 800, False), "phone": (390, 844, True)}
PAGES = {
    "/shop/": "Good things for small gardens",
    "/shop/range/pots": "Pots",
    "/shop/product/boston-fern": "Boston fern",
    "/shop/search": "Search",
    "/shop/cart": "Basket",
    "/shop/checkout/address": "Where shall we send it?",
    "/shop/checkout/payment": "Payment",
    "/shop/done": "Thank you",
    "/shop/help": "Help",
    "/shop/help/orders-and-returns": "Orders and returns",
    "/shop/help/returns-and-orders": "Returns and orders",
    "/shop/account": "Sign in",
    "/shop/nowhere": "Not found",
}


class Browsing:
    """An open shop, what its page reported as errors, and what our script sent from it."""

    def __init__(self, page: Page, kept: Kept) -> None:
        self.page, self.kept = page, kept
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    async def sent(self, kind: str) -> list[dict[str, Any]]:
        """What the script sent, after the page was left."""
        await self.page.goto("about:blank")
        await self.page.wait_for_timeout(700)
        return [item for batch in self.kept.batches.values() for item in batch.body.get(kind, [])]


@pytest_asyncio.fixture(params=SIZES, loop_scope="module")
async def shop(async_chromium: Browser, request: pytest.FixtureRequest) -> AsyncIterator[Browsing]:
    """A new browser profile in a new shop."""
    width, height, touch = SIZES[request.param]
    kept = Kept()
    async with serving(recording_app(kept, built_scripts())) as address:
        context = await async_chromium.new_context(
            base_url=address, viewport={"width": width, "height": height}, has_touch=touch, is_mobile=touch
        )
        yield Browsing(await context.new_page(), kept)
        await context.close()


async def fill(page: Page, **values: str) -> None:
    for field, value in values.items():
        await page.fill(f"#{field.replace('_', '-')}", value)


async def test_every_page_shows_and_fits(shop: Browsing) -> None:
    for path, heading in PAGES.items():
        await shop.page.goto(path)
        await shop.page.locator("h1", has_text=re.compile(f"^{re.escape(heading)}$")).wait_for()
        width, seen = await shop.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert width <= seen, path
    assert shop.errors == []


async def test_a_person_can_buy(shop: Browsing) -> None:
    page = shop.page
    await page.goto("/shop/")
    await page.click("#nav-seeds")
    await page.click("#card-tomato-seeds")
    for _ in range(3):
        await page.click("#more")
    await page.click("#add")
    await page.click("#to-cart")
    await page.click("#checkout")
    await fill(page, full_name="A", street="B 1", postcode="90374", city="C")
    await page.click("#to-payment")
    await fill(page, card="5217 0000 4411 9083")
    await page.click("#pay")
    await page.get_by_text("It leaves us today").wait_for()
    assert page.url.endswith("/shop/done")
    assert shop.errors == []
    events = await shop.sent("events")
    orders = [event["metadata"] for event in events if event["type"] == "order_completed"]
    assert [(order["order_value"], order["items"]) for order in orders] == [(11.6, 4)]
    assert "/shop/checkout/payment" in {event["screen"] for event in events}


async def test_a_customer_who_signs_in_is_known_to_mien(shop: Browsing) -> None:
    await shop.page.goto("/shop/account")
    await fill(shop.page, email="aiko.mori@larkspur.example", password="eight letters")
    await shop.page.click("#sign-in")
    await shop.page.get_by_text("Hello Aiko").wait_for()
    await shop.sent("events")
    session = list(shop.kept.batches.values())[-1].body["session"]
    assert session["user"]["external_user_id"] == "customer-1003"
    assert session["app_version"] == "3.2.0"


async def test_the_voucher_button_is_dead(shop: Browsing) -> None:
    page = shop.page
    await page.goto("/shop/product/pruning-shears")
    await page.click("#add")
    await page.click("#to-cart")
    await page.fill("#voucher", "SPRING")
    await page.press("#voucher", "Tab")  # the field reports its change now, not at the first click
    await page.evaluate(
        "window.changes = 0; new MutationObserver((all) => { changes += all.length })"
        ".observe(document, {subtree: true, childList: true, attributes: true, characterData: true})"
    )
    for _ in range(4):
        await page.click("#apply-voucher")
    await page.wait_for_timeout(300)
    assert await page.evaluate("changes") == 0
    clicks = [event for event in await shop.sent("events") if event.get("element_id") == "#apply-voucher"]
    assert len(clicks) == 4
    assert all(click["metadata"].get("response_ms") is None for click in clicks)


async def test_the_largest_size_throws(shop: Browsing) -> None:
    await shop.page.goto("/shop/product/boston-fern")
    await shop.page.click("#size-2")
    assert await shop.page.inner_text("#price") == "€21.00"
    await shop.page.click("#size-3")
    assert await shop.page.inner_text("#price") == "€21.00"
    assert [error for error in shop.errors if "reading 'count'" in error]
    assert any("TypeError" in error["message"] for error in await shop.sent("errors"))


async def test_search_is_slow_and_superseded_searches_are_unfinished(shop: Browsing) -> None:
    page = shop.page
    await page.goto("/shop/search")
    await page.fill("#q", "pot")
    await page.click("#search-go")
    await page.wait_for_timeout(400)
    began = time.monotonic()
    await page.fill("#q", "fern")
    await page.click("#search-go")
    await page.locator("#card-boston-fern").wait_for(timeout=8000)
    assert 2.4 < time.monotonic() - began < 6
    calls = [call for call in await shop.sent("latency") if call["api"] == "GET /shop/api/search"]
    assert [call["status"] for call in calls] == [None, 200]


async def test_the_stock_question_is_left_unanswered(shop: Browsing) -> None:
    await shop.page.goto("/shop/product/watering-can")
    await shop.page.click("#stock")
    await shop.page.wait_for_timeout(1200)
    await shop.page.click("#logo")
    calls = [call for call in await shop.sent("latency") if "/stock/" in call["api"]]
    assert [call["status"] for call in calls] == [None]
    assert 1000 < calls[0]["latency_ms"] < 5000


async def test_a_postcode_with_a_space_is_refused_in_silence(shop: Browsing) -> None:
    page = shop.page
    await page.goto("/shop/checkout/address")
    await fill(page, full_name="A", street="B 1", postcode="90 374", city="C")
    before = await page.inner_text("main")
    async with page.expect_response("**/shop/api/addresses") as answer:
        await page.click("#to-payment")
    assert (await answer.value).status == 422
    await page.wait_for_timeout(300)
    assert page.url.endswith("/shop/checkout/address")
    assert await page.inner_text("main") == before
    await page.fill("#postcode", "90374")
    await page.click("#to-payment")
    await page.wait_for_url("**/shop/checkout/payment")


async def test_payment_fails_twice_and_then_passes(shop: Browsing) -> None:
    page = shop.page
    await page.goto("/shop/checkout/payment")
    await fill(page, card="4921 0000 7735 2846")
    for _ in range(2):
        await page.click("#pay")
        await page.get_by_text("Something went wrong").wait_for()
    await page.click("#pay")
    await page.wait_for_url("**/shop/done")
    calls = [call for call in await shop.sent("latency") if call["api"] == "POST /shop/api/payments"]
    assert [call["status"] for call in calls] == [502, 502, 201]
    assert all(call["latency_ms"] >= 1500 for call in calls[:2])


async def test_two_help_pages_lead_in_circles(shop: Browsing) -> None:
    await shop.page.goto("/shop/help")
    await shop.page.click("#help-orders")
    for _ in range(2):
        await shop.page.click("#get-slip")
        await shop.page.click("#open-order")
    assert shop.page.url.endswith("/shop/help/orders-and-returns")
