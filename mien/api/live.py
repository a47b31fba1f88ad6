"""Live: the sessions of the last five minutes, where they are, what they did last, and what went wrong."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Annotated

import msgspec
from litestar import get
from litestar.params import Parameter

from mien.api.errors import ERRORS
from mien.api.session_row import SessionRow, to_row
from mien.store.clock import to_datetime
from mien.store.database import Database
from mien.store.live import MAX_SHOWN, WINDOW_S, Action, read_actions, read_active
from mien.store.projects import Project
from mien.store.session_rows import SessionFacts, read_rows


class LastAction(msgspec.Struct, frozen=True):
    """`type`: the event's. `label`: words on the element."""

    type: str
    screen: str | None
    element_id: str | None
    label: str | None
    at: datetime


class LiveRow(msgspec.Struct, frozen=True):
    """`screen`: where it is, as far as known. `recent_signals`: kinds within the window, the latest first."""

    session: SessionRow
    screen: str | None
    action: LastAction | None
    recent_signals: list[str]


class LivePage(msgspec.Struct, frozen=True):
    """`total` active sessions within `window_s`; up to 100 of them as rows, the latest activity first."""

    total: int
    window_s: int
    as_of: datetime
    rows: list[LiveRow]


def to_live(facts: SessionFacts, action: Action | None, now: float) -> LiveRow:
    """One row."""
    recent = [signal for signal in facts.signals if signal.until >= now - WINDOW_S]
    kinds = dict.fromkeys(signal.type for signal in sorted(recent, key=lambda one: -one.until))
    screen = (action.screen if action else None) or (facts.steps[-1].screen if facts.steps else None)
    last = None
    if action is not None:
        last = LastAction(action.event_type, action.screen, action.element_id, action.label, to_datetime(action.at))
    return LiveRow(to_row(facts), screen or None, last, list(kinds))


@get("/projects/{slug:str}/live", operation_id="live", responses=ERRORS, summary="Who is there now")
async def live(
    project: Project,
    database: Database,
    bots: Annotated[bool, Parameter(description="Include programs and own staff.")] = False,
) -> LivePage:
    """Polled; up to 100 rows."""
    async with database.snapshot(project.schema) as queries:
        total, session_ids = await read_active(queries, bots)
        rows = await read_rows(queries, session_ids)
        actions = await read_actions(queries, session_ids)
    now = time.time()
    found = [to_live(facts, actions.get(facts.row.session_id), now) for facts in rows]
    return LivePage(total, round(WINDOW_S), datetime.now(UTC), found[:MAX_SHOWN])


HANDLERS = (live,)
