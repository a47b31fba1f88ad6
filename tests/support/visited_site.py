"""A small site for the scripted visit: a page with the script, and an API that is quick, slow, failing or silent."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.http_server import HTML, Answer, Handler, serving

PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>Visited</title>
<style>body{margin:0;height:2400px;font:16px sans-serif} button{position:absolute;width:160px;height:40px}</style>
<script>
// Written before the script under test is there: what happened, by a listener of the test's own.
window.truth = [];
addEventListener("click", (event) => truth.push({
  id: event.target.id, x: Math.round(event.pageX), y: Math.round(event.pageY), at: Date.now()}), true);
</script>
<script async src="%(mien)s/mien.js" data-key="%(key)s"></script></head><body>
<button id="quick" style="left:40px;top:60px">Quick</button>
<button id="dead" style="left:240px;top:60px">Apply voucher</button>
<button id="slow" style="left:440px;top:60px">Slow</button>
<button id="fails" style="left:640px;top:60px">Fails</button>
<button id="aborts" style="left:40px;top:160px">Aborts</button>
<button id="throws" style="left:240px;top:160px">Throws</button>
<button id="moves" style="left:440px;top:160px">Next screen</button>
<button id="low" style="left:40px;top:1900px">Far down</button>
<input id="secret" type="password" style="position:absolute;left:40px;top:240px">
<p id="out" style="position:absolute;top:300px"></p>
<script>
const say = (text) => { document.getElementById("out").textContent = text; };
const on = (id, act) => document.getElementById(id).addEventListener("click", act);
on("quick", () => fetch("/api/quick?token=tok_5f8e7d6c5b4a39281706").then(() => say("quick")));
on("slow", () => fetch("/api/slow").then(() => say("slow")));
on("fails", () => fetch("/api/fails").then((answer) => say(answer.status)));
on("aborts", () => { const stop = new AbortController(); setTimeout(() => stop.abort(), 700);
  fetch("/api/silent", {signal: stop.signal}).catch(() => say("aborted")); });
on("throws", () => { say("throws"); throw new TypeError("planted in the page"); });
on("moves", () => { history.pushState({}, "", "/visited/next"); say("next"); });
on("low", () => say("low"));
</script></body></html>"""

ECHO_PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>Search</title>
<script async src="%(mien)s/mien.js" data-key="%(key)s"></script></head><body>
<input id="q"><button id="suggest"></button><p id="out"></p>
<script>
const q = document.getElementById("q"), suggest = document.getElementById("suggest");
q.oninput = () => { document.title = `${q.value} - Search`; suggest.textContent = q.value; };
suggest.onclick = () => { suggest.dataset.testid = `hit-${q.value}`; history.pushState({}, "", `/visited/for-${q.value}`);
  throw new Error(`nothing found for "${q.value}"`); };
</script></body></html>"""

SLOW_S = 2.5
SILENT_S = 10.0  # nobody waits for that long


@contextmanager
def visited_site(mien_url: str, write_key: str) -> Iterator[str]:
    """The site on a port of its own; yields its address."""
    names = {"mien": mien_url, "key": write_key}
    page, echo = (PAGE % names).encode(), (ECHO_PAGE % names).encode()

    def answer(handler: Handler, _: bytes) -> Answer:
        path = handler.route
        time.sleep({"/api/slow": SLOW_S, "/api/silent": SILENT_S}.get(path, 0))
        if path.startswith("/visited"):
            return 200, HTML, echo if path == "/visited/echo" else page
        return (500 if path == "/api/fails" else 200), {}, b"ok"

    with serving(answer) as address:
        yield address
