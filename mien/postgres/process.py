"""The server as a process: does it answer, which one is it, end it."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

import psycopg

from mien.postgres.binaries import Account
from mien.postgres.folder import Remembered, write_file

STOP_LIMIT_S = 60


def refusal_of(remembered: Remembered, cluster: Path) -> str | None:
    """None when the server of `cluster` answers, else why not. By its port alone it might be a stranger's."""
    if postmaster(cluster) is None:
        return "it does not run"
    try:
        with psycopg.connect(remembered.dsn("postgres"), connect_timeout=5):
            return None
    except psycopg.OperationalError as error:
        return str(error)


def postmaster(cluster: Path) -> int | None:
    """The process that serves `cluster`; None when its pid file is absent, stale, or names a stranger or a zombie."""
    try:
        pid = int((cluster / "postmaster.pid").read_text().split("\n")[0])
        if Path("/proc/self/cmdline").exists():
            arguments = Path(f"/proc/{pid}/cmdline").read_text(errors="replace").split("\0")
        else:
            ps = ["ps", "-ww", "-o", "command=", "-p", str(pid)]
            command = subprocess.run(ps, capture_output=True, text=True).stdout.strip()
            arguments = command.split(" ", maxsplit=2)  # a path may hold spaces: postgres, -D, the rest
    except (FileNotFoundError, ProcessLookupError, ValueError):
        return None
    return pid if arguments[1:3] == ["-D", str(cluster)] else None


def disown_pid_file(cluster: Path, account: Account) -> None:
    """Let a start succeed although the pid of a stale pid file belongs to a zombie or to a stranger by now.

    PostgreSQL takes the file for stale when it names the process above pg_ctl, which is us. The rest of the file stays:
    by its shared memory key PostgreSQL still sees processes of the old server.
    """
    path = cluster / "postmaster.pid"
    if path.exists() and postmaster(cluster) is None:
        write_file(path, "\n".join([str(os.getpid()), *path.read_text().split("\n")[1:]]), owner=account.ids)


def shut_down(cluster: Path) -> None:
    """Fast shutdown: open transactions are rolled back. After STOP_LIMIT_S at once, which costs a recovery, no data."""
    pid = postmaster(cluster)
    asked_at = time.monotonic()
    while pid is not None and postmaster(cluster) == pid:
        waited_s = time.monotonic() - asked_at
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT if waited_s < STOP_LIMIT_S else signal.SIGQUIT)
        time.sleep(0.02)


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            return error.errno != errno.EADDRINUSE
    return True
