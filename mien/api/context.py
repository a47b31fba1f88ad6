"""What handlers are given: the database, the settings, and the project that the address names."""

from __future__ import annotations

from litestar.datastructures import State

from mien.config import Settings
from mien.errors import NotFound
from mien.store.database import Database
from mien.store.projects import SLUG, Project, find_project


def provide_database(state: State) -> Database:
    """The one that `create_app` was given."""
    database: Database = state.database
    return database


def provide_settings(state: State) -> Settings:
    """The ones that `create_app` was given."""
    settings: Settings = state.settings
    return settings


async def provide_project(slug: str, database: Database) -> Project:
    """Raises NotFound; whether the viewer may see it was checked before (auth.py)."""
    if not SLUG.fullmatch(slug):
        raise NotFound("There is no such project.")
    return await find_project(database, slug)
