"""`mien status`: is all well, and how much is there."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from mien import __version__
from mien.cli.context import DataOption, external_url, settings_of, with_database
from mien.postgres import running_dsn
from mien.store.database import Database
from mien.store.projects import list_projects
from mien.store.status import ProjectStatus, project_status


def status(
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False, data: DataOption = None
) -> None:
    """Rows and sizes per project, what waits for analysis, what was lost or refused."""
    settings = settings_of(data)
    was_running = external_url() is not None or running_dsn(settings.data) is not None

    async def work(database: Database) -> dict[str, ProjectStatus]:
        found = {}
        for project in await list_projects(database):
            async with database.reading(project.schema) as queries:
                found[project.slug] = await project_status(queries)
        return found

    found = with_database(settings, work)
    if as_json:
        whole: dict[str, Any] = {"version": __version__, "running": was_running, "projects": found}
        print(msgspec.json.encode(whole).decode())
        return
    console = Console()
    console.print(f"Mien {__version__}, database {'running' if was_running else 'not running (started to look)'}")
    for slug, one in found.items():
        _show(console, slug, one)


def _show(console: Console, slug: str, one: ProjectStatus) -> None:
    table = Table(title=f"Project {slug}", title_justify="left")
    table.add_column("table")
    table.add_column("rows", justify="right")
    table.add_column("size", justify="right")
    for row in one.tables:
        table.add_row(row.table_name, f"{row.row_count:,}", f"{row.size_bytes / 1e6:,.1f} MB")
    console.print(table)
    fresh = one.freshness
    newest = fresh.last_received_at.isoformat(timespec="seconds") if fresh.last_received_at else "none in the last day"
    console.print(
        f"{fresh.queued} sessions wait for analysis, the oldest for {fresh.behind_s:.0f} s. Newest batch: {newest}.\n"
        f"{fresh.received_batches} batches received, {fresh.lost_batches} lost on the way, "
        f"{fresh.dropped_items} items refused."
    )
    if fresh.sessions_without_start:
        console.print(f"{fresh.sessions_without_start} sessions without a start time: no list or figure holds them.")
