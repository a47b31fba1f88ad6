"""What Chromium says of the dashboard: `./run bench pages [--loads N] [--data FOLDER]`.

For Overview and Session, on the demo's visits or on a folder that holds a project already: bytes of the first load with
an empty cache (page, scripts and styles as the server packs them, without HTTP headers; fonts, what draws charts and
replays, and data apart), the largest contentful paint, the time in which the main thread was blocked (of each task what
is over 50 ms), and the layout shift. Medians of N loads, each in a context of its own, at 1440 px and at 390 px.

Budget: 200 kB before charts (the dashboard's own); LCP 2.5 s, layout shift 0.1 and blocking 200 ms are the limits of
"good" that web vitals and Lighthouse name.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import Browser, Page, sync_playwright

from mien.demo.browser import launch_options
from tests.support.running import PASSWORD, RunningMien, analysed_demo, running_mien
from tools.screenshots import worst_session

SIZES = {"desktop": (1440, 1000), "phone": (390, 844)}
SETTLED_MS, QUIET_MS = 2_500, 120_000
"""How long the page is looked at once the network is quiet, and how long that may take: findings of many sessions are
worked out while the rest is there."""
WATCH = """
window.seen = {lcp: 0, shift: 0, blocked: 0};
const watch = (type, note) =>
  new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({type, buffered: true});
watch("largest-contentful-paint", (entry) => { seen.lcp = entry.startTime; });
watch("layout-shift", (entry) => { if (!entry.hadRecentInput) seen.shift += entry.value; });
watch("longtask", (entry) => { seen.blocked += Math.max(0, entry.duration - 50); });
"""
BUDGET = {"code kB": 200.0, "LCP ms": 2500.0, "blocked ms": 200.0, "shift": 0.1}


@dataclass
class Load:
    """Of one load. `code_kb`: page, scripts and styles; `charts_kb`: what draws charts and replays. `quiet_s`: until
    all that it asked was answered."""

    code_kb: float
    fonts_kb: float
    charts_kb: float
    data_kb: float
    lcp_ms: float
    blocked_ms: float
    shift: float
    quiet_s: float


@contextmanager
def signed_in(browser: Browser, mien: RunningMien, size: tuple[int, int]) -> Iterator[Page]:
    """A page with the cookie and nothing in its cache."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    answer = context.request.post(f"{mien.base_url}/api/login", data={"name": "tester", "password": PASSWORD})
    assert answer.ok, answer.text()
    page = context.new_page()
    page.add_init_script(WATCH)
    yield page
    context.close()


def load(page: Page, address: str) -> Load:
    """Open it and wait until nothing moves."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    names: dict[str, tuple[str, float]] = {}
    kb = {"code": 0.0, "fonts": 0.0, "charts": 0.0, "data": 0.0}

    def received(told: dict[str, Any]) -> None:
        names[told["requestId"]] = told["response"]["url"], told["response"]["encodedDataLength"]

    def finished(told: dict[str, Any]) -> None:
        url, header_bytes = names.get(told["requestId"], ("", 0.0))
        kb[kind_of(url)] += (told["encodedDataLength"] - header_bytes) / 1000

    devtools.on("Network.responseReceived", received)
    devtools.on("Network.loadingFinished", finished)
    began = monotonic()
    page.goto(address)
    page.wait_for_load_state("networkidle", timeout=QUIET_MS)
    quiet_s = monotonic() - began
    page.wait_for_timeout(SETTLED_MS)
    seen = page.evaluate("window.seen")
    return Load(kb["code"], kb["fonts"], kb["charts"], kb["data"], seen["lcp"], seen["blocked"], seen["shift"], quiet_s)


def kind_of(url: str) -> str:
    """Charts and the player are loaded when there is something to draw."""
    name = url.rsplit("/", 1)[-1]
    if "/api/" in url:
        return "data"
    if name.endswith(".woff2"):
        return "fonts"
    return "charts" if any(part in name for part in ("chart", "trend", "replay", "player")) else "code"


def report(name: str, loads: list[Load]) -> None:
    middle = {key: statistics.median(getattr(one, key) for one in loads) for key in Load.__dataclass_fields__}
    within = dict(
        zip(BUDGET, (middle["code_kb"], middle["lcp_ms"], middle["blocked_ms"], middle["shift"]), strict=True)
    )
    cells = [f"{middle[kind]:.0f}" for kind in ("code_kb", "fonts_kb", "charts_kb", "data_kb", "lcp_ms", "blocked_ms")]
    cells += [f"{middle['shift']:.3f}", f"{middle['quiet_s']:.1f}"]
    over = [key for key, value in within.items() if value > BUDGET[key]]
    print(
        f"{name:18}",
        " ".join(f"{cell:>10}" for cell in cells),
        f"  over: {', '.join(over)}" if over else "",
        flush=True,
    )


def main() -> None:
    """Reads the options and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--loads", type=int, default=5, help="of each page")
    parser.add_argument(
        "--data", type=Path, help="a folder whose data/ is a Mien's with visits and without an account tester"
    )
    options = parser.parse_args()
    with (
        running_mien(options.data) if options.data else analysed_demo() as mien,
        sync_playwright() as playwright,
    ):
        worst = worst_session(mien)
        names = ("code kB", "fonts kB", "charts kB", "data kB", "LCP ms", "blocked ms", "shift", "quiet s")
        print(f"{'':18}", " ".join(f"{name:>10}" for name in names))
        browser = playwright.chromium.launch(**launch_options())  # type: ignore[arg-type]
        for size_name, size in SIZES.items():
            for name, path in (("Overview", ""), ("Session", f"/sessions/{worst}")):
                loads = []
                for _ in range(options.loads):
                    with signed_in(browser, mien, size) as page:
                        loads.append(load(page, f"{mien.base_url}/p/default{path}"))
                report(f"{name} {size_name}", loads)
        print(f"{'budget':18}", " ".join(f"{cell:>10}" for cell in ("200", "", "", "", "2500", "200", "0.100")))
        browser.close()


if __name__ == "__main__":
    main()
