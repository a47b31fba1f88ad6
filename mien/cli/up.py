"""`mien up`: everything in one command."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack
from typing import Any

from mien.cli.context import (
    DataOption,
    HostOption,
    PortOption,
    external_url,
    open_database,
    running_server,
    say,
    settings_of,
)
from mien.cli.serve import address, listen, run_quickly, run_server
from mien.config import Settings
from mien.errors import SetupError
from mien.postgres import claim_instance, running_dsn
from mien.store.accounts import count_accounts, create_account
from mien.store.database import Database

FIRST_ACCOUNT = "admin"
RESTART_WAIT_S = 2.0


def up(data: DataOption = None, port: PortOption = None, host: HostOption = None) -> None:
    """Database, collector, API, dashboard, script and analysis. Sign-in details are printed at the first start."""
    settings = settings_of(data, port, host)

    async def ready(database: Database, base_url: str) -> None:
        say(f"Mien is ready at {base_url}")
        say("Stop with Ctrl-C.")

    start(settings, ready)


Ready = Callable[[Database, str], Awaitable[None]]


def start(
    settings: Settings, ready: Ready, handlers: Callable[[Database], Awaitable[Sequence[Any]]] | None = None
) -> None:
    """Start all of Mien and serve until stopped. `handlers` makes further routes once the database is there."""
    with ExitStack() as stack:
        if external_url() is None:
            stack.enter_context(claim_instance(settings.data))
        listening = listen(settings)
        stack.callback(listening.close)
        dsn = stack.enter_context(running_server(settings))
        run_quickly(_run(dsn, settings, listening, ready, handlers))
        say("Stopped.")


async def _run(
    dsn: str,
    settings: Settings,
    listening: socket.socket,
    ready: Ready,
    handlers: Callable[[Database], Awaitable[Sequence[Any]]] | None,
) -> None:
    async with open_database(dsn, settings) as database:
        extra = await handlers(database) if handlers else ()
        child = WorkerProcess(dsn, settings)

        async def when_ready() -> None:
            await _tell_first_account(database)
            await ready(database, address(settings, listening))

        watching = asyncio.gather(child.watch(), keep_server_running(settings))
        try:
            await run_server(
                database, settings, listening, when_ready, extra_handlers=extra, worker_alive=child.is_alive
            )
        finally:
            watching.cancel()
            await asyncio.to_thread(child.stop)


async def keep_server_running(settings: Settings) -> None:
    """Start the embedded PostgreSQL again when it died; batches meanwhile are answered 503 and sent again."""
    if external_url() is not None:
        return
    while True:
        await asyncio.sleep(RESTART_WAIT_S)
        if await asyncio.to_thread(running_dsn, settings.data) is not None:
            continue
        say("The database ended; starting it again.")
        try:
            with running_server(settings):
                pass  # it stays: we still use the data folder
        except SetupError as error:
            say(f"The database could not be started: {error}")


async def _tell_first_account(database: Database) -> None:
    if await count_accounts(database):
        return
    password = await create_account(database, FIRST_ACCOUNT)
    say(f"Sign in as {FIRST_ACCOUNT} with the password {password}")
    say(f"  (shown this once; `mien account password {FIRST_ACCOUNT}` sets a new one)")


class WorkerProcess:
    """The analysis runs in a process of its own, so that it never delays an answer of the collector."""

    def __init__(self, dsn: str, settings: Settings) -> None:
        self.environment = {**os.environ, "DATABASE_URL": dsn, "MIEN_DATA": str(settings.data)}
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "mien", "worker", "--parent", str(os.getpid())]
        # Its own session: Ctrl-C in the terminal reaches only us, and we stop it in order.
        return subprocess.Popen(command, env=self.environment, start_new_session=True)

    def is_alive(self) -> bool:
        """Whether sessions are being analysed."""
        return self.process.poll() is None

    async def watch(self) -> None:
        """Start it again whenever it ends."""
        while True:
            await asyncio.sleep(RESTART_WAIT_S)
            if not self.is_alive():
                say(f"The worker ended with code {self.process.returncode}; starting it again.")
                self.process = self._start()

    def stop(self) -> None:
        """Let it finish what it has in hand, for ten seconds."""
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
