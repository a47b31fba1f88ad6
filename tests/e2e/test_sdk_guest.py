"""The SDK as a guest: in strange places, on pages that are left, hidden, restored, offline, or very large."""

from __future__ import annotations

import asyncio
import json

import pytest

from tests.support.sdk_site import Site

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_web_vitals_arrive_inp_included(site: Site) -> None:
    await site.open()
    await site.page.evaluate("""document.getElementById("works").addEventListener("click", () => {
        const until = performance.now() + 120; while (performance.now() < until); })""")
    await site.page.click("#works")
    await site.page.wait_for_timeout(600)
    vitals = {event["metadata"]["name"]: event["metadata"] for event in (await site.leave()).events("web_vital")}
    assert set(vitals) == {"LCP", "INP", "CLS", "FCP", "TTFB"}
    assert 100 <= vitals["INP"]["value"] < 600 and vitals["INP"]["rating"] in ("good", "needs-improvement", "poor")


async def test_an_error_that_leaves_a_blank_page_is_a_crash(site: Site) -> None:
    site.html = """<!doctype html><title>App</title><script async src="%(collector)s/mien.js" data-key="mk_test"></script>
        <body><div id="app"><h1>Shop</h1><button id="works">Works</button></div><svg style="display:none"></svg></body>"""
    await site.open()
    await site.page.wait_for_timeout(1500)
    await site.page.evaluate("setTimeout(() => { throw new Error('harmless') })")
    await site.page.wait_for_timeout(5300)
    await site.page.evaluate("setTimeout(() => { app.remove(); throw new Error('render failed') })")
    await site.page.wait_for_timeout(5300)
    collector = await site.leave()
    crash, *others = collector.events("crash")
    assert others == [] and [error["message"] for error in collector.items("errors")] == [
        "Uncaught Error: harmless",
        "Uncaught Error: render failed",
    ]
    assert 4900 < crash["at"] - collector.items("errors")[1]["at"] < 5500


async def test_a_load_event_of_the_pages_own_starts_no_second_recorder(site: Site) -> None:
    await site.open()
    await site.page.wait_for_timeout(1200)
    await site.page.evaluate("window.dispatchEvent(new Event('load'))")
    await site.page.wait_for_timeout(1200)
    pictures = [event for event in (await site.leave()).replay() if event["type"] == 2]
    assert len(pictures) == 1


async def test_a_body_is_turned_into_text_by_the_browser_alone(site: Site) -> None:
    await site.open()
    asked = await site.page.evaluate("""async () => { let asked = 0;
        await fetch("/api/ok", {method: "POST", body: {toString() { asked++; return "x"; }}}); return asked; }""")
    assert asked == 1 and [call["api"] for call in (await site.leave()).items("latency")] == ["POST /api/ok"]


async def test_a_field_named_role_does_not_stop_the_sending(site: Site) -> None:
    site.html = """<!doctype html><title>Form</title><script async src="%(collector)s/mien.js" data-key="mk_test"></script>
        <form id="form" style="padding:60px"><select name="role"></select></form><button id="works">Works</button>
        <script>const field = document.querySelector("select"); field.itself = field;</script>"""
    await site.open()
    await site.page.click("#form", position={"x": 8, "y": 8})
    await site.page.click("#works")
    clicks = (await site.leave()).events("click")
    assert [click["element_id"] for click in clicks] == ["#form", "#works"]


async def test_a_click_just_before_the_tab_is_closed_arrives(site: Site) -> None:
    await site.open()
    await site.page.wait_for_timeout(1500)
    await site.page.click("#works")
    await site.page.close(run_before_unload=True)
    await asyncio.sleep(0.6)
    assert [click["element_id"] for click in site.collector.events("click")] == ["#works"]


