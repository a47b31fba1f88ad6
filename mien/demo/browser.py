"""Which Chromium to drive, and how: for recording the demo's visitors and for the browser tests."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from mien.errors import SetupError

UNPACKED = Path(__file__).resolve().parents[2] / ".cache" / "chromium"

ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


def chromium_path() -> Path:
    """MIEN_CHROMIUM, else the one that ./run unpacked, else the system's. Raises SetupError when there is none."""
    named = os.environ.get("MIEN_CHROMIUM")
    if named:
        return Path(named)
    if (UNPACKED / "chromium").exists():
        return UNPACKED / "chromium"
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return Path(found)
    raise SetupError("No Chromium found. Set MIEN_CHROMIUM to one, or run `./run test` once, which unpacks one.")


def launch_options() -> dict[str, object]:
    """Keyword arguments for Playwright's `chromium.launch`."""
    environment = dict(os.environ)
    libraries = UNPACKED / "al2023" / "lib"
    if chromium_path().parent == UNPACKED:
        # The package's libraries come after the system's: they only fill gaps on slim machines.
        environment["LD_LIBRARY_PATH"] = os.pathsep.join(
            filter(None, (os.environ.get("LD_LIBRARY_PATH"), str(libraries)))
        )
        if not Path("/etc/fonts/fonts.conf").exists():
            environment["FONTCONFIG_PATH"] = str(UNPACKED / "fonts")
    headless_shell = chromium_path().parent == UNPACKED
    arguments = [part for part in ARGUMENTS if not (headless_shell and part == "--headless=new")]
    return {"executable_path": str(chromium_path()), "args": arguments, "env": environment, "headless": True}
