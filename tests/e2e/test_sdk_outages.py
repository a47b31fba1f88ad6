"""When networks, servers, tabs and clocks fail: nothing is lost, nothing comes twice, and the times are right."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import pairwise
from typing import TypeAlias

import httpx
import psycopg
import pytest
from playwright.sync_api import Browser, Error, Request

from tests.support.clocks import pass_minute, pass_until, shifted, standing_still, with_fake_timers
from tests.support.gate import Gate, open_gate
from tests.support.running import RunningMien
from tests.support.stored import MAX_CHUNK_BYTES, Facts, chunk_texts, tabs_of
from tests.support.truth_checks import (
    check_calls,
    check_clicks,
    check_errors,
    check_nothing_lost,
    check_nothing_twice,
    check_replay,
)
from tests.support.truth_site import truth_site
from tests.support.truth_visits import Visit, of_type, open_visit, stored

SECONDS = 7.0
# As many megabytes as the recorder makes of them: blocks of paragraphs, as fast as timers come.
FLOOD = """([blocks, paragraphs]) => { let left = blocks;
  const pour = () => { const block = document.createElement("div");
    for (let n = 0; n < paragraphs; n++) block.append(Object.assign(document.createElement("p"), {textContent: Math.random() + "-".repeat(20)}));
    document.body.append(block);
    --left ? setTimeout(() => { block.remove(); pour(); }, 40) : window.flooded = true; };
  pour(); }"""
FLOOD_BYTES = 5_000_000
HOUR_MS = 3_600_000
TWO_DAYS_MS = 48 * HOUR_MS
CLICK_COUNT = "SELECT count(*) FROM events WHERE session_id = %s AND event_type = 'click'"
KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('mien:batch:')).length"
Whole: TypeAlias = "Callable[..., dict[str, list[Facts]]]"
TABLES = {"replay_chunks": "recorded_at, id", "sessions": "session_id"}


@pytest.fixture(scope="module")
def gate(mien: RunningMien) -> Iterator[Gate]:
    with open_gate(mien.base_url) as opened:
        yield opened


@pytest.fixture(scope="module")
def gated(mien: RunningMien, gate: Gate) -> Iterator[str]:
    """A truth site that sends through the gate."""
    with truth_site(gate.address, mien.cli("key", "create")) as address:
        yield address


@pytest.fixture(autouse=True)
def gate_is_open_at_first(gate: Gate) -> None:
    gate.mode = "open"


@pytest.fixture(scope="module")
def api(mien: RunningMien) -> Iterator[httpx.Client]:
    with mien.api() as client:
        yield client


@pytest.fixture
def whole(dsn: str, api: httpx.Client) -> Whole:
    """The rows of a visit's session, once it is certain that nothing is lost, twice, or at a wrong time."""

    def check(visit: Visit, wrong_by_ms: float = 0) -> dict[str, list[Facts]]:
        rows = stored(dsn, visit.session_id, **TABLES)
        check_clicks(visit, rows, wrong_by_ms)
        check_calls(visit, rows, wrong_by_ms)
        check_errors(visit, rows, wrong_by_ms)
        check_nothing_twice(rows)
        check_nothing_lost(dsn, visit.session_id)
        assert len(rows["sessions"]) == 1
        assert [row["screen"] for row in of_type(rows, "screen_view") if "frame" not in row["screen"]] == visit.screens
        answer = api.get(f"/sessions/{visit.session_id}").json()
        assert answer["session"]["lost_batches"] == 0
        assert answer["session"]["click_count"] == len(visit.clicks)
        return rows

    return check


def act(visit: Visit) -> None:
    """Two answered clicks, a call, an error and a dead click, each settled."""
    visit.press("#menu")
    visit.page.wait_for_timeout(250)
    visit.press("#quick")
    visit.page.wait_for_timeout(250)
    visit.press("#throws")
    visit.page.wait_for_timeout(250)
    visit.press("#dead")
    visit.page.wait_for_timeout(3200)


def act_for_a_minute(visit: Visit) -> None:
    """A click every ten seconds; some call the server, some throw."""
    pass_minute(visit.page, lambda number: visit.press(("#menu", "#quick", "#throws")[number % 3]))


def catch_up(visit: Visit, dsn: str) -> None:
    """One click more, and as much time as the script needs to send everything; then the page is left."""
    visit.press("#menu")
    with psycopg.connect(dsn, autocommit=True) as connection:

        def are_all_there() -> bool:
            found = connection.execute(CLICK_COUNT, [visit.session_id]).fetchone()
            return found == (len(visit.clicks),)

        pass_until(visit.page, are_all_there)
    visit.page.wait_for_timeout(300)
    visit.leave()


