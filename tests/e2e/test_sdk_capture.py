"""The SDK in real Chromium, on a page of this test's own and with a collector of this test's own that only keeps.

The page and the collector are two origins, as on a real site. What the collector kept is compared with what was done.
"""

from __future__ import annotations

import json

import pytest

from tests.support.sdk_site import Site

pytestmark = pytest.mark.asyncio(loop_scope="module")

PASSWORD = "Tr0ub4dor&3-zebra"
SECRETS = [PASSWORD, "ada.lovelace@example.org", "4111111111111111", "dear diary of mine", "tok_9f8e7d6c5b4a"]


async def test_clicks_are_told_apart_by_whether_the_page_answered(site: Site) -> None:
    await site.open("/?ticking=1")
    page = site.page
    await page.wait_for_timeout(1500)  # the ticker is learnt
    await page.click("#works")
    await page.wait_for_timeout(400)
    await page.click("#call")
    await page.wait_for_timeout(400)
    await page.click("#box button b")
    await page.click("text=Card")
    await page.evaluate("scrollTo(0, 500)")
    await page.wait_for_timeout(600)
    await page.click("#fixed")
    await page.wait_for_timeout(600)
    await page.click("#dead", position={"x": 10, "y": 5})
    await page.wait_for_timeout(3300)
    collector = await site.leave()
    clicks = {click["element_id"]: click for click in collector.events("click")}
    card = "body > div"
    assert list(clicks) == ["#works", "#call", "#box >>> #inner", card, "#fixed", "#dead"]
    answers = {name: click["metadata"].get("response") for name, click in clicks.items()}
    assert answers["#works"] == "mutation"
    assert answers["#call"] == "request"
    assert answers["#box >>> #inner"] == "mutation"
    assert answers[card] == "scroll"
    assert answers["#dead"] is None and clicks["#dead"]["metadata"]["response_ms"] is None
    assert clicks["#works"]["metadata"]["response_ms"] < 50
    fixed, dead, inner = clicks["#fixed"], clicks["#dead"]["metadata"], clicks["#box >>> #inner"]["metadata"]
    assert (fixed["metadata"]["fixed"] and fixed["scroll"] == 0) or fixed["y"] > 500
    assert (dead["label"], dead["interactive"], dead["tag"], dead["pointer"]) == ("Dead", "native", "button", "mouse")
    assert clicks[card]["metadata"]["interactive"] == "cursor" and inner["label"] == "Inside"
    assert dead["vw"] == 1000 and dead["vh"] == 700 and dead["page_h"] >= 3000
    assert not site.page_errors and collector.preflights == 0


async def test_answers_that_happen_to_keep_a_pace_are_no_ticker(site: Site) -> None:
    await site.open()
    await site.page.evaluate("""() => { const out = document.body.appendChild(document.createElement("p"));
      const button = (id, act) => { const one = document.body.appendChild(document.createElement("button"));
        one.id = id; one.textContent = id; one.onclick = act; };
      const say = (text) => () => { out.textContent = text; };
      button("first", () => setTimeout(say("one"), 300));
      button("second", () => setTimeout(say("two"), 300));
      button("third", say("three")); }""")
    await site.page.click("#first")
    await site.page.wait_for_timeout(1300)
    await site.page.click("#second")
    await site.page.wait_for_timeout(1600)  # three texts, 1.3 s apart
    await site.page.click("#third")
    await site.page.wait_for_timeout(3300)
    clicks = (await site.leave()).events("click")
    answers = {click["element_id"]: click["metadata"]["response"] for click in clicks}
    assert answers == dict.fromkeys(("#first", "#second", "#third"), "mutation")


async def test_our_own_script_is_no_answer_to_the_click_that_threw(site: Site) -> None:
    await site.open()
    await site.page.wait_for_timeout(1000)
    await site.page.evaluate("""() => { const one = document.body.appendChild(document.createElement("button"));
      one.id = one.textContent = "throws"; one.onclick = () => { throw new Error("refused"); }; }""")
    await site.page.wait_for_timeout(1200)
    async with site.page.expect_response("**/mien-crash.js"):
        await site.page.click("#throws")
    await site.page.wait_for_timeout(3300)
    (click,) = (await site.leave()).events("click")
    assert click["element_id"] == "#throws" and click["metadata"]["response"] is None


