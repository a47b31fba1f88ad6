"""Who may look: accounts with argon2 passwords, sign-ins (a hashed cookie), and hashed read-only tokens."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from functools import cache

import argon2
import msgspec

from mien.errors import NotFound, NotSignedIn, SetupError
from mien.store.database import CONTROL, Database
from mien.store.projects import Project

_hasher = argon2.PasswordHasher()
MIN_PASSWORD_LENGTH = 8


class Login(msgspec.Struct, frozen=True):
    """A signed-in account and the CSRF value that its changing calls must carry."""

    name: str
    csrf: str


class Token(msgspec.Struct, frozen=True):
    """A valid read-only token; `slug` None means all projects."""

    label: str
    slug: str | None


class _Account(msgspec.Struct, frozen=True):
    account_id: int
    name: str
    password_hash: str


@cache
def _hash_of_nobody() -> str:
    """Checked when the name is unknown, so that answers take equally long."""
    return _hasher.hash(secrets.token_urlsafe(12))


def _digest(secret: str) -> bytes:
    # Cookies and tokens are 256 random bits: a plain hash is enough, there is nothing to guess.
    return hashlib.sha256(secret.encode()).digest()


async def count_accounts(database: Database) -> int:
    """How many accounts there are; 0 means first run."""
    async with database.reading(CONTROL) as queries:
        return int(await queries.fetch_value("account.count"))


def _checked_hash(password: str | None) -> tuple[str, str]:
    password = password or secrets.token_urlsafe(12)
    if len(password) < MIN_PASSWORD_LENGTH:
        raise SetupError(f"A password needs at least {MIN_PASSWORD_LENGTH} characters.")
    return password, _hasher.hash(password)


async def create_account(database: Database, name: str, password: str | None = None, actor: str = "cli") -> str:
    """Returns the password: the given one, or a new random one. Raises SetupError when the name is taken."""
    # In a thread, as in sign_in: it takes tenths of a second on purpose.
    made, password_hash = await asyncio.to_thread(_checked_hash, password)
    async with database.writing(CONTROL) as queries:
        if await queries.fetch_value("account.insert", name=name, password_hash=password_hash) is None:
            raise SetupError(f"There is an account {name!r} already. `mien account password {name}` sets a new one.")
        await queries.execute("account.audit", actor=actor, action="account.create", detail={"name": name})
    return made


async def set_password(database: Database, name: str, password: str | None = None, actor: str = "cli") -> str:
    """Returns the new password and signs the account out everywhere. Raises NotFound."""
    made, password_hash = await asyncio.to_thread(_checked_hash, password)
    async with database.writing(CONTROL) as queries:
        account_id = await queries.fetch_value("account.set_password", name=name, password_hash=password_hash)
        if account_id is None:
            raise NotFound(f"There is no account {name!r}.")
        await queries.execute("account.delete_logins_of", account_id=account_id)
        await queries.execute("account.audit", actor=actor, action="account.password", detail={"name": name})
    return made


async def remove_account(database: Database, name: str, actor: str = "cli") -> None:
    """With its sign-ins; what it wrote stays under its name. Raises NotFound, and SetupError for the last account."""
    async with database.writing(CONTROL) as queries:
        names = await queries.fetch_values("account.lock")
        if name not in names:
            raise NotFound(f"There is no account {name!r}.")
        if len(names) == 1:
            raise SetupError(f"{name!r} is the last account. Make another first: nobody could sign in any more.")
        await queries.fetch_value("account.delete", name=name)
        await queries.execute("account.audit", actor=actor, action="account.remove", detail={"name": name})


async def is_password(database: Database, name: str, password: str) -> bool:
    """Whether this account signs in with this password."""
    async with database.reading(CONTROL) as queries:
        account = await queries.fetch_one(_Account, "account.find", name=name)
    try:
        await asyncio.to_thread(_hasher.verify, account.password_hash if account else _hash_of_nobody(), password)
    except argon2.exceptions.VerificationError:
        return False
    return account is not None


class AccountRow(msgspec.Struct, frozen=True):
    """An account as listed."""

    name: str
    created_at: datetime


async def list_accounts(database: Database) -> list[AccountRow]:
    """All accounts, oldest first."""
    async with database.reading(CONTROL) as queries:
        return await queries.fetch_all(AccountRow, "account.list")


async def sign_in(database: Database, name: str, password: str, hours: int) -> tuple[str, Login]:
    """The cookie's value and the login. Raises NotSignedIn with the same words for a wrong name and password."""
    async with database.reading(CONTROL) as queries:
        account = await queries.fetch_one(_Account, "account.find", name=name)
    try:
        # In a thread: it takes tenths of a second on purpose, and the collector must not wait for it.
        await asyncio.to_thread(_hasher.verify, account.password_hash if account else _hash_of_nobody(), password)
    except argon2.exceptions.VerificationError:
        account = None
    if account is None:
        raise NotSignedIn("Name or password is wrong.")
    cookie, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(24)
    async with database.writing(CONTROL) as queries:
        await queries.execute(
            "account.insert_login",
            cookie_hash=_digest(cookie),
            account_id=account.account_id,
            csrf=csrf,
            expires_at=datetime.now(UTC) + timedelta(hours=hours),
        )
        await queries.execute("account.audit", actor=account.name, action="sign_in", detail={})
    return cookie, Login(account.name, csrf)


