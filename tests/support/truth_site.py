"""A site for the truth tests: what happened is told by a listener of the test's own, written before Mien is there.

Shadow DOM, a fixed header, an iframe, a single-page router, a long scroll, things that change by themselves, and an API
that is quick, slow, failing, silent or somewhere that does not exist.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.http_server import HTML, Answer, Handler, serving

SLOW_S = 2.5
SILENT_S = 10.0  # nobody waits for that long
DEAD_HOST = "http://127.0.0.1:9/api/dead"

# `tell(kind, facts)` is a binding of the test: what is told survives reloads.
LISTENER = """
addEventListener("click", (event) => event.isTrusted && tell("click", {
  id: event.composedPath()[0].id, x: Math.round(event.pageX), y: Math.round(event.pageY),
  at: Date.now() - performance.now() + event.timeStamp, dead: event.composedPath().some((node) => node.dataset?.dead)}), true);
const isPartOfMien = ({target}) => target.src?.includes("/mien-");  // not loaded while there is no network
addEventListener("error", (event) => isPartOfMien(event) || tell("error", {at: Date.now(), message: event.message ?? "resource"}), true);
addEventListener("unhandledrejection", (event) => tell("error", {at: Date.now(), message: String(event.reason)}));
"""

PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>Truth</title>
<style>body{margin:0;height:4200px;font:16px sans-serif} button,a{position:absolute;width:150px;height:36px}
header{position:fixed;top:0;left:0;right:0;height:44px;background:#eee} #low{top:2600px;left:40px}
iframe{position:absolute;left:40px;top:420px;width:320px;height:120px;border:0} x-card{position:absolute;left:40px;top:300px}
@media (max-width:600px){.right{left:200px!important}}</style>
<script async src="%(mien)s/mien.js" data-key="%(key)s" data-app-version="1.0"></script></head><body>
<header><button id="menu" style="left:8px;top:4px">Menu</button></header>
<a id="list" href="/visited/list" style="left:40px;top:60px">List</a>
<a id="item" class="right" href="/visited/item/4711" style="left:240px;top:60px">Item</a>
<button id="quick" style="left:40px;top:110px">Quick</button>
<button id="slow" class="right" style="left:240px;top:110px">Slow</button>
<button id="dead" data-dead="1" style="left:40px;top:160px">Apply voucher</button>
<button id="dead2" data-dead="1" class="right" style="left:240px;top:160px">Save</button>
<button id="throws" style="left:40px;top:210px">Throws</button>
<button id="rejects" class="right" style="left:240px;top:210px">Rejects</button>
<x-card id="card"></x-card><iframe src="/visited/frame"></iframe>
<button id="low">Far down</button>
<p id="out" style="position:absolute;top:560px;left:40px">0</p><p id="clock" style="position:absolute;top:590px;left:40px"></p>
<script>
const say = (text) => { document.getElementById("out").textContent = text; };
const on = (id, act) => document.getElementById(id).addEventListener("click", act);
async function call(path, options) {
  const at = Date.now(), began = performance.now();
  let status = null;
  try { const answer = await fetch(path, options); status = answer.status; await answer.text(); }
  catch (error) { status = error.name === "AbortError" ? null : 0; }
  tell("call", {path, status, at, ms: performance.now() - began});
  say(path + " " + status);
}
function open_(path) { history.pushState({}, "", path); show(); }
function show() { say(location.pathname); document.title = location.pathname; }
addEventListener("popstate", show);
for (const id of ["list", "item"]) on(id, (event) => { event.preventDefault(); open_(event.currentTarget.pathname); });
on("menu", () => say("menu " + Math.random()));
on("quick", () => call("/api/quick?token=tok_5f8e7d6c5b4a39281706"));
on("slow", () => call("/api/slow"));
on("throws", () => { say("throws"); undefinedFunction(); });
on("rejects", () => { say("rejects"); Promise.reject(new RangeError("planted")); });
on("low", () => say("low " + Math.random()));
customElements.define("x-card", class extends HTMLElement { connectedCallback() {
  this.attachShadow({mode: "open"}).innerHTML = "<button id=inside>Inside</button><i></i>";
  this.shadowRoot.querySelector("button").onclick = () => this.shadowRoot.querySelector("i").append("!"); } });
setInterval(() => { document.getElementById("clock").textContent = Date.now(); }, 400);
</script></body></html>"""

FRAME = """<!doctype html><title>Frame</title><body style="margin:0">
<script async src="%(mien)s/mien.js" data-key="%(key)s" data-replay="off"></script>
<button id="framed" style="width:150px;height:36px" onclick="this.nextElementSibling.append('x')">In a frame</button><i></i>"""

STATUS = {"denied": 401, "missing": 404, "broken": 500, "busy": 503}


@contextmanager
def truth_site(mien_url: str, write_key: str) -> Iterator[str]:
    """The site on a port of its own; yields its address."""
    page = (PAGE % {"mien": mien_url, "key": write_key}).encode()
    frame = (FRAME % {"mien": mien_url, "key": write_key}).encode()

    def answer(handler: Handler, _: bytes) -> Answer:
        path = handler.route
        time.sleep({"/api/slow": SLOW_S, "/api/silent": SILENT_S}.get(path, 0))
        if path.startswith("/visited"):
            return 200, HTML, frame if path == "/visited/frame" else page
        if path.startswith("/api/status/"):
            return STATUS[path.rsplit("/", 1)[1]], {}, b"ok"
        return 200 if path.startswith("/api/") else 404, {}, b"ok"

    with serving(answer) as address:
        yield address
