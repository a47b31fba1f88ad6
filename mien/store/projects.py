"""Projects and their write keys: the control tables in the schema `mien`.

A project is a schema `p_<slug>` that holds the eleven tables and our own beside them.
"""

from __future__ import annotations

import asyncio
import re
import secrets
import unicodedata
from datetime import datetime
from typing import Annotated
from urllib.parse import urlsplit
from uuid import UUID

import msgspec

from mien.errors import NotFound, SetupError
from mien.store.database import CONTROL, Database, Queries
from mien.store.migrate import migrate_schema

SLUG = re.compile(r"[a-z][a-z0-9_]{0,39}")
MAX_SLUG = 40
TAKEN = "There is a project {!r} already."


class SdkConfig(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a project's script is told at its start. Everything left out is the script's own default.

    `sampling`: share of sessions recorded, 0 to 1. `captures`: name -> whether it runs. `replay`: whether it records.
    `feedback`: None for off, else with which probability (0 to 1) a session is asked at random.
    """

    sampling: Annotated[float, msgspec.Meta(ge=0, le=1)] = 1.0
    captures: dict[str, bool] = {}
    replay: bool = True
    feedback: Annotated[float, msgspec.Meta(ge=0, le=1)] | None = None


class Project(msgspec.Struct, frozen=True):
    """`origins` empty means that any origin may send."""

    project_id: int
    slug: str
    name: str
    origins: list[str]
    sdk_config: SdkConfig
    created_at: datetime

    @property
    def schema(self) -> str:
        """The PostgreSQL schema of the project's tables."""
        return f"p_{self.slug}"

    def session_path(self, session_id: UUID | str, t: float) -> str:
        """Where the dashboard shows a session, `t` seconds after its start."""
        return f"/p/{self.slug}/sessions/{session_id}?t={t:g}"


class WriteKey(msgspec.Struct, frozen=True):
    """A key that may send to a project. Backfill keys accept items of any age."""

    write_key: str
    slug: str
    label: str
    is_backfill: bool
    created_at: datetime
    revoked_at: datetime | None


class KeyOwner(msgspec.Struct, frozen=True):
    """Where a valid write key leads."""

    project_id: int
    slug: str
    name: str
    origins: list[str]
    sdk_config: SdkConfig
    is_backfill: bool

    @property
    def schema(self) -> str:
        """The PostgreSQL schema of the project's tables."""
        return f"p_{self.slug}"


def slug_of(name: str) -> str:
    """A slug from a project's name: "Café & Co." gives cafe_co. Empty when the name has no Latin letter or digit."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    if slug and not slug[0].isalpha():
        slug = f"site_{slug}"
    return slug[:MAX_SLUG].rstrip("_")


def clean_origins(origins: list[str]) -> list[str]:
    """Origins as browsers send them: scheme, host, port, no path. Raises SetupError for what can never match."""
    cleaned = []
    for origin in origins:
        parts = urlsplit(origin.strip())
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/") or parts.query:
            raise SetupError(f"{origin!r} is no origin. Write it as https://shop.example or http://localhost:8000.")
        try:
            port = parts.port
        except ValueError:
            raise SetupError(f"{origin!r} has no valid port.") from None
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        is_default = port is None or port == {"http": 80, "https": 443}[parts.scheme]
        cleaned.append(f"{parts.scheme}://{host}" + ("" if is_default else f":{port}"))
    return cleaned


async def list_projects(database: Database) -> list[Project]:
    """All projects, oldest first."""
    async with database.reading(CONTROL) as queries:
        return await queries.fetch_all(Project, "project.list")


async def find_project(database: Database, slug: str) -> Project:
    """Raises NotFound, naming the slug."""
    async with database.reading(CONTROL) as queries:
        project = await queries.fetch_one(Project, "project.find", slug=slug)
    if project is None:
        raise NotFound(f"There is no project {slug!r}.")
    return project


async def create_project(database: Database, slug: str, name: str = "", origins: list[str] | None = None) -> Project:
    """Make the schema with all tables, then the project's row: half a project is never listed.

    Raises SetupError for a malformed or taken slug, or a schema of that name that is not ours.
    """
    origins = await _make_schema(database, slug, origins or [])
    async with database.writing(CONTROL) as queries:
        await _insert(queries, slug, name, origins)
    return await find_project(database, slug)


async def create_ready_project(database: Database, slug: str, name: str, actor: str, key_label: str) -> Project:
    """As `create_project`, with a write key and a line of the audit: all that is listed of it appears at once.

    What a crash leaves is an unlisted schema without rows, in which the next try goes on.
    """
    if slug in (project.slug for project in await list_projects(database)):
        raise SetupError(TAKEN.format(slug))
    await _make_schema(database, slug, [])
    async with database.writing(CONTROL) as queries:
        project_id = await _insert(queries, slug, name, [])
        await queries.execute(
            "project.insert_key", write_key=_new_key(), project_id=project_id, label=key_label, is_backfill=False
        )
        await queries.execute("account.audit", actor=actor, action="project.create", detail={"slug": slug})
    return await find_project(database, slug)


async def _make_schema(database: Database, slug: str, origins: list[str]) -> list[str]:
    """All tables of a project that is not listed yet; returns the origins, cleaned. A repeat changes nothing."""
    if not SLUG.fullmatch(slug):
        raise SetupError(
            f"{slug!r} cannot be a project: use a-z, 0-9 and _, starting with a letter, up to 40 characters."
        )
    origins = clean_origins(origins)
    schema = f"p_{slug}"
    foreign = await database.pool.fetchval(
        "SELECT to_regnamespace($1) IS NOT NULL AND to_regclass($1 || '.alembic_version') IS NULL", schema
    )
    if foreign:
        raise SetupError(f"The database has a schema {schema} that Mien did not make. Choose another name.")
    await asyncio.to_thread(migrate_schema, database.dsn, schema, "project")
    return origins


async def _insert(queries: Queries, slug: str, name: str, origins: list[str]) -> int:
    """The project's row. Raises SetupError when somebody was quicker."""
    made: int | None = await queries.fetch_value("project.insert", slug=slug, name=name or slug, origins=origins)
    if made is None:
        raise SetupError(TAKEN.format(slug))
    return made


async def configure_project(
    database: Database,
    slug: str,
    name: str | None = None,
    origins: list[str] | None = None,
    sdk_config: SdkConfig | None = None,
) -> Project:
    """Change what is given, leave the rest; scripts see it within minutes. Raises NotFound or SetupError."""
    origins = None if origins is None else clean_origins(origins)
    async with database.writing(CONTROL) as queries:
        changed = await queries.fetch_value(
            "project.configure",
            slug=slug,
            name=name,
            origins=origins,
            sdk_config=None if sdk_config is None else msgspec.structs.asdict(sdk_config),
        )
    if changed is None:
        raise NotFound(f"There is no project {slug!r}.")
    return await find_project(database, slug)


def _new_key() -> str:
    return "mk_" + secrets.token_urlsafe(24)


async def create_key(database: Database, project: Project, label: str = "", is_backfill: bool = False) -> str:
    """A new write key, `mk_` and 32 characters."""
    key = _new_key()
    async with database.writing(CONTROL) as queries:
        await queries.execute(
            "project.insert_key", write_key=key, project_id=project.project_id, label=label, is_backfill=is_backfill
        )
    return key


async def list_keys(database: Database, project: Project | None = None) -> list[WriteKey]:
    """Keys of one project, or of all."""
    async with database.reading(CONTROL) as queries:
        return await queries.fetch_all(WriteKey, "project.keys", project_id=project.project_id if project else None)


async def find_key(database: Database, write_key: str) -> KeyOwner | None:
    """Where the key leads, or None when it is unknown or revoked."""
    async with database.reading(CONTROL) as queries:
        return await queries.fetch_one(KeyOwner, "project.find_key", write_key=write_key)


async def revoke_key(database: Database, write_key: str) -> None:
    """The key stops working within a few seconds. Raises NotFound when it is unknown or revoked already."""
    async with database.writing(CONTROL) as queries:
        if await queries.fetch_value("project.revoke_key", write_key=write_key) is None:
            raise NotFound("There is no such valid key.")