async def test_a_strict_policy_with_a_nonce_is_kept(site: Site) -> None:
    site.html = """<!doctype html><title>Strict</title><script nonce="n1" async src="%(collector)s/mien.js" data-key="mk_test"
        %(options)s></script><button id="works">Works</button>"""
    site.headers = lambda collector: {
        "content-security-policy": f"default-src 'none'; script-src 'nonce-n1'; connect-src {collector}; style-src 'none'"
    }
    complaints: list[str] = []
    site.page.on("console", lambda message: complaints.append(message.text))
    await site.open()
    await site.page.evaluate("mien.feedback()")
    await site.page.click("#works")
    await site.page.wait_for_timeout(1200)
    collector = await site.leave()
    assert collector.replay() and collector.events("web_vital") and collector.events("feedback")
    assert complaints == []


async def test_before_the_body_twice_without_storage_and_in_a_frame(site: Site) -> None:
    site.html = """<!doctype html><script>Object.defineProperty(window, "localStorage", {get() { throw new Error("no"); }});
        Object.defineProperty(window, "sessionStorage", {get() { throw new Error("no"); }});</script>
        <script src="%(collector)s/mien.js" data-key="mk_test"></script>
        <script src="%(collector)s/mien.js" data-key="mk_test"></script><title>Odd</title>
        <button id="works" onclick="this.append('!')">Works</button><iframe srcdoc="<script src='%(collector)s/mien.js'
        data-key='mk_test'></script><button id='framed'>In</button>"></iframe>"""
    await site.open()
    await site.page.click("#works")
    await site.page.frame_locator("iframe").locator("#framed").click()
    await site.page.wait_for_timeout(1200)
    collector = await site.leave()
    assert sorted(click["element_id"] for click in collector.events("click")) == ["#framed", "#works"]
    assert not site.page_errors


async def test_two_tabs_share_a_session_and_count_apart(site: Site) -> None:
    await site.open()
    other = await site.context.new_page()
    await other.goto(f"{site.address}/next")
    await other.wait_for_function("window.mien && mien.sessionId")
    assert await other.evaluate("mien.sessionId") == await site.page.evaluate("mien.sessionId")
    await other.click("#works")
    await other.wait_for_timeout(1300)
    await other.close(run_before_unload=True)
    collector = await site.leave()
    assert len({batch["session"]["session_id"] for batch in collector.batches}) == 1
    seqs: dict[str, list[int]] = {}
    for batch in collector.batches:
        seqs.setdefault(batch["tab"], []).append(batch["seq"])
    assert [sorted(numbers) for numbers in seqs.values()] == [list(range(len(numbers))) for numbers in seqs.values()]
    assert len(seqs) == 2


async def test_nothing_is_lost_while_the_network_is_off(site: Site) -> None:
    await site.open("/", 'data-replay="off"')
    await site.page.wait_for_timeout(1300)
    site.collector.is_up = False
    for _ in range(3):
        await site.page.click("#works")
        await site.page.wait_for_timeout(300)
    await site.page.evaluate("mien.flush()")
    await site.page.wait_for_timeout(700)
    site.collector.is_up = True
    await site.page.wait_for_timeout(4500)
    collector = await site.leave()
    assert len(collector.events("click")) == 3
    ids = [batch["batch_id"] for batch in collector.batches]
    assert len(set(ids)) == len(ids) and sorted(batch["seq"] for batch in collector.batches) == list(range(len(ids)))


async def test_five_megabytes_of_mutations_cost_only_the_replay(site: Site) -> None:
    await site.open()
    await site.page.wait_for_timeout(900)
    await site.page.evaluate("""async () => { for (let n = 0; n < 50; n++) {
        const block = document.createElement("div"); block.textContent = Math.random() + "x".repeat(100000);
        document.body.append(block); await new Promise((done) => setTimeout(done, 20)); block.remove(); } }""")
    await site.page.click("#works")
    await site.page.wait_for_timeout(300)
    collector = await site.leave()
    assert [click["metadata"]["response"] for click in collector.events("click")] == ["mutation"]
    assert all(len(body) <= 1_600_000 for body in collector.bodies)
    assert collector.replay()[0]["type"] == 4 and not site.page_errors


