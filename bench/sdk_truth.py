"""Three scripted minutes of the truth site against a whole Mien: `./run bench sdk_truth [--seconds N] [--touch]`.

Prints for each visit what was stored of what happened, and what it cost to send, beside the budget (design.md 7) and
beside posthog-js 1.449 with replay on another page of the same kind (protocols.md 13: gzipped bodies, requests).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import Browser, sync_playwright

from mien.demo.browser import launch_options
from tests.support.running import running_mien
from tests.support.truth_site import truth_site
from tests.support.truth_visits import VISITS, Facts, Visit, name_of, of_type, stored, visiting

BUDGET_KB, BUDGET_REQUESTS = 16.0, 10
POSTHOG = {"calm": (50, 28), "frustrated": (59, 32), "error_prone": (65, 40)}  # kB of gzipped bodies, requests a minute


def right_clicks(visit: Visit, rows: dict[str, list[Facts]]) -> tuple[int, int]:
    """How many clicks are there with the right element, place and time; how many of them with the right answer."""
    truth = sorted(visit.clicks, key=lambda one: one["at"])
    pairs = list(zip(of_type(rows, "click"), truth, strict=False))
    placed = [
        (row, one)
        for row, one in pairs
        if name_of(row) == one["id"]
        and abs(row["x"] - one["x"]) <= 1
        and abs(row["y"] - one["y"]) <= 1
        and abs(row["occurred_at"].timestamp() * 1000 - one["at"]) <= 60
    ]
    return len(placed), sum((row["metadata"]["response"] is None) == bool(one["dead"]) for row, one in placed)


def right_calls(visit: Visit, rows: dict[str, list[Facts]]) -> int:
    """How many calls are there with the right status, and a time within 30 ms."""

    def is_there(one: Facts) -> bool:
        path = one["path"].split("/api/")[1].split("?")[0]
        return any(
            row["api"].endswith(path) and row["status"] == one["status"] and abs(row["latency_ms"] - one["ms"]) <= 30
            for row in rows["latency_metrics"]
        )

    return sum(is_there(one) for one in visit.calls)


def report(name: str, visit: Visit, rows: dict[str, list[Facts]]) -> None:
    """One visit, two lines."""
    clicks, calls = len(visit.clicks), len(visit.calls)
    placed, answered = right_clicks(visit, rows)
    screens = [row["screen"] for row in of_type(rows, "screen_view") if row["screen"] != "/visited/frame"]
    print(
        f"{name:12} clicks {placed}/{clicks} (stored {len(of_type(rows, 'click'))}), answers {answered}/{clicks}, "
        f"calls {right_calls(visit, rows)}/{calls} (stored {len(rows['latency_metrics'])}), "
        f"errors {len(rows['error_logs'])}/{len(visit.errors)}, screens {'right' if screens == visit.screens else screens}"
    )
    sent, (their_kb, their_requests) = visit.sent, POSTHOG[name]
    print(
        f"{'':12} sent {sent.body_bytes / 1000:.1f} kB (budget {BUDGET_KB:.0f}, posthog-js {their_kb}), {sent.requests} requests "
        f"(budget {BUDGET_REQUESTS}, posthog-js {their_requests}), {sent.preflights} preflights (budget 0)"
    )


def run(browser: Browser, seconds: float, touch: bool) -> None:
    with (
        running_mien() as mien,
        truth_site(mien.base_url, mien.cli("key", "create")) as site,
    ):
        dsn = mien.cli("db", "url")
        for name, act in VISITS.items():
            with visiting(browser, site, seconds, touch) as visit:
                act(visit)
            report(name, visit, stored(dsn, visit.session_id))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60.0, help="length of a visit")
    parser.add_argument("--touch", action="store_true", help="a phone of 390 x 844 instead of a desktop")
    options = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())  # type: ignore[arg-type]
        run(browser, options.seconds, options.touch)
        browser.close()


if __name__ == "__main__":
    main()
