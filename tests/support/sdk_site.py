"""A page and a collector of the tests' own, as two origins, for the SDK in a real Chromium.

The collector only keeps; what it kept is compared with what was done.
"""

from __future__ import annotations

import base64
import gzip
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, Page

from tests.support.http_server import Answer, Handler, serving

SDK = Path(__file__).resolve().parents[2] / "mien" / "static" / "sdk"
HELD_S = 20.0  # how long an answer is held that nobody waits for

PAGE = """<!doctype html><html><head><title>Test shop</title>
<style>body{margin:0;height:3000px} header{position:fixed;top:0;right:0} #field{margin-top:40px}</style>
<script async src="%(collector)s/mien.js" data-key="mk_test" %(options)s></script></head><body>
<header><button id="fixed">Menu</button></header>
<button id="works" onclick="document.getElementById('out').textContent = 'done'">Works</button>
<button id="dead">Dead</button>
<button id="call" onclick="fetch('/api/ok?session=tok_9f8e7d6c5b4a')">Call</button>
<button id="leave" onclick="location.href='/next'">Leave</button>
<div style="cursor:pointer"><span class="x-81f2">a</span><span class="x-93b1">Card</span></div>
<a href="/p/7?token=tok_9f8e7d6c5b4a" id="link" onclick="history.pushState(0, '', this.href); return false">Product</a>
<x-box id="box"></x-box><p id="out"></p><p id="tick">0</p>
<form id="form" onsubmit="return false"><input id="field" name="email" type="email"><input name="pw" type="password">
<input name="card"><textarea name="note"></textarea><p id="rich" contenteditable="true"></p><p id="echo"></p></form>
<script>
customElements.define("x-box", class extends HTMLElement { connectedCallback() {
  this.attachShadow({mode: "open"}).innerHTML = "<div><button id=inner><b>Inside</b></button><em></em></div>";
  this.shadowRoot.querySelector("button").onclick = () => this.shadowRoot.querySelector("em").append("!"); } });
document.querySelector("[name=pw]").oninput = (event) => { echo.title = event.target.value; };
if (location.search.includes("ticking"))
  setInterval(() => { document.getElementById("tick").textContent = Date.now(); }, 300);
</script></body></html>"""


class Collector:
    """Keeps every request to /v1/batch. `answer` says what is answered to the n-th one (from 0)."""

    def __init__(self) -> None:
        self.batches: list[dict[str, Any]] = []
        self.bodies: list[bytes] = []
        self.paths: list[str] = []
        self.preflights = 0
        self.is_up = True
        self.config: dict[str, Any] = {}
        self.answer: Callable[[int], tuple[int, dict[str, str]]] = lambda _: (200, {})

    def keep(self, path: str, body: bytes) -> tuple[int, dict[str, str]]:
        answer = self.answer(len(self.paths))
        self.paths.append(path)
        self.bodies.append(gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body)
        if answer[0] == 200:
            self.batches.append(json.loads(self.bodies[-1]))
        return answer

    def items(self, kind: str) -> list[dict[str, Any]]:
        """Of all stored batches, each batch once, in the order in which the tab made them."""
        once = {batch["batch_id"]: batch for batch in self.batches}
        return [item for batch in sorted(once.values(), key=lambda one: one["seq"]) for item in batch[kind]]

    def events(self, name: str) -> list[dict[str, Any]]:
        found = [event for event in self.items("events") if event["type"] == name]
        return sorted(found, key=lambda one: int(one["metadata"]["seq"]))

    def replay(self) -> list[dict[str, Any]]:
        """All recorded rrweb events, unpacked."""
        found: list[dict[str, Any]] = []
        for chunk in sorted(self.items("replay"), key=lambda one: int(one["index"])):
            data = gzip.decompress(base64.b64decode(chunk["data"])) if chunk["enc"] == "gzip" else chunk["data"]
            events = json.loads(data)
            assert len(events) == chunk["n"]
            found += events
        return found


def trickle(handler: Handler) -> None:
    """Headers at once, the body 0.6 s later."""
    handler.send_response(200)
    handler.send_header("content-length", "4")
    handler.end_headers()
    handler.wfile.write(b"ab")
    time.sleep(0.65)
    handler.wfile.write(b"cd")


class Site:
    """A page in a fresh browser context, and what the collector kept of it."""

    def __init__(self, context: BrowserContext, page: Page, address: str, collector: Collector) -> None:
        self.context, self.page, self.address, self.collector = context, page, address, collector
        self.page_errors: list[str] = []
        self.options = ""
        self.html = PAGE
        self.headers: Callable[[str], dict[str, str]] = lambda _: {}
        page.on("pageerror", lambda error: self.page_errors.append(str(error)))

    async def open(self, path: str = "/", options: str = "") -> None:
        self.options = options
        await self.page.goto(f"{self.address}{path}")
        await self.page.wait_for_function("window.mien && window.mien.sessionId !== undefined")

    async def leave(self) -> Collector:
        await self.page.goto("about:blank")
        await self.page.wait_for_timeout(500)
        return self.collector


@asynccontextmanager
async def open_site(browser: Browser) -> AsyncIterator[Site]:
    """A page of its own in a fresh context."""
    collector = Collector()
    made: list[Site] = []

    def collect(handler: Handler, body: bytes) -> Answer:
        cors = {"access-control-allow-origin": "*"}
        if handler.command == "OPTIONS":
            collector.preflights += 1
            return 204, cors, b""
        if handler.path.startswith("/v1/batch"):
            if not collector.is_up:
                handler.close_connection = True
                raise ConnectionError("the collector is down")
            status, headers = collector.keep(handler.path, body)
            return status, {**cors, "access-control-expose-headers": "Retry-After", **headers}, b"{}"
        if handler.path.startswith("/v1/config/"):
            return 200, cors, json.dumps(collector.config).encode()
        file = SDK / handler.path.lstrip("/")
        return (200, {"content-type": "text/javascript"}, file.read_bytes()) if file.is_file() else (404, {}, b"")

    def page_of(handler: Handler, _: bytes) -> Answer | None:
        path = handler.route
        if path == "/api/trickle":
            trickle(handler)
            return None
        if path == "/api/slow":
            time.sleep(1.2)
        if path.startswith("/api/never"):
            time.sleep(HELD_S)
        if path.startswith("/api/"):
            return (500 if path == "/api/fail" else 200), {"content-type": "application/json"}, b"{}"
        values = {"collector": collecting, "options": made[0].options, "key": "mk_test"}
        return 200, {"content-type": "text/html", **made[0].headers(collecting)}, (made[0].html % values).encode()

    with serving(collect) as collecting, serving(page_of) as address:
        context = await browser.new_context(viewport={"width": 1000, "height": 700}, locale="en-US")
        made.append(Site(context, await context.new_page(), address, collector))
        yield made[0]
        await context.close()