async def test_click_places_are_those_of_the_document(site: Site) -> None:
    await site.open()
    await site.page.evaluate("""() => { window.truth = []; addEventListener("click", (event) => truth.push(
      [Math.round(event.pageX), Math.round(event.pageY), Date.now()]), true); }""")
    await site.page.mouse.click(200, 300)
    await site.page.evaluate("scrollTo(0, 800)")
    await site.page.wait_for_timeout(200)
    await site.page.mouse.click(333, 444)
    truth = await site.page.evaluate("truth")
    clicks = (await site.leave()).events("click")
    assert (
        [(click["x"], click["y"]) for click in clicks]
        == [tuple(place[:2]) for place in truth]
        == [(200, 300), (333, 1244)]
    )
    assert all(abs(click["at"] - place[2]) <= 60 for click, place in zip(clicks, truth, strict=True))


async def test_calls_have_status_and_time_whatever_became_of_them(site: Site) -> None:
    await site.open()
    outcome = await site.page.evaluate("""async () => {
      const xhr = (method, url) => new Promise((done) => { const one = new XMLHttpRequest();
        one.open(method, url); one.onloadend = () => done(one.status); one.send("body"); });
      const ok = await fetch("/api/ok/123?q=tok_9f8e7d6c5b4a");
      const cloned = await ok.clone().json();
      const seen = [ok instanceof Response, cloned, await ok.json(), (await fetch(new Request("/api/slow"))).status];
      seen.push((await fetch("/api/fail", {method: "POST"})).status, await xhr("PUT", "/api/ok"));
      const stop = new AbortController(); setTimeout(() => stop.abort(), 150);
      seen.push(await fetch("/api/never", {signal: stop.signal}).catch((error) => error.name));
      seen.push(await fetch("http://127.0.0.1:9/api/dead?x=1").catch((error) => error.name));
      const first = new XMLHttpRequest(); first.open("GET", "/api/never?n=2"); first.send();
      setTimeout(() => first.abort(), 100);
      fetch("/api/never/4567");
      seen.push(String(fetch).includes("native code"), fetch.name);
      return seen; }""")
    assert outcome == [True, {}, {}, 200, 500, 200, "AbortError", "TypeError", True, "fetch"]
    await site.page.wait_for_timeout(400)
    calls = sorted((await site.leave()).items("latency"), key=lambda call: int(call["at"]))
    facts = [(call["api"], call["status"]) for call in calls]
    assert facts == [
        ("GET /api/ok/:id", 200), ("GET /api/slow", 200), ("POST /api/fail", 500), ("PUT /api/ok", 200),
        ("GET /api/never", None), ("GET http://127.0.0.1:9/api/dead", 0), ("GET /api/never", None),
        ("GET /api/never/:id", None),
    ]  # fmt: skip
    firsts = [call.get("ttfb_ms") for call in calls]
    assert all(
        first is not None and 0 <= first <= calls[n]["latency_ms"] for n, first in ((0, firsts[0]), (3, firsts[3]))
    )
    assert firsts[4:] == [None] * 4, "unfinished ones, and another origin that does not tell"
    times = [call["latency_ms"] for call in calls]
    assert 1200 <= times[1] < 1500 and 100 <= times[4] < 400 and 400 <= times[7] < 2500


