"""`mien project`: one project per site or app."""

from __future__ import annotations

from typing import Annotated

import typer

from mien.cli.context import DataOption, first_key, say, settings_of, with_database
from mien.errors import SetupError
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


@app.command("set")
def set_(
    slug: Annotated[str, typer.Argument(help="Which project.")],
    name: Annotated[str | None, typer.Option(help="Name as shown.")] = None,
    origin: Annotated[
        list[str] | None, typer.Option(help="Origins that may send, in place of the present ones.")
    ] = None,
    any_origin: Annotated[bool, typer.Option("--any-origin", help="Accept every origin.")] = False,
    sampling: Annotated[float | None, typer.Option(help="Share of sessions that scripts record, 0 to 1.")] = None,
    replay: Annotated[bool | None, typer.Option("--replay/--no-replay", help="Whether replay is recorded.")] = None,
    capture: Annotated[list[str] | None, typer.Option(help="NAME=on or NAME=off; repeatable.")] = None,
    feedback: Annotated[
        float | None, typer.Option(help="Ask this share of sessions how it went; 0 asks nobody.")
    ] = None,
    data: DataOption = None,
) -> None:
    """Change a project; scripts follow within minutes."""

    async def work(database: Database) -> projects.Project:
        found = await projects.find_project(database, slug)
        present = found.sdk_config
        changed = projects.SdkConfig(
            sampling=present.sampling if sampling is None else sampling,
            captures={**present.captures, **_switches(capture or [])},
            replay=present.replay if replay is None else replay,
            feedback=present.feedback if feedback is None else feedback or None,
        )
        for share in (changed.sampling, changed.feedback):
            if share is not None and not 0 <= share <= 1:
                raise SetupError("A share must be between 0 and 1.")
        before = [] if any_origin else found.origins
        added = [one for one in projects.clean_origins(origin or []) if one not in before]
        origins = [*before, *added] if origin or any_origin else None
        return await projects.configure_project(database, slug, name, origins, changed)

    project = with_database(settings_of(data), work)
    say(f"{project.slug}: {project.sdk_config}, origins {', '.join(project.origins) or 'any'}")


def _switches(texts: list[str]) -> dict[str, bool]:
    switches = {}
    for text in texts:
        name, _, state = text.partition("=")
        if not name or state not in ("on", "off"):
            raise SetupError(f"{text!r} should be NAME=on or NAME=off.")
        switches[name] = state == "on"
    return switches


@app.command("list")
def list_(data: DataOption = None) -> None:
    """List projects: slug, name, origins; tab-separated."""
    for project in with_database(settings_of(data), projects.list_projects):
        print(project.slug, project.name, ",".join(project.origins) or "any origin", sep="\t")
