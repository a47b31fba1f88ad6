"""Pictures of every page: with the demo's visits, empty, loading and failing; desktop and phone, light and dark."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from mien.demo import fortnight
from mien.demo.browser import launch_options
from tests.support.running import PASSWORD, RunningMien, analysed_demo, wait_until_analysed

ROOT = Path(__file__).resolve().parent.parent
DATA = "**/api/projects/default/**"
OF_DATA = ("session", "error", "segment")
"""Pages that an empty project does not have."""
IN_README = {"overview": "made_up", "session": "default", "heatmaps": "default"}
"""Page -> the demo's project: what got worse is seen in the made-up fortnight alone."""
SIZES = {"desktop": (1440, 1000), "phone": (390, 844)}


def worst_session(mien: RunningMien) -> str:
    """The id of the session with the lowest score."""
    with mien.api() as api:
        query = {"sort": "score", "order": "asc", "limit": 1}
        return str(api.get("/sessions", params=query).json()["rows"][0]["session_id"])


def open_signed_in(browser: Browser, mien: RunningMien, size: tuple[int, int], scheme: str) -> Page:
    """A page of a fresh context, on the Overview."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(mien.base_url)
    page.get_by_role("textbox", name="Name").fill("tester")
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Overview").wait_for()
    return page


def hold(page: Page) -> None:
    """From here on no answer comes for what pages show."""
    page.route(DATA, lambda route: None)


def fail(page: Page) -> None:
    """From here on everything that pages show fails; they try twice more before they say so."""
    body = {
        "error": "unforeseen",
        "message": "Mien made a mistake; it is in the server's log. Collecting goes on.",
    }
    page.route(DATA, lambda route: route.fulfill(status=500, json=body))


STATES: dict[str, Callable[[Page], None] | None] = {"filled": None, "empty": None, "loading": hold, "error": fail}
"""What is done to a page before it is opened. `empty` is that of a project without a session."""


WAITS_MS = {"error": 5000}
"""Longer than until the last try."""


def shoot(page: Page, address: str, file: Path, state: str = "filled") -> None:
    """One picture of the whole page, when nothing loads any more."""
    page.goto(address)
    if state != "loading":
        page.wait_for_load_state("networkidle")
    page.wait_for_timeout(WAITS_MS.get(state, 1500))
    page.screenshot(path=str(file), full_page=True)


def paths_of(mien: RunningMien) -> dict[str, str]:
    """Every page of the demo's project: its name and path."""
    with mien.api() as api:
        group = api.get("/errors").json()["rows"][0]["key"]
    return {
        "overview": "",
        "sessions": "/sessions",
        "session": f"/sessions/{worst_session(mien)}?t=20",
        "latency": "/latency",
        "vitals": "/latency?view=vitals",
        "errors": "/errors",
        "error": f"/errors/{group}",
        "journeys": "/journeys",
        "heatmaps": "/heatmaps",
        "screens": "/screens",
        "signals": "/signals",
        "laboratory": "/signals?lab=1",
        "moments": "/moments",
        "score": "/score",
        "segment": "?screen=/shop/cart&having=call:failed:",
        "live": "/live",
        "settings": "/settings",
        "system": "/system",
    }


def take_all(browser: Browser, mien: RunningMien, folder: Path, wanted: Sequence[str]) -> None:
    """All pages in these states, in both sizes and both schemes."""
    pages = paths_of(mien)
    if "empty" in wanted:
        mien.cli("project", "create", "empty")
    for state in wanted:
        project = "empty" if state == "empty" else "default"
        for (size_name, size), scheme in product(SIZES.items(), ("light", "dark")):
            page = open_signed_in(browser, mien, size, scheme)
            if (prepare := STATES[state]) is not None:
                prepare(page)
            for name, path in pages.items():
                if state == "empty" and name in OF_DATA:
                    continue
                file = folder / f"{name}-{state}-{size_name}-{scheme}.png"
                shoot(page, f"{mien.base_url}/p/{project}{path}", file, state)
            page.unroute_all(behavior="ignoreErrors")  # what is held back would complain at the end
            page.context.close()


def take_for_readme(browser: Browser, mien: RunningMien, folder: Path) -> None:
    """The README's pictures."""
    wait_until_analysed(mien, 300, fortnight.PROJECT, 1000)
    page = open_signed_in(browser, mien, SIZES["desktop"], "light")
    for name, project in IN_README.items():
        address = f"{mien.base_url}/p/{project}{paths_of(mien)[name]}"
        for _ in range(2):  # at the second time the comparison is there at once
            shoot(page, address, folder / f"{name}.png")
    page.context.close()


def main() -> None:
    parser = argparse.ArgumentParser(prog="./run screenshots", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "screenshots")
    parser.add_argument("--states", nargs="+", choices=STATES, default=list(STATES))
    parser.add_argument("--readme", action="store_true", help="only the README's, into docs/images")
    options = parser.parse_args()
    folder: Path = ROOT / "docs" / "images" if options.readme else options.folder
    folder.mkdir(parents=True, exist_ok=True)
    with analysed_demo(is_made_up=options.readme) as mien, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())  # type: ignore[arg-type]
        if options.readme:
            take_for_readme(browser, mien, folder)
        else:
            take_all(browser, mien, folder, options.states)
        browser.close()
    print(folder)


if __name__ == "__main__":
    main()