def test_network_off_for_a_minute(chromium: Browser, gated: str, dsn: str, whole: Whole) -> None:
    with open_visit(chromium, gated, SECONDS, prepare=with_fake_timers) as visit:
        visit.page.wait_for_timeout(1200)
        visit.page.context.set_offline(True)
        act_for_a_minute(visit)
        visit.page.context.set_offline(False)
        catch_up(visit, dsn)
    whole(visit)
    assert len(visit.clicks) == 7 and [call["status"] for call in visit.calls] == [0, 0]


def test_server_busy_for_a_minute(chromium: Browser, gate: Gate, gated: str, dsn: str, whole: Whole) -> None:
    attempts: dict[str, list[int]] = {}

    def note(request: Request) -> None:
        # The frame has a script of its own, which also tries what the page has kept, at its own pace.
        if "/v1/batch?t=" in request.url and gate.mode == "busy" and request.frame.parent_frame is None:
            body = (request.post_data_buffer or b"").hex()
            attempts.setdefault(body, []).append(int(request.url.split("t=")[1]))

    with open_visit(chromium, gated, SECONDS, prepare=with_fake_timers) as visit:
        visit.page.wait_for_timeout(1200)
        visit.page.on("request", note)
        gate.mode = "busy"
        act_for_a_minute(visit)
        gate.mode = "open"
        catch_up(visit, dsn)
    whole(visit)
    gaps = [after - before for times in attempts.values() for before, after in pairwise(times)]
    assert gaps and min(gaps) >= gate.retry_after_s * 1000, "it waits for as long as it was asked to"


@pytest.mark.parametrize("closed_by", ["person", "page"])
def test_tab_closed_at_once_after_a_click(
    chromium: Browser, gated: str, dsn: str, whole: Whole, closed_by: str
) -> None:
    with open_visit(chromium, gated, SECONDS) as visit:
        opener = visit.page
        with opener.expect_popup() as popup:  # the only kind of tab that a page may close
            opener.evaluate("address => void open(address)", f"{gated}/visited/start")
        visit.page = popup.value
        visit.went("/visited/start")
        visit.page.wait_for_function("window.mien && window.mien.sessionId === opener.mien.sessionId")
        if closed_by == "page":
            visit.page.evaluate("document.getElementById('dead').addEventListener('click', () => window.close())")
            with visit.page.expect_event("close"), suppress(Error):  # the tab may be gone before the click is over
                visit.press("#dead")
        else:
            visit.press("#dead")
            visit.page.close()
        opener.wait_for_timeout(600)
        visit.page = opener
        visit.leave()
    (click,) = of_type(whole(visit), "click")
    assert "response" not in click["metadata"], "nobody knows whether it would have been answered"


@pytest.mark.parametrize("hours", [2, -2])
def test_clock_two_hours_wrong(chromium: Browser, gated: str, whole: Whole, hours: int) -> None:
    wrong_by_ms = hours * HOUR_MS
    with open_visit(chromium, gated, SECONDS, prepare=shifted(wrong_by_ms)) as visit:
        began_at = time.time() * 1000
        act(visit)
        visit.leave()
    rows = whole(visit, wrong_by_ms)
    check_replay(visit, rows, wrong_by_ms)
    session = rows["sessions"][0]
    assert abs(session["started_at"].timestamp() * 1000 - began_at) < 3000
    assert 0 < session["duration_ms"] < 30_000


def test_two_tabs_of_one_session(chromium: Browser, gated: str, dsn: str, whole: Whole) -> None:
    with open_visit(chromium, gated, SECONDS) as visit:
        first, session_id = visit.page, visit.session_id
        second = first.context.new_page()
        visit.open(second, f"{gated}/visited/start")
        assert visit.session_id == session_id
        for selector in ("#menu", "#quick", "#throws"):
            for page in (first, second):
                page.bring_to_front()
                page.click(selector)
                page.wait_for_timeout(300)
        for page in (first, second):
            page.goto("about:blank")
            page.wait_for_timeout(500)
    rows = whole(visit)
    check_replay(visit, rows)
    assert len(visit.clicks) == 6
    assert len(tabs_of(dsn, session_id)) == 4, "two pages, and the frame of each"


