"""The dashboard in real Chromium, on the demo's visits and on an empty installation: it works, for anybody."""

from __future__ import annotations

import re
import time
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.dashboard import DESKTOP, PHONE, scrolls_sideways, serious_violations, shown_total, sign_in
from tests.support.running import PASSWORD, RunningMien


def test_the_finding_opens_exactly_as_many_sessions_as_it_says(page: Page) -> None:
    button = page.get_by_role("link", name=re.compile("^Watch"))
    count = int("".join(character for character in button.inner_text() if character.isdigit()))
    button.click()
    expect(page.get_by_role("heading", name="Sessions")).to_be_visible()
    expect(page.locator("main")).to_contain_text(f"{count} of {count} shown")


def test_numbers_of_the_overview_add_up_to_the_api(page: Page, demo: RunningMien) -> None:
    with demo.api() as api:
        overview = api.get("/overview").json()
        total = api.get("/sessions").json()["total"]
    assert total == overview["sessions"] >= 24
    assert sum(cause["points"] for cause in overview["causes"]) == pytest.approx(100 - overview["score"], abs=1e-6)
    expect(page.locator("main")).to_contain_text(f"{overview['score']:.1f}")


def test_the_worst_session_plays_and_jumps_to_its_signals(page: Page, demo: RunningMien) -> None:
    with demo.api() as api:
        worst = api.get("/sessions", params={"sort": "score", "order": "asc", "limit": 1}).json()["rows"][0]
    page.goto(f"{demo.base_url}/p/default/sessions/{worst['session_id']}")
    expect(page.get_by_role("heading", name=worst["title"])).to_be_visible()
    frame = page.locator("iframe").first
    expect(frame).to_have_attribute("sandbox", "allow-same-origin")
    expect(page.frame_locator("iframe").first.locator("body")).to_contain_text("Larkspur")
    page.get_by_role("button", name="Play").first.click()
    clock = page.locator("section[aria-label=Replay]")
    expect(clock).to_contain_text("0:02", timeout=8_000)


def test_a_likely_frustrated_moment_is_told_with_its_evidence(demo: RunningMien) -> None:
    with demo.api() as api:
        assert api.get("/overview").json()["moments"] >= 1
        for row in api.get("/sessions", params={"sort": "score", "order": "asc"}).json()["rows"]:
            moments = api.get(f"/sessions/{row['session_id']}").json()["moments"]
            told = [moment["sentence"] for moment in moments if moment["emotion"] == "frustrated"]
            if told:
                assert "evidence" in told[0] and "ikely" in told[0]
                return
    raise AssertionError("no session has a likely frustrated moment")


