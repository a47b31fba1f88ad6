"""Screens, Signals, Moments and Score in real Chromium, on the demo's visits and on an empty database."""

from __future__ import annotations

import re
import time
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.dashboard import DESKTOP, PHONE, scrolls_sideways, serious_violations, signed_in
from tests.support.running import PASSWORD, RunningMien

BUSY = '{"error": "busy", "message": "The database did not answer. Collecting goes on."}'
PATHS = ("/screens", "/signals", "/signals?lab=1", "/moments", "/score")


def answer(demo: RunningMien, path: str) -> Any:
    with demo.api() as api:
        return api.get(path).json()


def open_page(page: Page, demo: RunningMien, path: str) -> None:
    page.goto(f"{demo.base_url}/p/default{path}")


def expect_sessions(page: Page, count: int) -> None:
    expect(page.get_by_role("heading", name="Sessions", exact=True)).to_be_visible()
    expect(page.locator("main")).to_contain_text(f"{count} of {count} shown")


def test_the_numbers_of_a_screen_open_exactly_its_sessions(page: Page, demo: RunningMien) -> None:
    row = answer(demo, "/screens")["rows"][0]
    for label, count in (
        (rf"\d, Watch {row['points_sessions']}.session", row["points_sessions"]),
        (rf": Watch {row['sessions']}.session", row["sessions"]),
        (rf": {row['signals']}.signals, watch", row["signal_sessions"]),
    ):
        open_page(page, demo, "/screens")
        page.locator("tbody tr").first.get_by_role("link", name=re.compile(label)).last.click()
        expect_sessions(page, count)


def test_a_screen_in_depth_leads_to_its_causes_heatmap_and_journeys(page: Page, demo: RunningMien) -> None:
    screen = answer(demo, "/screens")["rows"][0]["screen"]
    detail = answer(demo, "/screens/one?" + urlencode({"on": screen}))
    open_page(page, demo, "/screens")
    page.locator("tbody tr").nth(1).locator("th small").click()
    expect(page).to_have_url(re.compile("[?&]on="))
    page.keyboard.press("k")
    expect(page.get_by_role("heading", name=f"What costs on {screen}")).to_be_visible()
    cause = detail["causes"][0]
    page.locator(".screen-depth .card").first.get_by_role("link").first.click()
    expect_sessions(page, cause["sessions"])
    expect(page.locator(".chips")).to_contain_text(f"lost points on {screen}")
    for name, heading in (("Heatmap", "Heatmaps"), ("Journeys from here", "Journeys")):
        open_page(page, demo, "/screens")
        page.get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
        expect(page).to_have_url(re.compile(r"(on|start)=" + re.escape(screen)))


def test_sorting_is_in_the_address(page: Page, demo: RunningMien) -> None:
    open_page(page, demo, "/screens")
    page.get_by_role("button", name="Sessions", exact=True).click()
    expect(page).to_have_url(re.compile("screen_sort=sessions"))
    most = answer(demo, "/screens?sort=sessions")["rows"][0]
    expect(page.locator("tbody tr").first).to_contain_text(most["screen"])


def test_a_verdict_counts_at_once_and_can_be_taken_back(page: Page, demo: RunningMien) -> None:
    first = answer(demo, "/signals")["places"][0]
    open_page(page, demo, "/signals")
    group = page.get_by_role("group", name=re.compile("Was this frustration")).first
    group.get_by_role("button", name="Not frustration").click()
    expect(group).to_contain_text("Marked. It counts for")
    expect(page.locator(".places-card tbody tr").first).to_contain_text("0 of 1")
    (said,) = [row for row in answer(demo, "/signals")["places"] if row["judged"]]
    assert said["element_id"] == first["element_id"] and said["judged"]["frustration"] == 0
    page.reload()
    expect(group.get_by_role("button", name="Not frustration")).to_have_attribute("aria-pressed", "true")
    group.get_by_role("button", name="Frustration", exact=True).click()
    expect(page.locator(".places-card tbody tr").first).to_contain_text("1 of 1")
    group.get_by_role("button", name="Undo").click()
    expect(group).to_contain_text("Taken back.")
    expect(page.locator(".places-card tbody tr").first).to_contain_text("Nobody said yet")
    assert not any(row["judged"] for row in answer(demo, "/signals")["places"])


