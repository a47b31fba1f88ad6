"""Lists of hundreds of rows: few are in the page, and all of them are reached, by scrolling and by keyboard."""

from __future__ import annotations

import re
import time
import uuid
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.support.batches import batch, click, now_ms
from tests.support.dashboard import PHONE, serious_violations, signed_in
from tests.support.running import RunningMien

VISITS, PLACES = 30, 17
SCREENS = VISITS * PLACES
MOST_DRAWN = 80
SHOWN = re.compile(r"(\d+) of [\d,]+\s(?:shown|APIs)")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
LISTS = {
    "screens": ".screen-table", "signals": ".places-card table", "latency": ".api-table", "errors": ".error-table",
}  # fmt: skip
MOST = {"screens": 500, "signals": 500, "latency": SCREENS, "errors": SCREENS}
"""Rows that the page shows at most."""


def letters_of(place: int) -> str:
    """Of letters: numbers in names are taken for ids."""
    return LETTERS[place // 26] + LETTERS[place % 26]


def name_of(place: int) -> str:
    return f"/garden/bed-{letters_of(place)}/flowers"


def visit(key: str, number: int) -> dict[str, Any]:
    """Over 17 screens that no other visit saw, with rage clicks, a call and an error of its own on each."""
    start = now_ms() - 600_000
    events: list[dict[str, Any]] = []
    calls: list[dict[str, Any]] = []
    errors: list[dict[str, Any]] = []
    for step in range(PLACES):
        screen, at = name_of(number * PLACES + step), start + 10 + step * 20_000
        events.append({"type": "screen_view", "at": at, "screen": screen, "metadata": {"vw": 1280, "vh": 800}})
        meta = {"vw": 1280, "vh": 800, "response_ms": None, "interactive": "native"}
        events += [
            click(at + 2000 + 150 * n, screen=screen, element_id="#buy", metadata={**meta, "seq": n}) for n in range(6)
        ]
        calls.append({"api": f"GET {screen}", "latency_ms": 300 + step, "status": 200, "at": at + 100})
        kind = f"{letters_of(number * PLACES + step).title()}Error"
        errors.append({"message": f"{kind}: no water", "at": at + 9000, "screen": screen})
    session = {"session_id": str(uuid.uuid4()), "device_id": f"device-{number}", "started_at": start}
    return batch(key, session=session, events=events, latency=calls, errors=errors)


@pytest.fixture(scope="module")
def garden(mien: RunningMien) -> RunningMien:
    """With 510 screens, and as many places of signals, APIs and errors, all analysed."""
    key = mien.cli("key", "create")
    for number in range(VISITS):
        sent = httpx.post(f"{mien.base_url}/v1/batch", json=visit(key, number), timeout=20)
        assert sent.status_code == 200 and not sent.json().get("dropped"), sent.text
    with mien.api() as api:
        for _ in range(300):
            counts = api.get("/screens").json()["row_count"], api.get("/errors").json()["total"]
            if counts == (SCREENS, SCREENS) and api.get("/signals").json()["place_count"] >= SCREENS:
                return mien
            time.sleep(0.2)
    raise AssertionError(counts)


def further(page: Page, shown: str) -> str:
    """How many rows are shown, once it is another number."""
    for _ in range(100):
        found = SHOWN.findall(page.locator("main").inner_text())
        if found and found[-1] != shown:
            return str(found[-1])
        page.wait_for_timeout(100)
    raise AssertionError(f"no more rows than {shown}")


def open_all(page: Page, mien: RunningMien, path: str) -> tuple[Locator, Locator]:
    """The list and its drawn rows, once all that it can show are there."""
    page.goto(f"{mien.base_url}/p/default/{path}")
    more, shown = page.get_by_role("button", name="Show more"), "0"
    while shown != str(MOST[path]):
        shown = further(page, shown)
        if shown != str(MOST[path]):
            more.click()
    table = page.locator(LISTS[path]).first
    return table, table.locator("[data-row]")


def drawn(rows: Locator) -> int:
    """How many rows are in the page, which are fewer than there are."""
    count = rows.count()
    assert 0 < count < MOST_DRAWN, count
    return count


@pytest.mark.parametrize("size", [None, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("path", LISTS)
def test_few_rows_are_drawn_and_the_last_is_scrolled_to(
    garden: RunningMien, chromium: Browser, path: str, size: dict[str, int] | None
) -> None:
    page = signed_in(garden, chromium, **({"viewport": size} if size else {}))
    table, rows = open_all(page, garden, path)
    drawn(rows)
    assert int(table.get_attribute("aria-rowcount") or 0) > SCREENS
    height = table.bounding_box()
    table.evaluate("table => scrollTo(0, table.getBoundingClientRect().bottom + scrollY - 500)")
    expect(table.locator(f'[aria-rowindex="{MOST[path] + 1}"]')).to_be_in_viewport()
    drawn(rows)
    # Gaps are as high as the rows that they stand for, or scrolling would jump.
    assert height and abs((table.bounding_box() or height)["height"] - height["height"]) < 0.15 * height["height"]
    assert serious_violations(page) == []
    page.context.close()


@pytest.mark.parametrize("path", LISTS)
def test_the_keyboard_goes_from_row_to_row_beyond_what_is_drawn(
    garden: RunningMien, chromium: Browser, path: str
) -> None:
    page = signed_in(garden, chromium)
    table, rows = open_all(page, garden, path)
    page.evaluate("scrollTo(0, 0)")
    expect(table.locator("[data-row='0']")).to_be_attached()
    reached = "[data-row]:focus-within" if path in ("signals", "errors") else "[data-row].current"
    # Somewhere a row is chosen from the first, and somewhere the first press chooses it.
    start = -1 if path in ("signals", "errors") else 0
    for _ in range(70):
        page.keyboard.press("j")
    expect(table.locator(reached)).to_have_attribute("data-row", str(start + 70))
    expect(table.locator(reached)).to_be_in_viewport()
    drawn(rows)
    page.keyboard.press("k")
    expect(table.locator(reached)).to_have_attribute("data-row", str(start + 69))
    # The Tab key goes through the rows as they come.
    before = int(rows.last.get_attribute("data-row") or 0)
    rows.last.locator("a").last.focus()
    page.keyboard.press("Tab")
    row = "Number(document.activeElement.closest('[data-row]')?.dataset.row ?? -1)"
    assert page.evaluate(row) == before + 1
    page.context.close()


def test_columns_keep_their_width_while_rows_come_and_go(garden: RunningMien, chromium: Browser) -> None:
    page = signed_in(garden, chromium)
    table, _ = open_all(page, garden, "latency")
    widths = "table => [...table.tHead.rows[0].cells].map(cell => Math.round(cell.getBoundingClientRect().width))"
    before = table.evaluate(widths)
    for _ in range(6):
        page.mouse.wheel(0, 4000)
        page.wait_for_timeout(60)
        assert table.evaluate(widths) == before
    page.context.close()
