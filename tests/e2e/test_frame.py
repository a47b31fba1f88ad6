"""The frame in real Chromium: segments on every page, saved views, the command palette, Live, Settings, System, CSV."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.dashboard import DESKTOP, PHONE, scrolls_sideways, serious_violations, shown_total, sign_in
from tests.support.running import PASSWORD, RunningMien

SEGMENT = "?screen=/shop/cart&having=call:failed:&having=path:/shop>>/shop/cart"
PAGES = ("", "/sessions", "/live", "/heatmaps", "/journeys", "/latency", "/errors", "/system", "/settings")


def total_of(demo: RunningMien, **params: object) -> int:
    with demo.api() as api:
        return int(api.get("/sessions", params=params).json()["total"])


def pick(page: Page, name: str | re.Pattern[str]) -> None:
    page.get_by_role("option", name=name).first.click()


def press_jump(page: Page) -> None:
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox")).to_be_focused()


def test_a_segment_is_built_by_keyboard_stays_on_every_page_and_in_the_address(page: Page, demo: RunningMien) -> None:
    failed = total_of(demo, having="call:failed:")
    with demo.api() as api:
        values = api.get("/segment-values", params={"of": "screen", "having": "call:failed:"}).json()["values"]
    screen, both = next((one["value"], one["sessions"]) for one in values if one["sessions"] < failed)
    page.get_by_role("button", name="Filter every page").press("Enter")
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("api failed")
    page.keyboard.press("Enter")
    expect(page.get_by_role("option", name="Any API")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    chip = page.get_by_role("group", name="Segment").get_by_text("called any API that failed")
    expect(chip).to_be_visible()
    expect(page.locator(".page-head p")).to_contain_text(f"{failed}\u00a0sessions")
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Sessions").click()
    assert shown_total(page) == failed
    page.get_by_role("button", name="Filter every page").click()
    pick(page, "Saw a screen")
    page.get_by_role("combobox").fill(screen)
    pick(page, f"{screen} {both}")
    expect(page.locator(".page-head p").first).to_contain_text(f"{both}\u00a0session")
    copied = page.url
    page.get_by_role("button", name=f"Remove saw {screen}").click()
    assert shown_total(page) == failed
    page.go_back()
    assert page.url == copied
    page.goto(copied)
    expect(page.get_by_role("group", name="Segment")).to_have_count(0)
    expect(page.locator(".filters .chip")).to_have_count(2)
    page.get_by_role("button", name="Clear all").click()
    expect(page.locator(".filters .chip")).to_have_count(0)


def test_a_number_of_a_narrowed_page_opens_exactly_its_sessions(page: Page, demo: RunningMien) -> None:
    page.goto(f"{demo.base_url}/p/default{SEGMENT}")
    button = page.get_by_role("link", name=re.compile("^Watch"))
    count = int("".join(character for character in button.inner_text() if character.isdigit()))
    button.click()
    assert shown_total(page) == count
    expect(page.locator(".filters .chip")).to_have_count(5)  # three of the segment, the cause, the place


def test_a_way_and_a_range_of_scores_are_built(page: Page, demo: RunningMien) -> None:
    page.get_by_role("button", name="Filter every page").click()
    pick(page, "Went a way, A then B")
    pick(page, re.compile(r"^.shop \d"))
    pick(page, re.compile(r"^.shop.cart \d"))
    page.get_by_role("button", name="Show these sessions").click()
    expect(page.get_by_role("group", name="Segment")).to_contain_text("went /shop then /shop/cart")
    ways = total_of(demo, having="path:/shop>>/shop/cart")
    expect(page.locator(".page-head p")).to_contain_text(f"{ways}\u00a0sessions")
    page.get_by_role("button", name="Filter every page").click()
    pick(page, "Score range")
    page.get_by_label("From").fill("70")
    page.get_by_label("to, without").fill("60")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("alert").filter(has_text="two whole numbers")).to_be_visible()
    page.get_by_label("to, without").fill("100")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("group", name="Segment")).to_contain_text("scored 70 to 100")


def test_every_page_is_narrowed_to_sessions_with_a_likely_moment(page: Page, demo: RunningMien) -> None:
    page.get_by_role("button", name="Filter every page").click()
    pick(page, "Had a likely moment")
    pick(page, "Likely frustrated")
    expect(page.get_by_role("group", name="Segment")).to_contain_text("had a likely frustrated moment")
    sessions = total_of(demo, moment="frustrated")
    assert sessions > 0
    expect(page.locator(".page-head p")).to_contain_text(f"{sessions}\u00a0sessions")


def test_a_view_is_saved_renamed_opened_from_the_palette_and_deleted(page: Page, demo: RunningMien) -> None:
    page.goto(f"{demo.base_url}/p/default/sessions?max_score=80&having=call:failed:")
    total = shown_total(page)
    page.get_by_role("button", name="Views", exact=True).click()
    dialog = page.get_by_role("dialog", name="Saved views")
    dialog.get_by_label("Name").fill("Failing")
    dialog.get_by_role("button", name="Save this page").click()
    expect(dialog.get_by_role("link", name=re.compile("^Failing"))).to_be_visible()
    assert serious_violations(page) == []
    dialog.get_by_role("button", name="Rename Failing").click()
    dialog.get_by_label("Name").last.fill("Failing visits")
    dialog.get_by_role("button", name="Save name").click()
    expect(dialog.get_by_role("link", name=re.compile("^Failing visits"))).to_be_visible()
    page.keyboard.press("Escape")
    page.goto(f"{demo.base_url}/p/default")
    expect(page.get_by_role("heading", name="Overview")).to_be_visible()
    press_jump(page)
    page.keyboard.type("failing vis")
    expect(page.get_by_role("option", name="Failing visits")).to_be_visible()
    page.keyboard.press("Enter")
    assert shown_total(page) == total
    page.get_by_role("button", name="Views", exact=True).click()
    page.get_by_role("button", name="Delete Failing visits").click()
    page.get_by_role("group", name=re.compile("^Delete")).get_by_role("button", name="Delete").click()
    expect(page.get_by_role("dialog")).to_contain_text("No view is saved yet")


def test_the_palette_goes_to_pages_periods_sessions_and_colours_by_keyboard(page: Page, demo: RunningMien) -> None:
    with demo.api() as api:
        row = api.get("/sessions").json()["rows"][0]
    press_jump(page)
    assert serious_violations(page) == []
    page.keyboard.type("latency")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Latency", exact=True)).to_be_visible()
    press_jump(page)
    page.keyboard.type("30 days")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("period=30d"))
    press_jump(page)
    page.keyboard.type(row["session_id"])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=row["title"])).to_be_visible()
    press_jump(page)
    page.keyboard.type("checkout")
    expect(page.get_by_role("option", name="Search sessions for “checkout”")).to_be_visible()
    expect(page.get_by_role("option").nth(1)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("combobox")).to_have_count(0)
    press_jump(page)
    page.keyboard.type("dark colours")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("data-scheme", "dark")


def test_live_shows_a_visit_that_goes_on_and_leads_to_it(page: Page, demo: RunningMien, chromium: Browser) -> None:
    page.goto(f"{demo.base_url}/p/default/live")
    expect(page.locator("main")).to_contain_text(re.compile("Nobody was active|with activity"))
    context = chromium.new_context(viewport=DESKTOP)  # type: ignore[arg-type]
    shop = context.new_page()
    shop.goto(f"{demo.base_url}/shop/help")
    shop.wait_for_timeout(4000)
    row = page.get_by_role("row").filter(has_text="/shop/help")
    expect(row.first).to_be_visible(timeout=15_000)
    expect(row.first).to_contain_text("opened the page")
    page.get_by_role("button", name="Pause").click()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/live") else None)
    page.wait_for_timeout(4000)
    assert asked == [], "paused"
    assert serious_violations(page) == []
    row.first.get_by_role("link").click()
    expect(page.locator("section[aria-label=Replay]")).to_be_visible()
    context.close()


def test_a_note_at_a_moment_leads_back_there(page: Page, demo: RunningMien) -> None:
    with demo.api() as api:
        row = max(api.get("/sessions").json()["rows"], key=lambda one: one["duration_ms"])
    page.goto(f"{demo.base_url}/p/default/sessions/{row['session_id']}?t=12")
    field = page.get_by_label("Note at 0:12")
    field.fill("Here it hangs.")
    field.press("Control+Enter")
    line = page.get_by_role("listitem").filter(has_text="Here it hangs.")
    expect(line).to_contain_text("tester")
    page.goto(f"{demo.base_url}/p/default/sessions/{row['session_id']}")
    line.get_by_role("button", name="Go to 0:12").click()
    expect(page).to_have_url(re.compile(r"t=12\b"))
    assert serious_violations(page) == []
    line.get_by_role("button", name="Delete the note at 0:12").click()
    line.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_text("No note yet.")).to_be_visible()


def test_the_list_is_saved_as_a_file_with_all_its_rows(page: Page, demo: RunningMien, tmp_path: Path) -> None:
    page.goto(f"{demo.base_url}/p/default/sessions?having=call:failed:")
    total = shown_total(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSV").click()
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    with file.open(newline="", encoding="utf-8-sig") as text:
        rows = list(csv.DictReader(text))
    assert len(rows) == total >= 1 and file.name.startswith("sessions-default-")


def test_settings_make_and_revoke_keys_tokens_and_accounts(page: Page, demo: RunningMien, chromium: Browser) -> None:
    page.goto(f"{demo.base_url}/p/default/settings")
    expect(page.locator("main")).to_contain_text("The first event arrived")
    keys = page.locator("section.card").filter(has=page.get_by_role("heading", name="Write keys"))
    keys.get_by_label("Note for yourself").fill("blog")
    keys.get_by_role("button", name="Make a key").click()
    row = keys.get_by_role("row").filter(has_text="blog")
    row.get_by_role("button", name="Revoke the key blog").click()
    row.get_by_role("button", name="Revoke", exact=True).click()
    expect(row).to_contain_text("revoked")
    page.get_by_label("Share of sessions that scripts record").fill("50")
    page.get_by_label("Pointer").uncheck()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Scripts follow within minutes")).to_be_visible()
    with demo.api() as api:
        kept = api.get("/settings").json()
    assert kept["sampling"] == 0.5 and kept["captures"]["pointer"] is False
    people = page.locator("section.card").filter(has=page.get_by_role("heading", name="Accounts"))
    people.get_by_label("Name").fill("grace")
    people.get_by_label("Password").fill("a good password")
    people.get_by_role("button", name="Make an account").click()
    expect(people.get_by_role("row").filter(has_text="grace")).to_be_visible()
    context = chromium.new_context()
    other = context.new_page()
    other.goto(demo.base_url)
    other.get_by_role("textbox", name="Name").fill("grace")
    other.get_by_role("textbox", name="Password").fill("a good password")
    other.get_by_role("button", name="Sign in").click()
    expect(other.get_by_role("heading", name="Overview")).to_be_visible()
    people.get_by_role("button", name="Remove grace").click()
    people.get_by_role("button", name="Remove", exact=True).last.click()
    expect(people.get_by_role("row").filter(has_text="grace")).to_have_count(0)
    other.reload()
    expect(other.get_by_role("button", name="Sign in")).to_be_visible()
    context.close()


def test_system_says_what_to_do(page: Page, demo: RunningMien) -> None:
    page.goto(f"{demo.base_url}/p/default/system")
    expect(page.get_by_text("There is no backup in the folder of backups.")).to_be_visible()
    demo.cli("db", "backup")
    page.reload()
    expect(page.get_by_role("row").filter(has_text="-backup.dump")).to_be_visible()
    expect(page.get_by_text("There is no backup in the folder of backups.")).to_have_count(0)


def test_what_could_not_load_leads_to_system(page: Page, demo: RunningMien) -> None:
    body = {"error": "unforeseen", "message": "Mien made a mistake; it is in the server's log. Collecting goes on."}
    page.route("**/api/projects/default/sessions?*", lambda route: route.fulfill(status=500, json=body))
    page.goto(f"{demo.base_url}/p/default/sessions")
    page.get_by_role("alert").get_by_role("link", name="Open System").click()
    expect(page.get_by_role("heading", name="Freshness")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE, {"width": 1024, "height": 800}], ids=["desktop", "phone", "tablet"])
def test_the_frame_is_accessible_and_fits(
    demo: RunningMien, chromium: Browser, size: dict[str, int], scheme: str
) -> None:
    context = chromium.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    sign_in(page, demo)
    for path in ("/live", "/settings", "/system", SEGMENT, "/sessions" + SEGMENT):
        page.goto(f"{demo.base_url}/p/default{path}")
        page.wait_for_load_state("networkidle")
        assert serious_violations(page) == [], path
        assert not scrolls_sideways(page), path
    page.get_by_role("button", name="Filter every page").click()
    pick(page, "Saw a screen")
    expect(page.get_by_role("option").first).to_be_visible()
    assert serious_violations(page) == []
    assert not scrolls_sideways(page)
    assert failures == []
    context.close()


def test_on_a_phone_every_page_is_reached_and_colours_change(demo: RunningMien, chromium: Browser) -> None:
    context = chromium.new_context(viewport=PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    sign_in(page, demo)
    page.get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name="System").click()
    expect(page.get_by_role("heading", name="System")).to_be_visible()
    page.get_by_role("button", name="Account").click()
    page.get_by_role("menuitem", name="Dark colours").click()
    expect(page.locator("html")).to_have_attribute("data-scheme", "dark")
    context.close()


def test_on_an_empty_database_every_page_says_so(mien: RunningMien, chromium: Browser) -> None:
    context = chromium.new_context(viewport=DESKTOP)  # type: ignore[arg-type]
    page = context.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.goto(mien.base_url)
    page.get_by_role("textbox", name="Name").fill("tester")
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("main")).to_contain_text("/mien.js")
    for path in PAGES:
        page.goto(f"{mien.base_url}/p/default{path}")
        page.wait_for_load_state("networkidle")
        assert serious_violations(page) == [], path
    page.goto(f"{mien.base_url}/p/default/settings")
    expect(page.locator("main")).to_contain_text("Waiting for the first event")
    page.goto(f"{mien.base_url}/p/default/live")
    expect(page.locator("main")).to_contain_text("/mien.js")
    page.get_by_role("button", name="Filter every page").click()
    pick(page, "Saw a screen")
    expect(page.get_by_text("Nothing like this among the newest sessions")).to_be_visible()
    assert failures == []
    context.close()
