"""Saved views: list, save, rename, delete. Shared by all accounts that may read the project."""

from __future__ import annotations

import msgspec
from litestar import delete, get, post, put

from mien.api.bodies import AnyRequest, checked_line, known_id, person_of
from mien.api.errors import ERRORS
from mien.errors import InvalidRequest
from mien.store import saved_views as store
from mien.store.database import Database
from mien.store.projects import Project
from mien.store.saved_views import SavedView

MAX_ADDRESS = 8000
PATH = "/projects/{slug:str}/views"
ONE = PATH + "/{view_id:int}"


class Views(msgspec.Struct, frozen=True):
    """By name."""

    views: list[SavedView]


class NewView(msgspec.Struct, frozen=True):
    """`address`: path and query below the project's own; it may be empty, for the overview."""

    name: str
    address: str


class ChangedView(msgspec.Struct, frozen=True):
    """What is null stays as it is."""

    name: str | None = None
    address: str | None = None


class ViewDeleted(msgspec.Struct, frozen=True):
    """Nothing more to say."""


def checked_address(text: str) -> str:
    """Raises InvalidRequest for what is no path below a project."""
    text = checked_line("address", text, MAX_ADDRESS, may_be_empty=True)
    if text and (not text.startswith(("/", "?")) or text.startswith("//") or "\\" in text or "/../" in text):
        raise InvalidRequest("address: a path below the project, such as /sessions?cause=wait.")
    return text


@get(PATH, operation_id="views", responses=ERRORS, summary="The saved views of a project")
async def views(project: Project, database: Database) -> Views:
    """By name."""
    return Views(await store.list_views(database, project))


@post(PATH, operation_id="save_view", responses=ERRORS, summary="Save a view", status_code=200)
async def save_view(project: Project, database: Database, request: AnyRequest, data: NewView) -> SavedView:
    """A repeat is harmless; another address under a name that is taken is a 400."""
    name, address = checked_line("name", data.name), checked_address(data.address)
    return await store.save_view(database, project, name, address, person_of(request))


@put(ONE, operation_id="change_view", responses=ERRORS, summary="Rename a saved view, or point it elsewhere")
async def change_view(project: Project, database: Database, view_id: int, data: ChangedView) -> SavedView:
    """What is left out stays."""
    name = None if data.name is None else checked_line("name", data.name)
    address = None if data.address is None else checked_address(data.address)
    return await store.change_view(database, project, known_id(view_id), name, address)


@delete(ONE, operation_id="delete_view", responses=ERRORS, summary="Delete a saved view", status_code=200)
async def delete_view(project: Project, database: Database, view_id: int) -> ViewDeleted:
    """For all accounts. A repeat is harmless."""
    await store.delete_view(database, project, known_id(view_id))
    return ViewDeleted()


HANDLERS = (views, save_view, change_view, delete_view)
