"""Writes what the analyzers found: deletes a session's derived rows and inserts the new ones, in one transaction.

Rows that stand already are left alone (`standing.py`).

Works on any rows whose fields are columns; knows no analyzer. Times come as seconds since the epoch, UTC.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import repeat
from operator import attrgetter, itemgetter
from typing import Any
from uuid import UUID

import msgspec

from mien.store.copy_binary import (
    BOOLEAN,
    EARLIEST_S,
    FLOAT8,
    INT2,
    INT4,
    LATEST_S,
    TEXT,
    TIME,
    Encoding,
    copy_rows,
    encode_int4_array,
    encode_rows,
)
from mien.store.database import Queries
from mien.store.roll_up import mark_sessions
from mien.store.standing import (
    NOTHING_KNOWN,
    AllWritten,
    Written,
    count_standing,
    hash_rows,
    joined,
    read_counts,
    read_written,
)
from mien.store.statements import quoted

DERIVED: dict[str, tuple[str, ...]] = {
    "rage_click_events": ("element_id", "screen", "click_count", "first_click_at", "last_click_at", "detected_at"),
    "heatmap_points": ("screen", "x", "y", "weight", "occurred_at"),
    "journey_steps": ("step_num", "screen", "occurred_at"),
    "emotion_predictions": ("event_id", "emotion", "confidence", "occurred_at"),
    "experience_scores": ("score", "issues"),
    "signals": ("type", "confidence", "started_at", "ended_at", "screen", "element_id", "api", "x", "y", "event_id",
                "incident", "evidence"),
    "emotion_evidence": ("step", "event_id", "occurred_at", "emotion", "strength", "stage", "calibrated", "abstained",
                         "label_set", "probabilities", "evidence", "model_version"),
    "score_facts": ("score_version", "weights_hash", "score_exact", "score_low", "score_high", "hazard", "coverage",
                    "points_by_cause", "signal_counts", "screen_count", "click_count", "call_count", "error_count",
                    "waited_ms"),
    "grouped_errors": ("error_id", "group_key", "kind", "type", "title", "place", "screen", "occurred_at",
                       "errors"),
    "heatmap_views": ("view", "screen", "screen_sent", "started_at", "ended_at", "band", "vw", "vh", "page_h",
                      "reach_px", "attention_ms"),
    "heatmap_clicks": ("view", "screen", "element_id", "label", "rel_x", "rel_y", "x_percent", "y_row", "fixed",
                       "occurred_at"),
}  # fmt: skip
"""Derived tables and the columns of a finding; the five of the specification come first."""
TABLES = tuple(DERIVED)

ENCODINGS: dict[str, tuple[Encoding, ...]] = {
    "heatmap_points": (TEXT, INT4, INT4, FLOAT8, TIME),
    "journey_steps": (INT4, TEXT, TIME),
    "heatmap_views": (INT4, TEXT, TEXT, TIME, TIME, INT2, INT4, INT4, INT4, INT4, encode_int4_array),
    "heatmap_clicks": (INT4, TEXT, TEXT, TEXT, INT2, INT2, INT2, INT4, BOOLEAN, TIME),
}
"""The types of the columns of the tables that get most rows: those are encoded here, which costs half of asyncpg's way
and, with the array of every view, a sixth."""

MAX_FORMER = 3
"""Former scores that are kept of one session."""
_EPOCH = datetime(1970, 1, 1)


class SessionFindings(msgspec.Struct, frozen=True):
    """One session's new derived rows.

    `rows` maps a table of DERIVED to its rows, whose columns are the attributes of each, or its keys where they are
    mappings; a table that is absent is left as it is (its analyzer failed). Counts are those of the rows that were
    analysed. `settles_at`: when the session is to be analysed once more, in seconds since the epoch, because it is not
    over and that can change what was found.
    """

    session_id: UUID
    rows: Mapping[str, Sequence[Any]]
    failed: Mapping[str, str]
    event_count: int
    call_count: int
    error_count: int
    chunk_count: int
    settles_at: float | None = None


def to_utc(seconds: float) -> datetime:
    """Epoch seconds as the naive UTC that the specification's TIMESTAMP columns hold; out of range is clamped."""
    if not EARLIEST_S <= seconds <= LATEST_S:
        seconds = min(max(seconds, EARLIEST_S), LATEST_S)
    return _EPOCH + timedelta(seconds=seconds)


async def replace_findings(
    queries: Queries, findings: Sequence[SessionFindings], version_key: str, may_write: Iterable[UUID] | None = None
) -> None:
    """Replace the derived rows of these sessions. Sessions that were deleted meanwhile are left out.

    Call inside a writing transaction after `lock_sessions`. `may_write` narrows to sessions whose lease still holds.
    """
    session_ids = [found.session_id for found in findings]
    existing = set(await queries.fetch_values("findings.existing", session_ids=session_ids))
    if may_write is not None:
        existing &= set(may_write)
    kept = sorted((found for found in findings if found.session_id in existing), key=lambda found: found.session_id)
    if not kept:
        return
    await _keep_former(queries, kept, version_key)
    written = await _replace_changed(queries, kept)
    await queries.execute(
        "findings.runs",
        version_key=version_key,
        session_ids=[found.session_id for found in kept],
        event_counts=[found.event_count for found in kept],
        call_counts=[found.call_count for found in kept],
        error_counts=[found.error_count for found in kept],
        chunk_counts=[found.chunk_count for found in kept],
        failed=[msgspec.json.encode(found.failed).decode() if found.failed else None for found in kept],
        row_hashes=[joined(written[found.session_id], TABLES) for found in kept],
    )
    await _note_unsettled(queries, kept)
    await mark_sessions(queries, [found.session_id for found in kept])


