"""The pages' figures agree with the lists that they open and with counts of the test's own, in random segments.

A few segments here; fifty in `./run bench agreement`.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from mien.cli.bench import write_visits
from mien.demo.synthetic import DAY_S, Plan, planted
from mien.store import work_queue
from mien.store.database import Database
from mien.worker import Worker
from tests.support.agreement import disagreements, draw, values_of
from tests.support.api_site import site_of

SESSIONS, DAYS, SEGMENTS = 250, 4, 5
UNTIL = datetime(2026, 11, 20, 12, 34, 56)


async def test_every_figure_is_the_length_of_its_list_and_what_sql_counts(database: Database) -> None:
    until = UNTIL.replace(tzinfo=UTC).timestamp()
    since = until - DAYS * DAY_S
    await write_visits(database.dsn, "p_default", Plan(SESSIONS, since, until, 4, (planted(4, since, until),)))
    async with database.writing("p_default") as queries:
        await work_queue.enqueue(queries)
    await Worker(database).drain("p_default")
    dice = random.Random(20)
    async with site_of(database) as site:
        values = await values_of(site)
        total, wrong = 0, []
        for _ in range(SEGMENTS):
            segment = draw(dice, values, UNTIL - timedelta(days=DAYS), UNTIL)
            count, faults = await disagreements(site, segment, dice, values["screen"])
            total, wrong = total + count, wrong + faults
    assert not wrong, "\n".join(wrong[:20])
    assert total > 30 * SEGMENTS
