"""`mien demo`: Mien with a demo shop and recorded visits."""

from __future__ import annotations

import asyncio
import os
import time
import webbrowser
from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, Any

import msgspec
import typer

from mien.cli.bench import write_visits
from mien.cli.context import DEFAULT_PROJECT, DataOption, HostOption, PortOption, first_key, say, settings_of
from mien.cli.up import start
from mien.config import Settings
from mien.demo import fortnight
from mien.demo.send import send_visits
from mien.demo.shop import shop_router
from mien.errors import MienError
from mien.store import work_queue
from mien.store.database import CONTROL, Database
from mien.store.projects import create_project, find_project, list_projects

app = typer.Typer(name="demo", help="Mien with a demo shop and recorded visits.", invoke_without_command=True)


@app.callback()
def demo(
    context: typer.Context,
    port: PortOption = None,
    host: HostOption = None,
    no_open: Annotated[bool, typer.Option("--no-open", help="Do not open a browser.")] = False,
    made_up: Annotated[
        bool, typer.Option("--made-up/--no-made-up", help="A second project with a fortnight of made-up visits.")
    ] = True,
    data: DataOption = None,
) -> None:
    """Start everything with the demo shop and its recorded visits in the project "default"; print the address."""
    if context.invoked_subcommand is None:
        settings = settings_of(data, port, host)
        if not os.environ.get("MIEN_HEATMAP_MIN_PEOPLE"):
            # The visitors are made up, and too few for a map: nobody is to be protected.
            settings = msgspec.structs.replace(settings, heatmap_min_people=1)
        _run(settings, opens_browser=not no_open, is_made_up=made_up)


def _run(settings: Settings, opens_browser: bool, is_made_up: bool) -> None:
    async def handlers(database: Database) -> Sequence[Any]:
        return [shop_router(await first_key(database, DEFAULT_PROJECT))]

    background: set[asyncio.Task[None]] = set()

    async def ready(database: Database, base_url: str) -> None:
        say(f"Mien is ready at {base_url}")
        say(f"The demo shop is at {base_url}/shop/ : click around there and watch yourself appear.")
        task = asyncio.create_task(_fill(database, base_url, is_made_up))
        background.add(task)
        if opens_browser:
            await asyncio.to_thread(webbrowser.open, base_url)

    start(settings, ready, handlers)


async def _fill(database: Database, base_url: str, is_made_up: bool) -> None:
    """Both projects, each once per installation; what was interrupted is completed at the next start."""
    try:
        async with database.writing(CONTROL) as queries:
            seed = await queries.fetch_value("demo.seed", fresh=f"{time.time():.0f}")
        await _once(database, action="demo.sent", work=lambda: _send(database, base_url, seed))
        if is_made_up:
            await _once(database, action="demo.made_up", work=lambda: make_up(database, seed))
        say("Stop with Ctrl-C.")
    except MienError as error:
        say(f"The demo's visits are not complete: {error}")


async def _once(database: Database, action: str, work: Callable[[], Awaitable[int]]) -> None:
    """Do the work, which counts visits, and note it under this name; nothing when that is noted already."""
    async with database.writing(CONTROL) as queries:
        if await queries.fetch_value("demo.is_done", action=action):
            return
    visits = await work()
    async with database.writing(CONTROL) as queries:
        await queries.execute("account.audit", actor="cli", action=action, detail={"visits": visits})


async def _send(database: Database, base_url: str, seed: str) -> int:
    key = await first_key(database, DEFAULT_PROJECT)
    sent = await send_visits(base_url, key, float(seed), seed=seed, progress=_tell_every_tenth)
    say(f"{sent} recorded visits were sent. They are analysed within seconds.")
    return sent


async def make_up(database: Database, seed: str) -> int:
    """The project of fortnight.py with its visits, due for analysis; returns how many. A repeat adds nothing."""
    plan = fortnight.fortnight(seed)
    if fortnight.PROJECT not in [project.slug for project in await list_projects(database)]:
        await create_project(database, fortnight.PROJECT, fortnight.NAME)
    schema = (await find_project(database, fortnight.PROJECT)).schema
    await write_visits(database.dsn, schema, plan)
    async with database.writing(schema) as queries:
        await work_queue.enqueue(queries)
    say(f"A second project, {fortnight.NAME!r}, holds {plan.sessions:,} visits that a program made up: two weeks in "
        "which two things break. They are analysed within half a minute.")  # fmt: skip
    return plan.sessions


def _tell_every_tenth(done: int, total: int, what: str) -> None:
    if done == total or done % 10 == 0:
        say(f"Recorded visits sent: {done} of {total}")


@app.command()
def record() -> None:
    """Drive a real Chromium through the shop and record the visits anew (takes some minutes)."""
    from mien.demo.record import record as record_visits  # needs Playwright, which ordinary use does not install

    made = asyncio.run(record_visits(progress=lambda done, total, what: say(f"{done} of {total}: {what}")))
    say(f"{made} visits recorded.")
