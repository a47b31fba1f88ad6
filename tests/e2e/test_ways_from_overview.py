"""From the Overview to what explains its numbers, and to the second of a replay that a list was about."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.running import RunningMien


def answer(demo: RunningMien, path: str) -> Any:
    with demo.api() as api:
        return api.get(path).json()


def worst_of(row: dict[str, Any]) -> str:
    """Where its page opens: a second before the signal that cost most, as a player writes it."""
    seconds = max(0, max(row["mini"]["signals"], key=lambda one: one["points"])["at_ms"] - 1000) // 1000
    return f"{seconds // 60}:{seconds % 60:02}"


@pytest.mark.parametrize(
    ("kind", "card", "heading", "parameter"),
    [("screens", 0, "Screens", "on"), ("apis", 1, "Latency", "api"), ("elements", 2, "Heatmaps", "element")],
)
def test_a_place_leads_to_the_page_that_explains_it(
    page: Page, demo: RunningMien, kind: str, card: int, heading: str, parameter: str
) -> None:
    place = answer(demo, "/overview")[kind][0]
    page.goto(f"{demo.base_url}/p/default?period=30d")
    page.locator(".places .card").nth(card).get_by_role("link").first.click()
    expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    found = page.evaluate("(name) => new URL(location.href).searchParams.get(name)", parameter)
    assert found == place["name"]
    expect(page).to_have_url(re.compile("period=30d"))


def test_the_figures_of_the_score_open_their_lists(page: Page, demo: RunningMien) -> None:
    overview = answer(demo, "/overview")
    figures = page.locator(".counts > div")
    figures.filter(has_text="Likely frustrated").get_by_role("link").click()
    expect(page.get_by_role("heading", name="Moments")).to_be_visible()
    expect(page.locator(".moment-rows li")).to_have_count(overview["moments"])
    page.go_back()
    figures.filter(has_text="Waited").get_by_role("link").click()
    expect(page.get_by_role("heading", name="Latency", exact=True)).to_be_visible()
    page.go_back()
    page.locator(".hero").get_by_role("link").click()
    expect(page.get_by_role("heading", name="Score", exact=True)).to_be_visible()


def test_a_session_to_watch_first_opens_where_it_went_worst(page: Page, demo: RunningMien) -> None:
    row = answer(demo, "/overview")["worst"][0]
    page.locator(".watch-list a").first.click()
    expect(page.locator(".controls .time b")).to_have_text(worst_of(row))
    expect(page).to_have_url(re.compile(r"[?&]t=\d"))


def test_one_press_or_key_leads_to_the_worst_moment(page: Page, demo: RunningMien) -> None:
    row = answer(demo, "/overview")["worst"][0]
    page.goto(f"{demo.base_url}/p/default/sessions/{row['session_id']}")
    expect(page.locator(".controls .time b")).to_have_text("0:00")
    page.get_by_role("button", name=re.compile("^Worst moment")).click()
    expect(page.locator(".controls .time b")).to_have_text(worst_of(row))
    page.goto(f"{demo.base_url}/p/default/sessions/{row['session_id']}?t=0")
    expect(page.locator(".controls .time b")).to_have_text("0:00")
    page.keyboard.press("w")
    expect(page.locator(".controls .time b")).to_have_text(worst_of(row))


def test_a_signal_on_one_screen_is_one_condition_on_every_page(page: Page, demo: RunningMien) -> None:
    place = next(one for one in answer(demo, "/signals?kind=rage_click")["places"] if one["screen"])
    with demo.api() as api:
        params = {"signal_type": "rage_click", "signal_screen": place["screen"], "device": "desktop"}
        total = api.get("/sessions", params=params).json()["total"]
    assert total >= 1
    page.goto(f"{demo.base_url}/p/default/sessions?device=desktop")
    page.get_by_role("button", name="Add a condition").click()
    for text in ("Had a signal", "rage click", place["screen"]):
        page.get_by_role("option").filter(has_text=text).first.click()
    expect(page.locator("main")).to_contain_text(f"{total} of {total} shown")
    expect(page.locator(".filters .chip")).to_have_text(
        [re.compile("desktop"), f"had a rage click on {place['screen']}"], ignore_case=True
    )
    page.goto(f"{demo.base_url}/p/default/screens?device=desktop")
    page.get_by_role("button", name="Filter every page").click()
    for text in ("Had a signal", "rage click", place["screen"]):
        page.get_by_role("option").filter(has_text=text).first.click()
    expect(page.locator(".page-head p")).to_contain_text(re.compile(rf"seen in {total}\ssession"))


@pytest.mark.parametrize(
    ("of", "heading"), [("screen", "Screens"), ("api", "Latency"), ("error", None)], ids=["screen", "api", "error"]
)
def test_the_palette_finds_screens_apis_and_errors_by_name(
    page: Page, demo: RunningMien, of: str, heading: str | None
) -> None:
    found = answer(demo, f"/segment-values?of={of}")["values"][0]
    named = found["label"] or found["value"]
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill(named[:40])
    group = {"screen": "Screens", "api": "APIs", "error": "Errors"}[of]
    expect(page.locator(".pick-group", has_text=group)).to_be_visible()
    page.get_by_role("option").filter(has_text=named[:40]).first.click()
    if heading:
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
        expect(page).to_have_url(re.compile(r"[?&](on|api)="))
    else:
        expect(page).to_have_url(re.compile(f"/errors/{found['value']}"))


def test_a_phone_shows_what_an_api_costs_and_leaves_open(page: Page, demo: RunningMien) -> None:
    rows = answer(demo, "/latency")["rows"]
    open_ended = next(row for row in rows if row["status"]["unfinished"] > 0 and row["points_sessions"] > 0)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{demo.base_url}/p/default/latency")
    row = page.get_by_role("row").filter(has_text=open_ended["api"])
    for name in ("Unfinished", "Points lost"):
        expect(row.locator("small").filter(has_text=name)).to_be_visible()
    row.locator(".for-lost").get_by_role("link").click()
    total = open_ended["points_sessions"]
    expect(page.locator("main")).to_contain_text(f"{total} of {total} shown")
