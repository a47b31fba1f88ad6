"""`mien analyze`: analyse sessions now."""

from __future__ import annotations

import asyncio
from typing import Annotated
from uuid import UUID

import typer
from rich.console import Console

from mien.cli.context import DEFAULT_PROJECT, DataOption, ProjectOption, say, settings_of, with_database
from mien.errors import SetupError
from mien.store import work_queue
from mien.store.database import Database
from mien.store.projects import find_project
from mien.worker import Worker


def analyze(
    everything: Annotated[bool, typer.Option("--all", help="Every session: rebuilds all derived tables.")] = False,
    session: Annotated[list[UUID] | None, typer.Option(help="Only this session; repeatable.")] = None,
    project: ProjectOption = DEFAULT_PROJECT,
    data: DataOption = None,
) -> None:
    """Analyse one session, all (--all), or what waits. Derived rows are replaced, collected ones stay."""
    if everything and session:
        raise SetupError("Choose either --all or --session.")

    async def work(database: Database) -> int:
        schema = (await find_project(database, project)).schema
        async with database.writing(schema) as queries:
            if everything:
                await queries.execute("work_queue.enqueue_all")
            elif session:
                await queries.execute("work_queue.enqueue_some", session_ids=session)
        return await _drain(database, schema)

    say(f"Done: {with_database(settings_of(data), work)} sessions analysed here.")


async def _drain(database: Database, schema: str) -> int:
    worker, total = Worker(database), 0
    with Console(stderr=True).status("Analysing ...") as shown:
        while True:
            total += await worker.drain(schema, lambda done: shown.update(f"Analysing ... {done} sessions"))
            async with database.reading(schema) as queries:
                left = await work_queue.waiting(queries)
            if not left.queued:
                return total
            # What is left is in the hands of another worker, or due in a moment.
            shown.update(f"Waiting for {left.queued} sessions that another worker has in hand ...")
            await asyncio.sleep(0.3)
