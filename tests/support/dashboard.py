"""The dashboard in a browser: signed in, and what is asked of every page."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.support.running import PASSWORD, ROOT, RunningMien

AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
DESKTOP, PHONE = {"width": 1440, "height": 1000}, {"width": 390, "height": 844}


def sign_in(page: Page, mien: RunningMien) -> None:
    page.goto(mien.base_url)
    page.get_by_role("textbox", name="Name").fill("tester")
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Overview")).to_be_visible()


def signed_in(mien: RunningMien, browser: Browser, **options: Any) -> Page:
    """A page of a context of its own, on the Overview; at the size of a desktop unless `options` say otherwise."""
    page = browser.new_context(**{"viewport": DESKTOP, **options}).new_page()
    page.set_default_timeout(10_000)
    sign_in(page, mien)
    return page


def serious_violations(page: Page) -> list[str]:
    """What axe-core finds, WCAG 2.0 and 2.1 A and AA."""
    # Evaluated by the debugger, which the page's content security policy does not concern.
    page.evaluate(AXE.read_text())
    rules = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
    found = page.evaluate("(rules) => axe.run({exclude: ['iframe']}, rules)", rules)
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found["violations"]]


def scrolls_sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def shown_total(page: Page) -> int:
    """How many sessions the opened list says that it has."""
    expect(page.get_by_role("heading", name="Sessions")).to_be_visible()
    expect(page.locator(".page-head p")).to_contain_text("session")
    return int("".join(character for character in page.locator(".page-head p").inner_text() if character.isdigit()))
