"""Roll-ups while data come in, after a change of thresholds, and after their worker was killed: the same figures."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import UTC, datetime

from mien import tuning
from mien.cli.analyze import analyse_now
from mien.store.database import Database
from mien.store.roll_up import roll_up_due
from tests.support.queue import value
from tests.support.rolled import SCHEMA, fill, read_all, settle, stored
from tests.support.rollup_checks import check_figures, check_one_by_one, check_tables

WHOLE_AND_HOURS = ("all", "hours")
"""What is half done shows in whole days and in hours; all slices of one are written in one transaction."""


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
    await check_figures(database, WHOLE_AND_HOURS)
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
    moment = datetime.now(UTC)
    answers = []
    for wait_s in (0.15, 0.3, 0.5):
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", ENDLESS, empty_dsn, stdout=asyncio.subprocess.PIPE
        )
        assert process.stdout and await process.stdout.readline() == b"ready\n"
        await asyncio.sleep(wait_s)
        os.kill(process.pid, signal.SIGKILL)
        await process.wait()
        answers.append(await read_all(database, moment, WHOLE_AND_HOURS))
    # What was rolled up was whole, and what was not was dirty.
    await check_one_by_one(database, moment, answers, WHOLE_AND_HOURS)
    await settle(database)
    assert await stored(database) == kept
