"""Addresses that lead nowhere or ask for what there is not, code that does not come, and where the keyboard goes on."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.dashboard import scrolls_sideways, serious_violations
from tests.support.running import RunningMien


def test_an_unknown_page_stays_in_the_projects_frame(page: Page, demo: RunningMien) -> None:
    page.goto(f"{demo.base_url}/p/default/nothing")
    expect(page.get_by_role("heading", name="There is no such page")).to_be_visible()
    expect(page).to_have_title(re.compile("There is no such page"))
    page.get_by_role("link", name="Sessions", exact=True).first.click()
    expect(page.get_by_role("heading", name="Sessions", exact=True)).to_be_visible()


@pytest.mark.parametrize("query", ["having=foo:bar&period=30d", "loop=x&period=30d", "path=^^^^>>&period=30d"])
def test_what_cannot_be_asked_is_said_with_a_way_out(page: Page, demo: RunningMien, query: str) -> None:
    page.goto(f"{demo.base_url}/p/default/sessions?{query}")
    expect(page.get_by_text("This cannot be asked like that")).to_be_visible()
    assert page.get_by_role("button", name="Try again").count() == 0, "it would bring the same"
    page.get_by_role("button", name="Show the page without it").click()
    expect(page.locator(".row-link").first).to_be_visible()
    assert "period=30d" in page.url and "x" not in page.url.split("?")[1]


def test_a_long_filter_makes_no_page_wider(page: Page, demo: RunningMien) -> None:
    page.goto(f"{demo.base_url}/p/default/sessions?screen=/{'a' * 3000}")
    expect(page.get_by_role("button", name="Clear all")).to_be_visible()
    assert not scrolls_sideways(page)
    page.set_viewport_size({"width": 390, "height": 844})
    drop = page.get_by_role("button", name=re.compile("^Drop"))
    expect(drop).to_be_visible()
    assert drop.evaluate("(it) => it.scrollHeight <= it.clientHeight + 1"), (
        "its words are cut with an ellipsis, not by its edge"
    )
    assert not scrolls_sideways(page)


def test_code_that_is_gone_is_asked_for_with_the_whole_page(page: Page, demo: RunningMien) -> None:
    page.route(re.compile("/assets/journeys-"), lambda route: route.fulfill(status=404))
    page.get_by_role("link", name="Journeys", exact=True).first.click()
    again = page.get_by_role("button", name="Load again")
    expect(again).to_be_visible()
    page.unroute_all()
    again.click()
    expect(page.get_by_role("heading", name="Journeys", exact=True)).to_be_visible()


def test_the_keyboard_goes_on_in_the_page_that_a_press_has_opened(page: Page, demo: RunningMien) -> None:
    page.goto(f"{demo.base_url}/p/default/sessions")
    link = page.locator(".row-link").first
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".timeline")).to_be_visible()
    expect(page.locator("#page")).to_be_focused()


def test_the_calendar_is_named_and_takes_the_keyboard(page: Page, demo: RunningMien) -> None:
    page.get_by_role("button", name=re.compile("^Period:")).click()
    page.get_by_role("button", name=re.compile("^Choose days")).click()
    expect(page.get_by_role("button", name="Month before")).to_be_visible()
    assert page.evaluate("document.activeElement.matches('[data-first-in-range], [data-selected]')")
    assert serious_violations(page) == []


def test_a_band_opens_its_sessions(page: Page, demo: RunningMien) -> None:
    with demo.api() as api:
        strained = api.get("/sessions", params={"min_score": 50, "max_score": 90}).json()["total"]
    page.goto(f"{demo.base_url}/p/default/sessions")
    page.locator(".bands").get_by_role("button", name="strained").click()
    expect(page.locator(".page-head p").first).to_contain_text(f"{strained} session")
    page.goto(f"{demo.base_url}/p/default/score")
    page.locator(".bands a").first.click()
    expect(page.locator(".page-head p").first).to_contain_text(f"{strained} session")
