"""`./run test` and `./run check`: the order of the gates, and which PostgreSQL versions the tests meet.

test:   browser units, integration tests on the system's PostgreSQL where there is one, then everything on the embedded
check:  format, lint and types of both languages, generated files, then the tests; --long adds what takes minutes
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
WORKERS = "3"  # one more than the usual two cores: tests in a browser wait most of the time
ON_THE_SYSTEM = (
    "schema", "statements", "load_timelines", "worker", "api_sessions", "api_overview", "api_error_groups",
    "latency_page",
)  # fmt: skip
"""Integration tests whose statements PostgreSQL's versions could take differently."""


def step(title: str, *command: str, folder: Path = ROOT, **environment: str) -> None:
    """Run one gate; stop at the first that fails, with its own exit code."""
    print(f"\n== {title}", flush=True)
    started = time.monotonic()
    done = subprocess.run(command, cwd=folder, env={**os.environ, **environment}, check=False)
    print(f"== {title}: {time.monotonic() - started:.0f} s", flush=True)
    if done.returncode:
        raise SystemExit(done.returncode)


def system_postgres() -> Path | None:
    """The newest PostgreSQL of at least version 15 that the system has, as a bin folder."""
    from tests.support.servers import bin_directories

    found = bin_directories()[1:]
    return found[-1] if found else None


def test(arguments: list[str]) -> None:
    if arguments:
        step("tests", PYTHON, "-m", "pytest", *arguments)
        return
    step("browser units", "npx", "vitest", "run", folder=ROOT / "web")
    if folder := system_postgres():
        step(
            f"integration tests on {folder}", PYTHON, "-m", "pytest", "-q", "-n", WORKERS,
            *(f"tests/integration/test_{name}.py" for name in ON_THE_SYSTEM),
            MIEN_TEST_POSTGRES=str(folder),
        )  # fmt: skip
    step("all tests", PYTHON, "-m", "pytest", "-q", "-n", WORKERS, "--dist", "loadfile", "--no-loadscope-reorder",
         "--durations", "10")  # fmt: skip


def check(arguments: list[str]) -> None:
    step("format", "ruff", "format", "--check", "mien", "tests", "tools", "bench")
    step("lint", "ruff", "check", "mien", "tests", "tools", "bench")
    step("types (Python)", "mypy")
    step("types (browser)", "npm", "run", "--silent", "types", folder=ROOT / "web")
    step("generated files", PYTHON, "tools/generate.py", "--check")
    test([])
    if "--long" in arguments:
        step("ingest", PYTHON, "bench/ingest.py")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    {"test": test, "check": check}[sys.argv[1]](sys.argv[2:])
