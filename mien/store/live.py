"""Who is there now: the sessions with activity in the last minutes, and what each did last."""

from __future__ import annotations

from uuid import UUID

import msgspec

from mien.store.database import Queries

WINDOW_S = 300.0
"""A session without activity for so long is not shown as there any more; own choice, as the industry's "active now"."""
MAX_SHOWN = 100


class Action(msgspec.Struct, frozen=True):
    """`at`: seconds since the epoch. `label`: the words on the element, where the click recorded them."""

    session_id: UUID
    event_type: str
    screen: str | None
    element_id: str | None
    label: str | None
    at: float


class _Active(msgspec.Struct, frozen=True):
    session_id: UUID
    total: int


async def read_active(queries: Queries, include_bots: bool) -> tuple[int, list[UUID]]:
    """How many are active, and up to MAX_SHOWN of them, the latest activity first."""
    rows = await queries.fetch_all(
        _Active, "live.active", window_s=WINDOW_S, include_bots=include_bots, max_sessions=MAX_SHOWN
    )
    return (rows[0].total if rows else 0), [row.session_id for row in rows]


async def read_actions(queries: Queries, session_ids: list[UUID]) -> dict[UUID, Action]:
    """The last action of each that has one."""
    return {row.session_id: row for row in await queries.fetch_all(Action, "live.actions", session_ids=session_ids)}
