"""The server's life: start or adopt it, leave it, stop it when the last one left. One lock orders all of that."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import msgspec
import psycopg

from mien.errors import SetupError
from mien.postgres.binaries import Account, Binaries, reachable_place, tail
from mien.postgres.folder import (
    FORMAT,
    ROLE,
    FileLock,
    Remembered,
    claim_folder,
    explained,
    give_to_owner_of,
    recall,
    write_file,
)
from mien.postgres.process import disown_pid_file, is_free, postmaster, refusal_of, shut_down

DATABASE = "mien"
START_LIMIT_S = 300
"""Crash recovery replays up to max_wal_size of log; on a slow disk that takes minutes."""
RETRY_LIMIT_S = 20
"""Processes of a killed server were seen to linger for 0.5 to 6 s on a busy machine."""
MAX_LOG_BYTES = 10 * 1024 * 1024
LINGERING = ("pre-existing shared memory block", 'lock file "postmaster.pid"')
"""What PostgreSQL logs when processes of a killed server are still there."""
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "password_encryption": "scram-sha-256",
    "max_connections": "60",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "timezone": "UTC",
    "jit": "off",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %q%a ",
    "log_checkpoints": "off",
    "log_lock_waits": "on",
}


@dataclass(frozen=True)
class Running:
    """A server that accepts connections. `adopted`: it was running already."""

    dsn: str
    port: int
    adopted: bool


def running_dsn(data: Path, database: str = DATABASE) -> str | None:
    """How to reach the server that runs on `data`; None if none does. Starts nothing."""
    with explained(data):
        remembered = recall(data)
        if remembered is None or refusal_of(remembered, (data / "postgres").resolve()) is not None:
            return None
        return remembered.dsn(database)


class EmbeddedPostgres:
    """One user's hold on the server of a folder.

    `port` 0 means any free one, kept from then on. `shared_buffers` is PostgreSQL's setting. `run_as` counts only when
    we are root, whom PostgreSQL refuses. `bin_directory` and `settings` are for tests: other binaries, more settings.
    """

    def __init__(
        self,
        data: Path,
        port: int = 0,
        shared_buffers: str = "256MB",
        run_as: str = "nobody",
        *,
        bin_directory: Path | None = None,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self.data = data.expanduser().absolute()
        self.link = self.data / "postgres"
        self.log = self.data / "postgres.log"
        self.port = port
        self.settings = {**SETTINGS, "shared_buffers": shared_buffers, **(settings or {})}
        self.run_as = run_as
        self.asked_bin = bin_directory
        self._remembered: Remembered | None = None
        self._in_use: FileLock | None = None

    def start(self) -> Running:
        """Start the server, or adopt it where it runs; returns when it accepts connections. Raises SetupError."""
        with explained(self.data):
            claim_folder(self.data)
            with self._alone():
                if self._in_use is None:
                    self._in_use = FileLock(self.data / "in-use", shared=True)
                try:
                    return self._start_or_adopt()
                except BaseException:
                    self._leave()
                    raise

    def stop(self) -> None:
        """Give up the hold; the server stops if nobody else has one. Harmless when not started."""
        if self._in_use is not None and not self.data.exists():
            self._in_use.release()  # the folder was removed: PostgreSQL stops by itself when it notices
            self._in_use = None
        if self._in_use is not None:
            with explained(self.data), self._alone():
                self._leave()

    def dsn(self, database: str = DATABASE) -> str:
        """The address, with the password. Only after `start`."""
        if self._remembered is None:
            raise SetupError("The embedded PostgreSQL was not started.")
        return self._remembered.dsn(database)

    def __enter__(self) -> Running:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    @property
    def cluster(self) -> Path:
        """The cluster's real place."""
        return self.link.resolve()

    def _alone(self) -> FileLock:
        try:
            return FileLock(self.data / "lock", wait_s=START_LIMIT_S)
        except BlockingIOError:
            raise SetupError(f"Another process has been starting PostgreSQL on {self.data} for too long.") from None

    def _start_or_adopt(self) -> Running:
        remembered = recall(self.data) or Remembered(FORMAT, secrets.token_urlsafe(24))
        self._remembered = remembered
        adopted = self._finds_it_running(remembered)
        if not adopted:
            self._launch(remembered)
        try:
            with psycopg.connect(remembered.dsn("postgres"), autocommit=True) as connection:
                if not connection.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE]).rowcount:
                    connection.execute(f"CREATE DATABASE {DATABASE} TEMPLATE template0 ENCODING 'UTF8'")
        except psycopg.Error as error:
            raise SetupError(f"PostgreSQL on {self.cluster} runs, but cannot be used: {error}") from None
        return Running(remembered.dsn(DATABASE), remembered.port, adopted)

    def _finds_it_running(self, remembered: Remembered) -> bool:
        """Wait for a server that is just starting, recovering or stopping by itself; False when there is none."""
        deadline = time.monotonic() + START_LIMIT_S
        while (refusal := refusal_of(remembered, self.cluster)) is not None:
            pid = postmaster(self.cluster)
            if pid is None:
                return False
            if "password authentication failed" in refusal:
                kept = self.data / "postgres.json"
                raise SetupError(f"The password in {kept} is not that of the running server (process {pid}).")
            if time.monotonic() > deadline:
                raise SetupError(f"PostgreSQL (process {pid}) on {self.cluster} does not answer: {refusal}")
            time.sleep(0.05)
        return True

    def _launch(self, remembered: Remembered) -> None:
        account = Account.of(self.run_as, self.link)
        binaries = Binaries.reachable_by(account, self.asked_bin)
        if remembered.initialized or os.path.lexists(self.link):
            self._check_cluster(account, binaries)
        else:
            write_file(self.data / "postgres.json", msgspec.json.encode(remembered).decode())
            self._create_cluster(account, binaries, remembered.password)
        remembered.initialized = True
        deadline = time.monotonic() + RETRY_LIMIT_S
        while True:
            remembered.port = self._choose_port(remembered.port)
            write_file(self.data / "postgres.json", msgspec.json.encode(remembered).decode())
            settings = {**self.settings, "port": str(remembered.port)}
            write_file(self.cluster / "mien.conf", _conf(settings), owner=account.ids)
            disown_pid_file(self.cluster, account)
            said = self._pg_ctl_start(account, binaries)
            if said is None:
                return
            is_passing = any(words in said for words in LINGERING) or not is_free(remembered.port)
            if not is_passing or time.monotonic() > deadline:
                raise SetupError(f"PostgreSQL does not start on {self.cluster}. The end of {self.log}:\n{tail(said)}")
            time.sleep(0.1)

    def _pg_ctl_start(self, account: Account, binaries: Binaries) -> str | None:
        """None when it runs, else what was logged. By pg_ctl the server has its own session: no Ctrl-C reaches it."""
        if self.log.exists() and self.log.stat().st_size > MAX_LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        # We open the log: the account may be unable to reach it.
        log = os.open(self.log, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
        try:
            give_to_owner_of(self.data, log)
            before = os.fstat(log).st_size
            start = ("pg_ctl", "-D", self.cluster, "-s", "-w", "-t", START_LIMIT_S, "start")
            if account.run(binaries.folder, *start, output=log).returncode == 0:
                return None
            return os.pread(log, 1 << 20, before).decode(errors="replace")
        finally:
            os.close(log)

    def _choose_port(self, kept: int) -> int:
        port = self.port or kept
        if port and is_free(port):
            return port
        if self.port:
            raise SetupError(
                f"Port {self.port}, asked for the embedded PostgreSQL, is taken by another program. "
                "Stop that one, or set MIEN_POSTGRES_PORT to another port, or to 0 for any free one."
            )
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return int(probe.getsockname()[1])

    def _check_cluster(self, account: Account, binaries: Binaries) -> None:
        def damaged(what: str) -> SetupError:
            return SetupError(
                f"The database in {self.link} is damaged: {what}. Nothing was changed. Put the folder back from a "
                f"copy, or move {self.data} away and restore a dump with `mien db restore`."
            )

        if not self.link.exists():
            raise damaged(f"{self.cluster} is missing")
        if not account.reaches(self.cluster):
            raise SetupError(
                f"The account {account.name}, which PostgreSQL runs as, cannot enter {self.cluster}. "
                "Let it pass the folders above (chmod o+x), or choose another folder with --data."
            )
        try:
            version = (self.cluster / "PG_VERSION").read_text().strip()
        except FileNotFoundError:
            raise damaged("PG_VERSION is missing") from None
        if version != binaries.major:
            raise SetupError(
                f"The database in {self.link} was made by PostgreSQL {version or 'of unknown version'}, but this Mien "
                f"brings {binaries.major}. Dump it with the Mien that made it and restore the dump into a new folder."
            )
        if not (self.cluster / "global" / "pg_control").exists():
            raise damaged("global/pg_control is missing")

    def _create_cluster(self, account: Account, binaries: Binaries, password: str) -> None:
        """Make it under another name and move it in place when it is whole: a first start cut short leaves no half."""
        for leftover in self.data.glob("postgres-new-*"):
            shutil.rmtree(leftover, ignore_errors=True)
        home = self.data if account.reaches(self.data) else reachable_place(account)
        work = Path(tempfile.mkdtemp(prefix="postgres-new-", dir=home))
        try:
            if account.ids:
                os.chown(work, *account.ids)
            fresh = work / "cluster"
            write_file(work / "password", password, owner=account.ids)
            login = ("-U", ROLE, f"--pwfile={work / 'password'}", "--auth=scram-sha-256")
            kind = ("-E", "UTF8", *binaries.locale, "--data-checksums", "--no-instructions")
            hurry = ("--no-sync",) if self.settings.get("fsync") == "off" else ()
            done = account.run(binaries.folder, "initdb", "-D", fresh, *login, *kind, *hurry)
            if done.returncode != 0:
                raise SetupError(f"PostgreSQL cannot make a database in {home}:\n{tail(done.stdout)}")
            main = fresh / "postgresql.conf"
            write_file(main, main.read_text() + "\ninclude 'mien.conf'\n", owner=account.ids)
            if home == self.data:
                fresh.rename(self.link)
            else:
                self.link.symlink_to(fresh.rename(home / f"data-{secrets.token_hex(8)}"))
        finally:
            shutil.rmtree(work, ignore_errors=True)

    def _leave(self) -> None:
        """Release our hold and stop the server if it was the last one. Call it with the lock held."""
        if self._in_use is not None:
            self._in_use.release()
            self._in_use = None
        try:
            last = FileLock(self.data / "in-use")
        except BlockingIOError:
            return
        with last:
            shut_down(self.cluster)


def _conf(settings: Mapping[str, str]) -> str:
    lines = [f"{name} = '{value.replace(chr(39), chr(39) * 2)}'\n" for name, value in settings.items()]
    advice = "# Written by Mien at every start. Your own settings go into postgresql.conf, below the include.\n"
    return advice + "".join(lines)
