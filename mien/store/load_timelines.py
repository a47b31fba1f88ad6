"""Loads many sessions at once, each as a Timeline. One array per column makes the rows at C speed (ingest.md 4)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

import msgspec

from mien.store.database import Queries
from mien.store.statements import statement
from mien.timeline import ApiCall, ErrorLog, Event, Timeline

MAX_EVENTS = 50_000
"""Of a longer session the newest events are analysed, and `truncated` says so (reference/ingest.md 4)."""


class Loaded(msgspec.Struct, frozen=True, gc=False):
    """A Timeline with the row counts that it was made from: they tell later whether the session grew."""

    timeline: Timeline
    event_count: int
    call_count: int
    error_count: int
    chunk_count: int


async def load_timelines(
    queries: Queries, session_ids: Sequence[UUID], metadata_types: Collection[str]
) -> list[Loaded]:
    """The sessions that exist, in any order. `metadata_types`: event types whose metadata is loaded."""
    connection = queries.connection
    ids = list(session_ids)
    events = await _columns(queries, "timeline.events", session_ids=ids, metadata_types=sorted(metadata_types))
    calls = await _columns(queries, "timeline.calls", session_ids=ids)
    errors = await _columns(queries, "timeline.errors", session_ids=ids)
    wanted = statement("timeline.sessions")
    loaded = []
    for row in await connection.fetch(wanted.sql, *wanted.arguments({"session_ids": ids})):
        session_id = row["session_id"]
        loaded.append(
            _loaded(
                row,
                list(map(Event, *events.get(session_id, ()))) if session_id in events else [],
                list(map(ApiCall, *calls[session_id])) if session_id in calls else [],
                list(map(ErrorLog, *errors[session_id])) if session_id in errors else [],
            )
        )
    return loaded


async def _columns(queries: Queries, name: str, **values: object) -> dict[UUID, Sequence[Any]]:
    wanted = statement(name)
    records = await queries.connection.fetch(wanted.sql, *wanted.arguments(values))
    return {record[0]: tuple(record)[1:] for record in records}


def _loaded(row: Any, events: list[Event], calls: list[ApiCall], errors: list[ErrorLog]) -> Loaded:
    first = min(_edges(events, calls, errors, 0), default=0.0)
    last = max(_edges(events, calls, errors, -1), default=first)
    started = row["started_at"] if row["started_at"] is not None else first
    ended = row["ended_at"] if row["ended_at"] is not None else max(last, started)
    timeline = Timeline(
        session_id=row["session_id"],
        started_at=started,
        ended_at=ended,
        device_type=row["device_type"],
        events=events[-MAX_EVENTS:],
        calls=calls,
        errors=errors,
        has_replay=row["chunk_count"] > 0,
        truncated=len(events) > MAX_EVENTS,
    )
    return Loaded(timeline, len(events), len(calls), len(errors), row["chunk_count"])


def _edges(events: list[Event], calls: list[ApiCall], errors: list[ErrorLog], place: int) -> Iterable[float]:
    for rows in (events, calls, errors):
        if rows:
            yield rows[place].at


async def split_by_size(queries: Queries, session_ids: Sequence[UUID], max_events: int) -> list[list[UUID]]:
    """Groups of sessions with at most `max_events` together (a single larger one stands alone)."""
    wanted = statement("timeline.sizes")
    records = await queries.connection.fetch(wanted.sql, *wanted.arguments({"session_ids": list(session_ids)}))
    sizes = {record["session_id"]: record["event_count"] for record in records}
    groups: list[list[UUID]] = [[]]
    total = 0
    for session_id in session_ids:
        size = sizes.get(session_id, 0)
        if groups[-1] and total + size > max_events:
            groups.append([])
            total = 0
        groups[-1].append(session_id)
        total += size
    return groups
