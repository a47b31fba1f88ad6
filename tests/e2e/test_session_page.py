"""What the page of one session says and leads to, on the demo in real Chromium."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import httpx
from playwright.sync_api import Browser, Page, expect

from tests.support.batches import batch, click, now_ms
from tests.support.dashboard import PHONE, serious_violations, shown_total, signed_in
from tests.support.running import RunningMien

TELLING = ("frustrated", "confused", "hesitant", "disengaged", "engaged")


def sessions(demo: RunningMien) -> list[dict[str, Any]]:
    """The pages of all sessions, worst first."""
    with demo.api() as api:
        rows = api.get("/sessions", params={"sort": "score", "order": "asc", "limit": 100}).json()["rows"]
        return [api.get(f"/sessions/{row['session_id']}").json() for row in rows]


def opened(page: Page, demo: RunningMien, one: dict[str, Any], query: str = "") -> None:
    page.goto(f"{demo.base_url}/p/default/sessions/{one['session']['session_id']}{query}")
    expect(page.get_by_role("heading", level=1)).to_have_text(one["session"]["title"])


def moved_to(page: Page, seconds: float) -> None:
    """The address holds the playhead's second once it rests."""
    page.wait_for_url(lambda url: f"t={int(seconds)}" in url.split("?")[-1].split("&"), timeout=5_000)


def visit_of_a_minute(demo: RunningMien) -> str:
    """A visit of one tab as a script sends it, with web vitals; the third of its four batches never arrives."""
    session_id, tab, start = str(uuid4()), str(uuid4()), now_ms() - 60_000
    vitals = (("LCP", 3400, "needs-improvement"), ("INP", 90, "good"), ("CLS", 0.31, "poor"))
    parts: dict[int, list[dict[str, Any]]] = {
        0: [{"type": "screen_view", "at": start, "screen": "/far", "metadata": {"seq": 0}}],
        1: [click(start + 10_000, screen="/far", metadata={"seq": 1, "response_ms": 40})],
        3: [
            {"type": "web_vital", "at": start + 40_000 + at, "screen": "/far", "metadata": {"seq": 4 + at, **said}}
            for at, said in enumerate(
                {"name": name, "value": value, "rating": rating} for name, value, rating in vitals
            )
        ],
    }
    key = demo.cli("key", "create").split()[-1]
    for seq, events in parts.items():
        body = batch(key, session_id, tab=tab, seq=seq, events=events)
        body["session"]["started_at"] = start
        httpx.post(f"{demo.base_url}/v1/batch", json=body).raise_for_status()
    return session_id


def test_vitals_have_a_lane_with_their_rating_and_value(page: Page, demo: RunningMien) -> None:
    page.goto(f"{demo.base_url}/p/default/sessions/{visit_of_a_minute(demo)}")
    expect(page.locator(".timeline .tl-name").last).to_have_text("Vitals")
    titles = [title.replace("\u00a0", " ") for title in page.locator(".timeline .tl-mark title").all_text_contents()]
    assert {title.split(" ", 1)[1] for title in titles} >= {
        "LCP 3.4 s, needs improvement", "INP 90 ms, good", "CLS 0.31, poor",
    }  # fmt: skip
    expect(page.locator(".legend")).to_contain_text("vital: needs improvement")
    page.get_by_role("radiogroup").get_by_text("Events", exact=True).click()
    row = page.locator(".panel .step-list > li").filter(has_text="Measured CLS 0.31")
    expect(row.locator("small")).to_have_text("poor")


def test_a_replay_plays_at_half_to_sixteen_times_its_speed(page: Page, demo: RunningMien) -> None:
    opened(page, demo, sessions(demo)[0])
    page.get_by_role("button", name="Speed: 1\u00d7").click()
    expect(page.get_by_role("menuitem")).to_contain_text(
        ["0.5\u00d7", "1\u00d7", "2\u00d7", "4\u00d7", "8\u00d7", "16\u00d7"]
    )
    page.keyboard.press("Escape")
    page.keyboard.press("6")
    expect(page.get_by_role("button", name="Speed: 16\u00d7")).to_be_visible()
    page.keyboard.press("1")
    expect(page.get_by_role("button", name="Speed: 0.5\u00d7")).to_be_visible()


