"""`mien account`: who may sign in to the dashboard."""

from __future__ import annotations

from typing import Annotated

import typer

from mien.cli.context import DataOption, say, settings_of, with_database
from mien.store import accounts
from mien.store.database import Database

app = typer.Typer(name="account", help="Accounts: who may sign in.", no_args_is_help=True)
NameArgument = Annotated[str, typer.Argument(help="Name to sign in with.")]
PasswordOption = Annotated[
    str | None, typer.Option(help="Password; without it a random one is made.", envvar="MIEN_PASSWORD")
]


@app.command()
def create(name: NameArgument, password: PasswordOption = None, data: DataOption = None) -> None:
    """Make an account; prints its password alone."""

    async def work(database: Database) -> str:
        return await accounts.create_account(database, name, password)

    made = with_database(settings_of(data), work)
    say(f"Account {name} may sign in with this password:")
    print(made)


@app.command("password")
def password_(name: NameArgument, password: PasswordOption = None, data: DataOption = None) -> None:
    """Set a new password and sign the account out everywhere; prints the password alone."""

    async def work(database: Database) -> str:
        return await accounts.set_password(database, name, password)

    print(with_database(settings_of(data), work))


@app.command("list")
def list_(data: DataOption = None) -> None:
    """List accounts, oldest first."""
    for account in with_database(settings_of(data), accounts.list_accounts):
        print(account.name, account.created_at.isoformat(timespec="seconds"), sep="\t")


@app.command()
def remove(name: NameArgument, data: DataOption = None) -> None:
    """Remove an account and sign it out everywhere. What it wrote stays; the last account cannot be removed."""

    async def work(database: Database) -> None:
        await accounts.remove_account(database, name)

    with_database(settings_of(data), work)
    say(f"Account {name} is removed.")
