"""The list of sessions: search by what happened, histogram by score, pages by cursor."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import get
from litestar.params import Parameter

from mien.api.errors import ERRORS
from mien.api.session_row import SessionRow, to_row
from mien.store.database import Database
from mien.store.filters import Segment, segment_snapshot
from mien.store.freshness import Freshness, read_freshness
from mien.store.overview import BIN_POINTS, read_summary
from mien.store.projects import Project
from mien.store.rollups import AnsweredFrom, answered_from
from mien.store.session_list import Order, Sort, from_cursor, read_page, to_cursor
from mien.store.session_rows import read_rows

MAX_PAGE = 100


class ScoreBin(msgspec.Struct, frozen=True, rename={"from_": "from"}):
    """Sessions with `from` <= score < `to`; the last bin holds 100 too. The same numbers narrow the list."""

    from_: int
    to: int
    sessions: int


class SessionList(msgspec.Struct, frozen=True):
    """`total` counts the segment, not the page. `next_cursor` null: this was the last page."""

    total: int
    score_histogram: list[ScoreBin]
    rows: list[SessionRow]
    next_cursor: str | None
    freshness: Freshness
    answered_from: AnsweredFrom


@get("/projects/{slug:str}/sessions", operation_id="sessions", responses=ERRORS, summary="The sessions of a segment")
async def sessions(
    project: Project,
    database: Database,
    list_segment: Segment,
    sort: Annotated[Sort, Parameter(description="Sessions without a value come last.")] = "started",
    order: Annotated[Order, Parameter(description="asc or desc.")] = "desc",
    limit: Annotated[int, Parameter(ge=1, le=MAX_PAGE, description="Rows a page.")] = 50,
    cursor: Annotated[str | None, Parameter(max_length=400, description="`next_cursor` of the page before.")] = None,
) -> SessionList:
    """In a stable order: no gaps and no repeats for equal values."""
    after = from_cursor(cursor, sort, order) if cursor else None
    async with segment_snapshot(database, project.schema) as queries:
        summary = await read_summary(queries, list_segment)
        session_ids, ended = await read_page(queries, list_segment, sort, order, limit, after)
        rows = await read_rows(queries, session_ids)
        return SessionList(
            total=summary.sessions,
            score_histogram=[
                ScoreBin(index * BIN_POINTS, (index + 1) * BIN_POINTS, count)
                for index, count in enumerate(summary.bins)
            ],
            rows=[to_row(facts) for facts in rows],
            next_cursor=to_cursor(ended) if ended else None,
            freshness=await read_freshness(queries),
            answered_from=answered_from(queries),
        )


HANDLERS = (sessions,)
