"""Analysis from the database to committed rows: `./run bench analyze [--events N]`.

Sessions of 50, 500 and 20,000 events are written once, then analysed three times: new rows are written; the same ones
are found, so that nothing is; and, the worker not knowing what stands there, rows are replaced. Reported: events per
second and core, where a core's time is the CPU of the worker and of PostgreSQL together, and how it divides. Beside it
stand the budget and what a prototype reached with twelve analyzers written plainly, on another mix of events and before
the real ones had their exclusions (reference/ingest.md 4).

Then a session that goes on for 24 hours: it is analysed while it grows whenever the product's own rule says that it is
due; only the waiting is not waited for. Reported: how often its events were gone through, what each quarter cost, and
the second half against the first: 1 or less means that the work grows no faster than the session.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import resource
import sys
import time
import uuid
from pathlib import Path

import asyncpg

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.ingest import encode_all, prepare
from bench.mix import EVENTS, make_batches
from bench.support import passable_folder, postgres_cpu
from mien.cli.garbage import look_seldom
from mien.collector.flush import write_batches
from mien.postgres import EmbeddedPostgres
from mien.store.database import Database
from mien.worker import Worker

SIZES = (50, 500, 20_000)
BUDGET = 60_000  # events a second and core: design.md 7
PROTOTYPE = {50: 131_000, 500: 188_000, 20_000: 171_000}  # reference/ingest.md 4, loaded by array_agg; lower ends
PASSES = ("new", "same", "replaced")
DAY_S, PORTIONS, PORTION_EVENTS = 24 * 3600.0, 2_000, 10


async def fill(dsn: str, key: str, events: int, session_events: int) -> None:
    """Sessions of the wanted size, through the writer's own code."""
    encoded = encode_all(make_batches(key, events // EVENTS, session_events, session_events // EVENTS))
    connection = await asyncpg.connect(dsn, server_settings={"search_path": "p_default", "timezone": "UTC"})
    for at in range(0, len(encoded), 100):
        await write_batches(connection, encoded[at : at + 100])
    await connection.execute("ANALYZE")
    await connection.close()


async def analyse(dsn: str, cluster: Path) -> tuple[float, float, float]:
    """Wall seconds, CPU seconds of this process, CPU seconds of the database."""
    database = await Database.connect(dsn)
    async with database.writing("p_default") as queries:
        await queries.execute("work_queue.enqueue_all")
    before, own, started = postgres_cpu(cluster), _own_cpu(), time.perf_counter()
    await Worker(database).drain("p_default")
    figures = (time.perf_counter() - started, _own_cpu() - own, postgres_cpu(cluster) - before)
    await database.close()
    return figures


def _own_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


async def forget(dsn: str) -> None:
    """Let the worker not know what it wrote: it then replaces every row."""
    connection = await asyncpg.connect(dsn)
    await connection.execute("UPDATE p_default.analyzer_runs SET row_hashes = NULL")
    await connection.close()


async def empty(dsn: str) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute("TRUNCATE p_default.sessions, p_default.users, p_default.analysis_queue CASCADE")
    await connection.execute("TRUNCATE p_default.received_batches")
    await connection.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=200_000)
    options = parser.parse_args()
    look_seldom()  # as the worker's process does
    with passable_folder() as folder:
        embedded = EmbeddedPostgres(folder / "data", shared_buffers="1GB")
        with embedded:
            cluster = (folder / "data" / "postgres").resolve()
            key = run(embedded.dsn(), cluster, options.events)
            asyncio.run(empty(embedded.dsn()))
            asyncio.run(grow(embedded.dsn(), key, cluster))


async def grow(dsn: str, key: str, cluster: Path) -> None:
    """One session of a day, analysed while it grows."""
    database = await Database.connect(dsn)
    connection = await asyncpg.connect(dsn, server_settings={"search_path": "p_default", "timezone": "UTC"})
    worker = Worker(database)
    bodies = [json.loads(gzip.decompress(body)) for body in make_batches(key, 4, 50, per_session=4)]
    body = bodies[0]
    began_ms = body["session"]["started_at"] - DAY_S * 1000
    pool = [event for one in bodies for event in one["events"]]
    due_s, quarters = float("inf"), []
    before, own = postgres_cpu(cluster), _own_cpu()
    for number in range(PORTIONS):
        now_s = number * DAY_S / PORTIONS
        if due_s <= now_s:
            await connection.execute("UPDATE analysis_queue SET ready_at = now()")
            await worker.drain("p_default")
            due_s = float("inf")
        if number % (PORTIONS // 4) == 0 and number:
            quarters.append((await gone_through(connection), _own_cpu() - own + postgres_cpu(cluster) - before))
        at = number * PORTION_EVENTS % len(pool)
        body |= {"batch_id": str(uuid.uuid4()), "seq": number, "latency": [], "errors": [], "replay": []}
        body["session"]["started_at"] = began_ms
        body["events"] = [
            one | {"at": began_ms + now_s * 1000 + 900 * n} for n, one in enumerate(pool[at : at + PORTION_EVENTS])
        ]
        await write_batches(connection, encode_all([gzip.compress(json.dumps(body).encode(), 1)]))
        wait_s = await connection.fetchval("SELECT extract(epoch FROM ready_at - now())::float8 FROM analysis_queue")
        due_s = min(due_s, now_s + wait_s)
    quarters.append((await gone_through(connection), _own_cpu() - own + postgres_cpu(cluster) - before))
    await connection.close()
    await database.close()
    show_growth(quarters)


async def gone_through(connection: asyncpg.Connection[asyncpg.Record]) -> int:
    """Events of all analyses of the one session together, as the worker noted them."""
    return int(await connection.fetchval("SELECT coalesce(sum(analysed_total), 0) FROM analyzer_runs"))


def show_growth(quarters: list[tuple[int, float]]) -> None:
    """Totals at the end of each quarter, as what each quarter added, and one half against the other."""
    events = PORTIONS * PORTION_EVENTS
    print(f"\na session of 24 hours, {events:,} events, analysed while it grows")
    last_work, last_cpu = 0, 0.0
    for number, (work, cpu) in enumerate(quarters, 1):
        cells = f"events gone through {work - last_work:>9,}, CPU with the writing of them {cpu - last_cpu:5.1f} s"
        print(f"{'quarter':>14} {number}: {cells}")
        last_work, last_cpu = work, cpu
    half_work, half_cpu = quarters[1]
    halves = f"work {last_work / half_work - 1:.2f}, CPU {last_cpu / half_cpu - 1:.2f}"
    print(f"{'all':>14}  : {last_work:,}, {last_work / events:.0f} times its events")
    print(f"{'second half':>14}  : {halves} of the first")


def run(dsn: str, cluster: Path, events: int) -> str:
    """One line for each size of session and each of the passes. Returns the write key."""
    key = asyncio.run(prepare(dsn))
    names = ("session events", "pass", "events/s", "per core", "of budget", "of prototype", "python us", "database us")
    prototype = ", ".join(f"{rate:,} at {size:,}" for size, rate in PROTOTYPE.items())
    print(f"budget {BUDGET:,} events/s per core; prototype {prototype}")
    print(" ".join(f"{name:>14}" for name in names))
    for size in SIZES:
        asyncio.run(empty(dsn))
        asyncio.run(fill(dsn, key, events, size))
        for name in PASSES:
            if name == "replaced":
                asyncio.run(forget(dsn))
            wall, own, server = asyncio.run(analyse(dsn, cluster))
            cells = (
                str(size),
                name,
                f"{events / wall:,.0f}",
                f"{events / (own + server):,.0f}",
                f"{events / (own + server) / BUDGET:.2f}",
                f"{events / (own + server) / PROTOTYPE[size]:.2f}",
                f"{own / events * 1e6:.2f}",
                f"{server / events * 1e6:.2f}",
            )
            print(" ".join(f"{cell:>14}" for cell in cells), flush=True)
    return key


if __name__ == "__main__":
    main()
