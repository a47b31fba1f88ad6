"""Durable ingest over HTTP beside raw COPY of the same rows, in one run: `./run bench ingest [--seconds N]`.

Three processes share the machine, as in life: this load client, one Mien (collector and PostgreSQL, no worker), its
database. The workload is that of bench/mix.py. Reported: events/s committed over HTTP, the same rows by COPY BINARY on
two connections, their ratio (budget: at least 0.50), and CPU seconds per million events of collector and database.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.mix import EVENTS, make_batches
from bench.support import Process, cpu_seconds, free_port, postgres_cpu, start_collector
from mien.batch import Batch, Client
from mien.collector.encode import COLUMNS, Encoded, encode
from mien.collector.flush import merge_sessions, write_parents
from mien.collector.receivers import sdk
from mien.collector.steps import STEPS
from mien.config import Settings
from mien.postgres import EmbeddedPostgres
from mien.store import migrate
from mien.store.copy_binary import copy_rows
from mien.store.database import Database
from mien.store.projects import create_key, create_project

CONNECTIONS = 8
RAW_CONNECTIONS = 2
RAW_TRANSACTION_BATCHES = 200


@dataclass
class Figures:
    """One arm of the comparison. CPU in seconds per million events."""

    events: int
    seconds: float
    collector_cpu: float
    database_cpu: float

    @property
    def rate(self) -> float:
        """Committed events per second."""
        return self.events / self.seconds

    def per_million(self, cpu_s: float) -> float:
        """CPU seconds per million events."""
        return cpu_s * 1e6 / self.events


async def post_all(port: int, bodies: list[bytes], connections: int) -> Counter[int]:
    """Closed loop: each connection sends its next batch when the last was answered. Counts answers by status."""
    waiting = iter(bodies)
    statuses: Counter[int] = Counter()

    async def connection() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for body in waiting:
            head = (
                f"POST /v1/batch HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            writer.write(head.encode() + body)
            answer = await reader.readuntil(b"\r\n\r\n")
            length = int(answer.lower().split(b"content-length:")[1].split(b"\r\n")[0])
            await reader.readexactly(length)
            statuses[int(answer[9:12])] += 1
        writer.close()

    await asyncio.gather(*(connection() for _ in range(connections)))
    return statuses


async def http_arm(process: Process, cluster: Path, bodies: list[bytes], dsn: str, connections: int) -> Figures:
    """All bodies over HTTP; the counts in the database must be exact."""
    before, collector = postgres_cpu(cluster), cpu_seconds(process.pid)
    started = time.perf_counter()
    statuses = await post_all(process.port, bodies, connections)
    seconds = time.perf_counter() - started
    figures = Figures(
        len(bodies) * EVENTS, seconds, cpu_seconds(process.pid) - collector, postgres_cpu(cluster) - before
    )
    assert set(statuses) == {200}, f"not all were stored: {statuses}"
    connection = await asyncpg.connect(dsn)
    stored = await connection.fetchval("SELECT count(*) FROM p_default.events")
    await connection.close()
    assert stored == figures.events, f"{stored} events stored, {figures.events} sent"
    return figures


def encode_all(bodies: list[bytes]) -> list[Encoded]:
    """The very rows that the collector would write."""
    encoded = []
    for body in bodies:
        envelope = sdk.parse(gzip.decompress(body), Counter())
        batch = Batch(envelope, time.time() * 1000, Client("203.0.113.7", "Mozilla/5.0"))
        for step in STEPS:
            step(batch, Settings())
        encoded.append(encode(batch, 1 << 20))
    return encoded


async def raw_arm(cluster: Path, dsn: str, encoded: list[Encoded]) -> Figures:
    """The same rows by COPY BINARY on two connections: no batch ids, no queue, nothing to decode."""
    parents = await asyncpg.connect(dsn, server_settings={"search_path": "p_default"})
    async with parents.transaction():
        await write_parents(parents, encoded)
    groups = [encoded[at : at + RAW_TRANSACTION_BATCHES] for at in range(0, len(encoded), RAW_TRANSACTION_BATCHES)]
    tables = [
        {table: [b"".join(row for one in group for row in one.rows[table])] for table in group[0].rows}
        for group in groups
    ]
    waiting: Iterable[dict[str, list[bytes]]] = iter(tables)

    async def connection() -> None:
        link = await asyncpg.connect(dsn, server_settings={"search_path": "p_default", "enable_seqscan": "off"})
        for rows in waiting:
            async with link.transaction():
                for table, body in rows.items():
                    await copy_rows(link, table, COLUMNS[table], body)
        links.append(link)

    links: list[Any] = []
    before, started = postgres_cpu(cluster), time.perf_counter()
    await asyncio.gather(*(connection() for _ in range(RAW_CONNECTIONS)))
    seconds = time.perf_counter() - started
    # Read before the connections close: the CPU of a backend that ended is no longer in the sum.
    figures = Figures(len(encoded) * EVENTS, seconds, 0.0, postgres_cpu(cluster) - before)
    for link in (*links, parents):
        await link.close()
    assert merge_sessions(encoded)
    return figures


async def empty(dsn: str) -> None:
    """Both arms start with empty tables and a fresh checkpoint."""
    connection = await asyncpg.connect(dsn)
    tables = "users, sessions, events, latency_metrics, error_logs, replay_chunks, received_batches, analysis_queue"
    names = ", ".join(f"p_default.{name.strip()}" for name in tables.split(","))
    await connection.execute(f"TRUNCATE {names} CASCADE")
    await connection.execute("CHECKPOINT")
    await connection.close()


async def prepare(dsn: str) -> str:
    await asyncio.to_thread(migrate.upgrade, dsn)
    database = await Database.connect(dsn)
    key = await create_key(database, await create_project(database, "default"))
    await database.close()
    return key


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--batches", type=int, default=6000, help="batches of 50 events per round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=CONNECTIONS, help="each sends when its last was answered")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mien-bench-") as folder:
        data = Path(folder)
        embedded = EmbeddedPostgres(data / "data", shared_buffers="1GB")
        with embedded:
            run(
                embedded.dsn(),
                (data / "data" / "postgres").resolve(),
                options.batches,
                options.rounds,
                options.connections,
            )


def run(dsn: str, cluster: Path, batches: int, rounds: int, connections: int) -> None:
    """Arms in turn, so that what else the machine does hits both; the median round counts."""
    key = asyncio.run(prepare(dsn))
    process = start_collector(dsn, free_port())
    ratios = []
    print(f"{batches * EVENTS:,} events a round, {connections} connections")
    names = ("round", "HTTP events/s", "COPY events/s", "ratio", "collector", "database", "raw db")
    print(" ".join(f"{name:>14}" for name in names), " (the last three: CPU-s per million events)")
    try:
        asyncio.run(post_all(process.port, make_batches(key, 200, 0), connections))
        for number in range(1, rounds + 1):
            bodies = make_batches(key, batches, number)
            asyncio.run(empty(dsn))
            http = asyncio.run(http_arm(process, cluster, bodies, dsn, connections))
            encoded = encode_all(bodies)
            asyncio.run(empty(dsn))
            raw = asyncio.run(raw_arm(cluster, dsn, encoded))
            ratios.append(http.rate / raw.rate)
            cpu = (http.collector_cpu, http.database_cpu)
            figures = [http.per_million(cpu[0]), http.per_million(cpu[1]), raw.per_million(raw.database_cpu)]
            cells = [str(number), f"{http.rate:,.0f}", f"{raw.rate:,.0f}", f"{ratios[-1]:.2f}"]
            print(" ".join(f"{cell:>14}" for cell in cells + [f"{figure:.1f}" for figure in figures]), flush=True)
    finally:
        process.stop()
    print(f"median ratio {sorted(ratios)[len(ratios) // 2]:.2f} (budget: at least 0.50; collector at most 6 CPU-s)")


if __name__ == "__main__":
    main()
