"""Sessions are ticked in the list and played one after another, on the demo in real Chromium."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.support.dashboard import serious_violations
from tests.support.running import RunningMien


def unticked_list(page: Page, demo: RunningMien) -> list[str]:
    """Opens the list, shortest session first; the ids as it shows them."""
    with demo.api() as api:
        total = api.get("/sessions").json()["total"]
    page.goto(f"{demo.base_url}/p/default/sessions?sort=duration&order=asc")
    links = page.locator(".session-table .row-link")
    expect(links).to_have_count(total)
    return [re.sub(r"\?.*", "", link.get_attribute("href") or "").split("/")[-1] for link in links.all()]


def in_session(page: Page, session_id: str, place: str) -> None:
    """The session is open, at this place of the queue."""
    page.wait_for_url(lambda url: url.split("?")[0].endswith(session_id), timeout=40_000)
    expect(page.locator(".queue-place b")).to_have_text(place)


def test_sessions_are_ticked_by_press_range_key_and_all(page: Page, demo: RunningMien) -> None:
    ids = unticked_list(page, demo)
    boxes, bar = page.locator("td.col-tick"), page.get_by_role("group", name="Ticked sessions")
    expect(bar).to_have_count(0)
    boxes.nth(2).get_by_role("checkbox").click()
    boxes.nth(5).click(modifiers=["Shift"])
    expect(page.locator("tbody :checked")).to_have_count(4)
    # The key ticks the row that J and K chose, with shift all from the last tick to it.
    page.locator(".row-link").nth(6).focus()
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Shift+X")
    expect(page.locator(".ticked-count")).to_have_text("7 ticked")
    expect(boxes.nth(8).get_by_role("checkbox")).to_be_checked()
    assert "/sessions?" in page.url, "ticking opens no session"
    expect(bar.get_by_role("button", name="Play 7 one after another")).to_be_visible()
    every = page.get_by_role("checkbox", name="Tick all that are shown")
    assert every.evaluate("box => box.indeterminate")
    every.click()
    expect(page.locator(".ticked-count")).to_have_text(f"{len(ids)} ticked")
    assert serious_violations(page) == []
    bar.get_by_role("button", name="Untick").click()
    expect(page.locator(":checked")).to_have_count(0)


def test_ticked_sessions_play_one_after_another(page: Page, demo: RunningMien) -> None:
    ids = unticked_list(page, demo)[:3]
    for number in (0, 1, 2):
        page.locator("td.col-tick").nth(number).click()
    page.get_by_role("button", name="Play 3 one after another").click()
    in_session(page, ids[0], "1 of 3")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.keyboard.press("6")
    note = page.locator(".onward")
    expect(note).to_contain_text("Next: 2 of 3", timeout=40_000)
    # Nobody presses anything: the second comes, plays, and as fast as the first was watched.
    in_session(page, ids[1], "2 of 3")
    expect(page.get_by_role("button", name="Speed: 16\u00d7")).to_be_visible()
    # At its end somebody stays: longer than the countdown lasts nothing is opened.
    note.get_by_role("button", name="Stay here").click(timeout=40_000)
    page.wait_for_timeout(6_000)
    in_session(page, ids[1], "2 of 3")
    note.get_by_role("button", name="Go on").click()
    in_session(page, ids[2], "3 of 3")
    expect(page.get_by_role("button", name="Next in the queue")).to_be_disabled()
    expect(note).to_have_text("That was the last of 3", timeout=40_000)


def test_a_queue_is_walked_left_and_shared(page: Page, demo: RunningMien) -> None:
    first, second, other = unticked_list(page, demo)[:3]
    path = f"{demo.base_url}/p/default/sessions/"
    page.goto(f"{path}{second}?queue={first}.{second}.not-an-id")
    # Of an address that somebody was sent: it opens the session and waits.
    in_session(page, second, "2 of 2")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_enabled()
    page.keyboard.press("[")
    in_session(page, first, "1 of 2")
    page.get_by_role("button", name="Next in the queue").click()
    in_session(page, second, "2 of 2")
    page.get_by_role("button", name="Leave the queue").click()
    expect(page.locator(".queue-place")).to_have_count(0)
    assert second in page.url and "queue=" not in page.url
    # A session that is none of the queue's opens as ever, in the list.
    page.goto(f"{path}{other}?queue={first}.{second}")
    expect(page.locator(".place-words")).to_contain_text(" of ")
    expect(page.locator(".queue-place")).to_have_count(0)
