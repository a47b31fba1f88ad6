"""How current the figures are: the meter at the top of every page."""

from __future__ import annotations

from litestar import get

from mien.api.errors import ERRORS
from mien.api.filters import Since, Until, to_period
from mien.store.database import Database
from mien.store.freshness import Arrivals, read_arrivals
from mien.store.projects import Project


@get(
    "/projects/{slug:str}/freshness", operation_id="freshness", responses=ERRORS, summary="How current the figures are"
)
async def freshness(project: Project, database: Database, since: Since = None, until: Until = None) -> Arrivals:
    """Queue and losses, for the sessions that started in the period."""
    start, end = to_period(since, until)
    async with database.reading(project.schema) as queries:
        return await read_arrivals(queries, start.replace(tzinfo=None), end.replace(tzinfo=None))


HANDLERS = (freshness,)
