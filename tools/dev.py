"""`./run dev`: `mien up` that starts again whenever Python changes; the browser parts are rebuilt as they change."""

from __future__ import annotations

import sys
from pathlib import Path

from watchfiles import DefaultFilter, run_process

ROOT = Path(__file__).resolve().parent.parent


class Sources(DefaultFilter):
    """What a restart is worth: our code, SQL and web sources, not what is built from them."""

    def __call__(self, change: object, path: str) -> bool:
        wanted = path.endswith((".py", ".sql", ".ts", ".tsx", ".css", ".html"))
        return wanted and "/static/" not in path and "/node_modules/" not in path


def start(arguments: list[str]) -> None:
    import os
    import subprocess

    subprocess.run([sys.executable, str(ROOT / "tools" / "build_web.py")], check=False)
    os.execv(sys.executable, [sys.executable, "-m", "mien", *arguments])  # noqa: S606 our own interpreter and package


if __name__ == "__main__":
    run_process(
        ROOT / "mien", ROOT / "web" / "sdk", ROOT / "web" / "dashboard",
        target=start, args=(sys.argv[1:] or ["demo", "--no-open"],), watch_filter=Sources(), target_type="function",
    )  # fmt: skip
