"""What benchmarks share: a collector in a process of its own, and CPU readings from /proc."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Process:
    """A running Mien."""

    pid: int
    port: int
    popen: subprocess.Popen[bytes]

    def stop(self) -> None:
        """Let it write what it accepted."""
        self.popen.terminate()
        self.popen.wait(20)


@contextmanager
def passable_folder() -> Iterator[Path]:
    """A folder on the disk, removed at the end. PostgreSQL's account can pass through it: what root starts in a closed
    one is put elsewhere, and would stay there."""
    with tempfile.TemporaryDirectory(prefix="mien-bench-") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def start_collector(dsn: str, port: int) -> Process:
    """`mien serve` on `dsn`; returns when it answers."""
    environment = {**os.environ, "DATABASE_URL": dsn, "PYTHONPATH": str(ROOT)}
    popen = subprocess.Popen(
        [sys.executable, "-m", "mien", "serve", "--port", str(port)], env=environment, stderr=subprocess.DEVNULL
    )
    for _ in range(200):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1).close()
            return Process(popen.pid, port, popen)
        except urllib.error.HTTPError:
            return Process(popen.pid, port, popen)
        except OSError:
            time.sleep(0.05)
    popen.kill()
    raise SystemExit("the collector did not start")


def cpu_seconds(pid: int) -> float:
    """User and system CPU of one process, ended children left out."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def machine_cpu() -> float:
    """CPU that all processes of the machine took since it started."""
    fields = Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]
    user, nice, system, _, _, interrupts, soft_interrupts = map(int, fields[:7])
    return (user + nice + system + interrupts + soft_interrupts) / _TICKS


def postgres_cpu(cluster: Path) -> float:
    """CPU of the postmaster of this cluster and all its children, ended ones included."""
    postmaster = int((cluster / "postmaster.pid").read_text().split()[0])
    total = cpu_seconds(postmaster)
    fields = Path(f"/proc/{postmaster}/stat").read_text().rsplit(")", 1)[1].split()
    total += (int(fields[13]) + int(fields[14])) / _TICKS
    for child in Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split():
        try:
            total += cpu_seconds(int(child))
        except OSError:
            continue
    return total
