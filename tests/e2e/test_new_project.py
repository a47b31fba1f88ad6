"""A project made in the dashboard, and the way between projects, in real Chromium: on a desktop and on a phone."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.dashboard import PHONE, scrolls_sideways, serious_violations, signed_in
from tests.support.running import RunningMien


def ask_for_one(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Project: ")).click()
    page.get_by_role("menuitem").last.click()
    expect(page.get_by_role("dialog", name="New project")).to_be_visible()
    expect(page.get_by_label("Name", exact=True)).to_be_focused()


@pytest.mark.parametrize(
    ("size", "name", "slug"), [({}, "My blog", "my_blog"), ({"viewport": PHONE}, "My café", "my_cafe")]
)
def test_a_new_project_opens_with_its_tag_and_none_of_the_demos_visits(
    demo: RunningMien, chromium: Browser, size: dict[str, Any], name: str, slug: str
) -> None:
    page = signed_in(demo, chromium, **size)
    page.goto(f"{demo.base_url}/p/default/sessions?release=4.3.1&period=30d")
    ask_for_one(page)
    assert serious_violations(page) == []
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_role("button", name="Make the project").click()
    expect(page.get_by_role("heading", name="One script, then the first visit.")).to_be_visible()
    assert urlsplit(page.url).path == f"/p/{slug}" and urlsplit(page.url).query == ""
    expect(page.get_by_role("button", name=f"Project: {name}")).to_be_visible()
    told = page.request.get(f"{demo.base_url}/api/projects/{slug}/live-check").json()
    expect(page.locator("pre.code")).to_contain_text(told["write_key"])
    assert told["sessions"] == 0
    # 127.0.0.1 is of no use to a site that others visit: the page says so, beside the tag.
    expect(page.locator("main")).to_contain_text("MIEN_PUBLIC_URL")
    assert not scrolls_sideways(page)
    assert serious_violations(page) == []
    page.context.close()


def test_what_cannot_be_made_is_said_and_the_form_stays(page: Page, demo: RunningMien) -> None:
    ask_for_one(page)
    page.get_by_label("Name", exact=True).fill("Another")
    page.get_by_label("Short name").fill("default")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("There is a project 'default' already.")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Another")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert "Another" not in str(page.request.get(f"{demo.base_url}/api/me").json()["projects"])


def test_the_switch_keeps_the_page_and_the_period_and_no_filter(page: Page, demo: RunningMien) -> None:
    demo.cli("project", "create", "elsewhere", "--name", "Elsewhere")
    page.goto(f"{demo.base_url}/p/default/errors?period=30d&release=4.3.1&having=signal:rage_click&q=x")
    page.get_by_role("button", name="Project: Default").click()
    page.get_by_role("menuitem", name="Elsewhere").click()
    expect(page).to_have_url(re.compile("/p/elsewhere/errors"))
    assert parse_qs(urlsplit(page.url).query) == {"period": ["30d"]}
    expect(page.get_by_role("group", name="Segment")).to_have_count(0)


def test_a_phone_names_the_project_over_the_bar_which_keeps_its_room(demo: RunningMien, chromium: Browser) -> None:
    page = signed_in(demo, chromium, viewport=PHONE)
    for path in ("", "/sessions", "/settings"):
        page.goto(f"{demo.base_url}/p/default{path}")
        named = page.get_by_role("button", name="Project: Default")
        expect(named).to_be_in_viewport()
        expect(named).to_contain_text("Default")
        assert not scrolls_sideways(page), path
    page.get_by_role("button", name="Account", exact=True).click()
    expect(page.get_by_role("menuitem", name="Sign out")).to_be_visible()
    expect(page.get_by_role("menuitem", name="Default")).to_have_count(0)
    page.keyboard.press("Escape")
    page.mouse.wheel(0, 600)
    expect(named).not_to_be_in_viewport()
    expect(page.get_by_role("button", name="Account", exact=True)).to_be_in_viewport()
    page.context.close()
