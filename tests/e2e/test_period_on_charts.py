"""A period is chosen on a drawing over time: by dragging, by keyboard, by finger, on the demo in real Chromium."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.support.dashboard import PHONE, serious_violations, signed_in
from tests.support.running import RunningMien

CHOSEN = re.compile("since=.*until=")


def trend_of(page: Page) -> Locator:
    drawing = page.get_by_role("application", name="Experience score")
    expect(drawing.locator("svg")).to_be_visible()
    return drawing


def chosen_hours(page: Page) -> float:
    """How long the period in the address is; it waits for one."""
    page.wait_for_url(CHOSEN)
    asked = parse_qs(urlsplit(page.url).query)
    since, until = (datetime.fromisoformat(asked[name][0].strip('"')) for name in ("since", "until"))
    return (until - since).total_seconds() / 3600


def box_of(drawing: Locator) -> tuple[float, float, float]:
    """Left edge, middle height, and width, all on the screen."""
    drawing.scroll_into_view_if_needed()
    box = drawing.bounding_box()
    assert box
    return box["x"], box["y"] + box["height"] / 2, box["width"]


def test_dragging_over_the_trend_shows_that_period_and_back_leads_out(page: Page) -> None:
    left, y, width = box_of(trend_of(page))
    page.mouse.move(left + 0.5 * width, y)
    page.mouse.down()
    page.mouse.move(left + 0.7 * width, y, steps=4)
    expect(page.locator(".period-chosen")).to_be_visible()
    page.mouse.up()
    assert 24 <= chosen_hours(page) <= 48, "a fifth of 7 days"
    assert "/sessions" not in page.url
    page.go_back()
    expect(page.get_by_role("button", name="Last 7 days")).to_be_visible()


def test_escape_gives_up_a_drag_and_a_press_still_opens_the_sessions(page: Page) -> None:
    left, y, width = box_of(trend_of(page))
    page.mouse.move(left + 0.5 * width, y)
    page.mouse.down()
    page.mouse.move(left + 0.7 * width, y, steps=4)
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(page.locator(".period-chosen")).to_have_count(0)
    assert "since" not in page.url
    page.mouse.click(left + 0.6 * width, y)
    page.wait_for_url("**/sessions?**")


def test_the_keyboard_walks_says_chooses_and_leaves(page: Page) -> None:
    drawing = trend_of(page)
    drawing.focus()
    page.keyboard.press("End")
    said = drawing.locator("[aria-live]")
    expect(said).to_contain_text("session")
    tooltip = drawing.locator(".echart > div").last
    expect(tooltip).to_contain_text("session")
    last = said.inner_text()
    page.keyboard.press("ArrowLeft")
    expect(said).not_to_have_text(last)
    page.keyboard.press("Shift+ArrowLeft")
    expect(said).to_contain_text("chosen")
    assert serious_violations(page) == []
    page.keyboard.press("Escape")
    expect(said).to_have_text("")
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    for _ in range(3):
        page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Enter")
    assert chosen_hours(page) == 12, "four buckets of three hours"


@pytest.mark.parametrize("path", ["/latency?api=", "/errors/"])
def test_the_other_drawings_over_time_take_the_same_keys(page: Page, demo: RunningMien, path: str) -> None:
    with demo.api() as api:
        of_errors = path == "/errors/"
        row = api.get("/errors" if of_errors else "/latency").json()["rows"][0]
    page.goto(f"{demo.base_url}/p/default{path}{row['key'] if of_errors else row['api']}")
    drawing = page.get_by_role("application")
    expect(drawing).to_be_visible()
    if not of_errors:
        expect(drawing.locator("svg")).to_be_visible()
    drawing.focus()
    page.keyboard.press("End")
    expect(drawing.locator("[aria-live]")).not_to_have_text("")
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Enter")
    assert chosen_hours(page) > 0


def test_a_finger_up_the_drawing_scrolls_the_page_and_along_it_chooses(demo: RunningMien, chromium: Browser) -> None:
    page = signed_in(demo, chromium, viewport=PHONE, has_touch=True, is_mobile=True)
    left, y, width = box_of(trend_of(page))
    wire = page.context.new_cdp_session(page)

    def swipe(x_px: float, y_px: float) -> None:
        start = {"x": left + 0.4 * width, "y": y}
        wire.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [start]})
        for step in range(1, 9):
            at = {"x": start["x"] + x_px * step / 8, "y": start["y"] + y_px * step / 8}
            wire.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [at]})
            page.wait_for_timeout(20)
        wire.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    before = page.evaluate("scrollY")
    swipe(0, -160)
    page.wait_for_function(f"scrollY > {before} + 50")
    assert "since" not in page.url and page.locator(".period-chosen").count() == 0
    left, y, width = box_of(trend_of(page))
    swipe(0.3 * width, 2)
    assert 24 <= chosen_hours(page) <= 72, "three tenths of 7 days"
    page.context.close()
