"""`./run screenshots [FOLDER]`: pictures of every page on the demo's visits, desktop and phone, light and dark.

The README's two pictures (docs/images) are taken with `--readme`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from mien.demo.browser import launch_options
from tests.support.running import PASSWORD, RunningMien, analysed_demo

ROOT = Path(__file__).resolve().parent.parent
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


def shoot(page: Page, address: str, file: Path, seek_s: float | None = None) -> None:
    """One picture of the whole page, when nothing loads any more."""
    page.goto(address + (f"?t={seek_s}" if seek_s else ""))
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1500)
    page.screenshot(path=str(file), full_page=True)


def main(arguments: list[str]) -> None:
    for_readme = "--readme" in arguments
    names = [name for name in arguments if not name.startswith("--")]
    folder = ROOT / "docs" / "images" if for_readme else Path(names[0] if names else ROOT / "screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    with (
        analysed_demo() as mien,
        sync_playwright() as playwright,
    ):
        worst = worst_session(mien)
        with mien.api() as api:
            group = api.get("/errors").json()["rows"][0]["key"]
        pages = {
            "overview": "",
            "sessions": "/sessions",
            "session": f"/sessions/{worst}",
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
        browser = playwright.chromium.launch(**launch_options())  # type: ignore[arg-type]
        for size_name, size in SIZES.items():
            for scheme in ("light", "dark"):
                if for_readme and (size_name, scheme) != ("desktop", "light"):
                    continue
                page = open_signed_in(browser, mien, size, scheme)
                for name, path in pages.items():
                    file = f"{name}.png" if for_readme else f"{name}-{size_name}-{scheme}.png"
                    if not (for_readme and name not in ("overview", "session")):
                        shoot(
                            page,
                            f"{mien.base_url}/p/default{path}",
                            folder / file,
                            20 if name == "session" else None,
                        )
                page.context.close()
        browser.close()
    print(folder)


if __name__ == "__main__":
    main(sys.argv[1:])
