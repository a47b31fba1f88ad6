"""Saved views of a project: a page with its filters, under a name that all accounts share."""

from __future__ import annotations

from datetime import datetime

import asyncpg
import msgspec

from mien.errors import InvalidRequest, NotFound
from mien.store.database import CONTROL, Database, Queries
from mien.store.projects import Project

MAX_VIEWS = 200
"""Of one project: a list that a person can still read."""
TAKEN = "There is a view of this name already. Choose another, or open that one and save it anew."


class SavedView(msgspec.Struct, frozen=True):
    """`address`: path and query below the project's own, such as `/sessions?cause=wait`. `account`: who saved it."""

    view_id: int
    name: str
    address: str
    account: str
    made_at: datetime


async def list_views(database: Database, project: Project) -> list[SavedView]:
    """By name."""
    async with database.reading(CONTROL) as queries:
        return await _list(queries, project)


async def _list(queries: Queries, project: Project) -> list[SavedView]:
    return await queries.fetch_all(SavedView, "saved_view.list", project_id=project.project_id)


async def save_view(database: Database, project: Project, name: str, address: str, account: str) -> SavedView:
    """The view of this name; a repeat with the same address is harmless.

    Raises InvalidRequest when another one has the name, or there are MAX_VIEWS.
    """
    async with database.writing(CONTROL) as queries:
        await queries.fetch_value("saved_view.lock", project_id=project.project_id)
        present = await _list(queries, project)
        same = next((view for view in present if view.name == name), None)
        if same is not None:
            if same.address != address:
                raise InvalidRequest(TAKEN)
            return same
        if len(present) >= MAX_VIEWS:
            raise InvalidRequest(f"A project keeps at most {MAX_VIEWS} views. Delete one first.")
        made = await queries.fetch_value(
            "saved_view.insert", project_id=project.project_id, name=name, address=address, account=account
        )
        return next(view for view in await _list(queries, project) if view.view_id == made)


async def change_view(
    database: Database, project: Project, view_id: int, name: str | None, address: str | None
) -> SavedView:
    """With another name or address. Raises NotFound, and InvalidRequest when another view has the name."""
    try:
        async with database.writing(CONTROL) as queries:
            changed = await queries.fetch_value(
                "saved_view.update", project_id=project.project_id, view_id=view_id, name=name, address=address
            )
            if changed is None:
                raise NotFound("There is no such view any more.")
            return next(view for view in await _list(queries, project) if view.view_id == changed)
    except asyncpg.UniqueViolationError:
        raise InvalidRequest(TAKEN) from None


async def delete_view(database: Database, project: Project, view_id: int) -> None:
    """A repeat is harmless."""
    async with database.writing(CONTROL) as queries:
        await queries.execute("saved_view.delete", project_id=project.project_id, view_id=view_id)
