"""Long work has a visible Stop that ends its request, on the demo in real Chromium.

That the server's work ends with the request: tests/integration/test_left_requests.py.
"""

from __future__ import annotations

import re

from playwright.sync_api import Page, Request, expect

from tests.support.dashboard import serious_violations
from tests.support.running import RunningMien


def held(page: Page, pattern: str) -> list[str]:
    """From here on no answer comes for these calls; returns those that the page ended itself, as they end."""
    page.route(re.compile(pattern), lambda route: None)
    ended: list[str] = []

    def note(request: Request) -> None:
        if re.search(pattern, request.url):
            ended.append(request.url)

    page.on("requestfailed", note)
    return ended


def test_a_comparison_that_takes_long_is_stopped_and_begun_again(page: Page, demo: RunningMien) -> None:
    ended = held(page, r"/findings\?")
    page.goto(f"{demo.base_url}/p/default")
    line = page.locator(".comparison")
    expect(line).to_contain_text("Comparing with the period before")
    stop = line.get_by_role("button", name="Stop")
    expect(stop).to_be_visible()
    assert serious_violations(page) == [] and ended == []
    stop.focus()
    page.keyboard.press("Enter")
    expect(line).to_contain_text("The comparison with the period before was stopped.")
    assert len(ended) == 1
    again = line.get_by_role("button", name="Compare")
    expect(again).to_be_focused()
    page.unroute_all()
    with page.expect_response(re.compile(r"/findings\?")) as answer:
        again.click()
    assert answer.value.ok
    expect(line).not_to_contain_text("stopped")


def test_what_was_stopped_is_compared_for_another_segment(page: Page, demo: RunningMien) -> None:
    held(page, r"/findings\?")
    page.goto(f"{demo.base_url}/p/default")
    page.locator(".comparison").get_by_role("button", name="Stop").click()
    expect(page.locator(".comparison")).to_contain_text("was stopped")
    page.unroute_all()
    page.get_by_role("button", name="Device: All devices").click()
    with page.expect_response(re.compile(r"/findings\?.*device=desktop")) as answer:
        page.get_by_role("menuitem", name="Desktop").click()
    assert answer.value.ok


def test_a_file_that_takes_long_is_stopped_and_can_be_asked_for_again(page: Page, demo: RunningMien) -> None:
    ended = held(page, r"/sessions\.csv\?")
    page.goto(f"{demo.base_url}/p/default/sessions")
    button = page.get_by_role("button", name="CSV")
    button.click()
    expect(button).to_be_disabled()
    stop = page.locator(".export").get_by_role("button", name="Stop")
    expect(stop).to_be_visible()
    stop.click()
    expect(page.locator(".export")).to_contain_text("Stopped. Nothing was saved.")
    expect(button).to_be_focused()
    assert len(ended) == 1
    page.unroute_all()
    with page.expect_download() as saved:
        button.click()
    assert saved.value.suggested_filename.startswith("sessions-default-")
    expect(page.locator(".export")).not_to_contain_text("Stopped")
