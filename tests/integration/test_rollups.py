"""Roll-ups give the same figures as the sessions themselves: on the pages at any time, table by table when clean."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from mien import tuning
from mien.cli.analyze import analyse_now
from mien.store.database import Database
from mien.store.roll_up import roll_up_due
from tests.support.queue import execute, value
from tests.support.rolled import FIGURES, SCHEMA, TELLING, fill, forget, read_all, settle, stored


def differences(place: str, one: Any, other: Any) -> list[str]:
    """Where two answers differ; numbers with a fraction by more than the order of a sum can change."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        return [line for key in one for line in differences(f"{place}.{key}", one[key], other[key])]
    if isinstance(one, list | tuple) and isinstance(other, list | tuple) and len(one) == len(other):
        pairs = enumerate(zip(one, other, strict=True))
        return [line for number, pair in pairs for line in differences(f"{place}[{number}]", *pair)]
    is_same = (
        one == pytest.approx(other, rel=1e-9, abs=1e-9)
        if isinstance(one, float) and isinstance(other, float)
        else one == other
    )
    return [] if is_same else [f"{place}: {one} rolled up, {other} one by one"]


async def check_figures(database: Database, names: Sequence[str] = TELLING) -> dict[str, str]:
    """Every figure of these segments (none: of all) as it is answered now is that of the sessions one by one; returns
    what answered each."""
    moment = datetime.now(UTC)
    now = await read_all(database, moment, names)
    await forget(database)
    raw = await read_all(database, moment, names)
    wrong = [line for name in now for line in differences(name, now[name][0], raw[name][0])]
    assert not wrong, "\n".join(wrong[:20])
    assert {answered for _, answered in raw.values()} == {"raw"}
    return {name: answered for name, (_, answered) in now.items()}


async def check_tables(database: Database) -> None:
    """What is rolled up is what a rebuild makes of everything."""
    await settle(database)
    kept = await stored(database)
    await forget(database)
    await settle(database)
    assert await stored(database) == kept
    assert await value(database, "SELECT count(*) FROM dirty_hours") == 0


@pytest.mark.timeout(600)  # every figure, ten segments, both ways, five times: long on a loaded machine
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
    await check_figures(database)
    await execute(database, "INSERT INTO sessions (app_version) VALUES ('by hand'), ('by hand')")
    await execute(database, "UPDATE users SET device_type = 'tablet'")
    await check_figures(database)
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


async def test_other_thresholds_change_every_roll_up_that_shows_them(database: Database) -> None:
    await fill(database, 200, seed=6)
    await settle(database)
    points = "SELECT sum(points) FROM rollup_causes WHERE hours = 24 AND slice = ''"
    before = await value(database, points)
    await tuning.set_thresholds(
        database, SCHEMA, "test", "waiting weighs more", {"score.latency_good_ms": 100}, frozenset()
    )
    await analyse_now(database, SCHEMA, everything=True)
    await check_figures(database)
    await check_tables(database)
    assert await value(database, points) > before


async def test_pages_agree_while_data_come_in(database: Database) -> None:
    await fill(database, 200, seed=2)
    await settle(database)
    stop = asyncio.Event()

    async def roll() -> None:
        while not stop.is_set():
            await roll_up_due(database, SCHEMA, quiet_s=0.0)
            await asyncio.sleep(0.01)

    rolling = asyncio.create_task(roll())
    for seed in (3, 4, 5):
        await asyncio.gather(fill(database, 60, seed, group=5), settle(database))
    stop.set()
    await rolling
    await settle(database)
    await check_figures(database)
    await check_tables(database)


ENDLESS = """
import asyncio, sys
from mien.store.database import Database
from mien.store.roll_up import mark_all, roll_up_due
async def main():
    database = await Database.connect(sys.argv[1])
    print("ready", flush=True)
    while True:
        async with database.writing("p_default") as queries:
            await mark_all(queries)
        while await roll_up_due(database, "p_default", 0.0):
            pass
asyncio.run(main())
"""


async def test_killed_in_the_middle_nothing_is_half_done(database: Database, empty_dsn: str) -> None:
    await fill(database, 200, seed=6)
    await settle(database)
    kept = await stored(database)
    for wait_s in (0.15, 0.3, 0.5):
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", ENDLESS, empty_dsn, stdout=asyncio.subprocess.PIPE
        )
        assert process.stdout and await process.stdout.readline() == b"ready\n"
        await asyncio.sleep(wait_s)
        os.kill(process.pid, signal.SIGKILL)
        await process.wait()
        # What was rolled up is whole, and what was not is dirty.
        await check_figures(database)
    await settle(database)
    assert await stored(database) == kept


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
