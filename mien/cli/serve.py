"""`mien serve`: collector, API, dashboard and script on one port, without the analysis."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import uvicorn
import uvloop

from mien.api.app import create_app
from mien.cli.context import DataOption, HostOption, PortOption, open_database, running_server, say, settings_of
from mien.cli.garbage import look_seldom
from mien.collector.receivers import RECEIVERS
from mien.collector.routes import CONFIG_PATH, Collector
from mien.config import Settings
from mien.errors import SetupError
from mien.store.database import Database


def serve(data: DataOption = None, port: PortOption = None, host: HostOption = None) -> None:
    """Collector, API, dashboard and script on one port. Sessions are analysed by `mien worker`."""
    settings = settings_of(data, port, host)
    listening = listen(settings)
    with running_server(settings) as dsn:
        run_quickly(_serve(dsn, settings, listening))


def run_quickly(work: Coroutine[Any, Any, None]) -> None:
    """Like asyncio.run, on uvloop: the collector's sockets cost a third of what they cost on asyncio's own loop."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(work)


async def _serve(dsn: str, settings: Settings, listening: socket.socket) -> None:
    async def ready() -> None:
        say(f"Mien serves at {address(settings, listening)}. Analysis is done by `mien worker`. Stop with Ctrl-C.")

    async with open_database(dsn, settings) as database:
        await run_server(database, settings, listening, ready)


def listen(settings: Settings) -> socket.socket:
    """Take the port before anything else is started. Raises SetupError when it is not to be had."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
        listening.listen(1024)
    except OSError as error:
        listening.close()
        raise SetupError(
            f"Port {settings.port} on {settings.host} cannot be used ({error.strerror}). Choose another with --port."
        ) from None
    return listening


def address(settings: Settings, listening: socket.socket) -> str:
    """Where browsers reach Mien, as far as we know."""
    if settings.public_url:
        return settings.public_url.rstrip("/")
    host, port = listening.getsockname()[:2]
    host = "127.0.0.1" if host in ("0.0.0.0", "::") else f"[{host}]" if ":" in host else host  # noqa: S104
    return f"http://{host}:{port}"


class Front:
    """The ASGI application: batches go straight to the collector, everything else to the API and its pages."""

    def __init__(self, collector: Collector, pages: Any) -> None:
        self.collector = collector
        self.pages = pages

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        path = scope["path"] if scope["type"] == "http" else ""
        if path in RECEIVERS:
            await self.collector.app(scope, receive, send)
        elif path.startswith(CONFIG_PATH):
            await self.collector.config(scope, receive, send)
        else:
            await self.pages(scope, receive, send)


class _Server(uvicorn.Server):
    """uvicorn raises a caught signal again when it is done, which would end us before database and worker stopped."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    def ask_to_stop(self) -> None:
        """The first signal waits for requests in hand, a second one does not."""
        self.force_exit = self.should_exit
        self.should_exit = True


async def run_server(
    database: Database,
    settings: Settings,
    listening: socket.socket,
    when_ready: Callable[[], Awaitable[None]],
    *,
    extra_handlers: Sequence[Any] = (),
    worker_alive: Callable[[], bool] | None = None,
) -> None:
    """Serve until SIGINT or SIGTERM; then what was accepted is written before this returns."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s: %(message)s")
    look_seldom()
    collector = Collector(database, settings)
    pages = create_app(database, settings, extra_handlers=extra_handlers, worker_alive=worker_alive)
    config = uvicorn.Config(
        Front(collector, pages),
        log_level="warning",
        access_log=False,
        proxy_headers=False,  # the collector decides whom to believe (MIEN_TRUST_PROXY)
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=5,
        timeout_keep_alive=30,
        backlog=1024,
    )
    server = _Server(config)
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, server.ask_to_stop)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started and not serving.done():  # noqa: ASYNC110 uvicorn offers no event for it
        await asyncio.sleep(0.01)
    try:
        if not serving.done():
            await when_ready()
        await serving
    finally:
        server.should_exit = True
        await asyncio.gather(serving, return_exceptions=True)
        await collector.stop()