def test_kinds_and_places_open_their_sessions_and_examples_their_second(page: Page, demo: RunningMien) -> None:
    found = answer(demo, "/signals")
    kind, place = found["kinds"][0], found["places"][0]
    open_page(page, demo, "/signals")
    page.locator(".kinds-card tbody tr").first.get_by_role("link", name=re.compile("Watch")).click()
    expect_sessions(page, kind["sessions"])
    open_page(page, demo, "/signals")
    page.locator(".places-card tbody tr").first.get_by_role("link", name=re.compile("Watch")).click()
    expect_sessions(page, place["sessions"])
    expect(page.locator(".chips")).to_contain_text(place["label"] or place["element_id"])
    open_page(page, demo, "/signals")
    page.locator(".kinds-card .kind-name").nth(1).click()
    expect(page).to_have_url(re.compile(f"kind={found['kinds'][1]['type']}"))
    page.locator(".example-what a").first.click()
    expect(page).to_have_url(re.compile(r"/sessions/[0-9a-f-]{36}\?.*t=\d"))


def test_a_place_is_muted_and_unmuted(page: Page, demo: RunningMien) -> None:
    place = answer(demo, "/signals")["places"][0]
    open_page(page, demo, "/signals")
    page.get_by_role("button", name=re.compile("^Mute this place")).click()
    expect(page.locator(".muted-list")).to_contain_text(place["element_id"])
    assert answer(demo, "/signals/precision")["muted"] == [
        {"type": place["type"], "element_id": place["element_id"], "screen": place["screen"]}
    ]
    page.get_by_role("button", name=re.compile("^Unmute")).click()
    expect(page.locator("main")).to_contain_text("No longer muted.")
    assert answer(demo, "/signals/precision")["muted"] == []


def test_the_laboratory_tries_uses_and_goes_back(page: Page, demo: RunningMien) -> None:
    open_page(page, demo, "/signals?lab=1")
    field = page.get_by_label("Try it with")
    field.fill("99")
    expect(page.locator("main")).to_contain_text("Give a whole number from 2 to 20.")
    expect(page.get_by_role("button", name="Add to the trial")).to_be_disabled()
    field.fill("12")
    page.get_by_role("button", name="Add to the trial").click()
    page.get_by_role("button", name="Try", exact=True).click()
    result = page.get_by_role("region", name="What would have been found")
    expect(result).to_contain_text("Rage click", timeout=40_000)
    expect(result).to_contain_text("sessions would change")
    assert result.get_by_role("link").count() > 0, "what is gone can be looked at"
    assert not any(row["is_changed"] for row in answer(demo, "/signals/thresholds")["thresholds"]), "saves nothing"
    page.get_by_role("button", name="Use it …").click()
    expect(page.get_by_role("alertdialog")).to_contain_text("rage_click.min_clicks = 12")
    page.get_by_role("button", name="Set and analyse again").click()
    expect(page.locator("main")).to_contain_text("will be analysed again in the background")
    changed = {
        row["name"]: row["value"] for row in answer(demo, "/signals/thresholds")["thresholds"] if row["is_changed"]
    }
    assert changed == {"rage_click.min_clicks": 12}
    page.get_by_role("button", name="Back to default: rage_click.min_clicks").click()
    expect(page.locator("main")).to_contain_text("All numbers are the defaults.")


def wait_until_settled(demo: RunningMien) -> None:
    """Former tests changed numbers: until all sessions stand under the present ones."""
    for _ in range(300):
        if answer(demo, "/freshness")["queued"] == 0 and answer(demo, "/overview")["scored"] >= 24:
            break
        time.sleep(0.1)


def test_moments_are_worded_with_care_and_open_their_second(page: Page, demo: RunningMien) -> None:
    wait_until_settled(demo)
    found = answer(demo, "/moments")
    open_page(page, demo, "/moments")
    expect(page.locator("main")).to_contain_text("Estimates of moments, not of people")
    rows = page.locator(".moment-rows li")
    expect(rows).to_have_count(len(found["rows"]))
    assert "%" not in page.locator(".moment-rows").inner_text()
    frustrated = next(row for row in found["counts"] if row["emotion"] == "frustrated")
    page.get_by_role("button", name="Likely frustrated").click()
    expect(rows).to_have_count(frustrated["moments"])
    page.get_by_role("link", name=re.compile("^Likely frustrated:")).click()
    expect_sessions(page, frustrated["sessions"])
    page.go_back()
    rows.first.get_by_role("link").click()
    expect(page).to_have_url(re.compile(rf"/sessions/.*t={found['rows'][0]['at_ms'] / 1000:g}"))
    open_page(page, demo, "/moments?user=nobody")
    expect(page.locator("main")).to_contain_text("Moments are not listed by person")
    open_page(page, demo, "/moments?device=tablet")
    expect(page.locator("main")).to_contain_text("Too few sessions")


def test_bars_and_releases_of_the_score_open_their_sessions(page: Page, demo: RunningMien) -> None:
    wait_until_settled(demo)
    found = answer(demo, "/score/summary")
    bar = next(row for row in found["histogram"] if row["sessions"])
    open_page(page, demo, "/score")
    page.locator(".score-bars a").first.click()
    expect_sessions(page, bar["sessions"])
    open_page(page, demo, "/score")
    release = found["releases"][0]
    page.get_by_role("link", name=re.compile(rf"^{re.escape(release['release'])}: ")).first.click()
    expect_sessions(page, release["sessions"])
    open_page(page, demo, "/score")
    page.get_by_text("Device", exact=True).click()
    device = answer(demo, "/score?by=device")["rows"][0]
    page.locator(".by-table tbody a").first.click()
    expect_sessions(page, device["sessions"])


