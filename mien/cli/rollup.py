"""`mien rollup`: the hourly and daily figures that pages read."""

from __future__ import annotations

import asyncio
import time
from typing import Annotated

import typer
from rich.console import Console

from mien.cli.context import DataOption, say, settings_of, with_database
from mien.store.database import Database
from mien.store.projects import find_project, list_projects
from mien.store.roll_up import TIMEOUT_S, count_forced, mark_all, roll_up_due

app = typer.Typer(name="rollup", help="Figures by hour and day, which pages read.", no_args_is_help=True)


@app.callback()
def rollup() -> None:
    """Figures by hour and day, which pages read."""


@app.command()
def rebuild(
    project: Annotated[
        str | None, typer.Option("--project", help="Only this project; default: all.", show_default=False)
    ] = None,
    data: DataOption = None,
) -> None:
    """Compute all roll-ups anew, after rows were changed or deleted with plain SQL. Pages stay exact meanwhile."""

    async def work(database: Database) -> None:
        chosen = [await find_project(database, project)] if project else await list_projects(database)
        for one in chosen:
            began = time.monotonic()
            hours = await rebuild_all(database, one.schema)
            say(f"{one.slug}: {hours} hours rolled up in {time.monotonic() - began:.0f} s.")

    settings = settings_of(data)
    with_database(settings, work, statement_timeout_ms=round(TIMEOUT_S * 1000))


async def rebuild_all(database: Database, schema: str) -> int:
    """Everything that is there now; returns how many hours were done here. A worker may do some of them."""
    async with database.writing(schema) as queries:
        await mark_all(queries)
    total = 0
    with Console(stderr=True).status("Rolling up ...") as shown:
        while True:
            async with database.reading(schema) as queries:
                if not (left := await count_forced(queries)):
                    return total
            done = await roll_up_due(database, schema, only_forced=True)
            total += done
            shown.update(f"Rolling up ... {left} hours left")
            await asyncio.sleep(0 if done else 0.3)