def test_a_moment_is_judged_by_the_signal_that_it_rests_on(page: Page, demo: RunningMien) -> None:
    one = next(one for one in sessions(demo) if any(moment["emotion"] == "frustrated" for moment in one["moments"]))
    opened(page, demo, one)
    group = page.locator(".moment-list .verdicts").first
    with page.expect_response(lambda answer: "verdict" in answer.url):  # it is said at once, before the answer
        group.get_by_role("button", name="Not frustration").click()
    expect(group).to_contain_text("Marked. It counts for")
    with demo.api() as api:
        said = api.get(f"/sessions/{one['session']['session_id']}").json()["signals"]
    judged = [signal for signal in said if signal["verdict"] is False]
    assert len(judged) == 1
    expect(page.locator(".moment-verdict").first).to_contain_text(judged[0]["label"])
    page.get_by_role("radiogroup").get_by_text("Signals", exact=True).click()
    expect(page.locator(".panel .verdict[aria-pressed=true]")).to_have_text(["Not frustration"])
    with page.expect_response(lambda answer: "verdict" in answer.url):
        page.locator(".panel .verdict[aria-pressed=true]").click()
    expect(group.get_by_role("button", name="Not frustration")).to_have_attribute("aria-pressed", "false")
    with demo.api() as api:
        said = api.get(f"/sessions/{one['session']['session_id']}").json()["signals"]
    assert {signal["verdict"] for signal in said} == {None}


def test_on_a_phone_the_moment_at_the_playhead_is_under_the_controls(demo: RunningMien, chromium: Browser) -> None:
    one = next(one for one in sessions(demo) if sum(moment["emotion"] in TELLING for moment in one["moments"]) > 1)
    page = signed_in(demo, chromium, viewport=PHONE, has_touch=True)
    opened(page, demo, one)
    card = page.get_by_role("region", name="The moment nearest to the playhead")
    expect(card).to_be_visible()
    tops = [
        page.locator(part).first.evaluate("(it) => it.getBoundingClientRect().top")
        for part in (".stage-card .controls", ".moment-now", ".timeline-card", ".panel")
    ]
    assert tops == sorted(tops), "replay, controls, moment, timeline, sum"
    telling = [moment for moment in one["moments"] if moment["emotion"] in TELLING]
    last = max(telling, key=lambda moment: moment["at_ms"])
    before = card.inner_text()
    page.get_by_role("list").filter(has=page.locator(".moment-verdict, small")).last.wait_for()
    page.goto(f"{page.url.split('?')[0]}?t={last['at_ms'] // 1000 + 1}")
    seconds = last["at_ms"] // 1000
    expect(card).to_contain_text(f"{seconds // 60}:{seconds % 60:02}")
    assert card.inner_text() != before
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert serious_violations(page) == []
    page.context.close()


def test_a_visitor_without_a_name_leads_to_the_sessions_of_the_device(page: Page, demo: RunningMien) -> None:
    one = next(one for one in sessions(demo) if not one["session"]["user"] and one["session"]["device_id"])
    opened(page, demo, one)
    expect(page.get_by_role("link", name="sessions by this visitor")).to_have_count(0)
    page.get_by_role("link", name="visitor without a name: sessions of this device").click()
    device = one["session"]["device_id"]
    with demo.api() as api:
        found = api.get("/sessions", params={"user": f"device:{device}"}).json()
        devices = [api.get(f"/sessions/{row['session_id']}").json()["session"]["device_id"] for row in found["rows"]]
    assert shown_total(page) == found["total"] == len(devices) > 0 and set(devices) == {device}
    expect(page.locator("main .chip").first).to_contain_text(f"a visitor without a name (device {device[:8]}")


def test_the_release_the_visitor_and_others_alike_lead_to_their_sessions(page: Page, demo: RunningMien) -> None:
    one = next(one for one in sessions(demo) if one["session"]["user"] and one["session"]["app_version"])
    session = one["session"]
    opened(page, demo, one)
    page.get_by_role("link", name=f"release {session['app_version']}").click()
    with demo.api() as api:
        total = api.get("/sessions", params={"release": session["app_version"]}).json()["total"]
    assert shown_total(page) == total > 0
    opened(page, demo, one)
    page.get_by_role("link", name="sessions by this visitor").click()
    who = session["user"]["external_user_id"] or session["user"]["email"]
    with demo.api() as api:
        total = api.get("/sessions", params={"user": who}).json()["total"]
    assert shown_total(page) == total > 0
    worst = sessions(demo)[0]
    opened(page, demo, worst)
    link = page.locator(".all-others a")
    expect(link).to_contain_text("of this period")
    total = int("".join(character for character in link.inner_text() if character.isdigit()))
    link.click()
    assert shown_total(page) == total > 0
    opened(page, demo, worst)
    page.get_by_role("link", name="How it is worked out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Score")