async def find_login(database: Database, cookie: str) -> Login | None:
    """Who holds this cookie, or None."""
    async with database.reading(CONTROL) as queries:
        return await queries.fetch_one(Login, "account.find_login", cookie_hash=_digest(cookie))


async def sign_out(database: Database, cookie: str) -> None:
    """The cookie stops working; a repeat is harmless."""
    async with database.writing(CONTROL) as queries:
        await queries.execute("account.delete_login", cookie_hash=_digest(cookie))


class TokenRow(msgspec.Struct, frozen=True):
    """A token as listed; `slug` None means all projects."""

    token_id: int
    label: str
    slug: str | None
    created_at: datetime
    revoked_at: datetime | None


async def list_tokens(database: Database) -> list[TokenRow]:
    """All tokens, revoked ones too, oldest first."""
    async with database.reading(CONTROL) as queries:
        return await queries.fetch_all(TokenRow, "account.tokens")


async def revoke_token(database: Database, token_id: int, actor: str = "cli") -> None:
    """It stops working at once; a repeat is harmless. Raises NotFound."""
    async with database.writing(CONTROL) as queries:
        label = await queries.fetch_value("account.revoke_token", token_id=token_id)
        if label is None:
            raise NotFound(f"There is no token {token_id}.")
        await queries.execute(
            "account.audit", actor=actor, action="token.revoke", detail={"token_id": token_id, "label": label}
        )


async def note_change(database: Database, actor: str, action: str, **detail: object) -> None:
    """A line of the audit."""
    async with database.writing(CONTROL) as queries:
        await queries.execute("account.audit", actor=actor, action=action, detail=detail)


async def create_token(database: Database, label: str, project: Project | None = None, actor: str = "cli") -> str:
    """A new read-only token, `mt_` and 43 characters; only its hash is kept."""
    token = "mt_" + secrets.token_urlsafe(32)
    async with database.writing(CONTROL) as queries:
        await queries.fetch_value(
            "account.insert_token",
            token_hash=_digest(token),
            label=label,
            project_id=project.project_id if project else None,
        )
        await queries.execute("account.audit", actor=actor, action="token.create", detail={"label": label})
    return token


async def find_token(database: Database, token: str) -> Token | None:
    """What this token may read, or None."""
    async with database.reading(CONTROL) as queries:
        return await queries.fetch_one(Token, "account.find_token", token_hash=_digest(token))
