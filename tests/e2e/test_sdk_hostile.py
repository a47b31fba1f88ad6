"""Pages that make it hard: names that hide the browser's own, wrappers around ours, storms of errors, blank pages."""

from __future__ import annotations

import time

import pytest

from tests.support.sdk_site import Site

pytestmark = pytest.mark.asyncio(loop_scope="module")

HEAD = '<!doctype html><title>Hard</title><script async src="%(collector)s/mien.js" data-key="mk_test"></script>'

BLANK_PAGES = {
    "a pixel that counts visitors": "app.innerHTML = '<iframe width=1 height=1 frameborder=0></iframe>'",
    "an element that nobody has defined": "app.innerHTML = '<app-root style=\"display:block;height:400px\"></app-root>'",
    "no body": "document.body.remove()",
    "a wrapper that is coloured from edge to edge": "app.innerHTML = ''; app.style = 'position:fixed;inset:0;background:#eee'",
}
DRAWN_PAGES = {
    "a spinner of borders": "app.innerHTML = '<div style=\"width:40px;height:40px;border:4px solid red\"></div>'",
    "a bar of colour": "app.innerHTML = '<div style=\"width:300px;height:20px;background:#c00\"></div>'",
    "text of a style sheet": "app.innerHTML = '<style>.x::after{content:\"Loading\"}</style><i class=x></i>'",
    "an element with a shadow": """customElements.define("app-root", class extends HTMLElement { connectedCallback() {
        this.attachShadow({mode: "closed"}).innerHTML = "<h1>Shop</h1>"; } }); app.innerHTML = "<app-root></app-root>";
        app.firstChild.style.display = "block" """,
}


@pytest.mark.parametrize("name", [*BLANK_PAGES, *DRAWN_PAGES])
async def test_a_crash_is_a_page_on_which_nothing_is_left_to_see(site: Site, name: str) -> None:
    site.html = HEAD + '<body><div id="app"><h1>Shop</h1></div></body>'
    await site.open()
    await site.page.wait_for_timeout(1200)
    change = {**BLANK_PAGES, **DRAWN_PAGES}[name]
    await site.page.evaluate(f"setTimeout(() => {{ {change}; throw new Error('render failed') }})")
    await site.page.wait_for_timeout(5600)
    assert len((await site.leave()).events("crash")) == (name in BLANK_PAGES)


async def test_fields_named_as_properties_of_their_form_cost_no_click(site: Site) -> None:
    site.html = (
        HEAD
        + """<div><form style="padding:60px"><input name="children"><input name="title"></form><form></form></div>
        <button id="works">Works</button><img name="title" alt="">"""
    )
    await site.open()
    await site.page.click("form", position={"x": 8, "y": 8})
    await site.page.click("[name=children]")
    await site.page.click("#works")
    clicks = (await site.leave()).events("click")
    form = "body > div > form:nth-of-type(1)"
    assert [click["element_id"] for click in clicks] == [form, form + " > input:nth-of-type(1)", "#works"]


async def test_nothing_is_written_after_opting_out_even_where_the_page_has_wrapped_our_wrapper(site: Site) -> None:
    await site.open()
    await site.page.evaluate("""() => { const ours = history.pushState;
        history.pushState = function (...args) { return ours.apply(this, args); } }""")
    await site.page.evaluate("mien.optOut(); history.pushState(0, '', '/one')")
    assert await site.page.evaluate("Object.keys(localStorage)") == ["mien:off"]
    await site.page.evaluate("mien.optIn(); history.pushState(0, '', '/two')")
    screens = (await site.leave()).events("screen_view")
    assert [screen["screen"] for screen in screens][-2:] == ["/one", "/two"]


async def test_every_repeat_of_an_error_is_counted_hidden_or_not(site: Site) -> None:
    await site.open()
    await site.page.evaluate("""async () => {
        for (let round = 0; round < 4; round++) {
            for (let n = 0; n < 150; n++) dispatchEvent(new ErrorEvent("error", {message: "boom"}));
            if (round % 2) document.dispatchEvent(new Event("visibilitychange"));
            Object.defineProperty(document, "hidden", {configurable: true, get: () => round === 0});
            document.dispatchEvent(new Event("visibilitychange"));
            await new Promise((done) => setTimeout(done, 700));
        } }""")
    errors = (await site.leave()).items("errors")
    assert sum(error["count"] for error in errors) == 600 and len(errors) <= 6 * 11


