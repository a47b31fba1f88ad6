"""A whole Mien in processes of its own, as an operator starts it: `mien up` on a folder and port of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.support.servers import scratch_folder

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "a long test password"
DEMO_SCORED = 24
"""Of the demo's 30 visits at least so many have enough to be scored."""


@dataclass
class RunningMien:
    """`cli` runs a command on the same data folder."""

    base_url: str
    data: Path
    process: subprocess.Popen[bytes]
    log: Path
    token: str = ""

    def cli(self, *arguments: str) -> str:
        """Standard output of `mien ARGUMENTS`; fails with its error output."""
        done = subprocess.run(
            [sys.executable, "-m", "mien", *arguments], env=environment(self.data), capture_output=True, text=True
        )
        assert done.returncode == 0, f"mien {' '.join(arguments)}: {done.stderr}"
        return done.stdout.strip()

    def api(self) -> httpx.Client:
        """A client of the API; all of them have one token, for a command costs more than most calls."""
        self.token = self.token or self.cli("token", "create")
        return httpx.Client(
            base_url=f"{self.base_url}/api/projects/default",
            headers={"authorization": f"Bearer {self.token}"},
            timeout=20,
        )


def environment(data: Path) -> dict[str, str]:
    """The environment of a child on `data`; warnings are errors here too, as far as they are ours."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "MIEN_PORT")}
    return {**kept, "MIEN_DATA": str(data), "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@contextmanager
def running_mien(kept: Path | None = None, command: str = "up", *options: str) -> Iterator[RunningMien]:
    """Started, healthy, with the account "tester"; stopped at the end. On data/ of the folder `kept`, which stays, or
    on a folder that is removed with all in it."""
    with nullcontext(kept) if kept else scratch_folder() as folder, started(folder, command, *options) as running:
        yield running


@contextmanager
def started(folder: Path, command: str, *options: str) -> Iterator[RunningMien]:
    """The same, on data/ of this folder."""
    data, log, port = folder / "data", folder / "mien.log", free_port()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "mien", command, "--port", str(port), *options],
            env=environment(data), stdout=output, stderr=output,
        )  # fmt: skip
    running = RunningMien(f"http://127.0.0.1:{port}", data, process, log)
    try:
        wait_until_healthy(running)
        running.cli("account", "create", "tester", "--password", PASSWORD)
        yield running
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()


@contextmanager
def analysed_demo(is_made_up: bool = False) -> Iterator[RunningMien]:
    """The demo, once its recorded visits are scored and nothing waits; if asked with its second project."""
    with running_mien(None, "demo", "--no-open", "--made-up" if is_made_up else "--no-made-up") as running:
        wait_until_analysed(running)
        yield running


def wait_until_analysed(
    running: RunningMien, seconds: float = 40, project: str = "default", least: int = DEMO_SCORED
) -> None:
    """Until at least so many of the project's visits are scored and none waits; fails with what there is."""
    base, scored, queued = f"{running.base_url}/api/projects/{project}", 0, 0
    with running.api() as api:
        for _ in range(int(seconds * 10)):
            if (overview := api.get(f"{base}/overview")).is_success:  # the project may come later
                scored, queued = overview.json()["scored"], api.get(f"{base}/freshness").json()["queued"]
                if scored >= least and not queued:
                    return
            time.sleep(0.1)
    raise AssertionError(f"{scored} visits scored and {queued} waiting after {seconds} s: {running.log.read_text()}")


def wait_until_healthy(running: RunningMien, seconds: float = 40) -> None:
    """Until /healthz says 200; fails with the log."""
    for _ in range(int(seconds * 10)):
        assert running.process.poll() is None, f"Mien ended: {running.log.read_text()}"
        try:
            urllib.request.urlopen(f"{running.base_url}/healthz", timeout=2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"not healthy after {seconds} s: {running.log.read_text()}")
