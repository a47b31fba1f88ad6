"""Bytes on disk for an event: `./run bench disk [--events N]`.

The mix of events (bench/mix.py), 10 million of it in 30 days (13,900 in an hour), written by the writer's own code,
analysed and rolled up like any other. Every table with its indexes; replay apart, which has a budget of its own.

Budget (design.md 7): 600 B an event for everything but replay; the events alone took 285 B in a prototype, and 1,582 B
in Umami.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import asyncpg

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.ingest import prepare
from bench.mix import BATCHES_PER_SESSION, EVENTS, make_batches
from bench.query import disk_of, vacuum
from bench.support import passable_folder
from mien.batch import Batch, Client
from mien.cli.garbage import look_seldom
from mien.collector.encode import Encoded, encode
from mien.collector.flush import write_batches
from mien.collector.receivers import sdk
from mien.collector.steps import STEPS
from mien.config import Settings
from mien.postgres import EmbeddedPostgres
from mien.store import work_queue
from mien.store.database import Database
from mien.store.roll_up import roll_up_due
from mien.worker import Worker

EVENTS_PER_HOUR = 10_000_000 / (30 * 24)
HOUR_MS = 3_600_000
BUDGET_B, REPLAY = 600, "replay_chunks"
TIMES = {"sent_at", "started_at", "at"}


def earlier(value: Any, by_ms: int) -> Any:
    """A decoded batch with all its times moved."""
    if isinstance(value, dict):
        return {key: one - by_ms if key in TIMES else earlier(one, by_ms) for key, one in value.items()}
    return [earlier(one, by_ms) for one in value] if isinstance(value, list) else value


def encode_spread(bodies: list[bytes], sessions: int, hours: float) -> list[Encoded]:
    """The rows of batches of which every `sessions`-th belongs to the same session, begun over so many hours."""
    settings, encoded = Settings(), []
    for number, packed in enumerate(bodies):
        by_ms = int(number % sessions / sessions * hours * HOUR_MS)
        body = earlier(json.loads(gzip.decompress(packed)), by_ms)
        envelope = sdk.parse(json.dumps(body).encode(), Counter())
        batch = Batch(envelope, body["sent_at"], Client("203.0.113.7", "Mozilla/5.0"))
        for step in STEPS:
            step(batch, settings)
        encoded.append(encode(batch, settings.max_replay_chunk_bytes))
    return encoded


async def fill(dsn: str, events: int) -> None:
    """Write, analyse, roll up."""
    key = await prepare(dsn)
    batches = events // EVENTS
    bodies = make_batches(key, batches, 1)
    encoded = encode_spread(bodies, max(1, batches // BATCHES_PER_SESSION), events / EVENTS_PER_HOUR)
    connection = await asyncpg.connect(dsn, server_settings={"search_path": "p_default", "timezone": "UTC"})
    for at in range(0, len(encoded), 100):
        await write_batches(connection, encoded[at : at + 100])
    await connection.close()
    database = await Database.connect(dsn, statement_timeout_ms=600_000)
    async with database.writing("p_default") as queries:
        await work_queue.enqueue(queries)
    await Worker(database).drain("p_default")
    began, rolled = time.process_time(), time.monotonic()
    while await roll_up_due(database, "p_default", quiet_s=0):
        pass
    print(f"rolled up in {time.monotonic() - rolled:.1f} s ({time.process_time() - began:.1f} s of them Python)")
    await database.close()


def report(rows: list[tuple[str, int, int, int]]) -> None:
    """`rows` as of query.disk_of."""
    events = next(count for name, count, *_ in rows if name == "events")
    print(f"{'table':24} {'rows an event':>14} {'bytes an event':>15} {'of them index':>14}")
    for name, count, size, index in rows:
        if size + index > events / 2:
            print(f"{name:24} {count / events:14.3f} {(size + index) / events:15.1f} {index / events:14.1f}")
    rolled = sum(size + index for name, _, size, index in rows if name.startswith("rollup_")) / events
    whole = sum(size + index for name, _, size, index in rows if name != REPLAY) / events
    share = whole / BUDGET_B
    print(f"all but replay: {whole:.0f} bytes an event, {rolled:.0f} of them roll-ups: {share:.2f} of the budget")


def main() -> None:
    """Reads the options and runs it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=300_000)
    options = parser.parse_args()
    look_seldom()
    with (
        passable_folder() as folder,
        EmbeddedPostgres(folder / "data", shared_buffers="1GB") as server,
    ):
        asyncio.run(fill(server.dsn, options.events))
        asyncio.run(vacuum(server.dsn))
        report(asyncio.run(disk_of(server.dsn)))


if __name__ == "__main__":
    main()
