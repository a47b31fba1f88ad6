"""What the SDK costs a heavy page: `./run bench sdk_cost [--seconds N] [--rounds N]`.

A page of 10,000 nodes on which 200 nodes a second change, without Mien, with it but without replay, and with all of it,
in turn. From Chromium itself: main-thread time (Performance.getMetrics: TaskDuration) and long tasks after the page's load
(PerformanceObserver), and from a trace the time in our own files. Input delay is that of real clicks (Event Timing:
from the event until its handlers ran).
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import Browser, sync_playwright

from mien.demo.browser import launch_options

SDK = Path(__file__).resolve().parent.parent / "mien" / "static" / "sdk"
SETTLE_S = 3.0  # loading, the first picture of the page included, is not measured with the rest
NODES, CHANGES_A_SECOND = 10_000, 200
BUDGET_SHARE, BUDGET_LONG_TASKS = 0.03, 0
VARIANTS = {"without": None, "no replay": 'data-replay="off"', "all": ""}

PAGE = """<!doctype html><meta charset="utf-8"><title>Heavy</title>
<script>window.long = []; window.delays = [];
new PerformanceObserver((list) => list.getEntries().forEach((one) => long.push([one.startTime, one.duration])))
  .observe({type: "longtask", buffered: true});
new PerformanceObserver((list) => list.getEntries().forEach((one) =>
  ["pointerdown", "click"].includes(one.name) && delays.push(one.processingEnd - one.startTime)))
  .observe({type: "event", durationThreshold: 16, buffered: true});</script>%(script)s
<body><button id="go" style="position:fixed;z-index:1">Go</button><main></main><script>
const main = document.querySelector("main");
main.innerHTML = Array.from({length: %(nodes)d / 4}, (_, n) =>
  `<div class="row"><b>Row ${n}</b><i title="t">value</i><span>0</span></div>`).join("");
const cells = main.querySelectorAll("span");
let n = 0;
setInterval(() => { for (let k = 0; k < %(changes)d / 50; k++) cells[n++ * 7919 %% cells.length].textContent = n; }, 20);
document.getElementById("go").onclick = () => { document.title = "Heavy " + Date.now(); };
</script>"""


@dataclass
class Cost:
    """Of one round. Times in ms, shares of the measured time."""

    main_thread: float
    ours: float
    long_tasks: int
    longest: float
    load_longest: float
    delays: list[float] = field(default_factory=list)


@contextmanager
def heavy_page(stopped: list[dict[str, Any]]) -> Iterator[str]:
    """The page at /without, /no%20replay and /all; the SDK's files and a collector that says yes beside it.

    Why the recorder has given up on a page, if it has, goes to `stopped`.
    """

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            name = self.path.split("?")[0].lstrip("/").replace("%20", " ")
            if name in VARIANTS:
                options = VARIANTS[name]
                tag = "" if options is None else f'<script async src="/mien.js" data-key="mk_bench" {options}></script>'
                body = (PAGE % {"script": tag, "nodes": NODES, "changes": CHANGES_A_SECOND}).encode()
                return self.answer("text/html", body)
            file = SDK / name
            return (
                self.answer("text/javascript", file.read_bytes())
                if file.is_file()
                else self.answer("text/plain", b"{}")
            )

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            events = json.loads(gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body)["events"]
            stopped.extend(event["metadata"] for event in events if event["type"] == "recorder")
            self.answer("application/json", b"{}")

        def answer(self, kind: str, body: bytes) -> None:
            self.send_response(200)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def task_seconds(devtools: Any) -> float:
    metrics = devtools.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration"))


def own_ms(trace: bytes) -> float:
    """Time in calls whose function is in one of our files, nested ones counted once."""
    spans = [
        (event["ts"], event["ts"] + event.get("dur", 0))
        for event in json.loads(trace)["traceEvents"]
        if event.get("name") == "FunctionCall" and "/mien" in str(event.get("args", {}).get("data", {}).get("url", ""))
    ]
    total, end = 0.0, 0.0
    for began, ended in sorted(spans):
        total += max(0.0, ended - max(began, end))
        end = max(end, ended)
    return total / 1000


def measure(browser: Browser, address: str, name: str, seconds: float) -> Cost:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(f"{address}/{name}")
    page.wait_for_timeout(SETTLE_S * 1000)
    devtools = context.new_cdp_session(page)
    devtools.send("Performance.enable")
    browser.start_tracing(page=page, categories=["devtools.timeline"])
    from_ms, before = page.evaluate("performance.now()"), task_seconds(devtools)
    for _ in range(int(seconds)):
        page.mouse.move(300, 400, steps=10)
        page.click("#go")
        page.mouse.move(500, 300, steps=10)
        page.wait_for_timeout(700)
    until_ms, after = page.evaluate("performance.now()"), task_seconds(devtools)
    trace = browser.stop_tracing()
    tasks, delays = page.evaluate("[window.long, window.delays]")
    context.close()
    elapsed = until_ms - from_ms
    measured = [duration for at, duration in tasks if at >= from_ms]
    return Cost(
        main_thread=(after - before) * 1000 / elapsed,
        ours=own_ms(trace) / elapsed,
        long_tasks=len(measured),
        longest=max(measured, default=0.0),
        load_longest=max((duration for at, duration in tasks if at < from_ms), default=0.0),
        delays=delays,
    )


def show(costs: dict[str, list[Cost]]) -> None:
    print(
        f"{NODES} nodes, {CHANGES_A_SECOND} changes/s; budget: own share < {BUDGET_SHARE:.0%}, no long task of ours\n"
    )
    print(
        f"{'':10} {'main thread':>12} {'in our files':>13} {'long tasks':>11} {'longest':>9} {'at load':>9} {'input p95':>10}"
    )
    for name, rounds in costs.items():
        delays = sorted(delay for one in rounds for delay in one.delays) or [0.0]
        print(
            f"{name:10} {statistics.median(one.main_thread for one in rounds):>12.1%} "
            f"{statistics.median(one.ours for one in rounds):>13.2%} {sum(one.long_tasks for one in rounds):>11} "
            f"{max(one.longest for one in rounds):>6.0f} ms {max(one.load_longest for one in rounds):>6.0f} ms "
            f"{delays[int(len(delays) * 0.95) - 1]:>7.0f} ms"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=20.0, help="measured time of a round")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    costs: dict[str, list[Cost]] = defaultdict(list)
    stopped: list[dict[str, Any]] = []
    with heavy_page(stopped) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())  # type: ignore[arg-type]
        for _ in range(options.rounds):
            for name in VARIANTS:
                costs[name].append(measure(browser, address, name, options.seconds))
        browser.close()
    show(costs)
    for metadata in stopped:
        print(f"the recorder stopped itself: {metadata}")


if __name__ == "__main__":
    main()
