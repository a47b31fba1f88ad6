"""Making a project. The same as `mien project create`, for people."""

from __future__ import annotations

import asyncio

import msgspec
from litestar import post
from litestar.datastructures import State

from mien.api.bodies import AnyRequest, checked_line, person_of
from mien.api.errors import ERRORS
from mien.api.me import ProjectName
from mien.errors import InvalidRequest, SetupError
from mien.store.database import Database
from mien.store.projects import MAX_SLUG, create_ready_project, list_projects, slug_of

MAX_PROJECTS = 100
"""Each is a schema of all tables that the worker looks after: one per site, not per page. A choice, not measured."""
KEY_LABEL = "first key"


class NewProject(msgspec.Struct, frozen=True):
    """`slug`: its name in addresses and in the database; null: made from the name."""

    name: str
    slug: str | None = None


def checked_slug(data: NewProject, name: str) -> str:
    """The one that was given, or one made from the name. What it may hold is for the store to say."""
    slug = slug_of(name) if data.slug is None else checked_line("slug", data.slug, MAX_SLUG)
    if not slug:
        raise InvalidRequest("slug: none can be made from this name. Give one of a-z, 0-9 and _.")
    return slug


@post("/projects", operation_id="make_project", responses=ERRORS, summary="Make a project", status_code=200)
async def make_project(database: Database, request: AnyRequest, state: State, data: NewProject) -> ProjectName:
    """With all tables and a write key for sites. InvalidRequest when there is one of this slug, also on a repeat."""
    actor, name = person_of(request), checked_line("name", data.name)
    slug = checked_slug(data, name)
    turn: asyncio.Lock = state.making_project
    # One after the other: a project takes a thread for some seconds, and the limit holds for those that wait too.
    async with turn:
        if len(await list_projects(database)) >= MAX_PROJECTS:
            raise InvalidRequest(f"There are {MAX_PROJECTS} projects, and no room for more.")
        try:
            made = await create_ready_project(database, slug, name, actor, KEY_LABEL)
        except SetupError as error:
            raise InvalidRequest(f"slug: {error}") from None
    return ProjectName(made.slug, made.name)


HANDLERS = (make_project,)