async def test_functions_of_the_browser_look_and_behave_as_before(site: Site) -> None:
    await site.open()
    facts = await site.page.evaluate("""async () => {
        const text = Function.prototype.toString;
        const native = (one) => text.call(one).includes("[native code]");
        const answer = await fetch("/api/ok");
        const reader = answer.body.getReader();
        const first = await reader.read();
        let frames = "";
        await new Promise((done) => { const xhr = new XMLHttpRequest(); xhr.open("GET", "/api/ok");
            xhr.onload = () => { frames = new Error().stack; done(); }; xhr.send(); });
        const reason = new Error("mine");
        const stop = AbortSignal.abort(reason);
        const same = await fetch("/api/ok", {signal: stop}).catch((error) => error === reason);
        return [native(fetch), native(XMLHttpRequest.prototype.open), native(history.pushState), fetch.length, fetch.name,
            first.value.length, frames.includes("mien.js"), same, native(window.open), fetch("/api/ok") instanceof Promise]; }""")
    assert facts == [True, True, True, 1, "fetch", 2, False, True, True, True]


async def test_the_body_of_a_call_counts_too(site: Site) -> None:
    await site.open("/", 'data-replay="off"')
    await site.page.wait_for_timeout(400)
    took = await site.page.evaluate("""async () => { const began = performance.now();
        await (await fetch("/api/trickle")).text(); return performance.now() - began; }""")
    await site.page.wait_for_timeout(300)
    call = next(one for one in (await site.leave()).items("latency") if one["api"] == "GET /api/trickle")
    assert took > 600 and abs(call["latency_ms"] - took) <= 30


async def test_graphql_operations_are_told_apart_by_name_only(site: Site) -> None:
    await site.open("/", 'data-replay="off"')
    await site.page.evaluate("""fetch("/api/graphql", {method: "POST", body: JSON.stringify(
        {query: "query GetCart { cart { id } }", operationName: "GetCart", variables: {mail: "ada@example.org"}})})""")
    await site.page.wait_for_timeout(300)
    collector = await site.leave()
    assert [call["api"] for call in collector.items("latency")] == ["POST /api/graphql GetCart"]
    assert not any(b"ada@example.org" in body for body in collector.bodies)


async def test_feedback_is_one_tap_and_asked_once(site: Site) -> None:
    await site.open()
    await site.page.evaluate("mien.feedback('task')")
    panel = site.page.locator("mien-feedback")
    await panel.get_by_role("button", name="bad", exact=True).click()
    await panel.get_by_role("button", name="Slow").click()
    await site.page.wait_for_timeout(1800)
    assert await panel.count() == 0
    await site.page.evaluate("mien.feedback('task')")
    await site.page.wait_for_timeout(300)
    assert await panel.count() == 0
    collector = await site.leave()
    told = [event["metadata"] for event in collector.events("feedback")]
    assert [(one["state"], one.get("rating"), one.get("chip")) for one in told] == [
        ("asked", None, None), ("answered", 2, "slow"),
    ]  # fmt: skip
    assert {(one["trigger"], one["pi"]) for one in told} == {("task", 1)}
    assert collector.events("click") == []


async def test_feedback_can_be_closed_with_a_key(site: Site) -> None:
    await site.open()
    await site.page.evaluate("mien.feedback()")
    await site.page.locator("mien-feedback").get_by_role("dialog").wait_for()
    await site.page.keyboard.press("Escape")
    assert await site.page.locator("mien-feedback").count() == 0
    states = [event["metadata"]["state"] for event in (await site.leave()).events("feedback")]
    assert states == ["asked", "dismissed"]


async def test_consent_is_waited_for(site: Site) -> None:
    await site.open("/", 'data-consent="required"')
    await site.page.click("#works")
    await site.page.wait_for_timeout(1500)
    assert await site.page.evaluate("[Object.keys(localStorage), Object.keys(sessionStorage)]") == [[], []]
    assert site.collector.paths == []
    await site.page.evaluate("mien.consent(true); mien.flush()")
    await site.page.wait_for_timeout(400)
    collector = await site.leave()
    assert [click["element_id"] for click in collector.events("click")] == ["#works"]
    assert json.dumps(collector.batches[0]["events"]).count("screen_view") == 1