async def test_errors_are_recorded_and_the_page_sees_them_as_before(site: Site) -> None:
    await site.open()
    await site.page.evaluate("""() => {
      setTimeout(() => { throw new TypeError("boom at https://x.test/a?token=tok_9f8e7d6c5b4a"); });
      setTimeout(() => Promise.reject(new RangeError("late")));
      for (let n = 0; n < 30; n++) setTimeout(() => { throw new Error("again"); });
      const image = new Image(); image.src = "/missing.png?key=tok_9f8e7d6c5b4a"; image.onerror = () => {};
      const script = document.createElement("script"); script.src = "http://127.0.0.1:9/gone.js?k=1";
      document.body.append(script); }""")
    await site.page.wait_for_timeout(500)
    found = (await site.leave()).items("errors")
    messages = [error["message"] for error in found]
    assert {"Uncaught TypeError: boom at https://x.test/a", "Uncaught (in promise) RangeError: late"} < set(messages)
    assert messages.count("Uncaught Error: again") == 11
    assert sum(error.get("count", 1) for error in found if error["message"] == "Uncaught Error: again") == 30
    assert "Failed to load script http://127.0.0.1:9/gone.js" in messages, sorted(set(messages))
    assert all(error["screen"] == "/" for error in found) and "at " in found[0]["stack"]
    assert len(site.page_errors) == 32


async def test_screens_follow_the_history_and_leave_by_beacon(site: Site) -> None:
    await site.open("/?utm_source=mail&token=tok_9f8e7d6c5b4a")
    page = site.page
    await page.click("#link")
    await page.evaluate("history.replaceState(0, '', '/p/8?q=1'); history.replaceState(0, '', '/p/8?q=2')")
    await page.evaluate("location.hash = '#/cart/12345'")
    await page.evaluate("location.hash = '#section'")
    await page.evaluate("history.go(-2)")
    await page.wait_for_timeout(300)
    await page.click("#leave")
    await page.wait_for_url("**/next")
    await page.wait_for_timeout(300)
    collector = await site.leave()
    screens = collector.events("screen_view")
    assert [event["screen"] for event in screens[:4]] == ["/", "/p/:id", "/p/:id", "/p/:id#/cart/:id"]
    assert (
        screens[-1]["screen"] == "/next" and screens[0]["metadata"]["load"] == screens[-1]["metadata"]["load"] == "full"
    )
    assert screens[0]["metadata"]["utm_source"] == "mail" and screens[0]["metadata"]["title"] == "Test shop"
    assert {event["metadata"]["load"] for event in screens[1:4]} == {"spa"}
    link, leave = collector.events("click")
    assert link["screen"] == "/" and link["metadata"]["response"] == "navigation"
    assert leave["element_id"] == "#leave" and leave["metadata"]["response"] == "navigation"
    sessions = {batch["session"]["session_id"] for batch in collector.batches}
    tabs = {batch["tab"] for batch in collector.batches}
    seqs = sorted({batch["seq"] for batch in collector.batches})
    assert len(sessions) == len(tabs) == 1 and seqs == list(range(len(seqs)))
    assert not any(secret.encode() in body for secret in SECRETS for body in collector.bodies)


async def test_nothing_typed_is_sent_not_even_in_the_replay(site: Site) -> None:
    await site.open("/?token=tok_9f8e7d6c5b4a#access_token=tok_9f8e7d6c5b4a")
    page = site.page
    await page.wait_for_function("performance.getEntriesByName(document.currentScript?.src ?? '') && true")
    await page.wait_for_timeout(900)
    for name, text in (("email", SECRETS[1]), ("pw", PASSWORD), ("card", SECRETS[2]), ("note", SECRETS[3])):
        await page.locator(f"[name={name}]").press_sequentially(text)
    await page.locator("#rich").press_sequentially(SECRETS[3])
    await page.evaluate("document.querySelector('[name=card]').setAttribute('value', '4111111111111111')")
    await page.evaluate(
        "document.getElementById('out').textContent = 'You wrote ' + document.querySelector('[name=note]').value"
    )
    await page.wait_for_timeout(1500)
    collector = await site.leave()
    events = collector.replay()
    assert [event["type"] for event in events[:2]] == [4, 2] and len(events) > 10
    everything = b"".join(collector.bodies) + json.dumps(events).encode()
    assert [secret for secret in SECRETS if secret.encode() in everything] == []
    fields = {event["element_id"]: event["metadata"] for event in collector.events("input")}
    assert fields["#field"]["length"] == len(SECRETS[1]) and fields["#field"]["form"] == "#form"
    assert "length" not in fields["#form > input:nth-of-type(2)"]
    assert "You wrote *****" in json.dumps(events)


