"""A person's verdict on a signal: "frustration" or "not frustration"; the signal is named by its natural key."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import delete, post
from litestar.params import Parameter

from mien.api.errors import ERRORS
from mien.api.filters import MAX_TEXT, as_utc, check_key
from mien.api.signals import AnyRequest, account_of
from mien.errors import InvalidRequest, NotFound
from mien.store.database import Database
from mien.store.projects import Project
from mien.store.verdicts import SignalKey, put_verdict, signal_exists, take_back_verdict


class NewVerdict(msgspec.Struct, frozen=True):
    """`type`, `started_at`, `element_id`, `screen`: of the signal, as the session's page gives them."""

    type: str
    started_at: datetime
    is_frustration: bool
    element_id: str | None = None
    screen: str | None = None


class Said(msgspec.Struct, frozen=True):
    """What holds of this signal now; null: nothing was said, or it was taken back."""

    verdict: bool | None


PATH = "/projects/{slug:str}/sessions/{session_id:uuid}/verdicts"


@post(
    PATH, operation_id="say_verdict", responses=ERRORS, summary="Say whether a signal is frustration", status_code=200
)
async def say_verdict(
    project: Project, database: Database, session_id: UUID, request: AnyRequest, data: NewVerdict
) -> Said:
    """In place of what was said of it before. NotFound when the session has no such signal (any more)."""
    key = key_of(session_id, data.type, data.started_at, data.element_id, data.screen)
    async with database.writing(project.schema) as queries:
        if not await signal_exists(queries, key):
            raise NotFound("The session has no such signal. It may have been analysed again: load it anew.")
        await put_verdict(queries, key, data.is_frustration, account_of(request))
    return Said(data.is_frustration)


@delete(PATH, operation_id="take_back_verdict", responses=ERRORS, summary="Take a verdict back", status_code=200)
async def take_back(
    project: Project,
    database: Database,
    session_id: UUID,
    signal: Annotated[str, Parameter(max_length=64, description="Type of the signal.")],
    started_at: datetime,
    element_id: Annotated[str | None, Parameter(max_length=MAX_TEXT)] = None,
    screen: Annotated[str | None, Parameter(max_length=MAX_TEXT)] = None,
) -> Said:
    """A repeat is harmless."""
    key = key_of(session_id, signal, started_at, element_id, screen)
    async with database.writing(project.schema) as queries:
        await take_back_verdict(queries, key)
    return Said(None)


def key_of(session_id: UUID, kind: str, started_at: datetime, element_id: str | None, screen: str | None) -> SignalKey:
    """Checked: what passes can be handed to PostgreSQL."""
    at = as_utc("started_at", started_at)
    if at is None or len(kind) > 64 or max(len(element_id or ""), len(screen or "")) > MAX_TEXT:
        raise InvalidRequest("type, element_id, screen: they are longer than those of any signal.")
    return SignalKey(
        session_id=session_id,
        type=check_key("type", kind) or "",
        started_at=at.astimezone(UTC).replace(tzinfo=None),
        element_id=check_key("element_id", element_id),
        screen=check_key("screen", screen),
    )


HANDLERS = (say_verdict, take_back)