async def test_what_was_typed_stars_no_words_of_ours(site: Site) -> None:
    site.html = HEAD + """<input id="search"><section><button>A button of the section</button></section>"""
    await site.open()
    await site.page.type("#search", "button")
    await site.page.fill("#search", "section")
    await site.page.click("section button")
    click = (await site.leave()).events("click")[-1]
    assert click["metadata"]["tag"] == "button" and click["element_id"] == "body > section > button"
    assert click["metadata"]["label"] == "A ****** of the *******"


async def test_what_cannot_be_written_costs_nothing_else(site: Site) -> None:
    await site.open()
    await site.page.evaluate("""() => { const endless = {}; endless.self = endless;
        mien.track("bad", endless); mien.track("good", {value: 5}); mien.track("dear", {note: "x"}); }""")
    await site.page.evaluate("""Object.defineProperty(Object.prototype, "toJSON", {value() {
        if (this.note) throw new Error("the page's own"); return this; }})""")
    collector = await site.leave()
    assert collector.events("bad") == [] and collector.events("dear") == []
    assert collector.events("good")[0]["metadata"]["value"] == 5 and len(collector.events("screen_view")) == 1


async def test_long_addresses_and_messages_are_cut_before_they_are_searched(site: Site) -> None:
    await site.open()
    began = time.monotonic()
    took = await site.page.evaluate("""async () => {
        const began = performance.now();
        for (const text of ["a".repeat(300000), "1 ".repeat(200000), "/".repeat(300000)])
            dispatchEvent(new ErrorEvent("error", {message: text, error: {stack: text}}));
        const image = new Image(); image.src = "data:image/png;base64," + "/A".repeat(100000); document.body.append(image);
        const took = performance.now() - began;
        await new Promise((done) => image.onerror = done);
        return took; }""")
    errors = (await site.leave()).items("errors")
    assert took < 1000 and time.monotonic() - began < 5
    assert [len(error["message"]) <= 1000 for error in errors] == [True] * 4
    assert errors[-1]["message"] == "Failed to load img data:"


async def test_a_request_object_that_is_used_again_is_a_call_each_time(site: Site) -> None:
    await site.open()
    await site.page.evaluate("""() => new Promise((done) => {
        const request = new XMLHttpRequest(); let left = 5;
        request.onload = () => { if (!--left) return done(); request.open("GET", "/api/ok?n=" + left); request.send(); };
        request.open("GET", "/api/ok"); request.send(); })""")
    calls = (await site.leave()).items("latency")
    assert [(call["api"], call["status"]) for call in calls] == [("GET /api/ok", 200)] * 5


async def test_a_link_that_is_opened_beside_the_page_has_answered(site: Site) -> None:
    site.html = HEAD + '<a id="link" href="/next">Next</a>'
    await site.open()
    async with site.context.expect_page() as opened:
        await site.page.click("#link", modifiers=["ControlOrMeta"])
    await (await opened.value).close()
    click = (await site.leave()).events("click")[0]
    assert click["metadata"]["response"] == "new_tab"


async def test_stop_sends_what_is_there_however_slow_the_collector_is(site: Site) -> None:
    site.collector.answer = lambda n: (time.sleep(0.4), (500 if n == 0 else 200, {}))[1]
    await site.open()
    await site.page.wait_for_timeout(1300)
    await site.page.evaluate("mien.track('one'); mien.stop()")
    await site.page.wait_for_timeout(4500)
    assert [event["type"] for event in site.collector.items("events")].count("one") == 1


async def test_a_batch_that_is_being_packed_is_thrown_away_with_the_rest(site: Site) -> None:
    await site.open()
    await site.page.wait_for_timeout(1500)
    await site.page.evaluate("mien.track('secret'); mien.flush(); Promise.resolve().then(() => mien.optOut())")
    await site.page.wait_for_timeout(800)
    assert "secret" not in [event["type"] for event in (await site.leave()).items("events")]
