"""Errors in real Chromium, on the demo's visits: its numbers open their sessions, a moment opens the replay."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.dashboard import DESKTOP, PHONE, scrolls_sideways, serious_violations, sign_in
from tests.support.running import RunningMien


def groups_of(demo: RunningMien) -> list[dict[str, Any]]:
    with demo.api() as api:
        rows: list[dict[str, Any]] = api.get("/errors").json()["rows"]
    assert len(rows) >= 3, "the demo shop has mistakes planted"
    return rows


def test_each_count_of_the_list_opens_exactly_its_sessions(page: Page, demo: RunningMien) -> None:
    for row in groups_of(demo)[:2]:
        page.goto(f"{demo.base_url}/p/default/errors")
        link = page.locator(f"td.col-sessions a[href*='error_group={row['key']}']")
        assert link.inner_text() == str(row["sessions"])
        link.click()
        expect(page.get_by_role("heading", name="Sessions")).to_be_visible()
        expect(page.locator("main")).to_contain_text(f"{row['sessions']} of {row['sessions']} shown")


def test_the_sessions_with_an_error_open_too(page: Page, demo: RunningMien) -> None:
    page.goto(f"{demo.base_url}/p/default/errors")
    link = page.get_by_role("link", name=re.compile(r"^\d+ of \d+.sessions$"))
    count = link.inner_text().split()[0]
    link.click()
    expect(page.locator("main")).to_contain_text("Sessions that")
    expect(page.locator("main")).to_contain_text(f"{count} of {count} shown")


def test_a_moment_opens_the_replay_a_second_before_it(page: Page, demo: RunningMien) -> None:
    key = groups_of(demo)[0]["key"]
    with demo.api() as api:
        first = api.get(f"/errors/{key}/occurrences").json()["rows"][0]
    seconds = max(0, first["at_ms"] - 1000) // 1000  # what led to it is seen first
    page.goto(f"{demo.base_url}/p/default/errors")
    page.locator(f"td.col-error a[href*='{key}']").click()
    page.locator(".occurrences a").first.click()
    expect(page).to_have_url(re.compile(rf"/sessions/{first['session_id']}\?.*t={seconds}\b"))
    expect(page.locator("section[aria-label=Replay]")).to_contain_text(f"{seconds // 60}:{seconds % 60:02}")
    expect(page.get_by_role("link", name="The error", exact=True)).to_have_attribute(
        "href", re.compile(rf"/errors/{key}\b")
    )
    page.get_by_text("Console", exact=True).click()
    page.get_by_role("link", name="All errors like this").first.click()
    expect(page).to_have_url(re.compile("/errors/"))


def test_a_search_narrows_and_says_when_nothing_matches(page: Page, demo: RunningMien) -> None:
    wanted = groups_of(demo)[0]
    page.goto(f"{demo.base_url}/p/default/errors")
    expect(page.get_by_role("searchbox")).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type(wanted["title"])
    expect(page).to_have_url(re.compile(r"[?&]q="))
    expect(page.locator("main")).to_contain_text("1 of 1 shown")
    page.get_by_role("searchbox").fill("no such error anywhere")
    page.get_by_role("button", name="Clear the search").click()
    expect(page.locator("tbody tr")).to_have_count(len(groups_of(demo)))


def test_an_unknown_group_is_said_in_words(page: Page, demo: RunningMien) -> None:
    page.goto(f"{demo.base_url}/p/default/errors/0000000000000000")
    expect(page.get_by_role("heading", level=1)).to_contain_text("There is no such error group")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_pages_are_accessible_and_fit(
    demo: RunningMien, chromium: Browser, size: dict[str, int], scheme: str
) -> None:
    context = chromium.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    sign_in(page, demo)
    expect(page.get_by_role("heading", name="Overview")).to_be_visible()
    for path in ("/errors", f"/errors/{groups_of(demo)[0]['key']}", "/errors?error_origin=foreign"):
        page.goto(f"{demo.base_url}/p/default{path}")
        page.wait_for_load_state("networkidle")
        assert serious_violations(page) == [], path
        assert not scrolls_sideways(page), path
    assert failures == []
    context.close()
