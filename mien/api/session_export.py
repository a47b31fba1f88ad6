"""The list of sessions as CSV: all rows of a segment, streamed, safe to open in a spreadsheet.

Ids first, in one statement; then the rows in small transactions of their own, so that somebody who downloads slowly
holds nothing in the database.
"""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import AsyncIterator, Sequence
from typing import Annotated
from uuid import UUID

from litestar import get
from litestar.datastructures import State
from litestar.params import Parameter
from litestar.response import Stream

from mien.api.bodies import AnyRequest
from mien.api.errors import ERRORS
from mien.api.keys import host_of
from mien.api.session_row import to_row
from mien.config import Settings
from mien.errors import Busy
from mien.store.causes import CAUSES
from mien.store.clock import offset_ms
from mien.store.database import Database
from mien.store.filters import Segment, segment_snapshot
from mien.store.projects import Project
from mien.store.session_list import Order, Sort, read_page
from mien.store.session_rows import SessionFacts, matching, read_rows

MAX_ROWS = 100_000
ROWS_AT_ONCE = 500
MAX_EXPORTS = 2
"""At once in one process: each holds up to MAX_ROWS ids."""
COLUMNS = (
    "session_id", "started_at", "ended_at", "duration_s", "score", "band", "is_final", "title", "user", "email",
    "device", "browser", "os", "country", "locale", "release", "screens", "clicks", "calls", "errors", "waited_ms",
    "signals", *(f"points_{cause}" for cause in CAUSES), "has_replay", "worst_s", "link",
)  # fmt: skip
LEAD_S = 1.0
"""What led to it is seen first, as on a session's page (worst.ts)."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def guarded(value: object) -> str:
    """Text that no spreadsheet takes for a formula: a quote in front of = + - @, tab, return (OWASP, CSV injection)."""
    text = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    return "'" + text if text.startswith(FORMULA) else text


def worst_at_s(facts: SessionFacts) -> float | None:
    """When the costliest issue with a place of its own began, in seconds from the session's start; None where nothing
    cost points, or that is not known."""
    for issue in facts.issues:
        if issue.type != "minor" and issue.points > 0 and (places := matching(issue, facts.signals)):
            return offset_ms(min(facts.signals[place].at for place in places), facts.start) / 1000
    return None


def link_of(base: str, session_id: UUID, worst_s: float | None) -> str:
    """As the page's own share link, a little before the worst second; `base`: the address of the list of sessions."""
    at = "" if worst_s is None else f"?t={int(max(0.0, worst_s - LEAD_S))}"
    return f"{base}/{session_id}{at}"


def fields_of(facts: SessionFacts, base: str) -> list[str]:
    """In the order of COLUMNS."""
    row = to_row(facts)
    worst_s = worst_at_s(facts)
    signals = ", ".join(f"{kind} {count}" for kind, count in sorted(row.signal_counts.items()))
    values = (
        row.session_id, row.started_at.isoformat(), row.ended_at.isoformat(), f"{row.duration_ms / 1000:.1f}",
        row.score, row.score_band, row.is_final, row.title, row.user.external_user_id if row.user else None,
        row.user.email if row.user else None, row.device_type, row.browser, row.os, row.country, row.locale,
        row.app_version, row.screen_count, row.click_count, row.call_count, row.error_count, row.waited_ms, signals,
        *(round(row.points_by_cause.get(cause, 0.0), 3) for cause in CAUSES), row.has_replay,
        None if worst_s is None else f"{worst_s:.1f}", link_of(base, row.session_id, worst_s),
    )  # fmt: skip
    return [guarded(value) for value in values]


def to_csv(rows: Sequence[Sequence[str]]) -> bytes:
    """RFC 4180: commas, double quotes, CRLF; UTF-8."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode(errors="replace")


async def write_rows(
    database: Database, schema: str, session_ids: Sequence[UUID], slots: asyncio.Semaphore, base: str
) -> AsyncIterator[bytes]:
    """The file, piece by piece. A failure half-way breaks the download off, rather than end it as if it were whole."""
    async with slots:
        # Excel takes a file without this mark for one in the system's old alphabet.
        yield b"\xef\xbb\xbf" + to_csv([COLUMNS])
        for start in range(0, len(session_ids), ROWS_AT_ONCE):
            async with database.reading(schema) as queries:
                found = await read_rows(queries, session_ids[start : start + ROWS_AT_ONCE])
            yield to_csv([fields_of(facts, base) for facts in found])


@get(
    "/projects/{slug:str}/sessions.csv",
    operation_id="export_sessions",
    responses=ERRORS,
    summary="The sessions of a segment as CSV",
    media_type="text/csv",
)
async def export_sessions(
    project: Project,
    database: Database,
    list_segment: Segment,
    state: State,
    settings: Settings,
    request: AnyRequest,
    sort: Annotated[Sort, Parameter(description="Sessions without a value come last.")] = "started",
    order: Annotated[Order, Parameter(description="asc or desc.")] = "desc",
) -> Stream:
    """Up to 100,000 rows in the order of the list; `X-Mien-Truncated: 1` says that there are more."""
    slots: asyncio.Semaphore = state.exports
    if slots.locked():
        raise Busy("Two exports are running. Try again when one is done.", retry_after_s=10)
    async with segment_snapshot(database, project.schema) as queries:
        session_ids, ended = await read_page(queries, list_segment, sort, order, MAX_ROWS, None)
    base = f"{host_of(request, settings)}/p/{project.slug}/sessions"
    name = f"sessions-{project.slug}-{list_segment.since:%Y%m%d}-{list_segment.until:%Y%m%d}.csv"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Mien-Rows": str(len(session_ids)),
        "X-Mien-Truncated": "1" if ended else "0",
        "Cache-Control": "no-store",
    }
    return Stream(
        write_rows(database, project.schema, session_ids, slots, base),
        media_type="text/csv; charset=utf-8",
        headers=headers,
    )


HANDLERS = (export_sessions,)
