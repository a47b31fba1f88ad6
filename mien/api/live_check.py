"""The empty state: here is your script tag, and whether anything has arrived yet. Polled."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
from litestar import get

from mien.api.bodies import AnyRequest
from mien.api.errors import ERRORS
from mien.api.keys import host_of, script_of
from mien.config import Settings
from mien.store.database import Database
from mien.store.freshness import RefusedOrigin, read_first_session, read_refused_origins
from mien.store.projects import Project, list_keys


class LiveCheck(msgspec.Struct, frozen=True):
    """`sessions`: counted up to 1,000.

    `write_key`, `script`: null when the project has no valid key (`mien key create` makes one).
    `refused`: origins whose batches were refused today or yesterday (UTC) and still would be; up to 5. Anybody can send
    any origin: it is what a browser said, and not checked.
    """

    first_event_at: datetime | None
    sessions: int
    write_key: str | None
    script: str | None
    refused: list[RefusedOrigin]


@get(
    "/projects/{slug:str}/live-check",
    operation_id="live_check",
    responses=ERRORS,
    summary="Whether anything arrived yet",
)
async def live_check(
    project: Project,
    database: Database,
    settings: Settings,
    request: AnyRequest,
) -> LiveCheck:
    """The project's first valid key, when its first session started, and who is refused."""
    keys = await list_keys(database, project)
    key = next((key.write_key for key in keys if key.revoked_at is None and not key.is_backfill), None)
    async with database.reading(project.schema) as queries:
        first = await read_first_session(queries)
        # Without origins of its own a project takes any.
        yesterday = datetime.now(UTC).date() - timedelta(days=1)
        refused = await read_refused_origins(queries, yesterday, project.origins) if project.origins else []
    script = script_of(host_of(request, settings), key) if key else None
    return LiveCheck(first.first_event_at, first.sessions, key, script, refused)


HANDLERS = (live_check,)