def test_a_release_leads_to_what_its_points_went_to(page: Page, demo: RunningMien) -> None:
    wait_until_settled(demo)
    release = answer(demo, "/score/summary")["releases"][0]["release"]
    first = answer(demo, f"/score/issues?by=element&release={release}")["rows"][0]
    open_page(page, demo, "/score")
    page.get_by_role("link", name=f"What its points went to: release {release}").click()
    expect(page.get_by_role("group", name="Segment")).to_contain_text(f"of release {release}")
    row = page.locator(".issues-table tbody tr").first
    expect(row).to_contain_text(first["label"] or first["name"])
    row.locator("td").last.get_by_role("link").click()
    expect_sessions(page, first["sessions"])


def test_issues_say_what_the_score_would_be_and_open_their_sessions(page: Page, demo: RunningMien) -> None:
    wait_until_settled(demo)
    for by, name in (("screen", None), ("api", "APIs"), ("element", "Elements")):
        found = answer(demo, f"/score/issues?by={by}&with_gain=1")
        first = found["rows"][0]
        open_page(page, demo, "/score")
        if name:
            page.get_by_role("radiogroup", name="Issues at").get_by_text(name, exact=True).click()
        row = page.locator(".issues-table tbody tr").first
        expect(row).to_contain_text(f"+{first['gain_if_fixed']:.1f}")
        expect(row).to_contain_text(f"score {found['score'] + first['gain_if_fixed']:.1f}")
        row.locator("td").last.get_by_role("link").click()
        expect_sessions(page, first["sessions"])


def test_the_example_of_the_score_adds_up(page: Page, demo: RunningMien) -> None:
    wait_until_settled(demo)
    session = answer(demo, f"/sessions/{answer(demo, '/score/summary')['example']}")
    open_page(page, demo, "/score")
    expect(page.locator(".worked-result")).to_contain_text(f"= {session['score']['exact']:.1f}")
    shown = [float(cell) for cell in page.locator(".worked tbody td:nth-child(3)").all_inner_texts()]
    assert abs(sum(shown) - (100 - session["score"]["exact"])) < 0.05 * len(shown) + 0.05
    weights = page.locator(".weights tbody tr")
    expect(weights.filter(has_text="Crash")).to_contain_text("30.1")


def test_a_failing_server_is_said_with_a_way_on(page: Page, demo: RunningMien) -> None:
    for path, call in (
        ("/screens", "screens?"),
        ("/signals", "signals?"),
        ("/moments", "moments?"),
        ("/score", "score/summary?"),
    ):
        pattern = re.compile(re.escape(f"/api/projects/default/{call}"))
        page.route(pattern, lambda route: route.fulfill(status=503, body=BUSY, content_type="application/json"))
        open_page(page, demo, path)
        expect(page.get_by_role("alert").first).to_contain_text("The database did not answer", timeout=20_000)
        page.unroute(pattern)
        page.get_by_role("button", name="Try again").first.click()
        expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_pages_are_accessible_and_fit(
    demo: RunningMien, chromium: Browser, size: dict[str, int], scheme: str
) -> None:
    page = signed_in(demo, chromium, viewport=size, color_scheme=scheme)
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    for path in PATHS:
        open_page(page, demo, path)
        page.wait_for_load_state("networkidle")
        assert serious_violations(page) == [], path
        assert not scrolls_sideways(page), path
    assert failures == []
    page.context.close()


def test_an_empty_database_teaches(mien: RunningMien, chromium: Browser) -> None:
    page = chromium.new_context(viewport=DESKTOP).new_page()  # type: ignore[arg-type]
    page.goto(mien.base_url)
    page.get_by_role("textbox", name="Name").fill("tester")
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    # Of an empty project no page has a heading of its own.
    expect(page.locator("main")).to_contain_text("mien.js")
    for path in ("/screens", "/signals", "/moments", "/score", "/latency", "/latency?view=vitals", "/journeys"):
        open_page(page, mien, path)
        expect(page.locator("main")).to_contain_text("mien.js")
        assert serious_violations(page) == [], path
    open_page(page, mien, "/signals?lab=1")
    page.get_by_label("Try it with").fill("5")
    page.get_by_role("button", name="Add to the trial").click()
    page.get_by_role("button", name="Try", exact=True).click()
    expect(page.locator("main")).to_contain_text("Nothing would change.", timeout=40_000)
    page.context.close()
