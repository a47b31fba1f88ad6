"""What handlers are given: the database, the settings, and the project that the address names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from litestar.datastructures import State

from mien.config import Settings
from mien.errors import NotFound
from mien.store.baselines import Changes, StoredMute
from mien.store.database import Database, Queries
from mien.store.projects import SLUG, Project, find_project
from mien.store.verdicts import VerdictCounts


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


class Tuning(Protocol):
    """What the pages of signals need of mien/tuning.py: the API knows no analyzer, app.py hands it in."""

    def thresholds_of(self, overrides: Mapping[str, float]) -> Sequence[Any]:
        """The whole table with these numbers in it."""

    def to_version(self, changes: Changes) -> str:
        """The version of the baselines that these make."""

    async def replace_thresholds(
        self, database: Database, schema: str, made_by: str, reason: str, overrides: Mapping[str, float]
    ) -> Any:
        """These and no other numbers differ from the defaults."""

    async def set_muted(
        self, database: Database, schema: str, made_by: str, reason: str, mute: StoredMute, is_muted: bool
    ) -> Any:
        """Mute an element, or take that back."""

    async def read_precision(self, queries: Queries) -> list[VerdictCounts]:
        """What people said of signals, by type, element and screen."""

    def is_muted(self, held: Changes, row: VerdictCounts) -> bool:
        """Whether signals there are left out now."""


class Laboratory(Protocol):
    """What the API needs of mien/laboratory/."""

    async def try_apart(
        self,
        database: Database,
        schema: str,
        values: Mapping[str, float],
        reset: Sequence[str],
        since: datetime,
        until: datetime,
        max_sessions: int,
        max_s: float,
    ) -> bytes:
        """A trial as JSON, made in a process of its own."""


def tuning_of(state: State) -> Tuning:
    """The one that `create_app` put there."""
    found: Tuning = state.tuning
    return found


def laboratory_of(state: State) -> Laboratory:
    """The one that `create_app` put there."""
    found: Laboratory = state.laboratory
    return found
