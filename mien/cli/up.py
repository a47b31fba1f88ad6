"""`mien up`: everything in one command."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

import msgspec

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

log = logging.getLogger("mien.up")
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

        looks = [child.look]
        if external_url() is None:
            looks.append(ServerKeeper(dsn, settings).look)
        watches = [asyncio.create_task(again_and_again(look)) for look in looks]
        try:
            await run_server(
                database, settings, listening, when_ready, extra_handlers=extra, worker_alive=child.is_alive
            )
        finally:
            for watch in watches:
                watch.cancel()
            await asyncio.gather(*watches, return_exceptions=True)
            await asyncio.to_thread(child.stop)


async def again_and_again(look: Callable[[], Awaitable[None]]) -> None:
    """Call `look` every RESTART_WAIT_S until cancelled."""
    while True:
        await asyncio.sleep(RESTART_WAIT_S)
        try:
            await look()
        except Exception:  # a watch that ends unseen would leave us without what it watches over
            log.exception("looking after the database or the worker failed; trying again")


class ServerKeeper:
    """Starts the embedded PostgreSQL again when it died; batches meanwhile are answered 503 and sent again.

    At the same address: our pool and the worker know no other.
    """

    def __init__(self, dsn: str, settings: Settings) -> None:
        self.dsn = dsn
        self.settings = msgspec.structs.replace(settings, postgres_port=urlsplit(dsn).port or 0)
        self.said = ""

    async def look(self) -> None:
        """See that it runs where it did; says what is wrong once, not at every look."""
        found = await asyncio.to_thread(running_dsn, self.settings.data)
        if found == self.dsn:
            self.said = ""
        elif found is not None:
            self._say(
                f"Another command started the database again on port {urlsplit(found).port}, not on "
                f"{self.settings.postgres_port}, where this Mien looks for it. Stop this Mien and start it again."
            )
        else:
            if not self.said:
                self._say("The database ended; starting it again.")
            try:
                await asyncio.to_thread(self._start)
            except SetupError as error:
                self._say(f"The database could not be started again; trying on. {error}")

    def _start(self) -> None:
        with running_server(self.settings):
            pass  # it stays: we still use the data folder

    def _say(self, message: str) -> None:
        if message != self.said:
            say(message)
        self.said = message


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

    async def look(self) -> None:
        """Start it again if it ended."""
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
