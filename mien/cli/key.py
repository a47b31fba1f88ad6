"""`mien key`: write keys, which stand in the page that sends."""

from __future__ import annotations

from typing import Annotated

import typer

from mien.cli.context import DEFAULT_PROJECT, DataOption, ProjectOption, say, settings_of, with_database
from mien.store import projects
from mien.store.database import Database

app = typer.Typer(name="key", help="Write keys: they stand in the page that sends.", no_args_is_help=True)


@app.command()
def create(
    project: ProjectOption = DEFAULT_PROJECT,
    label: Annotated[str, typer.Option(help="A note for yourself.")] = "",
    backfill: Annotated[bool, typer.Option("--backfill", help="Accept items of any age, for imports.")] = False,
    data: DataOption = None,
) -> None:
    """Make a key; prints it alone."""

    async def work(database: Database) -> str:
        found = await projects.find_project(database, project)
        return await projects.create_key(database, found, label, backfill)

    print(with_database(settings_of(data), work))


@app.command("list")
def list_(data: DataOption = None) -> None:
    """List keys: key, project, kind, label; tab-separated."""
    for key in with_database(settings_of(data), projects.list_keys):
        state = "revoked" if key.revoked_at else "backfill" if key.is_backfill else "normal"
        print(key.write_key, key.slug, state, key.label, sep="\t")


@app.command()
def revoke(key: Annotated[str, typer.Argument(help="The mk_... key.")], data: DataOption = None) -> None:
    """Revoke a key: within seconds nothing more is accepted with it."""

    async def work(database: Database) -> None:
        await projects.revoke_key(database, key)

    with_database(settings_of(data), work)
    say("Revoked.")