@pytest.mark.parametrize("is_told", [True, False], ids=["as_told", "by_the_browser"])
def test_page_from_the_back_forward_cache(chromium: Browser, gated: str, whole: Whole, is_told: bool) -> None:
    """`is_told`: by events alone, for browsers that keep no page. Chromium's headless shell is one of them."""
    with open_visit(chromium, gated, SECONDS) as visit:
        page = visit.page
        visit.press("#menu")
        page.wait_for_timeout(1300)
        page.evaluate("window.kept = true")
        for _ in range(2):
            if is_told:
                page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
                page.wait_for_timeout(200)
                page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
            else:
                visit.open(page, f"{gated}/visited/start?other")
                visit.press("#quick")
                page.wait_for_timeout(1300)
                page.go_back(wait_until="commit")
            visit.went("/visited/start")
            page.wait_for_timeout(400)
            if not page.evaluate("window.kept === true"):
                pytest.skip("this browser keeps no pages; MIEN_CHROMIUM may name one that does")
            visit.press("#menu")
            page.wait_for_timeout(300)
        visit.leave()
    rows = whole(visit)
    check_replay(visit, rows)
    views = [row for row in of_type(rows, "screen_view") if row["screen"] != "/visited/frame"]
    expected = ["full", "back_forward", "back_forward"]
    if not is_told:
        expected = ["full", "full", "back_forward", "full", "back_forward"]
    assert [row["metadata"]["load"] for row in views] == expected


def test_five_megabytes_of_mutations(chromium: Browser, gated: str, whole: Whole) -> None:
    with open_visit(chromium, gated, SECONDS) as visit:
        page = visit.page
        # A quick machine records them cheaply enough to go on: as slow as the phones for which the limit stands.
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 2})
        page.evaluate(FLOOD, [12, 1500])
        for selector in ("#menu", "#quick", "#throws"):
            visit.press(selector)
            page.wait_for_timeout(500)
        began = time.monotonic()
        assert page.evaluate("1 + 1") == 2 and time.monotonic() - began < 1, "the page is alive"
        page.wait_for_function("window.flooded")
        page.evaluate("mien.flush()")
        page.wait_for_timeout(2500)
        visit.leave()
    rows = whole(visit)
    sizes = [len(text.encode()) for text in chunk_texts(row["chunk_data"] for row in rows["replay_chunks"])]
    assert sizes and max(sizes) <= MAX_CHUNK_BYTES
    told = [row["metadata"] for row in of_type(rows, "recorder")]
    assert [(one["state"], one["reason"]) for one in told] == [("stopped", "mutations")]


def test_five_megabytes_of_mutations_where_recording_them_is_cheap(chromium: Browser, gated: str, whole: Whole) -> None:
    """How much is recorded before the recorder stops depends on the machine; on one that is quick enough it is all."""
    with open_visit(chromium, gated, SECONDS, prepare=standing_still) as visit:
        page = visit.page
        page.evaluate(FLOOD, [16, 1500])
        page.wait_for_function("window.flooded")
        page.wait_for_timeout(4500)  # until it has packed them
        page.evaluate("mien.flush()")
        page.wait_for_timeout(4000)
        visit.press("#menu")
        page.wait_for_timeout(500)
        visit.leave()
    rows = whole(visit)
    sizes = [len(text.encode()) for text in chunk_texts(row["chunk_data"] for row in rows["replay_chunks"])]
    assert sum(sizes) > FLOOD_BYTES and MAX_CHUNK_BYTES / 4 < max(sizes) <= MAX_CHUNK_BYTES
    assert not of_type(rows, "recorder")


@pytest.mark.parametrize("was_stored", [False, True], ids=["never_stored", "answer_lost"])
def test_kept_for_two_days(chromium: Browser, gate: Gate, gated: str, whole: Whole, was_stored: bool) -> None:
    """Only the browser's clock can be moved: what never came was made two days ago, what came is sent again in two."""
    gate.retry_after_s = 600
    gate.mode = "deaf" if was_stored else "busy"
    first_ms, second_ms = (0, TWO_DAYS_MS) if was_stored else (-TWO_DAYS_MS, 0)
    with open_visit(chromium, gated, SECONDS, prepare=shifted(first_ms)) as visit:
        page = visit.page
        act(visit)
        page.evaluate("mien.flush()")
        page.wait_for_timeout(500)
        gate.mode = "busy"  # of some batches the answer was lost, others never came
        visit.press("#menu")
        page.wait_for_timeout(300)
        visit.leave()
        gate.mode = "open"
        session_id, clicks, screens = visit.session_id, list(visit.clicks), list(visit.screens)
        later = page.context.new_page()
        shifted(second_ms)(later)
        visit.open(later, f"{gated}/visited/start")
        later.wait_for_timeout(3500)
        assert visit.session_id != session_id and later.evaluate(KEPT) == 0
        later.close()
    visit.session_id, visit.clicks, visit.screens = session_id, clicks, screens
    check_replay(visit, whole(visit))
