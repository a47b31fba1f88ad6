"""What pages weigh, menus by keyboard, and what a page says in depth, on the demo in real Chromium."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from tests.e2e.test_dashboard import DESKTOP, sign_in
from tests.support.running import ROOT, RunningMien

ASSETS = ROOT / "mien" / "static" / "dashboard" / "assets"
MOST_KB = 170
"""Of the budget of 200 kB (bench/pages.py); what is over it is lost page by page."""
LATER = ("echart", "trend", "replay")
"""Drawn with when there is something to draw."""


@pytest.fixture
def page(demo: RunningMien, chromium: Browser) -> Iterator[Page]:
    """Signed in, on the Overview."""
    context = chromium.new_context(viewport=DESKTOP)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(10_000)
    sign_in(page, demo)
    yield page
    context.close()


def worst_session(demo: RunningMien) -> str:
    with demo.api() as api:
        rows = api.get("/sessions", params={"sort": "score", "order": "asc", "limit": 1}).json()["rows"]
    return str(rows[0]["session_id"])


def test_scripts_and_styles_stay_within_their_weight(page: Page, demo: RunningMien, chromium: Browser) -> None:
    for path in ("", f"/sessions/{worst_session(demo)}"):
        context = chromium.new_context(viewport=DESKTOP, storage_state=page.context.storage_state())  # type: ignore[arg-type]
        fresh, names = context.new_page(), set[str]()

        def note(answer: Response, names: set[str] = names) -> None:
            names.add(answer.url.rsplit("/", 1)[-1])

        fresh.on("response", note)
        fresh.goto(f"{demo.base_url}/p/default{path}")
        fresh.wait_for_load_state("networkidle")
        loaded = [name for name in names if name.endswith((".js", ".css")) and not any(part in name for part in LATER)]
        kb = sum(len(gzip.compress((ASSETS / name).read_bytes(), 9)) for name in loaded) / 1000
        assert 50 < kb <= MOST_KB, (path, kb, sorted(loaded))
        context.close()


def test_menus_and_panels_work_by_keyboard_alone(page: Page) -> None:
    devices = page.get_by_role("button", name="Device: All devices")
    devices.focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="All devices")).to_be_focused()
    page.keyboard.press("p")
    expect(page.get_by_role("menuitem", name="Phone")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="All devices")).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    expect(page.get_by_role("menu")).to_have_count(0)
    expect(page.get_by_role("button", name="Device: Phone")).to_be_focused()
    assert "device=phone" in page.url
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_have_count(0)
    page.get_by_role("button", name="Period").press("Enter")
    panel = page.get_by_role("dialog")
    expect(panel.get_by_role("button").first).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(panel.get_by_role("button").last).to_be_focused()
    page.keyboard.press("Tab")
    expect(panel.get_by_role("button").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(page.get_by_role("button", name="Period")).to_be_focused()
    page.get_by_role("button", name="Account").click()
    page.get_by_role("heading", name="Overview").click()
    expect(page.get_by_role("menu")).to_have_count(0)