def test_a_heatmap_is_drawn_on_the_recorded_page_and_opens_its_sessions(page: Page, demo: RunningMien) -> None:
    screen = "/shop/checkout/payment"
    with demo.api() as api:
        width = api.get("/heatmap", params={"on": screen, "layer": "scroll"}).json()["width"]
        elements = api.get("/heatmap/elements", params={"on": screen, "width": width}).json()["elements"]
    worst = max(elements, key=lambda row: row["dead_sessions"])
    assert worst["dead_sessions"] >= 1, "paying fails in silence in this shop"
    page.goto(f"{demo.base_url}/p/default/heatmaps?on={screen}")
    frame = page.locator("iframe")
    expect(frame).to_have_attribute("sandbox", "allow-same-origin")
    expect(page.frame_locator("iframe").locator("h1")).to_have_text("Payment")
    expect(page.locator(".heat-mark.dead").first).to_be_visible()
    drawn = "(it) => it.getContext('2d').getImageData(0, 0, it.width, it.height).data.some((n) => n > 0)"
    assert page.locator(".heat-canvas").evaluate(drawn), "the canvas is empty"
    row = page.get_by_role("row").filter(has_text=worst["label"])
    row.get_by_role("link", name=re.compile("Dead clicks")).click()
    total = f"{worst['dead_sessions']} of {worst['dead_sessions']} shown"
    expect(page.locator("main")).to_contain_text(total)
    expect(page.locator(".chip")).to_contain_text(f"on {screen}, a dead click")
    page.go_back()
    page.get_by_text("Scroll reach").click()
    expect(page).to_have_url(re.compile("layer=scroll"))
    page.keyboard.press("l")
    expect(page).to_have_url(re.compile("layer=attention"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_pages_are_accessible_and_fit(demo: RunningMien, chromium: Browser, size: dict[str, int], scheme: str) -> None:
    context = chromium.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.goto(demo.base_url)
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert serious_violations(page) == []
    sign_in(page, demo)
    with demo.api() as api:
        session_id = api.get("/sessions").json()["rows"][0]["session_id"]
    paths = (
        "", "/sessions", f"/sessions/{session_id}", "/latency", "/latency?view=vitals", "/heatmaps", "/journeys",
        "/journeys?direction=backwards&depth=2", "/journeys?view=loops",
        "/journeys?view=funnel&steps=/shop>>/shop/cart",
    )  # fmt: skip
    for path in (f"/p/default{path}" for path in paths):
        page.goto(demo.base_url + path)
        page.wait_for_load_state("networkidle")
        assert serious_violations(page) == [], path
        assert not scrolls_sideways(page), path
    assert failures == []
    context.close()


def test_numbers_of_the_latency_page_open_their_sessions(page: Page, demo: RunningMien) -> None:
    with demo.api() as api:
        found = api.get("/latency").json()
    failing = next(row for row in found["rows"] if row["failed"])
    page.goto(f"{demo.base_url}/p/default/latency")
    row = page.get_by_role("row").filter(has_text=failing["api"]).first
    main = page.locator("main")
    for link, sessions in (
        (row.get_by_role("link", name=re.compile(r"calls?, Watch")), failing["sessions"]),
        (row.get_by_role("link", name=re.compile(r"points|Watch")).last, failing["points_sessions"]),
        (page.get_by_role("link", name=f"in {found['sessions']}\u00a0sessions"), found["sessions"]),
    ):
        link.click()
        expect(page.get_by_role("heading", name="Sessions")).to_be_visible()
        expect(main).to_contain_text(re.compile(rf"of {sessions} shown"))
        page.go_back()
        expect(page.get_by_role("heading", name="Latency", exact=True)).to_be_visible()


def test_the_latency_page_shows_one_api_in_depth_and_keeps_it_in_the_address(page: Page, demo: RunningMien) -> None:
    with demo.api() as api:
        rows = api.get("/latency").json()["rows"]
    page.goto(f"{demo.base_url}/p/default/latency")
    expect(page.get_by_role("heading", name=rows[0]["api"], exact=True)).to_be_visible()
    page.keyboard.press("j")
    expect(page.get_by_role("heading", name=rows[1]["api"], exact=True)).to_be_visible()
    assert "api=" in page.url
    page.reload()
    expect(page.get_by_role("heading", name=rows[1]["api"], exact=True)).to_be_visible()
    page.get_by_role("link", name=re.compile(r"^at \d")).first.click()
    expect(page.locator("section[aria-label=Replay]")).to_be_visible()
    assert "t=" in page.url


def test_numbers_and_bands_of_a_flow_open_as_many_sessions_as_they_say(page: Page, demo: RunningMien) -> None:
    with demo.api() as api:
        flow = api.get("/journeys/flow").json()
    node = next(node for node in flow["nodes"] if node["depth"] == 1 and node["screen"])
    label = page.locator(".flow-label", has_text=node["screen"])
    page.goto(f"{demo.base_url}/p/default/journeys")
    number = label.get_by_role("link").first
    count = int(number.inner_text())
    number.press("Enter")
    assert shown_total(page) == count
    page.go_back()
    band = page.locator(".flow-band").first
    count = int(band.locator("title").text_content().rsplit(":", 1)[1].split()[0])  # type: ignore[union-attr]
    band.dispatch_event("click")
    assert shown_total(page) == count
    page.go_back()
    page.keyboard.press("t")
    page.wait_for_url("**table=1**")
    rows = page.locator(".flow-table tbody tr")
    assert rows.count() >= len(flow["edges"])
    count = int(rows.last.get_by_role("link").inner_text())
    rows.last.get_by_role("link").click()
    assert shown_total(page) == count


def test_a_funnel_is_built_stands_in_the_url_and_opens_its_sessions(page: Page, demo: RunningMien) -> None:
    with demo.api() as api:
        first, second = [one["name"] for one in api.get("/journeys/choices").json()["screens"][:2]]
    page.goto(f"{demo.base_url}/p/default/journeys?view=funnel")
    expect(page.locator("main")).to_contain_text("Choose two to eight steps")
    page.get_by_role("combobox", name="Step 1").select_option(first)
    page.get_by_role("combobox", name="Step 2").select_option(second)
    expect(page.locator(".funnel-step")).to_have_count(2)
    assert f"steps={first}>>{second}" in unquote(page.url)
    copied = page.url
    page.goto(f"{demo.base_url}/p/default")
    page.goto(copied)
    for link in (".funnel-step >> nth=1 >> a", ".funnel-loss >> nth=0 >> a >> nth=0"):
        number = page.locator(link)
        count = int(number.inner_text().split()[0])
        number.click()
        assert shown_total(page) == count
        page.go_back()
    page.get_by_role("button", name="Remove step 2").or_(page.get_by_role("button", name="Add a step")).last.click()
    expect(page.get_by_role("combobox", name="Step 3")).to_be_visible()


def test_a_persons_own_visit_to_the_shop_appears(page: Page, demo: RunningMien, chromium: Browser) -> None:
    context = chromium.new_context(viewport=DESKTOP)  # type: ignore[arg-type]
    shop = context.new_page()
    shop.goto(f"{demo.base_url}/shop/cart")
    shop.wait_for_function("window.mien && window.mien.sessionId")
    session_id = shop.evaluate("window.mien.sessionId")
    shop.mouse.click(400, 300)
    shop.wait_for_timeout(4500)
    context.close()
    with demo.api() as api:
        for _ in range(100):
            answer = api.get(f"/sessions/{session_id}")
            if answer.status_code == 200 and answer.json()["score"]["score"] is not None:
                break
            time.sleep(0.1)
    assert answer.json()["session"]["screen_count"] >= 1
    page.goto(f"{demo.base_url}/p/default/sessions/{session_id}")
    expect(page.locator("main")).to_contain_text("So far")


def test_an_empty_installation_teaches_the_script_tag(mien: RunningMien, chromium: Browser) -> None:
    context = chromium.new_context(viewport=DESKTOP)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(mien.base_url)
    page.get_by_role("textbox", name="Name").fill("tester")
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("main")).to_contain_text("/mien.js")
    expect(page.locator("main")).to_contain_text("mk_")
    assert serious_violations(page) == []
    context.close()


def test_a_wrong_password_is_said(mien: RunningMien, chromium: Browser) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(mien.base_url)
    page.get_by_role("textbox", name="Name").fill("tester")
    page.get_by_role("textbox", name="Password").fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Name or password is wrong")).to_be_visible()
    context.close()
