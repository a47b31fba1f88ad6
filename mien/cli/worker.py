"""`mien worker`: the analysis alone."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from typing import Annotated

import typer

from mien.cli.context import DataOption, open_database, running_server, say, settings_of
from mien.cli.garbage import look_seldom
from mien.config import Settings
from mien.worker import Worker


def worker(
    data: DataOption = None,
    parent: Annotated[int | None, typer.Option(hidden=True, help="End when this process has gone.")] = None,
) -> None:
    """Analyse sessions until stopped. Any number may run against one database."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s: %(message)s")
    settings = settings_of(data)
    with running_server(settings) as dsn:
        asyncio.run(_work(dsn, settings, parent))


async def _work(dsn: str, settings: Settings, parent: int | None) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    watching = asyncio.create_task(_watch(parent, stop)) if parent else None
    async with open_database(dsn, settings) as database:
        if not parent:
            say("Analysing. Stop with Ctrl-C.")
        look_seldom()
        await Worker(database).run(stop)
    if watching:
        watching.cancel()


async def _watch(parent: int, stop: asyncio.Event) -> None:
    """`mien up` may be killed without a chance to stop us: then our parent is another."""
    while os.getppid() == parent:  # noqa: ASYNC110 nothing signals the death of a parent everywhere
        await asyncio.sleep(1)
    stop.set()
