"""From the Overview to what explains its numbers, and to the second of a replay that a list was about."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.running import RunningMien


def answer(demo: RunningMien, path: str) -> Any:
    with demo.api() as api:
        return api.get(path).json()


def worst_of(row: dict[str, Any]) -> str:
    """Where its page opens: a second before the signal that cost most, as a player writes it."""
    seconds = max(0, max(row["mini"]["signals"], key=lambda one: one["points"])["at_ms"] - 1000) // 1000
    return f"{seconds // 60}:{seconds % 60:02}"


@pytest.mark.parametrize(
    ("kind", "card", "heading", "parameter"),
    [("screens", 0, "Screens", "on"), ("apis", 1, "Latency", "api"), ("elements", 2, "Heatmaps", "element")],
)
def test_a_place_leads_to_the_page_that_explains_it(
    page: Page, demo: RunningMien, kind: str, card: int, heading: str, parameter: str
) -> None:
    place = answer(demo, "/overview")[kind][0]
    page.goto(f"{demo.base_url}/p/default?period=30d")
    page.locator(".places .card").nth(card).get_by_role("link").first.click()
    expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    found = page.evaluate("(name) => new URL(location.href).searchParams.get(name)", parameter)
    assert found == place["name"]
    expect(page).to_have_url(re.compile("period=30d"))


def test_the_figures_of_the_score_open_their_lists(page: Page, demo: RunningMien) -> None:
    overview = answer(demo, "/overview")
    figures = page.locator(".counts > div")
    figures.filter(has_text="Likely frustrated").get_by_role("link").click()
    expect(page.get_by_role("heading", name="Moments")).to_be_visible()
    expect(page.locator(".moment-rows li")).to_have_count(overview["moments"])
    page.go_back()
    figures.filter(has_text="Waited").get_by_role("link").click()
    expect(page.get_by_role("heading", name="Latency", exact=True)).to_be_visible()
    page.go_back()
    page.locator(".hero").get_by_role("link").click()
    expect(page.get_by_role("heading", name="Score", exact=True)).to_be_visible()


def test_a_session_to_watch_first_opens_where_it_went_worst(page: Page, demo: RunningMien) -> None:
    row = answer(demo, "/overview")["worst"][0]
    page.locator(".watch-list a").first.click()
    expect(page.locator(".controls .time b")).to_have_text(worst_of(row))
    expect(page).to_have_url(re.compile(r"[?&]t=\d"))


def test_one_press_or_key_leads_to_the_worst_moment(page: Page, demo: RunningMien) -> None:
    row = answer(demo, "/overview")["worst"][0]
    page.goto(f"{demo.base_url}/p/default/sessions/{row['session_id']}")
    expect(page.locator(".controls .time b")).to_have_text("0:00")
    page.get_by_role("button", name=re.compile("^Worst moment")).click()
    expect(page.locator(".controls .time b")).to_have_text(worst_of(row))
    page.goto(f"{demo.base_url}/p/default/sessions/{row['session_id']}?t=0")
    expect(page.locator(".controls .time b")).to_have_text("0:00")
    page.keyboard.press("w")
    expect(page.locator(".controls .time b")).to_have_text(worst_of(row))
