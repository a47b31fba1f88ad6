"""One flush: many batches of one project into one transaction.

Lock order is always batches, users, sessions, facts, tabs, rows, queue, each sorted by key: two writers that meet on
the same session wait for each other and never deadlock (reference/ingest.md 2).
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeAlias

import asyncpg

from mien.collector.encode import COLUMNS, Encoded
from mien.collector.session_row import SessionFacts, SessionRow
from mien.store.copy_binary import copy_rows, split_rows
from mien.store.statements import Statement, statement

Connection: TypeAlias = "asyncpg.Connection[Any]"

# What is wrong with the data itself: these can be narrowed down to one item. Everything else is the database's trouble.
DATA_ERRORS = (
    asyncpg.DataError,
    asyncpg.IntegrityConstraintViolationError,
    asyncpg.ProgramLimitExceededError,
    asyncpg.UntranslatableCharacterError,
)


async def write_batches(connection: Connection, group: Sequence[Encoded]) -> set[uuid.UUID]:
    """Write all batches of `group` in one transaction; returns the ids that were new (the others are repeats).

    Batch ids in `group` must be distinct. Raises what asyncpg raises; nothing is written then.
    """
    async with connection.transaction():
        new_ids = await _remember(connection, group)
        fresh = [encoded for encoded in group if encoded.batch_id in new_ids]
        if fresh:
            await write_parents(connection, fresh)
            for table, columns in COLUMNS.items():
                await copy_rows(connection, table, columns, [encoded.rows[table] for encoded in fresh])
            await _write_tail(connection, fresh)
    return new_ids


async def salvage_batch(connection: Connection, encoded: Encoded) -> Counter[str]:
    """Write one batch item by item, after it failed as a whole; returns how many items were refused, by reason.

    Each item has its own savepoint, so the good ones stay. Raises when even the session cannot be written.
    """
    refused: Counter[str] = Counter()
    async with connection.transaction():
        if not await _remember(connection, [encoded]):
            return refused
        await write_parents(connection, [encoded])
        for table, rows in encoded.rows.items():
            for row in split_rows(rows):
                try:
                    async with connection.transaction():
                        await copy_rows(connection, table, COLUMNS[table], [row])
                except DATA_ERRORS:
                    refused["unstorable"] += 1
        encoded.dropped = dict(Counter(encoded.dropped) + refused)
        await _write_tail(connection, [encoded])
    return refused


async def run(connection: Connection, wanted: Statement, **values: object) -> list[Any]:
    """Run a named statement on a raw connection."""
    return await connection.fetch(wanted.sql, *wanted.arguments(values))


async def _remember(connection: Connection, group: Sequence[Encoded]) -> set[uuid.UUID]:
    ordered = sorted(group, key=lambda encoded: encoded.batch_id)
    rows = await run(
        connection,
        statement("collect.batches"),
        batch_ids=[encoded.batch_id for encoded in ordered],
        session_ids=[encoded.session.session_id for encoded in ordered],
        received_at=datetime.now(UTC),
    )
    return {row["batch_id"] for row in rows}


async def write_parents(connection: Connection, fresh: Sequence[Encoded]) -> None:
    """Users, sessions, facts and tabs: what the rows of the other tables refer to."""
    await _write_users(connection, fresh)
    sessions = merge_sessions(fresh)
    await run(
        connection,
        statement("collect.sessions"),
        session_ids=[row.session_id for row in sessions],
        user_ids=[row.user_id for row in sessions],
        device_ids=[row.device_id for row in sessions],
        ips=[row.ip_address for row in sessions],
        user_agents=[row.user_agent for row in sessions],
        resolutions=[row.screen_resolution for row in sessions],
        versions=[row.app_version for row in sessions],
        started_at=[row.started_at for row in sessions],
        ended_at=[row.ended_at for row in sessions],
    )
    names = ("browsers", "browser_versions", "systems", "device_types", "countries", "locales", "referrers", "utms",
             "bots", "staff")  # fmt: skip
    columns = zip(*(row.facts for row in sessions), strict=True)
    await run(
        connection,
        statement("collect.facts"),
        session_ids=[row.session_id for row in sessions],
        **{name: list(column) for name, column in zip(names, columns, strict=True)},
    )
    await _write_tabs(connection, fresh)


async def _write_users(connection: Connection, fresh: Sequence[Encoded]) -> None:
    users: dict[uuid.UUID, tuple[Any, ...]] = {}
    for encoded in fresh:
        if encoded.user:
            earlier = users.get(encoded.user[0])
            users[encoded.user[0]] = encoded.user if earlier is None else _later_over(earlier, encoded.user)
    if not users:
        return
    columns = list(zip(*(users[key] for key in sorted(users)), strict=True))
    names = ("user_ids", "external_ids", "emails", "locales", "device_types", "created_at")
    await run(
        connection,
        statement("collect.users"),
        **{name: list(column) for name, column in zip(names, columns, strict=True)},
    )


def _later_over(earlier: tuple[Any, ...], later: tuple[Any, ...]) -> tuple[Any, ...]:
    """As `collect.users` does it: a later value fills or replaces, never erases; the first time of creation stays."""
    merged = [old if new is None else new for old, new in zip(earlier, later, strict=True)]
    return (*merged[:-1], min(earlier[-1], later[-1]))


def merge_sessions(fresh: Sequence[Encoded]) -> list[SessionRow]:
    """One row per session, sorted by id: ON CONFLICT cannot touch a row twice in one statement."""
    merged: dict[uuid.UUID, SessionRow] = {}
    for encoded in fresh:
        row = encoded.session
        known = merged.get(row.session_id)
        merged[row.session_id] = row if known is None else _merge(known, row)
    return [merged[key] for key in sorted(merged)]


def _merge(first: SessionRow, second: SessionRow) -> SessionRow:
    """As `collect.sessions` and `collect.facts` do it, so that one flush gives the same row as two."""
    return replace(
        first,
        user_id=second.user_id or first.user_id,
        device_id=_first(first.device_id, second.device_id),
        ip_address=_first(first.ip_address, second.ip_address),
        user_agent=_first(first.user_agent, second.user_agent),
        screen_resolution=_first(first.screen_resolution, second.screen_resolution),
        app_version=_first(second.app_version, first.app_version),
        started_at=min(first.started_at, second.started_at),
        ended_at=max(first.ended_at, second.ended_at),
        facts=SessionFacts(*map(_first, first.facts, second.facts))._replace(
            locale=_first(second.facts.locale, first.facts.locale),
            is_bot=first.facts.is_bot or second.facts.is_bot,
            is_staff=first.facts.is_staff or second.facts.is_staff,
        ),
    )


def _first(one: Any, other: Any) -> Any:
    return other if one is None else one


async def _write_tabs(connection: Connection, fresh: Sequence[Encoded]) -> None:
    tabs: dict[tuple[uuid.UUID, uuid.UUID], list[Encoded]] = {}
    for encoded in fresh:
        if encoded.tab is not None:
            tabs.setdefault((encoded.session.session_id, encoded.tab), []).append(encoded)
    if not tabs:
        return
    keys = sorted(tabs)
    await run(
        connection,
        statement("collect.tabs"),
        session_ids=[session_id for session_id, _ in keys],
        tabs=[tab for _, tab in keys],
        first_seqs=[min(encoded.seq for encoded in tabs[key]) for key in keys],
        last_seqs=[max(encoded.seq for encoded in tabs[key]) for key in keys],
        batch_counts=[len(tabs[key]) for key in keys],
        skews=[tabs[key][0].skew_ms for key in keys],
    )


async def _write_tail(connection: Connection, fresh: Sequence[Encoded]) -> None:
    long_values = {short: full for encoded in fresh for short, full in encoded.long_values.items()}
    if long_values:
        shorts = sorted(long_values)
        await run(
            connection,
            statement("collect.long_values"),
            short_values=shorts,
            full_values=[long_values[short] for short in shorts],
        )
    await run(
        connection,
        statement("collect.enqueue"),
        session_ids=sorted({encoded.session.session_id for encoded in fresh}),
    )
    dropped: Counter[str] = Counter()
    for encoded in fresh:
        dropped.update(encoded.dropped)
    if dropped:
        reasons = sorted(dropped)
        await run(
            connection,
            statement("collect.dropped"),
            day=datetime.now(UTC).date(),
            reasons=reasons,
            item_counts=[dropped[reason] for reason in reasons],
        )
