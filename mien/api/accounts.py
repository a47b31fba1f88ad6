"""Accounts: who may sign in. For signed-in people only; every account may do everything, roles come later."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import delete, get, post, put
from litestar.datastructures import State
from litestar.params import Parameter

from mien.api.bodies import MAX_NAME, AnyRequest, checked_line, person_of
from mien.api.errors import ERRORS
from mien.api.me import MAX_CREDENTIAL
from mien.api.throttle import Slots
from mien.errors import InvalidRequest, SetupError
from mien.store.accounts import (
    MIN_PASSWORD_LENGTH,
    AccountRow,
    create_account,
    is_password,
    list_accounts,
    remove_account,
    set_password,
)
from mien.store.database import Database

MAX_ACCOUNTS = 1000


class Accounts(msgspec.Struct, frozen=True):
    """Oldest first. `me`: the account that asks."""

    me: str
    accounts: list[AccountRow]


class NewAccount(msgspec.Struct, frozen=True):
    """Without a password a random one is made."""

    name: str
    password: str | None = None


class MadeAccount(msgspec.Struct, frozen=True):
    """`password`: the one that was made, told this once; null when it was given."""

    name: str
    password: str | None


class NewPassword(msgspec.Struct, frozen=True):
    """`present`: to be sure that it is the person who asks, and not whoever found the screen unlocked."""

    present: str
    password: str


class AccountDone(msgspec.Struct, frozen=True):
    """Nothing more to say."""


def checked_password(password: str) -> str:
    """Raises InvalidRequest for one that is too short, too long, or no text."""
    if not MIN_PASSWORD_LENGTH <= len(password) <= MAX_CREDENTIAL:
        raise InvalidRequest(f"password: between {MIN_PASSWORD_LENGTH} and {MAX_CREDENTIAL} characters.")
    try:
        password.encode()
    except UnicodeEncodeError:
        raise InvalidRequest("password: it holds characters that are no text.") from None
    return password


@get("/accounts", operation_id="accounts", responses=ERRORS, summary="Who may sign in")
async def accounts(database: Database, request: AnyRequest) -> Accounts:
    """Oldest first."""
    return Accounts(person_of(request), await list_accounts(database))


@post("/accounts", operation_id="make_account", responses=ERRORS, summary="Make an account", status_code=200)
async def make_account(database: Database, request: AnyRequest, state: State, data: NewAccount) -> MadeAccount:
    """InvalidRequest when the name is taken."""
    actor, name = person_of(request), checked_line("name", data.name)
    given = None if data.password is None else checked_password(data.password)
    if len(await list_accounts(database)) >= MAX_ACCOUNTS:
        raise InvalidRequest(f"There are {MAX_ACCOUNTS} accounts. Remove one first.")
    slots: Slots = state.login_slots
    async with slots.one():
        try:
            password = await create_account(database, name, given, actor)
        except SetupError:
            raise InvalidRequest(f"There is an account {name!r} already. Choose another name.") from None
    return MadeAccount(name, None if given is not None else password)


@put("/me/password", operation_id="set_my_password", responses=ERRORS, summary="Change one's own password")
async def set_my_password(database: Database, request: AnyRequest, state: State, data: NewPassword) -> AccountDone:
    """Signs the account out everywhere, here too. InvalidRequest when the present password is wrong."""
    name, password = person_of(request), checked_password(data.password)
    slots: Slots = state.login_slots
    throttle, address = state.throttle, "password of a signed-in account"
    # Counted like a sign-in: a stolen cookie must not be a way to guess the password.
    throttle.begin(name, address)
    async with slots.one():
        if len(data.present) > MAX_CREDENTIAL or not await is_password(database, name, data.present):
            raise InvalidRequest("present: this is not your present password.")
        await set_password(database, name, password, actor=name)
    throttle.succeeded(name, address)
    return AccountDone()


@delete("/accounts/{name:str}", operation_id="remove_account", responses=ERRORS, summary="Remove", status_code=200)
async def remove(
    database: Database, request: AnyRequest, name: Annotated[str, Parameter(max_length=MAX_NAME)]
) -> AccountDone:
    """It is signed out everywhere; what it wrote stays. A repeat is harmless. Nobody removes the own account."""
    actor = person_of(request)
    if name == actor:
        raise InvalidRequest("name: you cannot remove the account that you are signed in with.")
    if name in (row.name for row in await list_accounts(database)):
        try:
            await remove_account(database, name, actor)
        except SetupError as error:
            raise InvalidRequest(str(error)) from None
    return AccountDone()


HANDLERS = (accounts, make_account, set_my_password, remove)
