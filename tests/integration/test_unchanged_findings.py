"""Findings that stand are not written again; what is gone or different is; nothing outlives its session."""

from __future__ import annotations

import uuid

import asyncpg
import pytest

from mien.store.database import Database
from mien.store.findings import DERIVED
from mien.store.statements import statement
from mien.worker import Worker
from tests.support.queue import SCHEMA, add_session, execute, value

OURS = tuple(table for table in DERIVED if table in (
    "signals", "emotion_evidence", "score_facts", "grouped_errors", "heatmap_views", "heatmap_clicks"))  # fmt: skip
VERSIONS = " UNION ALL ".join(f"SELECT '{table}' AS t, ctid::text, xmin::text FROM {table}" for table in DERIVED)


async def analysed_session(database: Database) -> uuid.UUID:
    """A session with rows in every derived table but the one of rage clicks."""
    session_id = await add_session(database)
    await execute(
        database,
        "INSERT INTO events (session_id, event_type, screen, element_id, x, y) VALUES ($1, 'click', '/a', '#b', 1, 2)",
        session_id,
    )
    await execute(database, "INSERT INTO error_logs (session_id, message) VALUES ($1, 'TypeError: no')", session_id)
    await analyse_again(database)
    return session_id


async def analyse_again(database: Database) -> None:
    async with database.writing(SCHEMA) as queries:
        await queries.execute("work_queue.enqueue_all")
    assert await Worker(database).drain(SCHEMA) == 1


async def row_versions(database: Database) -> set[tuple[str, str, str]]:
    """Table, place and writing transaction of every derived row: the same only if it was not written again."""
    async with database.reading(SCHEMA) as queries:
        return {tuple(row) for row in await queries.connection.fetch(VERSIONS)}


async def count(database: Database, table: str) -> int:
    return int(await value(database, f"SELECT count(*) FROM {table}"))


async def test_the_same_findings_are_not_written_again(database: Database) -> None:
    await analysed_session(database)
    before = await row_versions(database)
    assert {table for table, _, _ in before} >= set(OURS)
    await analyse_again(database)
    assert await row_versions(database) == before


async def test_only_the_tables_whose_findings_differ_are_written(database: Database) -> None:
    session_id = await analysed_session(database)
    before = await row_versions(database)
    await execute(
        database, "INSERT INTO events (session_id, event_type, screen) VALUES ($1, 'screen_view', '/b')", session_id
    )
    await analyse_again(database)
    after = await row_versions(database)
    written = {table for table, _, _ in after - before}
    assert {"journey_steps", "heatmap_views", "score_facts"} <= written
    assert not written & {"heatmap_points", "heatmap_clicks", "grouped_errors"}
    assert await count(database, "journey_steps") == 2


async def test_a_session_that_grows_adds_rows_to_those_that_stand(database: Database) -> None:
    session_id = await analysed_session(database)
    before = await row_versions(database)
    await execute(
        database,
        "INSERT INTO events (session_id, event_type, screen, element_id, x, y)"
        " VALUES ($1, 'screen_view', '/b', NULL, NULL, NULL), ($1, 'click', '/b', '#c', 3, 4)",
        session_id,
    )
    await analyse_again(database)
    after = await row_versions(database)
    for table, grown in (("heatmap_points", 2), ("heatmap_clicks", 2), ("journey_steps", 2)):
        assert {one for one in before if one[0] == table} < {one for one in after if one[0] == table}
        assert await count(database, table) >= grown
    assert await value(database, "SELECT array_agg(screen ORDER BY id) FROM heatmap_points") == ["/a", "/b"]


@pytest.mark.parametrize("table", ["heatmap_points", "heatmap_clicks", "score_facts", "experience_scores", "signals"])
async def test_rows_that_somebody_deleted_are_written_again(database: Database, table: str) -> None:
    await analysed_session(database)
    there = await count(database, table)
    await execute(database, f"TRUNCATE {table}")
    await analyse_again(database)
    assert await count(database, table) == there > 0


async def test_every_derived_table_is_counted(database: Database) -> None:
    session_id = await analysed_session(database)
    wanted = statement("findings.row_counts")
    async with database.reading(SCHEMA) as queries:
        counted = await queries.connection.fetchrow(wanted.sql, *wanted.arguments({"session_ids": [session_id]}))
    assert counted is not None
    assert {table: counted[table] for table in DERIVED} == {table: await count(database, table) for table in DERIVED}


@pytest.mark.parametrize("how", ["DELETE FROM p_default.sessions", "TRUNCATE p_default.sessions CASCADE"])
async def test_what_was_found_goes_with_its_session(database: Database, how: str) -> None:
    """Also by somebody with another search path."""
    await analysed_session(database)
    connection = await asyncpg.connect(database.dsn, server_settings={"search_path": "public"})
    await connection.execute(how)
    await connection.close()
    assert {table: await count(database, table) for table in DERIVED} == dict.fromkeys(DERIVED, 0)


async def test_the_findings_of_other_sessions_stay(database: Database) -> None:
    gone = await analysed_session(database)
    await execute(database, "DELETE FROM analysis_queue")
    kept = await add_session(database)
    await Worker(database).drain(SCHEMA)
    await execute(database, "DELETE FROM sessions WHERE session_id = $1", gone)
    for table in ("score_facts", "heatmap_views"):
        assert await value(database, f"SELECT array_agg(DISTINCT session_id) FROM {table}") == [kept]


async def test_whoever_may_delete_a_session_needs_no_right_on_the_findings(database: Database) -> None:
    await analysed_session(database)
    await execute(database, "CREATE ROLE eraser NOLOGIN")
    try:
        await execute(database, "GRANT USAGE ON SCHEMA p_default TO eraser")
        await execute(database, "GRANT SELECT, DELETE ON sessions TO eraser")
        connection = await asyncpg.connect(database.dsn)
        await connection.execute("SET ROLE eraser; DELETE FROM p_default.sessions")
        await connection.close()
        assert await count(database, "signals") == 0
    finally:
        await execute(database, "DROP OWNED BY eraser")
        await execute(database, "DROP ROLE eraser")
