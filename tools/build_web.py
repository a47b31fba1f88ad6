"""Builds the browser parts (SDK, dashboard) into mien/static when their sources changed; `--browser` adds Chromium.

Called by ./run before every command; when nothing changed it takes a few milliseconds and prints nothing.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
STATIC = ROOT / "mien" / "static"
CHROMIUM = ROOT / ".cache" / "chromium"


def digest(paths: list[Path]) -> str:
    """Hash of names and contents, so that a touched but equal file rebuilds nothing."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def sources(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and "node_modules" not in path.parts]


def run(*command: str, quiet_until_failure: bool = True) -> None:
    """Run a tool in web/ with the project's own Node; on failure show its output and stop."""
    # "node" is resolved on the PATH that ./run set: the venv's Node stands first.
    done = subprocess.run(command, cwd=WEB, capture_output=quiet_until_failure, text=True, check=False)
    if done.returncode:
        sys.stderr.write((done.stdout or "") + (done.stderr or ""))
        raise SystemExit(f"failed: {' '.join(command)}")


def once(name: str, stamp_file: Path, want: str, *steps: tuple[str, ...]) -> None:
    """Run `steps` unless `stamp_file` says that they were done for the same inputs."""
    if stamp_file.exists() and stamp_file.read_text() == want:
        return
    print(f"{name} (once) ...", file=sys.stderr, flush=True)
    for step in steps:
        run(*step)
    stamp_file.parent.mkdir(parents=True, exist_ok=True)
    stamp_file.write_text(want)


def install_packages() -> None:
    want = digest([WEB / "package.json", WEB / "package-lock.json"])
    once("Installing browser packages", WEB / "node_modules" / ".mien-installed", want,
         ("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"))  # fmt: skip


def build() -> None:
    """Each part has its own stamp, so that a change in the dashboard does not rebuild the SDK."""
    shared = [WEB / "package-lock.json"]
    sdk, dashboard = digest(shared + sources(WEB / "sdk")), digest(shared + sources(WEB / "dashboard"))
    fresh = (
        (STATIC / "sdk" / ".built").exists()
        and (STATIC / "sdk" / ".built").read_text() == sdk
        and (STATIC / "dashboard" / ".built").exists()
        and (STATIC / "dashboard" / ".built").read_text() == dashboard
    )
    if fresh:
        return
    install_packages()
    once("Building the SDK", STATIC / "sdk" / ".built", sdk, ("npm", "run", "--silent", "build:sdk"))
    once("Building the dashboard", STATIC / "dashboard" / ".built", dashboard,
         ("npm", "run", "--silent", "build:dashboard"))  # fmt: skip


def unpack_chromium() -> None:
    """@sparticuz/chromium carries its browser packed; it goes to .cache/chromium with the libraries that it needs."""
    if os.environ.get("MIEN_CHROMIUM") or (CHROMIUM / "chromium").exists():
        return
    install_packages()
    print("Unpacking Chromium for the tests (once) ...", file=sys.stderr, flush=True)
    scratch = CHROMIUM.with_name("chromium.new")
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    run("node", str(ROOT / "tools" / "unpack_chromium.mjs"), str(scratch))
    shutil.rmtree(CHROMIUM, ignore_errors=True)
    scratch.rename(CHROMIUM)


if __name__ == "__main__":
    build()
    if "--browser" in sys.argv[1:]:
        unpack_chromium()
