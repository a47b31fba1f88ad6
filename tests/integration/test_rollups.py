"""Roll-ups give the same figures as the sessions themselves: on the pages at any time, table by table when clean."""

from __future__ import annotations

import asyncio

import pytest

from mien.store.database import Database
from mien.store.roll_up import roll_up_due
from tests.support.queue import execute, value
from tests.support.rolled import FIGURES, SCHEMA, fill, settle
from tests.support.rollup_checks import check_figures, check_tables


@pytest.mark.timeout(600)  # every figure, ten segments, both ways, four times: long on a loaded machine
async def test_pages_and_tables_agree_with_the_sessions_whatever_happens(database: Database) -> None:
    await fill(database, 400, seed=1)
    await settle(database)
    assert await value(database, "SELECT count(*) FROM rollup_summary WHERE hours = 24") > 100
    answered = await check_figures(database, names=())
    assert {answered[f"{name} of all"] for name in FIGURES} == {"rollup and raw"}, "a roll-up answers for each"

    # A session of yesterday gets more events; one begins earlier than was known, in another hour.
    await settle(database)
    await fill(database, 430, seed=1)
    await execute(database, "UPDATE sessions SET started_at = started_at - interval '5 hours' WHERE session_id IN "
                            "(SELECT session_id FROM sessions ORDER BY started_at DESC LIMIT 3)")  # fmt: skip
    await check_figures(database)
    await check_tables(database)

    # Erasing takes its figures along; so does what somebody stores with SQL alone, once it is analysed.
    await execute(database, "DELETE FROM sessions WHERE session_id IN (SELECT session_id FROM sessions LIMIT 20)")
    await execute(database, "INSERT INTO sessions (app_version) VALUES ('by hand'), ('by hand')")
    await check_figures(database)
    await execute(database, "UPDATE users SET device_type = 'tablet'")  # marks everything
    await check_tables(database)
    assert (
        await value(database, "SELECT sum(sessions) FROM rollup_summary WHERE hours = 1 AND slice = 'r:by hand'") == 2
    )

    # Another analysis replaces the scores.
    await execute(database, "UPDATE analyzer_runs SET version_key = 'older'")
    await execute(
        database, "DELETE FROM experience_scores WHERE session_id IN (SELECT session_id FROM sessions LIMIT 50)"
    )
    await execute(
        database, "INSERT INTO analysis_queue SELECT session_id, now(), nextval('analysis_token') FROM sessions"
    )
    await check_tables(database)
    assert {*(await check_figures(database)).values()} >= {"rollup and raw", "raw"}


async def test_hours_are_left_alone_until_they_are_quiet(database: Database) -> None:
    await fill(database, 20, seed=7)
    assert await roll_up_due(database, SCHEMA) == 0, "they have just been written"
    await execute(database, "UPDATE dirty_hours SET marked_at = marked_at - interval '61 s'")
    assert await roll_up_due(database, SCHEMA) > 5
    assert await value(database, "SELECT count(*) FROM dirty_hours") == 0


async def test_marks_stay_few(database: Database) -> None:
    await fill(database, 20, seed=8)
    hour = await value(database, "SELECT min(hour) FROM dirty_hours")
    for _ in range(20):
        await execute(database, "INSERT INTO dirty_hours (hour) VALUES ($1)", hour)
    await roll_up_due(database, SCHEMA)
    assert await value(database, "SELECT count(*) FROM dirty_hours WHERE hour = $1", hour) == 2


async def test_rolling_up_has_a_time_limit_of_its_own(database: Database, empty_dsn: str) -> None:
    await fill(database, 20, seed=9)
    impatient = await Database.connect(empty_dsn, max_size=1, statement_timeout_ms=1000)
    try:
        async with database.pool.acquire() as other, other.transaction():
            await other.execute(f"LOCK TABLE {SCHEMA}.rollup_summary")
            rolling = asyncio.create_task(roll_up_due(impatient, SCHEMA, quiet_s=0.0))
            await asyncio.sleep(2.5)
            assert not rolling.done(), "it waits for longer than a page may"
        assert await rolling > 5
        assert await impatient.pool.fetchval("SHOW statement_timeout") == "1s", "that of pages is what it was"
    finally:
        await impatient.close()
