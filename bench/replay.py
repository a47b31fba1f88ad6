"""A recording of half an hour in Chromium: `./run bench replay [--minutes N]`.

One visit of the demo, recorded in a real browser, is sent again and again as one session of that length: real pages,
real clicks, a picture of the whole page at each repeat. Measured in the dashboard, on an empty cache: from the opening
of the session's address until the recorded page is drawn (at its beginning, and at a moment near its end), and from a
press on the timeline until the picture of that moment stands, at places all over it.

Budget (the dashboard's issue): first frame under 1 s, seeking under 300 ms, and the recording in parts.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

from bench.pages import SIZES, signed_in
from mien.demo.browser import launch_options
from mien.demo.fresh_visit import duration_s, fresh_batch, fresh_id
from mien.demo.visit_file import FOLDER, VisitFile, read_visit
from tests.support.running import RunningMien, running_mien, wait_until_analysed

VISIT = "refused-payer-1"
SEEKS = 20
WATCH = """
window.firstFrame = null;
window.answers = 0;
const look = () => {
  const shown = document.querySelector(".stage-root iframe")?.contentDocument?.body;
  if (shown?.querySelector("*")) firstFrame ??= performance.now();
  if (firstFrame === null) requestAnimationFrame(look);
};
look();
window.seeks = [];
addEventListener("pointerup", () => {
  const began = performance.now();
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => seeks.push(performance.now() - began))));
}, true);
"""


def send_long(mien: RunningMien, key: str, visit: VisitFile, minutes: float) -> tuple[str, int]:
    """The visit over and over as one session that ended just now; its id, and how many batches it has."""
    length_ms = round(duration_s(visit) * 1000) + 1000
    times = max(1, round(minutes * 60_000 / length_ms))
    began_ms = round(time.time() * 1000) - times * length_ms - 5_000
    first = began_ms - visit.started_at
    session: dict[str, Any] | None = None
    seq = index = 0
    with httpx.Client(base_url=mien.base_url, timeout=60, trust_env=False) as client:
        for number in range(times):
            for batch in visit.batches:
                body = fresh_batch(batch, VISIT, "long", first + number * length_ms, key, mien.base_url)
                session = session or body["session"]
                chunks = [{**chunk, "index": index + at} for at, chunk in enumerate(body.get("replay", []))]
                index += len(chunks)
                named = {"batch_id": fresh_id("long", VISIT, f"{number} {body['batch_id']}"), "seq": seq}
                sent = {**body, **named, "session": session, "sent_at": round(time.time() * 1000)}
                client.post(
                    "/v1/batch",
                    json={**sent, "replay": chunks} if chunks else sent,
                    headers={"user-agent": visit.user_agent},
                ).raise_for_status()
                seq += 1
    assert session
    return str(session["session_id"]), seq


def wait_for_frame(page: Page) -> None:
    """Asked from outside: the page's content security policy lets nothing be evaluated within."""
    while page.evaluate("firstFrame") is None:
        page.wait_for_timeout(20)


def first_frame(browser: Browser, mien: RunningMien, size: tuple[int, int], path: str) -> tuple[float, int]:
    """Milliseconds from the address to the first recorded picture, and in how many answers the recording came."""
    with signed_in(browser, mien, size) as page:
        answers: list[str] = []
        page.on("response", lambda answer: answers.append(answer.url) if "/replay" in answer.url else None)
        page.add_init_script(WATCH)
        page.goto(mien.base_url + path)
        wait_for_frame(page)
        page.wait_for_load_state("networkidle")
        return float(page.evaluate("firstFrame")), len(answers)


def seek_times(page: Page, mien: RunningMien, path: str) -> list[float]:
    """Milliseconds of presses on the timeline, to and fro over the whole session."""
    page.add_init_script(WATCH)
    page.goto(mien.base_url + path)
    wait_for_frame(page)
    page.wait_for_load_state("networkidle")
    lane = page.locator(".timeline > svg").first
    box = lane.bounding_box()
    assert box
    for number in range(SEEKS):
        share = 0.15 + 0.8 * ((number * 7) % SEEKS) / SEEKS
        page.mouse.click(box["x"] + share * box["width"], box["y"] + 40)
        page.wait_for_timeout(400)
    return [float(one) for one in page.evaluate("seeks")]


def main() -> None:
    """Reads the options and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--loads", type=int, default=3)
    options = parser.parse_args()
    visit = read_visit(FOLDER / f"{VISIT}.json.gz")
    with running_mien() as mien, sync_playwright() as playwright:
        session_id, batches = send_long(mien, mien.cli("key", "create"), visit, options.minutes)
        wait_until_analysed(mien, 120, least=1)
        browser = playwright.chromium.launch(**launch_options())  # type: ignore[arg-type]
        with mien.api() as api:
            length = api.get(f"/sessions/{session_id}").json()["session"]["duration_ms"] / 60_000
        print(f"a session of {length:.1f} minutes in {batches} batches; budgets 1,000 and 300 ms")
        path = f"/p/default/sessions/{session_id}"
        for name, size in SIZES.items():
            for moment, query in (("its beginning", "?t=0"), ("near its end", f"?t={int(length * 57)}")):
                loads = [first_frame(browser, mien, size, path + query) for _ in range(options.loads)]
                middle = statistics.median(ms for ms, _ in loads)
                print(f"first frame, {name}, {moment}: {middle:,.0f} ms; the recording came in {loads[0][1]} answers")
            with signed_in(browser, mien, size) as page:
                times = sorted(seek_times(page, mien, path + "?t=0"))
                print(
                    f"seeking, {name}: median {statistics.median(times):.0f} ms, longest of {len(times)} "
                    f"{times[-1]:.0f} ms"
                )
        browser.close()


if __name__ == "__main__":
    main()
