"""What pages weigh, menus by keyboard, and what a page says in depth, on the demo in real Chromium."""

from __future__ import annotations

import gzip
import time

import httpx
from playwright.sync_api import Browser, Page, Response, expect

from tests.support.batches import batch, click, now_ms
from tests.support.dashboard import DESKTOP, PHONE, scrolls_sideways, serious_violations, signed_in
from tests.support.running import ROOT, RunningMien

ASSETS = ROOT / "mien" / "static" / "dashboard" / "assets"
MOST_FONT_KB = 60
MOST_KB = 190
"""Of the budget of 200 kB (bench/pages.py); what is over it is lost page by page."""
LATER = ("echart", "trend", "replay")
"""Drawn with when there is something to draw."""


def worst_session(demo: RunningMien) -> str:
    with demo.api() as api:
        rows = api.get("/sessions", params={"sort": "score", "order": "asc", "limit": 1}).json()["rows"]
    return str(rows[0]["session_id"])


def test_scripts_and_styles_stay_within_their_weight(page: Page, demo: RunningMien, chromium: Browser) -> None:
    for path in ("", f"/sessions/{worst_session(demo)}"):
        context = chromium.new_context(viewport=DESKTOP, storage_state=page.context.storage_state())  # type: ignore[arg-type]
        fresh, names = context.new_page(), set[str]()

        def note(answer: Response, names: set[str] = names) -> None:
            names.add(answer.url.rsplit("/", 1)[-1])

        fresh.on("response", note)
        fresh.goto(f"{demo.base_url}/p/default{path}")
        fresh.wait_for_load_state("networkidle")
        loaded = [name for name in names if name.endswith((".js", ".css")) and not any(part in name for part in LATER)]
        kb = sum(len(gzip.compress((ASSETS / name).read_bytes(), 9)) for name in loaded) / 1000
        assert 50 < kb <= MOST_KB, (path, kb, sorted(loaded))
        fonts = sum((ASSETS / name).stat().st_size for name in names if name.endswith(".woff2")) / 1000
        assert 30 < fonts <= MOST_FONT_KB, (path, fonts)
        context.close()


