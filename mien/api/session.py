"""One session's page: everything that was recorded and concluded, on one clock."""

from __future__ import annotations

from uuid import UUID

from litestar import get

from mien.api.errors import ERRORS
from mien.api.session_parts import (
    calls_of,
    detail_of,
    errors_of,
    events_of,
    lost_spans_of,
    moments_of,
    rage_clicks_of,
    replay_of,
    screens_of,
    signals_of,
)
from mien.api.session_row import to_row
from mien.api.session_score import score_of
from mien.api.session_shapes import SessionPage
from mien.errors import NotFound
from mien.store.database import Database
from mien.store.projects import Project
from mien.store.session_page import PageFacts, read_page_facts


@get("/projects/{slug:str}/sessions/{session_id:uuid}", operation_id="session", responses=ERRORS, summary="One session")
async def session(project: Project, database: Database, session_id: UUID) -> SessionPage:
    """Sessions of programs and staff as well; NotFound when there is none."""
    async with database.snapshot(project.schema) as queries:
        page = await read_page_facts(queries, session_id)
    if page is None:
        raise NotFound("There is no such session in this project.")
    return to_page(page)


def to_page(page: PageFacts) -> SessionPage:
    """The stored rows as the page shows them."""
    start = page.facts.start
    return SessionPage(
        session=detail_of(page),
        score=score_of(page),
        events=events_of(page.events, start),
        truncated=page.truncated,
        screens=screens_of(page.facts, page.events),
        calls=calls_of(page.calls, start),
        errors=errors_of(page.errors, start),
        signals=signals_of(page.facts, page.verdicts),
        moments=moments_of(page.moments, start),
        rage_clicks=rage_clicks_of(page.rage_clicks, start),
        replay=replay_of(page.chunks, start),
        more_like_this=[to_row(facts) for facts in page.alike],
        lost_spans=lost_spans_of(page.lost_spans, start),
    )


HANDLERS = (session,)
