"""Durable ingest over HTTP beside raw COPY of the same rows, in turn: `./run bench ingest [--batches N --rounds N]`.

Three processes share the machine, as in life: this load client, one Mien (collector and PostgreSQL, no worker), its
database. The workload is that of bench/mix.py, in requests made beforehand; 128 connections, each of which sends its
next batch when the last was answered. Beside it the same rows of the same tables by COPY BINARY, encoded beforehand,
on two connections, 10,000 events a transaction: no batch ids, no queue, and users and sessions written before the clock
starts. Empty tables before each arm, rows counted after it.

Reported: events/s committed and their ratio (budget: at least 0.50); CPU seconds per million events of client,
collector (budget: at most 6) and database; the cores that others took meanwhile. Where those differ the arms are no
pair; the ratio of the CPU of both arms then says more: that of the rates if nothing else ran and both cores were busy.
Last, how long an answer takes when batches come evenly, at 30, 60 and 90 % of the median rate.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import asyncpg

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import sender
from bench.mix import EVENTS, make_batches
from bench.support import Process, cpu_seconds, free_port, machine_cpu, passable_folder, postgres_cpu, start_collector
from mien.batch import Batch, Client
from mien.collector.encode import COLUMNS, Encoded, encode
from mien.collector.flush import write_parents
from mien.collector.receivers import sdk
from mien.collector.steps import STEPS
from mien.config import Settings
from mien.postgres import EmbeddedPostgres
from mien.store import migrate
from mien.store.copy_binary import copy_rows
from mien.store.database import Database
from mien.store.projects import create_key, create_project

CONNECTIONS = 128
RAW_CONNECTIONS = 2
RAW_TRANSACTION_BATCHES = 200
SHARES, BUDGET_SHARE, LOAD_S = (0.3, 0.6, 0.9), 0.6, 8.0


@dataclass
class Figures:
    """One arm of the comparison. CPU in seconds."""

    events: int
    seconds: float
    client_cpu: float
    collector_cpu: float
    database_cpu: float
    all_cpu: float

    @property
    def rate(self) -> float:
        """Committed events per second."""
        return self.events / self.seconds

    @property
    def per_million(self) -> tuple[float, float, float]:
        """CPU seconds per million events: client, collector, database."""
        scale = 1e6 / self.events
        return self.client_cpu * scale, self.collector_cpu * scale, self.database_cpu * scale

    @property
    def others(self) -> float:
        """Cores taken by what does not belong to the benchmark."""
        return max(0.0, self.all_cpu - self.client_cpu - self.collector_cpu - self.database_cpu) / self.seconds


class Clock:
    """Time and CPU of one arm; `collector` None where there is none."""

    def __init__(self, cluster: Path, collector: int | None) -> None:
        self.cluster, self.collector = cluster, collector
        self.before = self._read()

    def _read(self) -> tuple[float, ...]:
        collector = cpu_seconds(self.collector) if self.collector else 0.0
        return time.perf_counter(), time.process_time(), collector, postgres_cpu(self.cluster), machine_cpu()

    def stop(self, events: int) -> Figures:
        """Call before connections to the database close: the CPU of a backend that ended is no longer in the sum."""
        return Figures(events, *(after - before for after, before in zip(self._read(), self.before, strict=True)))


def http_arm(process: Process, cluster: Path, requests: list[bytes], dsn: str, connections: int) -> Figures:
    """All requests over HTTP; the counts in the database must be exact."""
    clock = Clock(cluster, process.pid)
    statuses = sender.run(sender.post_all(process.port, requests, connections))
    figures = clock.stop(len(requests) * EVENTS)
    assert set(statuses) == {200}, f"not all were stored: {statuses}"
    stored = asyncio.run(count_events(dsn))
    assert stored == figures.events, f"{stored} events stored, {figures.events} sent"
    return figures


async def count_events(dsn: str) -> int:
    connection = await asyncpg.connect(dsn)
    stored: int = await connection.fetchval("SELECT count(*) FROM p_default.events")
    await connection.close()
    return stored


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
    tables = [{table: [b"".join(one.rows[table] for one in group)] for table in group[0].rows} for group in groups]
    waiting: Iterable[dict[str, list[bytes]]] = iter(tables)

    options = {"search_path": "p_default", "enable_seqscan": "off"}

    async def copy(link: Any) -> None:
        for rows in waiting:
            async with link.transaction():
                for table, body in rows.items():
                    await copy_rows(link, table, COLUMNS[table], body)

    links = [await asyncpg.connect(dsn, server_settings=options) for _ in range(RAW_CONNECTIONS)]
    clock = Clock(cluster, None)
    await asyncio.gather(*map(copy, links))
    figures = clock.stop(len(encoded) * EVENTS)
    for link in (*links, parents):
        await link.close()
    stored = await count_events(dsn)
    assert stored == figures.events, f"{stored} events stored, {figures.events} encoded"
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
    with passable_folder() as data:
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
    ratios, cpu_ratios, collector_cpu, rates = [], [], [], []
    print(f"{batches * EVENTS:,} events a round, {connections} connections; CPU in seconds per million events")
    names = ("round", "arm", "events/s", "ratio", "client", "collector", "database", "others' cores")
    print(" ".join(f"{name:>13}" for name in names))
    try:
        sender.run(sender.post_all(process.port, sender.requests_of(make_batches(key, 200, 0)), connections))
        for number in range(1, rounds + 1):
            bodies = make_batches(key, batches, number)
            encoded, requests = encode_all(bodies), sender.requests_of(bodies)
            asyncio.run(empty(dsn))
            raw = sender.run(raw_arm(cluster, dsn, encoded))
            del encoded
            asyncio.run(empty(dsn))
            http = http_arm(process, cluster, requests, dsn, connections)
            ratios.append(http.rate / raw.rate)
            cpu_ratios.append(sum(raw.per_million) / sum(http.per_million))
            collector_cpu.append(http.per_million[1])
            show(number, "COPY", raw, "")
            show(number, "HTTP", http, f"{ratios[-1]:.2f}")
            rates.append(http.rate)
        for share in SHARES:
            show_answers(
                process, requests[: max(200, int(share * median(rates) * LOAD_S / EVENTS))], share, median(rates), dsn
            )
    finally:
        process.stop()
    print(
        f"median ratio {median(ratios):.2f} (budget: at least 0.50), of CPU {median(cpu_ratios):.2f};"
        f" collector {median(collector_cpu):.1f} CPU-s (budget: at most 6)"
    )


def show_answers(process: Process, requests: list[bytes], share: float, limit: float, dsn: str) -> None:
    """How long the 200 takes when batches come evenly at `share` of the limit (events/s): p50, p95 and p99."""
    took: list[float] = []
    statuses: Counter[int] = Counter()

    def tell(number: int, status: int, due: float) -> None:
        took.append(1000 * (time.monotonic() - due))
        statuses[status] += 1

    asyncio.run(empty(dsn))
    sender.run(sender.post_evenly(process.port, requests, EVENTS / (share * limit), 4 * CONNECTIONS, tell))
    assert set(statuses) == {200}, f"not all were stored: {statuses}"
    cuts = quantiles(took, n=100)
    print(
        f"answers at {share:.0%} of the median rate: p50 {cuts[49]:.0f}, p95 {cuts[94]:.0f}, p99 {cuts[98]:.0f} ms"
        + (" (budget: p95 50 ms)" if share == BUDGET_SHARE else ""),
        flush=True,
    )


def show(number: int, arm: str, figures: Figures, ratio: str) -> None:
    """One line of the table."""
    cells = [str(number), arm, f"{figures.rate:,.0f}", ratio, *(f"{cpu:.1f}" for cpu in figures.per_million)]
    print(" ".join(f"{cell:>13}" for cell in (*cells, f"{figures.others:.1f}")), flush=True)


if __name__ == "__main__":
    main()