async def test_a_batch_that_failed_is_sent_again_and_counted_once(site: Site) -> None:
    site.collector.answer = lambda number: (503, {"retry-after": "1"}) if number < 1 else (200, {})
    await site.open()
    await site.page.click("#works")
    await site.page.wait_for_timeout(5500)
    collector = await site.leave()
    first, second = json.loads(collector.bodies[0]), json.loads(collector.bodies[1])
    assert first["batch_id"] == second["batch_id"] and first == second
    assert all(path.startswith("/v1/batch?t=") for path in collector.paths[:2])
    assert len(collector.events("screen_view")) == 1 and collector.preflights == 0


async def test_what_could_not_be_sent_goes_out_at_the_next_visit(site: Site) -> None:
    site.collector.answer = lambda _: (503, {"retry-after": "600"})
    await site.open()
    await site.page.wait_for_timeout(1300)
    await site.page.click("#dead")
    await site.leave()
    assert site.collector.batches == []
    site.collector.answer = lambda _: (200, {})
    await site.open("/next")
    await site.page.wait_for_timeout(3800)
    collector = await site.leave()
    assert [event["screen"] for event in collector.events("screen_view")] == ["/", "/next"]
    assert [click["element_id"] for click in collector.events("click")] == ["#dead"]
    assert await site.page.evaluate("0") == 0


async def test_a_refused_key_stops_everything(site: Site) -> None:
    site.collector.answer = lambda _: (401, {})
    await site.open()
    await site.page.wait_for_timeout(1300)
    await site.page.click("#works")
    await site.leave()
    assert len(site.collector.paths) == 1


@pytest.mark.parametrize("signal", ["globalPrivacyControl = true", "doNotTrack = '1'"])
async def test_nothing_is_recorded_where_the_browser_refuses(site: Site, signal: str) -> None:
    name, value = signal.split(" = ")
    await site.context.add_init_script(f"Object.defineProperty(navigator, '{name}', {{get: () => {value}}})")
    await site.open()
    await site.page.evaluate("mien.track('thing'); mien.identify('42'); mien.optIn(); String(fetch)")
    await site.page.click("#works")
    await site.page.wait_for_timeout(1300)
    assert await site.page.evaluate(
        "[mien.sessionId, Object.keys(localStorage).filter((key) => key !== 'mien:off')]"
    ) == ["", []]
    await site.leave()
    assert site.collector.paths == []


async def test_calls_of_the_global_reach_the_batch_and_opting_out_ends_it(site: Site) -> None:
    await site.context.add_init_script("""window.mien = {q: [["identify", ["42", {email: "a@b.example", age: 5}]],
      ["setContext", [{app_version: "2.4.1"}]], ["track", ["early", {n: 1}]]]}""")
    await site.open("/", 'data-staff data-off="replay,vitals"')
    await site.page.evaluate("mien.track('coupon', {value: 5}); mien.flush()")
    await site.page.wait_for_timeout(300)
    batch = site.collector.batches[0]
    assert batch["session"]["user"] == {"external_user_id": "42", "email": "a@b.example", "locale": "en-US"}
    assert batch["session"]["app_version"] == "2.4.1" and batch["session"]["staff"] is True
    assert [event["type"] for event in batch["events"]] == ["screen_view", "early", "coupon"]
    await site.page.evaluate("mien.optOut(); mien.track('never')")
    await site.page.reload()
    await site.page.click("#works")
    await site.page.wait_for_timeout(1300)
    assert len(site.collector.paths) == 1
    await site.page.evaluate("mien.optIn()")
    await site.page.wait_for_timeout(1300)
    assert len(site.collector.batches) == 2 and site.collector.replay() == []
