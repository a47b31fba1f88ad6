"""What pages keep: the list behind a session, the playhead in the address, peace when a server refuses. Chromium."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.test_explaining_pages import answer, open_page
from tests.support.running import PASSWORD, RunningMien

BUSY = '{"error": "busy", "message": "The database did not answer."}'
REFUSED = '{"error": "invalid_request", "message": "No such page."}'


def param(page: Page, name: str) -> str | None:
    return next(iter(parse_qs(urlsplit(page.url).query).get(name, [])), None)


def open_longest(page: Page, demo: RunningMien) -> None:
    """Ready to be played."""
    row = next(row for row in answer(demo, "/sessions?sort=duration")["rows"] if row["has_replay"])
    open_page(page, demo, f"/sessions/{row['session_id']}")
    expect(page.locator(".replayer-wrapper")).to_be_attached()
    expect(page.locator(".stage-wait")).to_have_count(0)


@pytest.mark.parametrize("path", ["/heatmaps", "/signals"])
def test_a_session_opened_beside_a_chosen_element_leads_back_to_a_list(
    page: Page, demo: RunningMien, path: str
) -> None:
    open_page(page, demo, path)
    if path == "/heatmaps":
        page.locator(".heat-elements .heat-element[aria-pressed]").first.click()
        expect(page).to_have_url(re.compile("element="))
        page.get_by_role("link", name="Open this session").click()
    else:
        page.locator(".places-card .row-link").first.click()
        expect(page).to_have_url(re.compile("element="))
        page.locator(".example-list .row-link").first.click()
    total = answer(demo, "/sessions")["total"]
    expect(page.locator(".place-words")).to_contain_text(f"of {total}")
    page.locator(".back-link").click()
    expect(page.locator("main")).to_contain_text(f"{total} of {total} shown")
    assert param(page, "element") is None


def test_the_playhead_is_in_the_address_whenever_it_rests(page: Page, demo: RunningMien) -> None:
    open_longest(page, demo)
    for pause_ms in (1300, 1800):
        page.locator(".controls .play").click()
        page.wait_for_timeout(pause_ms)
        page.locator(".controls .play").click()
        shown = page.locator(".time b").inner_text()
        seconds = int(shown.split(":")[-1])
        expect(page).to_have_url(re.compile(rf"[?&]t={seconds}\b"))
    page.reload()
    expect(page.locator(".time b")).to_have_text(shown)


def test_the_playhead_can_be_dragged_while_it_plays(page: Page, demo: RunningMien) -> None:
    open_longest(page, demo)
    page.locator(".controls .play").click()
    drawing = page.locator(".timeline svg")
    drawing.scroll_into_view_if_needed()
    box = drawing.bounding_box()
    assert box
    y, start, end = box["y"] + 10, box["width"] * 0.3, box["width"] * 0.8
    page.mouse.move(box["x"] + start, y)
    page.mouse.down()
    page.mouse.move(box["x"] + end, y, steps=8)
    page.wait_for_timeout(300)
    dragged = float(page.locator(".playhead line").get_attribute("x1") or 0)
    assert abs(dragged - end) < 3
    page.mouse.up()
    expect(page.locator(".controls .play")).to_have_attribute("aria-label", "Pause")
    assert float(page.locator(".playhead line").get_attribute("x1") or 0) > end - 3


def test_a_next_page_that_fails_is_asked_for_once_and_said(page: Page, demo: RunningMien) -> None:
    asked: list[str] = []

    def handle(route: Route) -> None:
        if "cursor=" in route.request.url:
            asked.append(route.request.url)
            return route.fulfill(status=400, content_type="application/json", body=REFUSED)
        reply = route.fetch()
        listed: dict[str, Any] = reply.json()
        return route.fulfill(response=reply, body=json.dumps({**listed, "next_cursor": "x", "total": 100}))

    page.route("**/api/projects/default/sessions?**", handle)
    open_page(page, demo, "/sessions")
    page.locator(".table-foot").scroll_into_view_if_needed()
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    page.wait_for_timeout(4_000)
    assert len(asked) == 1, asked
    expect(page.get_by_role("alert")).to_have_text("No such page.")
    page.get_by_role("button", name="Try again").click()
    page.wait_for_timeout(1_000)
    assert len(asked) == 2


def test_a_point_of_the_trend_opens_as_many_sessions_as_it_says(page: Page, demo: RunningMien) -> None:
    starts = sorted(row["started_at"] for row in answer(demo, "/sessions?limit=100")["rows"])
    # Between two sessions of one day, in a period so long that its buckets are days.
    before = next(one for one, then in pairwise(starts) if one[:10] == then[:10])
    since = datetime.fromisoformat(before) + timedelta(seconds=1)
    span = {"since": since.isoformat(), "until": (since + timedelta(days=60)).isoformat()}
    trend = answer(demo, "/overview?" + urlencode(span))["trend"]
    assert trend[0]["sessions"] > 0
    open_page(page, demo, "?" + urlencode(span))
    page.get_by_role("button", name="Show as table").first.click()
    page.locator(".chart-table tbody tr").first.get_by_role("link").click()
    expect(page.locator("main")).to_contain_text(f"{trend[0]['sessions']} of {trend[0]['sessions']} shown")


def test_signing_out_that_failed_is_said(page: Page, demo: RunningMien) -> None:
    page.route("**/api/logout", lambda route: route.fulfill(status=503, content_type="application/json", body=BUSY))
    page.get_by_role("button", name="Account").click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page.get_by_role("alert")).to_have_text("You are still signed in. The database did not answer.")
    page.unroute("**/api/logout")
    page.get_by_role("button", name="Account").click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page).to_have_url(re.compile("/login"))
    assert page.request.get(f"{demo.base_url}/api/me").status == 401


def test_a_note_is_kept_after_another_tab_has_signed_in(page: Page, demo: RunningMien) -> None:
    open_longest(page, demo)
    note = page.locator(".note-form textarea")
    note.fill("Looks lost here.")
    credentials = {"name": "tester", "password": PASSWORD}
    assert page.request.post(f"{demo.base_url}/api/login", data=credentials).ok
    page.get_by_role("button", name="Save note").click()
    expect(page.locator(".note-text")).to_have_text("Looks lost here.")


def test_a_question_that_is_declined_gives_the_focus_back(page: Page, demo: RunningMien) -> None:
    open_page(page, demo, "/settings")
    revoke = page.get_by_role("button", name="Revoke the key first key")
    revoke.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Keep")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(revoke).to_be_focused()