async def _replace_changed(queries: Queries, kept: Sequence[SessionFindings]) -> dict[UUID, AllWritten]:
    """Write what does not stand yet of each session and table; returns what stands afterwards."""
    former = await read_written(queries, [found.session_id for found in kept], TABLES)
    counts = await read_counts(queries, list(former))
    after: dict[UUID, AllWritten] = {found.session_id: {**former.get(found.session_id, {})} for found in kept}
    for table, columns in DERIVED.items():
        replaced: list[UUID] = []
        parts: list[tuple[UUID, Sequence[Any]]] = []
        for found in kept:
            if table not in found.rows:
                continue
            session_id, rows = found.session_id, found.rows[table]
            new = Written(hash_rows(rows, columns), len(rows))
            standing, there = 0, None
            if session_id in counts:
                there = counts[session_id][table]
                old = former[session_id].get(table, NOTHING_KNOWN)
                standing = count_standing(rows, columns, new, old, there)
            if standing == 0 and there != 0:
                replaced.append(session_id)
            if standing < len(rows):
                parts.append((session_id, rows[standing:]))
            after[session_id] = {**after[session_id], table: new}
        await _write_rows(queries, table, replaced, parts)
    return after


async def _write_rows(
    queries: Queries, table: str, replaced: Sequence[UUID], parts: Sequence[tuple[UUID, Sequence[Any]]]
) -> None:
    """Delete the rows of some sessions, then insert rows of sessions."""
    columns, encodings = DERIVED[table], ENCODINGS.get(table)
    if replaced:
        delete = f"DELETE FROM {quoted(table)} WHERE session_id = ANY($1::uuid[])"  # noqa: S608 a name of DERIVED
        await queries.connection.execute(delete, replaced)
    if encodings is not None:
        encoded = (row for session_id, rows in parts for row in encoded_rows(session_id, rows, columns, encodings))
        await copy_rows(queries.connection, table, ("session_id", *columns), encoded)
    elif records := [record for session_id, rows in parts for record in records_of(session_id, rows, columns)]:
        await queries.connection.copy_records_to_table(table, records=records, columns=("session_id", *columns))


async def _keep_former(queries: Queries, kept: Sequence[SessionFindings], version_key: str) -> None:
    """A score that another version replaces, and that changes, stays readable beside the new one."""
    new = {found.session_id: found.rows["experience_scores"] for found in kept if found.rows.get("experience_scores")}
    old = await queries.fetch_all(_Scored, "findings.former", session_ids=list(new), version_key=version_key)
    if not old:
        return
    changed = [one.session_id for one in old if not _says_the_same(one, new[one.session_id][0])]
    await queries.execute("findings.keep_former", session_ids=changed)
    await queries.execute(
        "findings.trim_former",
        session_ids=[one.session_id for one in old],
        version_key=version_key,
        max_each=MAX_FORMER,
    )


class _Scored(msgspec.Struct, frozen=True):
    session_id: UUID
    score: int | None
    issues: Any


def _says_the_same(old: _Scored, new: Any) -> bool:
    score, found = _reader_of(new, ("score", "issues"))(new)
    # As JSON, since that is how the old ones went into the database and came back.
    issues: Any = msgspec.json.decode(msgspec.json.encode(found))
    return bool(old.score == score and old.issues == issues)


async def _note_unsettled(queries: Queries, kept: Sequence[SessionFindings]) -> None:
    await queries.execute("findings.settled", session_ids=[one.session_id for one in kept if one.settles_at is None])
    unsettled = [one for one in kept if one.settles_at is not None]
    if unsettled:
        await queries.execute(
            "findings.unsettled",
            session_ids=[one.session_id for one in unsettled],
            over_at=[to_utc(one.settles_at or 0.0).replace(tzinfo=UTC) for one in unsettled],
        )


def encoded_rows(
    session_id: UUID, rows: Sequence[Any], columns: tuple[str, ...], encodings: Sequence[Encoding]
) -> Iterable[bytes]:
    """One COPY row per row, as `records_of` has one record."""
    if not rows:
        return ()
    values = zip(*map(_reader_of(rows[0], columns), rows), strict=True)
    return encode_rows(session_id, values, encodings)


def records_of(session_id: UUID, rows: Sequence[Any], columns: tuple[str, ...]) -> Iterable[tuple[Any, ...]]:
    """One tuple per row; column by column, because there are many more rows than columns."""
    if not rows:
        return ()
    values = zip(*map(_reader_of(rows[0], columns), rows), strict=True)
    times = (name.endswith("_at") for name in columns)
    told = [map(to_utc, column) if is_time else column for column, is_time in zip(values, times, strict=True)]
    return zip(repeat(session_id), *told, strict=False)


def _reader_of(row: Any, columns: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """What gives the columns (two or more) of a row like this one."""
    return itemgetter(*columns) if isinstance(row, dict) else attrgetter(*columns)


async def lock_sessions(queries: Queries, schema: str, session_ids: Iterable[UUID]) -> None:
    """Wait until nobody else replaces rows of these sessions; held to the end of the transaction.

    Without it two workers (one of them late) could both delete the old rows and both insert new ones.
    """
    keys = sorted(_lock_key(schema, session_id) for session_id in session_ids)
    await queries.execute("findings.lock_sessions", lock_keys=keys)


def _lock_key(schema: str, session_id: UUID) -> int:
    digest = hashlib.blake2b(session_id.bytes + schema.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