def test_menus_and_panels_work_by_keyboard_alone(page: Page) -> None:
    devices = page.get_by_role("button", name="Device: All devices")
    devices.focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="All devices")).to_be_focused()
    page.keyboard.press("p")
    expect(page.get_by_role("menuitem", name="Phone")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="All devices")).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    expect(page.get_by_role("menu")).to_have_count(0)
    expect(page.get_by_role("button", name="Device: Phone")).to_be_focused()
    assert "device=phone" in page.url
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_have_count(0)
    page.get_by_role("button", name="Period").press("Enter")
    panel = page.get_by_role("dialog")
    expect(panel.get_by_role("button").first).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(panel.get_by_role("button").last).to_be_focused()
    page.keyboard.press("Tab")
    expect(panel.get_by_role("button").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(page.get_by_role("button", name="Period")).to_be_focused()
    page.get_by_role("button", name="Account").click()
    page.get_by_role("heading", name="Overview").click()
    expect(page.get_by_role("menu")).to_have_count(0)


def test_a_signal_of_a_session_is_judged_beside_its_replay(page: Page, demo: RunningMien) -> None:
    session = worst_session(demo)

    def verdicts() -> list[bool | None]:
        with demo.api() as api:
            return [one["verdict"] for one in api.get(f"/sessions/{session}").json()["signals"]]

    assert set(verdicts()) == {None}
    page.goto(f"{demo.base_url}/p/default/sessions/{session}")
    page.get_by_role("radiogroup").get_by_text("Signals", exact=True).click()
    rows = page.locator(".panel .step-list > li")
    expect(rows).to_have_count(len(verdicts()))
    first = rows.first.get_by_role("group")
    first.get_by_role("button", name="Not frustration").click()
    expect(first).to_contain_text("Marked. It counts for")
    assert verdicts()[0] is False
    page.reload()
    expect(first.get_by_role("button", name="Not frustration")).to_have_attribute("aria-pressed", "true")
    first.get_by_role("button", name="Not frustration").click()
    expect(first).to_contain_text("Taken back.")
    assert set(verdicts()) == {None}


def test_the_score_of_a_session_is_a_sum_from_the_dearest_row_down(page: Page, demo: RunningMien) -> None:
    page.goto(f"{demo.base_url}/p/default/sessions/{worst_session(demo)}")
    points = page.locator(".sum li:not(.sum-start):not(.sum-total) .sum-points b")
    expect(points.first).to_be_visible()
    lost = [int(one.replace("\u2212", "")) for one in points.all_inner_texts()]
    assert lost == sorted(lost, reverse=True)
    assert 100 - sum(lost) == int(page.locator(".sum-total b").inner_text())
    others = page.locator(".others a")
    expect(others.first).to_be_visible()
    title = others.first.inner_text()
    others.first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_two_segments_are_compared_on_one_screen(page: Page, demo: RunningMien) -> None:
    with demo.api() as api:
        views = api.get("/heatmap", params={"on": "/shop", "width": "0-479"}).json()["views"]
    page.goto(f"{demo.base_url}/p/default/heatmaps?on=/shop&width=0-479")
    page.get_by_role("button", name="With another segment").click()
    expect(page.get_by_role("heading", name="The other segment")).to_be_visible()
    expect(page.locator(".heat-pair .card-head p")).to_contain_text([f"{views}\u00a0views"] * 2)
    page.get_by_role("group", name="The other segment").get_by_role("button", name="Add a condition").click()
    page.get_by_role("option", name="Device", exact=True).click()
    page.get_by_role("option", name="Phone").click()
    expect(page.get_by_role("group", name="The other segment")).to_contain_text("on phone")
    assert "other=device%3Dphone" in page.url
    at_width = {"on": "/shop", "device": "phone", "width": "0-479"}
    with demo.api() as api:
        narrow = api.get("/heatmap", params=at_width).json()["views"]
    assert 0 < narrow <= views
    expect(page.locator(".heat-pair .card-head p").last).to_contain_text(f"{narrow}\u00a0view")
    expect(page.locator(".heat-elements tbody td").first).to_contain_text("other")
    page.reload()
    expect(page.get_by_role("group", name="The other segment")).to_contain_text("on phone")
    page.get_by_role("button", name="No comparison").click()
    expect(page.get_by_role("heading", name="The other segment")).to_have_count(0)


def test_what_only_the_list_can_be_narrowed_by_is_built_from_any_page(page: Page, demo: RunningMien) -> None:
    with demo.api() as api:
        narrowed = {"left_at": "/shop/help/orders-and-returns"}
        left = api.get("/sessions", params=narrowed).json()["total"]
        good = api.get("/sessions", params={**narrowed, "vital": "LCP", "vital_rating": "good"}).json()["total"]
    assert left and good
    page.get_by_role("button", name="Filter every page").click()
    page.get_by_role("option", name="Left at a screen").click()
    page.keyboard.type("orders-and")
    page.get_by_role("option", name="/shop/help/orders-and-returns").first.click()
    expect(page.locator(".chips")).to_contain_text("left at /shop/help/orders-and-returns")
    expect(page.locator(".page-head p").first).to_contain_text(str(left))
    page.get_by_role("button", name="Filter every page").click()
    page.get_by_role("option", name="Had a web vital").click()
    page.get_by_role("option", name="had a good LCP").click()
    expect(page.locator(".chips")).to_contain_text("had a good LCP")
    expect(page.locator(".page-head p").first).to_contain_text(str(good))


def test_a_page_looks_the_same_whatever_was_open_before(page: Page) -> None:
    pages = page.get_by_role("navigation", name="Pages")

    def latency() -> list[object]:
        pages.get_by_role("link", name="Latency", exact=True).click()
        expect(page.locator(".api-name").first).to_be_visible()
        expect(page.locator(".dose-dot").first).to_be_visible()
        look = "all => all.map(e => [e.className, e.offsetWidth, e.offsetHeight, getComputedStyle(e).backgroundColor])"
        found: list[object] = page.locator(".rail, .rail-dot, .dose-dot, .api-name").evaluate_all(look)
        return found

    before = latency()
    assert len(before) > 10
    for name in ("Journeys", "Heatmaps", "Signals", "Score"):
        pages.get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
        page.wait_for_load_state("networkidle")
        assert latency() == before, name


def test_a_view_with_a_long_address_fits_its_dialog(page: Page, demo: RunningMien) -> None:
    page.goto(f"{demo.base_url}/p/default/journeys?view=funnel&steps=/shop>>/shop/cart>>/shop/checkout/payment")
    expect(page.get_by_role("heading", level=1, name="Journeys")).to_be_visible()
    page.get_by_role("button", name="Views").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Way to the payment")
    dialog.get_by_role("button", name="Save this page").click()
    expect(dialog.get_by_role("link", name="Way to the payment")).to_contain_text("Journeys")
    assert dialog.evaluate("d => d.scrollWidth <= d.clientWidth")
    dialog.get_by_role("button", name="Delete Way to the payment").click()
    dialog.get_by_role("button", name="Delete", exact=True).click()
    expect(dialog.get_by_role("link", name="Way to the payment")).to_have_count(0)


def test_a_call_of_a_session_leads_to_its_api(page: Page, demo: RunningMien) -> None:
    page.goto(f"{demo.base_url}/p/default/sessions/{worst_session(demo)}")
    page.get_by_text("Network", exact=True).click()
    call = page.locator(".step-list a").first
    name = call.inner_text()
    call.click()
    expect(page.get_by_role("heading", level=1, name="Latency")).to_be_visible()
    expect(page.locator("tr.current .api-name")).to_contain_text(name)


def test_on_a_phone_a_time_brings_the_replay_into_view(page: Page, demo: RunningMien) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{demo.base_url}/p/default/sessions/{worst_session(demo)}")
    at = page.locator(".sum-points .time-link").first
    at.scroll_into_view_if_needed()
    expect(page.locator(".stage")).not_to_be_in_viewport()
    at.click()
    expect(page.locator(".stage")).to_be_in_viewport()


def send_click(demo: RunningMien, screen: str, vw: int) -> None:
    """A view with a click, of a window so many pixels wide; nothing of it is recorded."""
    at, meta = now_ms() - 5_000, {"vw": vw, "vh": 700, "page_h": 4000}
    seen = {"type": "screen_view", "at": at, "screen": screen, "metadata": {"seq": 0, **meta}}
    pressed = click(at + 2_000, screen=screen, x=80, y=300, metadata={"seq": 1, "response_ms": 30, **meta})
    body = batch(demo.cli("key", "create").split()[-1], events=[seen, pressed])
    body["session"]["started_at"] = at
    httpx.post(f"{demo.base_url}/v1/batch", json=body).raise_for_status()


def test_a_width_without_a_recording_is_drawn_plainly_and_leads_to_recorded_ones(page: Page, demo: RunningMien) -> None:
    send_click(demo, "/shop", 600)
    with demo.api() as api:
        for _ in range(100):
            if api.get("/heatmap", params={"on": "/shop", "width": "480-767"}).json()["views"]:
                break
            time.sleep(0.2)
    page.goto(f"{demo.base_url}/p/default/heatmaps?on=/shop&width=480-767")
    note = page.locator(".heat-note")
    expect(note).to_contain_text("No recording of this screen was found for windows 480\u2013767 px")
    expect(note).to_contain_text("There are recordings for windows under 480 px")
    # Of a page of 4,000 px the part is drawn that has something on it, and its windows' ends are shown.
    shape = page.locator(".heat-page.blank").evaluate("one => one.clientHeight / one.clientWidth")
    assert 0.5 < shape < 2, shape
    assert serious_violations(page) == []
    page.goto(f"{demo.base_url}/p/default/heatmaps?on=/shop&width=480-767&layer=scroll")
    expect(page.locator(".heat-window").first).to_be_visible()
    note.get_by_role("link", name="from 1200 px").click()
    expect(note).to_contain_text("Drawn on the page as recorded")
    assert "width=1200-" in page.url and "layer=scroll" in page.url
    # Where nobody was, the widths are named that somebody had.
    page.goto(f"{demo.base_url}/p/default/heatmaps?on=/shop/help/orders-and-returns&width=768-1199")
    page.locator(".state").get_by_role("link", name="under 480 px").click()
    expect(note).to_contain_text("Drawn on the page as recorded")


def test_live_can_be_read_on_a_phone(demo: RunningMien, chromium: Browser) -> None:
    send_click(demo, "/a-long-name/of-a-screen/that-needs-room", 1280)
    page = signed_in(demo, chromium, viewport=PHONE)
    page.goto(f"{demo.base_url}/p/default/live")
    row = page.locator(".live-table tbody tr").filter(has_text="/a-long-name")
    expect(row).to_contain_text("clicked", timeout=15_000)
    widths = {part: (row.locator(part).bounding_box() or {"width": 0})["width"] for part in (".live-doing", ".mini")}
    assert min(widths.values()) > 300, widths
    assert (row.bounding_box() or {"height": 999})["height"] < 260
    expect(row.locator(".live-signals")).to_be_visible()
    assert not scrolls_sideways(page) and serious_violations(page) == []
    page.context.close()


def test_system_tells_losses_by_hour_and_no_rows_where_nobody_counted(page: Page, demo: RunningMien) -> None:
    with demo.api() as api:
        told = api.get("/system").json()
    received, lost = (sum(one[f"{kind}_batches"] for one in told["hours"]) for kind in ("received", "lost"))
    assert received > 0 and lost == 0
    page.goto(f"{demo.base_url}/p/default/system")
    hours = page.locator(".card").filter(has_text="Batches by hour")
    expect(hours.locator(".hours")).to_have_attribute(
        "aria-label", f"In 24 hours {received}\u00a0batches arrived, and none is missing."
    )
    hours.get_by_role("button", name="table").click()
    cells = hours.locator("tbody tr td:nth-child(2)").all_inner_texts()
    assert len(cells) == 24 and sum(int(cell.replace(",", "")) for cell in cells) == received
    page.get_by_role("button", name="All").click()
    unknown = [one["table_name"] for one in told["tables"] if one["row_count"] is None]
    row = page.get_by_role("row").filter(has=page.get_by_role("cell", name=unknown[-1], exact=True))
    expect(row.locator("td").last).to_have_text("\u2013")
    row.get_by_role("note").hover()
    expect(page.get_by_role("tooltip")).to_contain_text("has not counted this table yet")
    assert serious_violations(page) == []
