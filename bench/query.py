"""How long the pages take: `./run bench query [--sessions 73000 730000] [--calls N] [--data FOLDER]`.

For each number of sessions (13.6 events each, over 30 days: 1 M and 10 M events) a database of made-up visits, filled,
analysed and rolled up like any other; then every page's call over HTTP against one `mien serve`, alone: the first call
after PostgreSQL has started anew (its own cache is empty, the system's is not), then N more of which p50 and p95 are
taken. Each call is asked of the whole project, of one screen, release and device type (what roll-ups hold), of two
segments that they do not hold, of a quarter and of 3 % of the sessions, and of the whole project with robots, which no
roll-up holds either: the raw rows.

Budget (design.md 7): p95 200 ms for the first four, and 1.5 times its time at a tenth of the events; 2 s for others.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import httpx

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.support import free_port, passable_folder, start_collector
from mien.cli.bench import write_visits
from mien.demo.synthetic import DAY_S, Plan, planted
from mien.errors import SetupError
from mien.postgres import EmbeddedPostgres
from mien.store import accounts, migrate, work_queue
from mien.store.database import Database
from mien.store.projects import create_project, find_project
from mien.store.roll_up import roll_up_due
from mien.worker import Worker

DAYS, SEED = 30, 1
BUDGET_MS, RAW_BUDGET_MS, GROWTH = 200, 2_000, 1.5
SHOP = {"on": "/p/:id", "start": "/list", "api": "GET /api/search", "steps": "/list>>/cart>>/payment"}
CALLS: dict[str, tuple[str, dict[str, str]]] = {
    "Overview": ("overview", {"compare": "1"}),
    "Sessions": ("sessions", {}),
    "Sessions by score": ("sessions", {"sort": "score", "order": "asc"}),
    "Score by screen": ("score", {"by": "screen"}),
    "Score by element": ("score", {"by": "element"}),
    "Score by release": ("score", {"by": "release"}),
    "Score summary": ("score/summary", {}),
    "Score by device": ("screens/devices", {}),
    "Heatmaps": ("heatmaps", {}),
    "Heatmap clicks": ("heatmap", {"on": SHOP["on"], "layer": "click", "mode": "page"}),
    "Heatmap dead": ("heatmap", {"on": SHOP["on"], "layer": "dead", "mode": "element"}),
    "Heatmap scroll": ("heatmap", {"on": SHOP["on"], "layer": "scroll"}),
    "Heatmap attention": ("heatmap", {"on": SHOP["on"], "layer": "attention"}),
    "Heatmap elements": ("heatmap/elements", {"on": SHOP["on"]}),
    "Flow from the entry": ("journeys/flow", {}),
    "Flow from a screen": ("journeys/flow", {"start": SHOP["start"]}),
    "Loops": ("journeys/loops", {}),
    "Funnel": ("journeys/funnel", {"steps": SHOP["steps"]}),
    "Latency": ("latency", {}),
    "Latency of an API": ("latency/api", {"api": SHOP["api"]}),
    "Dose": ("latency/dose", {}),
    "Vitals": ("latency/vitals", {}),
    "Errors": ("errors", {}),
    "Screens": ("screens", {}),
    "Signals": ("signals", {}),
    "Moments": ("moments", {}),
}
WHOLE, OTHER, RAW = "whole", "other", "raw"
ROLLED = (WHOLE, "screen", "release", "device")
"""What roll-ups hold."""
SEGMENTS: dict[str, dict[str, str]] = {
    WHOLE: {},
    "screen": {"screen": "/cart"},
    "release": {},  # the one of most sessions
    "device": {"device_type": "phone"},
    "browser": {"browser": "Safari"},  # a quarter of the sessions
    OTHER: {"browser": "Safari", "having": "score:0-90"},  # 3 %
    RAW: {"bots": "1"},
}


@dataclass
class Timed:
    """One call in one segment. Milliseconds. `source`: what the answer says that it is made of."""

    call: str
    segment: str
    cold: float
    p50: float
    p95: float
    source: str

    @property
    def is_within(self) -> bool:
        """Whether p95 is in its budget; raw has none of its own."""
        return self.p95 <= (BUDGET_MS if self.segment in ROLLED else RAW_BUDGET_MS)


def fill(dsn: str, sessions: int) -> None:
    """Write, analyse and roll up, unless as many are there."""
    until = time.time() // 3600 * 3600
    plan = Plan(sessions, until - DAYS * DAY_S, until, SEED, (planted(SEED, until - DAYS * DAY_S, until),))

    async def work() -> None:
        await asyncio.to_thread(migrate.upgrade, dsn)
        database = await Database.connect(dsn, statement_timeout_ms=600_000)
        with suppress(SetupError):  # there from an earlier run
            await create_project(database, "default")
        schema = (await find_project(database, "default")).schema
        began = time.monotonic()
        async with database.reading(schema) as queries:
            is_there = await queries.connection.fetchval("SELECT count(*) FROM sessions") >= sessions
        events = 0 if is_there else await write_visits(dsn, schema, plan)
        written = time.monotonic()
        async with database.writing(schema) as queries:
            await work_queue.enqueue(queries)
        await Worker(database).drain(schema)
        analysed = time.monotonic()
        while await roll_up_due(database, schema, quiet_s=0):
            pass
        print(
            f"{sessions:,} sessions: {events:,} events written in {written - began:.0f} s, "
            f"analysed in {analysed - written:.0f} s, rolled up in {time.monotonic() - analysed:.0f} s", flush=True,
        )  # fmt: skip
        await database.close()

    asyncio.run(work())


async def token_of(dsn: str) -> str:
    database = await Database.connect(dsn)
    token = await accounts.create_token(database, "bench", None)
    await database.close()
    return token


@contextmanager
def client_of(dsn: str) -> Iterator[httpx.Client]:
    """Of a `mien serve` of its own."""
    token = asyncio.run(token_of(dsn))
    served = start_collector(dsn, free_port())
    base = f"http://127.0.0.1:{served.port}/api/projects/default/"
    try:
        with httpx.Client(
            base_url=base, headers={"Authorization": f"Bearer {token}"}, timeout=60, trust_env=False
        ) as client:
            yield client
    finally:
        served.stop()


def ask(client: httpx.Client, path: str, params: dict[str, str]) -> tuple[float, Any]:
    """Milliseconds, and the answer; None where it was too slow (503)."""
    began = time.monotonic()
    answer = client.get(path, params=params)
    took_ms = (time.monotonic() - began) * 1000
    if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:
        return took_ms, None
    answer.raise_for_status()
    return took_ms, answer.json()


def measure(dsn: str, calls: int, period: dict[str, str], names: list[str]) -> list[Timed]:
    """Each call in each segment; the segments in turn, so that none has the caches for itself."""
    cold: dict[tuple[str, str], float] = {}
    warm: dict[tuple[str, str], list[float]] = {}
    sources: dict[tuple[str, str], str] = {}
    with client_of(dsn) as client:
        releases = ask(client, "score", {**period, "by": "release"})[1]["rows"]
        newest = {"release": max(releases, key=lambda row: row["sessions"])["name"]}
        segments = {name: newest if name == "release" else SEGMENTS[name] for name in names}
        for number in range(calls + 1):
            for name, (path, params) in CALLS.items():
                for segment, narrowed in segments.items():
                    key = name, segment
                    if number > 1 and cold[key] > 5_000:  # three times is enough of that
                        continue
                    took_ms, answer = ask(client, path, {**period, **params, **narrowed})
                    sources[key] = "too slow" if answer is None else answer.get("answered_from", "")
                    if number == 0:
                        cold[key] = took_ms
                    else:
                        warm.setdefault(key, []).append(took_ms)
    return [
        Timed(*key, cold[key], statistics.median(took), sorted(took)[-(-95 * len(took) // 100) - 1], sources[key])
        for key, took in warm.items()
    ]


async def disk_of(dsn: str) -> list[tuple[str, int, int, int]]:
    """Table, rows, bytes of it, bytes of its indexes; the largest first."""
    connection = await asyncpg.connect(dsn)
    rows = await connection.fetch(
        """SELECT c.relname, greatest(c.reltuples, 0)::bigint AS row_count, pg_table_size(c.oid) AS bytes,
                  pg_indexes_size(c.oid) AS index_bytes
           FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE n.nspname = 'p_default' AND c.relkind IN ('r', 'p') ORDER BY pg_total_relation_size(c.oid) DESC"""
    )
    await connection.close()
    return [tuple(row) for row in rows]


def print_times(timed: list[Timed], smaller: dict[tuple[str, str], float]) -> None:
    """`smaller`: p95 by call and segment with a tenth of the events; empty when there is no such run."""
    raw = {one.call: one.p95 for one in timed if one.segment == RAW}
    names = ("cold", "p50", "p95", "budget", "of raw", "growth")
    print(f"{'call':20} {'segment':8} {'from':16}", " ".join(f"{name:>7}" for name in names))
    for one in timed:
        budget = BUDGET_MS if one.segment in ROLLED else RAW_BUDGET_MS
        growth = smaller.get((one.call, one.segment))
        cells = [f"{one.cold:.0f}", f"{one.p50:.0f}", f"{one.p95:.0f}", f"{budget}{' ' if one.is_within else '!'}"]
        cells += [f"{one.p95 / raw[one.call]:.2f}" if raw else "", f"{one.p95 / growth:.2f}" if growth else ""]
        print(f"{one.call:20} {one.segment:8} {one.source:16}", " ".join(f"{cell:>7}" for cell in cells))
    kept = [one for one in timed if one.segment != RAW]
    print(f"within the budget: {sum(one.is_within for one in kept)} of {len(kept)}")


def print_disk(rows: list[tuple[str, int, int, int]]) -> None:
    events = next(count for name, count, *_ in rows if name == "events")
    print(f"{'table':24} {'rows':>12} {'MB':>8} {'index MB':>9} {'bytes an event':>15}")
    for name, count, size, index in rows:
        if size + index > events:  # a byte an event
            print(f"{name:24} {count:12,} {size / 1e6:8.0f} {index / 1e6:9.0f} {(size + index) / events:15.1f}")
    print(f"all: {sum(size + index for _, _, size, index in rows) / events:.0f} bytes an event, replay included")


def run(
    folder: Path, sessions: int, calls: int, names: list[str], smaller: dict[tuple[str, str], float]
) -> dict[tuple[str, str], float]:
    """One size: prints, and returns p95 by call and segment."""
    with EmbeddedPostgres(folder, shared_buffers="1GB") as server:
        fill(server.dsn, sessions)
        asyncio.run(vacuum(server.dsn))
    with EmbeddedPostgres(folder, shared_buffers="1GB") as server:  # anew: nothing in its cache
        now = datetime.now(UTC)
        period = {"since": (now - timedelta(days=DAYS)).isoformat(), "until": now.isoformat()}
        timed = measure(server.dsn, calls, period, names)
        print_times(timed, smaller)
        print_disk(asyncio.run(disk_of(server.dsn)))
    return {(one.call, one.segment): one.p95 for one in timed}


async def vacuum(dsn: str) -> None:
    """As autovacuum would in time."""
    connection = await asyncpg.connect(dsn)
    await connection.execute("VACUUM ANALYZE")
    await connection.execute("VACUUM FULL p_default.dirty_hours")  # the marks of a fill; only its last pages are freed
    await connection.close()


def main() -> None:
    """Reads the options and runs every size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, nargs="+", default=[73_000, 730_000])
    parser.add_argument("--calls", type=int, default=20, help="of each kind, after the first")
    parser.add_argument("--segments", nargs="+", choices=SEGMENTS, default=list(SEGMENTS), help="raw takes longest")
    parser.add_argument("--data", type=Path, help="keep the databases in this folder and use what is there")
    options = parser.parse_args()
    smaller: dict[tuple[str, str], float] = {}
    with passable_folder() as temporary:
        folder = options.data or temporary
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o711)
        for sessions in options.sessions:
            smaller = run(folder / str(sessions), sessions, options.calls, options.segments, smaller)


if __name__ == "__main__":  # the visits are written by processes of their own, which import this file
    main()
