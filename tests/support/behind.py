"""The sessions behind a figure: what the list answers for the filter that the API gives beside it."""

from __future__ import annotations

from typing import Any

from tests.support.api_site import PERIOD, Site


async def ids_behind(site: Site, filter_: dict[str, str], segment: dict[str, Any] | None = None) -> set[str]:
    """The ids of all sessions that the list shows for a segment and the filter on top of it."""
    listed = await site.get("/sessions", limit=100, **{**PERIOD, **(segment or {}), **filter_})
    assert listed["total"] == len(listed["rows"])
    return {row["session_id"] for row in listed["rows"]}


async def one_by_one(site: Site, path: str, **asked: Any) -> list[dict[str, Any]]:
    """All rows of a list, read with one row a page."""
    rows: list[dict[str, Any]] = []
    cursor: dict[str, Any] = {}
    while True:
        page = await site.get(path, limit=1, **asked, **cursor)
        rows += page["rows"]
        if page["next_cursor"] is None:
            return rows
        cursor = {"cursor": page["next_cursor"]}


async def rows_of(site: Site, sql: str, *values: Any) -> list[Any]:
    """All rows of a statement in the project's schema."""
    async with site.database.reading("p_default") as queries:
        return list(await queries.connection.fetch(sql, *values))
