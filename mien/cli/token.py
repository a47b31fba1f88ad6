"""`mien token`: read access to the API for programs."""

from __future__ import annotations

from typing import Annotated

import typer

from mien.cli.context import DataOption, say, settings_of, with_database
from mien.store import accounts, projects
from mien.store.database import Database

app = typer.Typer(name="token", help="Tokens: read-only access for programs.", no_args_is_help=True)


@app.command()
def create(
    project: Annotated[
        str | None, typer.Option("--project", help="Limit to one project; default: all.", show_default=False)
    ] = None,
    label: Annotated[str, typer.Option(help="A note for yourself.")] = "",
    data: DataOption = None,
) -> None:
    """Make a token; prints it alone, once. Use it as: Authorization: Bearer mt_..."""

    async def work(database: Database) -> str:
        found = await projects.find_project(database, project) if project else None
        return await accounts.create_token(database, label, found)

    print(with_database(settings_of(data), work))


@app.command("list")
def list_(data: DataOption = None) -> None:
    """List tokens: number, project, state, label; tab-separated. The tokens themselves are not kept."""
    for token in with_database(settings_of(data), accounts.list_tokens):
        print(token.token_id, token.slug or "all", "revoked" if token.revoked_at else "valid", token.label, sep="\t")


@app.command()
def revoke(
    number: Annotated[int, typer.Argument(help="Its number, as `mien token list` shows it.", min=1, max=2**31 - 1)],
    data: DataOption = None,
) -> None:
    """Revoke a token: it stops working at once."""

    async def work(database: Database) -> None:
        await accounts.revoke_token(database, number)

    with_database(settings_of(data), work)
    say("Revoked.")
