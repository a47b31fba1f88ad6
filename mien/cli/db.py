"""`mien db`: the database itself."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from mien.cli.context import (
    DataOption,
    backup_file,
    bring_up_to_date,
    ensure_first_project,
    external_url,
    running_server,
    say,
    settings_of,
)
from mien.errors import SetupError
from mien.postgres import claim_instance, running_dsn
from mien.store import backup as backups
from mien.store.database import Database

app = typer.Typer(name="db", help="The database: address, upgrade, backup, restore.", no_args_is_help=True)


@app.command()
def url(data: DataOption = None) -> None:
    """Print the DSN, for psql and other programs. The embedded server must be running."""
    settings = settings_of(data)
    dsn = external_url() or running_dsn(settings.data)
    if dsn is None:
        raise SetupError(f"No server is running on {settings.data}. Start it with `mien up` (or `mien demo`).")
    print(dsn)


@app.command()
def upgrade(data: DataOption = None) -> None:
    """Bring all tables up to date. A database that holds data is backed up first."""
    settings = settings_of(data)

    async def first_project(dsn: str) -> None:
        database = await Database.connect(dsn)
        try:
            await ensure_first_project(database)
        finally:
            await database.close()

    with running_server(settings) as dsn:
        changed = bring_up_to_date(dsn, settings)
        asyncio.run(first_project(dsn))
    say(f"Upgraded: {', '.join(changed)}" if changed else "Everything is up to date.")


@app.command()
def backup(
    file: Annotated[
        Path | None, typer.Argument(help="Where to; default: the backups folder.", show_default=False)
    ] = None,
    data: DataOption = None,
) -> None:
    """Write everything into one file (pg_dump); prints its path alone."""
    settings = settings_of(data)
    target = (file or backup_file(settings, "backup")).absolute()
    with running_server(settings) as dsn:
        backups.dump(dsn, target)
    print(target)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that `mien db backup` wrote.")],
    force: Annotated[bool, typer.Option("--force", help="Replace what is in the database now.")] = False,
    data: DataOption = None,
) -> None:
    """Load a backup into an empty database (or, with --force, in place of what is there). Stop Mien first."""
    settings = settings_of(data)
    with ExitStack() as stack:
        if external_url() is None:
            stack.enter_context(claim_instance(settings.data))  # a running Mien would write into what is replaced
        backups.restore(stack.enter_context(running_server(settings)), file, force=force)
    say(f"Restored from {file}.")
