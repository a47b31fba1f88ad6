"""Analysis from the database to committed rows: `./run bench analysis [--events N]`.

Sessions of 50, 500 and 5,000 events are written once, then analysed twice (then rows are replaced). Reported:
events per second and core, where a core's time is the CPU of the worker and of PostgreSQL together (budget: at least
60,000, stretch 100,000), and how it divides.
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import sys
import tempfile
import time
import uuid
from pathlib import Path

import asyncpg

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.ingest import EVENTS, encode_all, make_batches, prepare
from bench.support import postgres_cpu
from mien.collector.flush import write_batches
from mien.postgres import EmbeddedPostgres
from mien.store.database import Database
from mien.worker import Worker

SIZES = (50, 500, 5_000)


async def fill(dsn: str, key: str, events: int, session_events: int) -> None:
    """Sessions of the wanted size, through the writer's own code."""
    batches_per_session = session_events // EVENTS
    encoded = encode_all(make_batches(key, events // EVENTS, session_events))
    session_id = uuid.uuid4()
    for number, one in enumerate(encoded):
        if number % batches_per_session == 0:
            session_id = uuid.uuid4()
        # The session's id stands behind two bytes of field count and four of length in every row.
        old = one.session.session_id.bytes
        one.rows = {table: [row.replace(old, session_id.bytes, 1) for row in rows] for table, rows in one.rows.items()}
        one.session.session_id = session_id
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


async def empty(dsn: str) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute("TRUNCATE p_default.sessions, p_default.users, p_default.analysis_queue CASCADE")
    await connection.execute("TRUNCATE p_default.received_batches")
    await connection.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=200_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mien-bench-") as folder:
        embedded = EmbeddedPostgres(Path(folder) / "data", shared_buffers="1GB")
        with embedded:
            run(embedded.dsn(), (Path(folder) / "data" / "postgres").resolve(), options.events)


def run(dsn: str, cluster: Path, events: int) -> None:
    """One line for each size of session and each of the two passes."""
    key = asyncio.run(prepare(dsn))
    names = ("session events", "pass", "events/s", "per core", "python us", "database us")
    print(" ".join(f"{name:>14}" for name in names))
    for size in SIZES:
        asyncio.run(empty(dsn))
        asyncio.run(fill(dsn, key, events, size))
        for number in (1, 2):
            wall, own, server = asyncio.run(analyse(dsn, cluster))
            cells = (
                str(size),
                str(number),
                f"{events / wall:,.0f}",
                f"{events / (own + server):,.0f}",
                f"{own / events * 1e6:.2f}",
                f"{server / events * 1e6:.2f}",
            )
            print(" ".join(f"{cell:>14}" for cell in cells), flush=True)


if __name__ == "__main__":
    main()
