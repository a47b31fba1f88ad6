"""Write keys of a project: list, make, revoke. They stand in the page that sends, so they are no secrets."""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import Annotated

import msgspec
from litestar import delete, get, post
from litestar.params import Parameter

from mien.api.bodies import AnyRequest, checked_line, person_of
from mien.api.errors import ERRORS
from mien.config import Settings
from mien.errors import InvalidRequest, NotFound
from mien.store.accounts import note_change
from mien.store.database import Database
from mien.store.projects import Project, WriteKey, create_key, list_keys, revoke_key

PATH = "/projects/{slug:str}/keys"
MAX_VALID = 100
"""Valid keys of one project: one per site and import, not one per visitor."""


class Key(msgspec.Struct, frozen=True):
    """`script`: the tag with this key, null for a key that is revoked or for imports."""

    write_key: str
    label: str
    is_backfill: bool
    created_at: datetime
    revoked_at: datetime | None
    script: str | None


class Keys(msgspec.Struct, frozen=True):
    """Revoked ones too, oldest first."""

    keys: list[Key]


class NewKey(msgspec.Struct, frozen=True):
    """`is_backfill`: accepts items of any age, for imports."""

    label: str = ""
    is_backfill: bool = False


def script_of(host: str, write_key: str) -> str:
    """The tag that a site puts into its pages."""
    return f'<script async src="{escape(host)}/mien.js" data-key="{write_key}"></script>'


def key_of(key: WriteKey, host: str) -> Key:
    """As the page shows it."""
    is_for_sites = key.revoked_at is None and not key.is_backfill
    return Key(
        write_key=key.write_key,
        label=key.label,
        is_backfill=key.is_backfill,
        created_at=key.created_at,
        revoked_at=key.revoked_at,
        script=script_of(host, key.write_key) if is_for_sites else None,
    )


def host_of(request: AnyRequest, settings: Settings) -> str:
    """How browsers reach Mien."""
    return (settings.public_url or str(request.base_url)).rstrip("/")


@get(PATH, operation_id="keys", responses=ERRORS, summary="The write keys of a project")
async def keys(project: Project, database: Database, settings: Settings, request: AnyRequest) -> Keys:
    """Revoked ones too, oldest first."""
    host = host_of(request, settings)
    return Keys([key_of(key, host) for key in await list_keys(database, project)])


@post(PATH, operation_id="make_key", responses=ERRORS, summary="Make a write key", status_code=200)
async def make_key(project: Project, database: Database, settings: Settings, request: AnyRequest, data: NewKey) -> Key:
    """Each call makes one; a surplus one harms nobody and can be revoked."""
    actor, label = person_of(request), checked_line("label", data.label, may_be_empty=True)
    if sum(key.revoked_at is None for key in await list_keys(database, project)) >= MAX_VALID:
        raise InvalidRequest(f"A project has at most {MAX_VALID} valid keys. Revoke one first.")
    made = await create_key(database, project, label, data.is_backfill)
    await note_change(database, actor, "key.create", slug=project.slug, label=label)
    host = host_of(request, settings)
    return next(key_of(key, host) for key in await list_keys(database, project) if key.write_key == made)


@delete(PATH + "/{write_key:str}", operation_id="revoke_key", responses=ERRORS, summary="Revoke a key", status_code=200)
async def revoke(
    project: Project,
    database: Database,
    settings: Settings,
    request: AnyRequest,
    write_key: Annotated[str, Parameter(max_length=64)],
) -> Key:
    """Within seconds nothing more is accepted with it. A repeat is harmless."""
    actor, host = person_of(request), host_of(request, settings)
    present = {key.write_key: key for key in await list_keys(database, project)}
    if write_key not in present:
        raise NotFound("There is no such key in this project.")
    if present[write_key].revoked_at is None:
        await revoke_key(database, write_key)
        await note_change(database, actor, "key.revoke", slug=project.slug, key=write_key[:8])
        present = {key.write_key: key for key in await list_keys(database, project)}
    return key_of(present[write_key], host)


HANDLERS = (keys, make_key, revoke)
