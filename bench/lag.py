"""How long after its 200 a batch is in the visible score: `./run bench lag [--seconds N --limit EVENTS_PER_S]`.

A whole Mien (collector, worker, PostgreSQL) and the sender share the machine. First its limit: 128 connections that
each send the next batch of bench/mix.py when the last was answered. Then batches come at 30, 60 and 90 % of that rate,
evenly, whether or not the former were answered. Of every 20th batch: milliseconds until the 200, and until a score is
committed that was computed with all of the session's events up to it. Looked for every 100 ms.

Budget (design.md 7): p95 of the 200 at 60 % at most 50 ms; p95 of the score at most 5 s.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import os
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import sender
from bench.ingest import empty, prepare
from bench.mix import BATCHES_PER_SESSION, EVENTS, make_batches
from bench.support import ROOT, free_port, passable_folder, start_collector
from mien.postgres import EmbeddedPostgres

SHARES = (0.3, 0.6, 0.9)
SAMPLE_EVERY, LOOK_S, PATIENCE_S = 20, 0.1, 60.0
CONNECTIONS = 128
ANALYSED = "SELECT session_id::text, event_count FROM p_default.analyzer_runs WHERE session_id = ANY($1::uuid[])"


@dataclass
class Round:
    """Seconds of the sampled batches; `waiting`: session -> (events up to the batch, when it was answered)."""

    answered: list[float] = field(default_factory=list)
    scored: list[float] = field(default_factory=list)
    waiting: dict[str, list[tuple[int, float]]] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)


def is_sampled(number: int, sessions: int) -> bool:
    """Every 20th session is followed, with all of its batches."""
    return number % sessions % SAMPLE_EVERY == 0


async def look(dsn: str, told: Round, is_over: asyncio.Event) -> None:
    """Until every sampled batch is in a score, or nobody would wait any longer."""
    connection = await asyncpg.connect(dsn)
    ended = None
    while not (is_over.is_set() and not told.waiting):
        if is_over.is_set():
            ended = ended or time.monotonic()
            if time.monotonic() - ended > PATIENCE_S:
                break
        rows = await connection.fetch(ANALYSED, list(told.waiting))
        now = time.monotonic()
        for session, count in rows:
            left = []
            for events, since in told.waiting.get(session, []):
                if events <= count:
                    told.scored.append(now - since)
                else:
                    left.append((events, since))
            told.waiting[session] = left
            if not left:
                del told.waiting[session]
        await asyncio.sleep(LOOK_S)
    told.scored += [float("inf")] * sum(len(left) for left in told.waiting.values())
    await connection.close()


async def paced(dsn: str, port: int, bodies: list[bytes], rate: float) -> Round:
    """All bodies, `rate` events a second."""
    told = Round()
    count = max(1, len(bodies) // BATCHES_PER_SESSION)
    sessions = [session_of(bodies[number]) for number in range(count)]
    is_over = asyncio.Event()

    def tell(number: int, status: int, due: float) -> None:
        now = time.monotonic()
        told.statuses[status] += 1
        told.answered.append(now - due)
        if status == 200 and is_sampled(number, count):
            events = EVENTS * (number // count + 1)
            told.waiting.setdefault(sessions[number % count], []).append((events, now))

    looking = asyncio.create_task(look(dsn, told, is_over))
    await sender.post_evenly(port, sender.requests_of(bodies), EVENTS / rate, CONNECTIONS, tell)
    is_over.set()
    await looking
    return told


def session_of(body: bytes) -> str:
    """The id within a gzipped batch."""

    return str(json.loads(gzip.decompress(body))["session"]["session_id"])


def quantile(values: list[float], share: float) -> float:
    """`share` in 0 to 1; NaN of nothing."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else float("nan")


def run(dsn: str, seconds: float, limit: float | None) -> None:
    key = asyncio.run(prepare(dsn))
    served = start_collector(dsn, free_port())

    worker = subprocess.Popen(
        [sys.executable, "-m", "mien", "worker"],
        env={**os.environ, "DATABASE_URL": dsn, "PYTHONPATH": str(ROOT)}, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        if limit is None:
            requests = sender.requests_of(make_batches(key, 3_000, 0))
            began = time.monotonic()
            assert set(sender.run(sender.post_all(served.port, requests, CONNECTIONS))) == {200}
            limit = len(requests) * EVENTS / (time.monotonic() - began)
        print(f"limit: {limit:,.0f} events/s, with the worker beside it")
        names = ("load", "events/s", "answer p50", "p95 ms", "score p50", "p95 s", "slowest")
        print(" ".join(f"{name:>10}" for name in names))
        for number, share in enumerate(SHARES, 1):
            rate = share * limit
            bodies = make_batches(key, max(BATCHES_PER_SESSION * SAMPLE_EVERY, int(rate * seconds / EVENTS)), number)
            asyncio.run(empty(dsn))
            told = sender.run(paced(dsn, served.port, bodies, rate))
            refused = sum(told.statuses.values()) - told.statuses[200]
            answers = [1000 * quantile(told.answered, share) for share in (0.5, 0.95)]
            scores = [quantile(told.scored, share) for share in (0.5, 0.95, 1)]
            cells = [f"{share:.0%}", f"{rate:,.0f}", *(f"{ms:.0f}" for ms in answers), *(f"{s:.1f}" for s in scores)]
            print(" ".join(f"{cell:>10}" for cell in cells), f"{refused} not stored" if refused else "", flush=True)
    finally:
        worker.terminate()
        worker.wait(30)
        served.stop()
    print("budget: answer p95 50 ms at 60 %, score p95 5 s")


def main() -> None:
    """Reads the options and runs it on a database of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=30, help="of each load")
    parser.add_argument("--limit", type=float, help="events/s; measured when left out")
    options = parser.parse_args()
    with passable_folder() as folder, EmbeddedPostgres(folder / "data", shared_buffers="1GB") as server:
        run(server.dsn, options.seconds, options.limit)


if __name__ == "__main__":
    main()
