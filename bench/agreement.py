"""Whether all numbers agree: `./run bench agreement [--segments N --sessions N --seed N]`.

Made-up visits are written and analysed, and in random segments (up to five conditions and a part of the period) every
figure of Overview, Score, Journeys, Funnel, Heatmaps, Latency and Errors is counted again by SQL that is written in
tests/support/agreement.py; of each page some figures' lists of sessions are opened, too.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.support import passable_folder
from mien.cli.bench import write_visits
from mien.demo.synthetic import DAY_S, Plan, planted
from mien.postgres import EmbeddedPostgres
from mien.store import migrate, work_queue
from mien.store.database import Database
from mien.store.projects import create_project
from mien.worker import Worker
from tests.support.agreement import disagreements, draw, values_of
from tests.support.api_site import SCHEMA, site_of

DAYS = 14


async def compare(dsn: str, sessions: int, segments: int, seed: int) -> int:
    """Prints as it goes; returns how many comparisons failed."""
    await asyncio.to_thread(migrate.upgrade, dsn)
    database = await Database.connect(dsn)
    await create_project(database, "default")
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    until, since = time.time(), time.time() - DAYS * DAY_S
    await write_visits(dsn, SCHEMA, Plan(sessions, since, until, seed, (planted(seed, since, until),)))
    async with database.writing(SCHEMA) as queries:
        await work_queue.enqueue(queries)
    await Worker(database).drain(SCHEMA)
    dice = random.Random(seed)
    total, wrong = 0, []
    async with site_of(database) as site:
        values = await values_of(site)
        for number in range(1, segments + 1):
            segment = draw(dice, values, now - timedelta(days=DAYS), now)
            count, faults = await disagreements(site, segment, dice, values["screen"])
            total, wrong = total + count, wrong + faults
            print(f"{number:>3}  {count:>4} comparisons  {len(faults):>3} wrong  {segment.params}", flush=True)
    for fault in wrong:
        print(fault)
    print(f"{segments} segments, {total} comparisons, {len(wrong)} wrong")
    await database.close()
    return len(wrong)


def main() -> None:
    """Reads the options and runs it on a database of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--segments", type=int, default=50)
    parser.add_argument("--sessions", type=int, default=3_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with passable_folder() as folder, EmbeddedPostgres(folder / "data", shared_buffers="256MB") as server:
        wrong = asyncio.run(compare(server.dsn, options.sessions, options.segments, options.seed))
    sys.exit(wrong > 0)


if __name__ == "__main__":  # the visits are written by processes of their own, which import this file
    main()
