"""What a page without sessions offers, in real Chromium: the filter that empties it, and the origin that is refused."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.dashboard import DESKTOP, PHONE, scrolls_sideways, serious_violations
from tests.support.running import PASSWORD, RunningMien

EMPTIED = "?browser=Nothing&device=desktop"
PAGES = ("", "/heatmaps", "/journeys", "/latency", "/latency?view=vitals", "/errors", "/screens", "/signals", "/score")


def total_of(demo: RunningMien, **params: object) -> int:
    with demo.api() as api:
        return int(api.get("/sessions", params=params).json()["total"])


def address(demo: RunningMien, path: str, query: str) -> str:
    return f"{demo.base_url}/p/default{path}{query.replace('?', '&') if '?' in path else query}"


CLAIMS = re.compile(r"\b(No|Nobody|Nothing|None)\b[^.]*\bin this period")


@pytest.mark.parametrize("path", [*PAGES, "/moments", "/journeys?view=loops"])
def test_while_a_filter_is_on_no_page_says_that_there_is_nothing(page: Page, demo: RunningMien, path: str) -> None:
    page.goto(address(demo, path, EMPTIED))
    main = page.locator("main")
    expect(main.get_by_text("The filter leaves none").first).to_be_visible()
    assert not CLAIMS.search(main.inner_text()), main.inner_text()
    main.get_by_role("button", name="Clear the filters").first.click()
    expect(main.get_by_text("The filter leaves none")).to_have_count(0)


def test_a_page_with_sessions_but_without_errors_blames_the_filter(page: Page, demo: RunningMien) -> None:
    """What a newcomer met: 42 errors, a filter that came along, and "None arrived with the sessions"."""
    with demo.api() as api:
        filters = [
            {kind: one["value"]}
            for kind in ("locale", "browser", "country", "screen", "user")
            for one in api.get("/segment-values", params={"of": kind}).json()["values"]
        ]
        calm = next(one for one in filters if api.get("/errors", params=one).json()["total"] == 0)
        assert total_of(demo, **calm) > 0
    page.goto(f"{demo.base_url}/p/default/errors?{urlencode(calm)}")
    expect(page.get_by_text("The filter leaves none")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("None arrived")
    page.get_by_role("button", name="Clear the filters").click()
    expect(page.locator("main table tbody tr").first).to_be_visible()


@pytest.mark.parametrize("path", PAGES)
def test_an_empty_page_names_the_filter_that_empties_it(page: Page, demo: RunningMien, path: str) -> None:
    without = total_of(demo, device="desktop")
    assert without > 0
    page.goto(address(demo, path, EMPTIED))
    # Without "desktop" there is no session either: only the browser is offered.
    offered = page.get_by_role("button", name=re.compile("^Drop"))
    expect(offered).to_have_text([f"Drop “with Nothing” ({without}\u00a0sessions)"])
    expect(page.get_by_role("button", name="Clear the filters")).to_be_visible()
    assert serious_violations(page) == []
    offered.click()
    expect(offered).to_have_count(0)
    assert "browser" not in page.url and "device=desktop" in page.url
    page.goto(address(demo, path, EMPTIED))
    page.get_by_role("button", name="Clear the filters").click()
    expect(page.get_by_role("group", name="Segment")).to_have_count(0)


def test_the_list_names_its_own_filters_too_and_says_when_none_alone_does_it(page: Page, demo: RunningMien) -> None:
    poor = total_of(demo, max_score=90)
    page.goto(address(demo, "/sessions", "?max_score=90&having=event:moon"))
    page.get_by_role("button", name=re.compile(r"^Drop “sent moon”")).click()
    expect(page.locator(".page-head p")).to_contain_text(f"{poor}\u00a0sessions")
    page.goto(address(demo, "/sessions", "?having=event:moon&browser=Nothing"))
    expect(page.get_by_text("No single filter empties it")).to_be_visible()


def test_a_refused_origin_is_shown_live_and_allowed_by_a_button(
    mien: RunningMien, truth: str, chromium: Browser
) -> None:
    mien.cli("project", "set", "default", "--origin", "https://mistyped.test")
    dashboard = chromium.new_context(viewport=DESKTOP).new_page()
    sign_in_empty(dashboard, mien)
    visitor = chromium.new_context().new_page()
    visitor.expose_function("tell", lambda *facts: None)
    visitor.goto(f"{truth}/visited/list")
    visitor.locator("#quick").click()
    refusal = dashboard.locator(".refused")
    expect(refusal).to_contain_text(f"from {truth} ", timeout=20_000)
    assert serious_violations(dashboard) == []
    dashboard.set_viewport_size(PHONE)
    assert not scrolls_sideways(dashboard)
    dashboard.get_by_role("button", name=f"Allow this origin: {truth}").click()
    expect(dashboard.get_by_text(f"{truth} may send now")).to_be_visible()
    expect(refusal.get_by_role("listitem")).to_have_count(0)
    with mien.api() as api:
        assert set(api.get("/settings").json()["origins"]) == {"https://mistyped.test", truth}
    for _ in range(10):  # the collector hears of it within seconds
        visitor.goto(f"{truth}/visited/list")
        visitor.locator("#quick").click()
        visitor.wait_for_timeout(1500)
        if dashboard.get_by_role("heading", name="One script").count() == 0:
            break
    expect(dashboard.get_by_role("heading", name="Overview")).to_be_visible(timeout=20_000)


def sign_in_empty(page: Page, mien: RunningMien) -> None:
    page.set_default_timeout(10_000)
    page.goto(mien.base_url)
    page.get_by_role("textbox", name="Name").fill("tester")
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("status").filter(has_text="Waiting for the first event")).to_be_visible()
