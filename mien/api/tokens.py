"""Read-only tokens for programs: list, make, revoke. For signed-in people only."""

from __future__ import annotations

import msgspec
from litestar import delete, get, post

from mien.api.bodies import AnyRequest, checked_line, known_id, person_of
from mien.api.errors import ERRORS
from mien.errors import InvalidRequest
from mien.store.accounts import TokenRow, create_token, list_tokens, revoke_token
from mien.store.database import Database
from mien.store.projects import find_project

MAX_VALID = 200


class Tokens(msgspec.Struct, frozen=True):
    """Revoked ones too, oldest first."""

    tokens: list[TokenRow]


class NewToken(msgspec.Struct, frozen=True):
    """`slug`: the only project it may read, null for all."""

    label: str
    slug: str | None = None


class MadeToken(msgspec.Struct, frozen=True):
    """`token`: told this once; only its hash is kept."""

    token: str


class TokenRevoked(msgspec.Struct, frozen=True):
    """Nothing more to say."""


@get("/tokens", operation_id="tokens", responses=ERRORS, summary="Read-only tokens")
async def tokens(database: Database, request: AnyRequest) -> Tokens:
    """Without the tokens themselves, which nobody keeps."""
    person_of(request)
    return Tokens(await list_tokens(database))


@post("/tokens", operation_id="make_token", responses=ERRORS, summary="Make a token", status_code=200)
async def make_token(database: Database, request: AnyRequest, data: NewToken) -> MadeToken:
    """Each call makes one; a surplus one can be revoked."""
    actor, label = person_of(request), checked_line("label", data.label)
    slug = None if data.slug is None else checked_line("slug", data.slug)
    if sum(token.revoked_at is None for token in await list_tokens(database)) >= MAX_VALID:
        raise InvalidRequest(f"There are {MAX_VALID} valid tokens. Revoke one first.")
    project = None if slug is None else await find_project(database, slug)
    return MadeToken(await create_token(database, label, project, actor))


@delete("/tokens/{token_id:int}", operation_id="revoke_token", responses=ERRORS, summary="Revoke", status_code=200)
async def revoke(database: Database, request: AnyRequest, token_id: int) -> TokenRevoked:
    """It stops working at once. A repeat is harmless."""
    await revoke_token(database, known_id(token_id), person_of(request))
    return TokenRevoked()


HANDLERS = (tokens, make_token, revoke)
