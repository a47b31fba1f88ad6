"""`mien project`: one project per site or app."""

from __future__ import annotations

from typing import Annotated

import typer

from mien.cli.context import DataOption, first_key, say, settings_of, with_database
from mien.store import projects
from mien.store.database import Database

app = typer.Typer(name="project", help="Projects: one per site or app.", no_args_is_help=True)


@app.command()
def create(
    slug: Annotated[str, typer.Argument(help="Short name: a-z, 0-9 and _. Its tables go to the schema p_SLUG.")],
    name: Annotated[str, typer.Option(help="Name as shown.")] = "",
    origin: Annotated[
        list[str] | None,
        typer.Option(help="Origin that may send, such as https://shop.example; repeatable. None: any."),
    ] = None,
    data: DataOption = None,
) -> None:
    """Make a project with a write key; prints the key."""

    async def work(database: Database) -> str:
        await projects.create_project(database, slug, name, origin or [])
        return await first_key(database, slug)

    key = with_database(settings_of(data), work)
    say(f"Project {slug} is ready. Its write key:")
    print(key)


@app.command("list")
def list_(data: DataOption = None) -> None:
    """List projects: slug, name, origins; tab-separated."""
    for project in with_database(settings_of(data), projects.list_projects):
        print(project.slug, project.name, ",".join(project.origins) or "any origin", sep="\t")