def test_keys_lead_to_pages_and_from_event_to_event(page: Page, demo: RunningMien) -> None:
    one = sessions(demo)[0]
    opened(page, demo, one, "?period=30d&t=0")
    expect(page.get_by_role("button", name="Skip idle: on")).to_be_visible()
    page.keyboard.press("ArrowRight")
    moved_to(page, 10)
    noise = ("pointer", "scroll", "resize")
    kinds = ("signals", "calls", "errors")
    times = {event["at_ms"] for event in one["events"] if event["type"] not in noise}
    times |= {thing["at_ms"] for kind in kinds for thing in one[kind]}
    after = min(at for at in times if at > 10_000)
    page.keyboard.press(".")
    expect(page.locator(".controls .time b")).to_have_text(f"{after // 60_000}:{after // 1000 % 60:02}")
    page.keyboard.press(",")
    before = max(at for at in times if at < after)
    expect(page.locator(".controls .time b")).to_have_text(f"{before // 60_000}:{before // 1000 % 60:02}")
    page.keyboard.press("g")
    page.keyboard.press("s")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sessions")
    assert "period=30d" in page.url, "the period is kept"
    for key, title in (("j", "Journeys"), ("l", "Latency"), ("o", "Overview")):
        page.keyboard.press("g")
        page.keyboard.press(key)
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("go to Journeys")


def test_a_lost_batch_is_a_gap_in_every_lane(page: Page, demo: RunningMien) -> None:
    page.goto(f"{demo.base_url}/p/default/sessions/{visit_of_a_minute(demo)}")
    expect(page.locator(".callout.hurt")).to_contain_text("1\u00a0batch of this session did not arrive")
    gap = page.locator(".timeline .tl-lost")
    expect(gap).to_have_count(1)
    expect(gap.locator("title")).to_have_text("not received: 0:10 \u2013 0:40")
    expect(gap.locator("text")).to_have_text("not received")
    lanes = page.locator(".timeline .tl-name")
    hatched, first, last = (
        it.evaluate("(it) => { const {top, bottom} = it.getBoundingClientRect(); return [top, bottom]; }")
        for it in (gap.locator("rect"), lanes.first, lanes.last)
    )
    assert hatched[0] <= first[0] and last[1] <= hatched[1], "through all lanes"
    expect(page.locator(".legend")).to_contain_text("not received")
    assert serious_violations(page) == []


def test_an_issue_and_its_marks_light_each_other(page: Page, demo: RunningMien) -> None:
    one = next(
        one
        for one in sessions(demo)
        if any(signal["type"] == "rage_click" and signal["incident"] for signal in one["signals"])
    )
    rage = next(signal for signal in one["signals"] if signal["type"] == "rage_click" and signal["incident"])
    opened(page, demo, one, "?t=0")
    row = page.locator(".sum > li").filter(has_text=rage["label"]).first
    row.hover()
    mark = page.locator(f'.timeline [data-mark="signal {rage["at_ms"]}"]').first
    expect(mark).to_have_attribute("data-lit", "")
    assert page.locator('.timeline [data-lit][data-mark^="click "]').count() > 1, "the clicks that it is made of"
    dim = page.locator(".timeline .tl-mark:not([data-lit])").first
    assert float(dim.evaluate("(it) => getComputedStyle(it).opacity")) == 0.4
    assert float(mark.evaluate("(it) => getComputedStyle(it).opacity")) == 1
    page.get_by_role("heading", level=1).hover()
    expect(page.locator(".timeline [data-lit]")).to_have_count(0)
    row.get_by_role("button").first.focus()
    expect(mark).to_have_attribute("data-lit", "")
    row.get_by_role("button").first.press("Enter")
    page.locator(".timeline").focus()
    expect(page.locator(".timeline [data-lit]")).to_have_count(0)
    expect(row).to_have_attribute("data-lit", "true")
    page.goto(f"{demo.base_url}/p/default/sessions/{one['session']['session_id']}?t=0")
    mark.hover()
    expect(row).to_have_attribute("data-lit", "true")
