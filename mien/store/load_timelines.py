"""Loads many sessions at once, each as a Timeline. One array per column makes the rows at C speed (ingest.md 4)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

import msgspec

from mien.store.database import Queries
from mien.store.statements import statement
from mien.timeline import OVER_AFTER_S, ApiCall, ErrorLog, Event, Timeline

MAX_EVENTS, MAX_CALLS, MAX_ERRORS = 50_000, 20_000, 2_000
"""Of a longer session the newest are analysed, of errors the first and last of each kind before any other, and
`truncated` says so (events: reference/ingest.md 4; calls and errors: defaults, not validated; an error may hold a
stack of 20,000 characters, so few of them are many bytes). Equal errors of one instant are one."""

GROUP_ROWS = 50_000
"""Loaded at once: about half a second of analysis (reference/ingest.md 4)."""

Columns = Sequence[Sequence[Any]]
"""One sequence per column, newest first."""


class Loaded(msgspec.Struct, frozen=True, gc=False):
    """A Timeline with the true row counts of its session: they tell later whether the session grew.

    `over_at`: when it is over if nothing more comes, in seconds since the epoch; `timeline.is_over` says whether that
    has passed by the database's clock.
    """

    timeline: Timeline
    event_count: int
    call_count: int
    error_count: int
    chunk_count: int
    over_at: float


class RowCounts(msgspec.Struct, frozen=True):
    """The rows of one session, whether or not one analysis reads them all."""

    session_id: UUID
    events: int = 0
    calls: int = 0
    errors: int = 0


async def load_timelines(
    queries: Queries, session_ids: Sequence[UUID], metadata_types: Collection[str]
) -> list[Loaded]:
    """The sessions that exist, in any order. `metadata_types`: event types whose metadata is loaded.

    Call inside a snapshot: rows and counts come from several statements.
    """
    ids = list(session_ids)
    wanted_metadata = sorted(metadata_types)
    events = await _columns(
        queries, "timeline.events", session_ids=ids, metadata_types=wanted_metadata, max_rows=MAX_EVENTS
    )
    calls = await _columns(queries, "timeline.calls", session_ids=ids, max_rows=MAX_CALLS)
    errors = await _columns(queries, "timeline.errors", session_ids=ids, max_rows=MAX_ERRORS)
    full = {
        session_id
        for found, most in ((events, MAX_EVENTS), (calls, MAX_CALLS))
        for session_id, columns in found.items()
        if len(columns[0]) >= most
    }
    crowded = {session_id for session_id, columns in errors.items() if columns[-1][0]}
    full |= crowded
    counted = {row.session_id: row for row in await count_rows(queries, sorted(full))} if full else {}
    wanted = statement("timeline.sessions")
    loaded = []
    for row in await queries.connection.fetch(wanted.sql, *wanted.arguments({"session_ids": ids})):
        session_id = row["session_id"]
        loaded.append(
            _loaded(
                row,
                list(map(Event, *map(reversed, events.get(session_id, ((),))))),
                list(map(ApiCall, *map(reversed, calls.get(session_id, ((),))))),
                list(map(ErrorLog, *map(reversed, errors.get(session_id, ((), ()))[:-1]))),
                counted.get(session_id),
                session_id in crowded,
            )
        )
    return loaded


async def _columns(queries: Queries, name: str, **values: object) -> dict[UUID, Columns]:
    """Sessions that have rows, with their columns."""
    wanted = statement(name)
    records = await queries.connection.fetch(wanted.sql, *wanted.arguments(values))
    return {record[0]: tuple(record)[1:] for record in records if record[1] is not None}


async def count_rows(queries: Queries, session_ids: Sequence[UUID]) -> list[RowCounts]:
    """All rows of these sessions, counted."""
    return await queries.fetch_all(RowCounts, "timeline.counts", session_ids=list(session_ids))


def _loaded(
    row: Any,
    events: list[Event],
    calls: list[ApiCall],
    errors: list[ErrorLog],
    counted: RowCounts | None,
    is_crowded: bool,
) -> Loaded:
    """`counted` is None where fewer rows came than could have: then those are all. `is_crowded`: not all errors are."""
    first = min(_edges(events, calls, errors, 0), default=0.0)
    last = max(_edges(events, calls, errors, -1), default=first)
    started = row["started_at"] if row["started_at"] is not None else first
    ended = row["ended_at"] if row["ended_at"] is not None else max(last, started)
    read = RowCounts(row["session_id"], len(events), len(calls), sum(error.count for error in errors))
    true = counted or read
    over_at = max(last, started, ended) + OVER_AFTER_S
    timeline = Timeline(
        session_id=row["session_id"],
        started_at=started,
        ended_at=ended,
        device_type=row["device_type"],
        events=events,
        calls=calls,
        errors=errors,
        has_replay=row["chunk_count"] > 0,
        truncated=is_crowded or read != true,
        is_over=over_at <= row["now_at"],
    )
    return Loaded(timeline, true.events, true.calls, true.errors, row["chunk_count"], over_at)


def _edges(events: list[Event], calls: list[ApiCall], errors: list[ErrorLog], place: int) -> Iterable[float]:
    for rows in (events, calls, errors):
        if rows:
            yield rows[place].at


async def split_by_size(queries: Queries, session_ids: Sequence[UUID], max_rows: int) -> list[list[UUID]]:
    """Groups of sessions with at most `max_rows` to load together (a single larger one stands alone)."""
    sizes = {
        row.session_id: min(row.events, MAX_EVENTS) + min(row.calls, MAX_CALLS) + min(row.errors, MAX_ERRORS)
        for row in await count_rows(queries, session_ids)
    }
    groups: list[list[UUID]] = [[]]
    total = 0
    for session_id in session_ids:
        size = sizes.get(session_id, 0)
        if groups[-1] and total + size > max_rows:
            groups.append([])
            total = 0
        groups[-1].append(session_id)
        total += size
    return groups
