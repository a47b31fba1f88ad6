"""`mien analyze`: analyse sessions now."""

from __future__ import annotations

import asyncio
from typing import Annotated
from uuid import UUID

import typer
from rich.console import Console

from mien.cli.context import DataOption, say, settings_of, with_database
from mien.cli.garbage import look_seldom
from mien.errors import NotFound, SetupError
from mien.store import work_queue
from mien.store.database import Database
from mien.store.projects import find_project, list_projects
from mien.worker import Worker


def analyze(
    everything: Annotated[bool, typer.Option("--all", help="Every session: rebuilds all derived tables.")] = False,
    session: Annotated[list[UUID] | None, typer.Option(help="Only this session; repeatable.")] = None,
    project: Annotated[
        str | None, typer.Option("--project", help="Only this project; default: all.", show_default=False)
    ] = None,
    data: DataOption = None,
) -> None:
    """Analyse one session, all (--all), or what waits. Derived rows are replaced, collected ones stay."""
    if everything and session:
        raise SetupError("Choose either --all or --session.")

    async def work(database: Database) -> int:
        chosen = [await find_project(database, project)] if project else await list_projects(database)
        total = 0
        for one in chosen:
            total += await analyse_now(database, one.schema, everything, session)
        return total

    done = with_database(settings_of(data), work)
    if session and not done:
        raise NotFound("There is no such session.")
    say(f"Done: {done} {'session' if done == 1 else 'sessions'} analysed.")


async def analyse_now(database: Database, schema: str, everything: bool = False, only: list[UUID] | None = None) -> int:
    """Analyse all sessions, these, or (without either) those that wait now, and wait for those of them that another
    worker has in hand. Returns how many were done here. What comes meanwhile is left to the next one who looks."""
    async with database.writing(schema) as queries:
        share = await work_queue.enqueue(queries, everything, only or None)
    look_seldom()
    worker, total, has_said = Worker(database), 0, False
    with Console(stderr=True).status("Analysing ...") as shown:
        while True:
            total += await worker.drain(schema, lambda done: shown.update(f"Analysing ... {done} sessions"), share)
            async with database.reading(schema) as queries:
                left = await work_queue.count_left(queries, share)
            if not left:
                return total
            waiting = f"Waiting for {left} {'session' if left == 1 else 'sessions'} that another worker has in hand"
            shown.update(f"{waiting} ...")
            if not has_said:  # where there is no terminal, nothing is shown but this
                say(f"{waiting}; if that one died, for {work_queue.LEASE_S:.0f} s at most.")
                has_said = True
            await asyncio.sleep(0.3)
