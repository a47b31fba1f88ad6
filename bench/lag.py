"""How long after its 200 a batch is in the visible score: `./run bench lag [--seconds N --limit EVENTS_PER_S]`.

A whole Mien (collector, worker, PostgreSQL) and the sender share the machine. First its limit: eight connections that
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
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import asyncpg

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.ingest import empty, post_all, prepare
from bench.mix import BATCHES_PER_SESSION, EVENTS, make_batches
from bench.support import ROOT, free_port, start_collector
from mien.postgres import EmbeddedPostgres

SHARES = (0.3, 0.6, 0.9)
SAMPLE_EVERY, LOOK_S, PATIENCE_S = 20, 0.1, 60.0
CONNECTIONS = 32
ANALYSED = "SELECT session_id::text, event_count FROM p_default.analyzer_runs WHERE session_id = ANY($1::uuid[])"

# Number, body and due time of a batch; None ends a connection.
Jobs: TypeAlias = asyncio.Queue[tuple[int, bytes, float] | None]


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


async def send(queue: Jobs, port: int, sessions: dict[int, str], told: Round) -> None:
    """One connection. A batch's time runs from when it was due, not from when a connection was free."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while (job := await queue.get()) is not None:
        number, body, due = job
        head = f"POST /v1/batch HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        answer = await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(int(answer.lower().split(b"content-length:")[1].split(b"\r\n")[0]))
        status, now = int(answer[9:12]), time.monotonic()
        told.statuses[status] += 1
        told.answered.append(now - due)
        if status == 200 and is_sampled(number, len(sessions)):
            events = EVENTS * (number // len(sessions) + 1)
            told.waiting.setdefault(sessions[number % len(sessions)], []).append((events, now))
    writer.close()


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
    sessions = {number: session_of(bodies[number]) for number in range(count)}
    queue: Jobs = asyncio.Queue()
    is_over = asyncio.Event()
    senders = [asyncio.create_task(send(queue, port, sessions, told)) for _ in range(CONNECTIONS)]
    looking = asyncio.create_task(look(dsn, told, is_over))
    began = time.monotonic()
    for number, body in enumerate(bodies):
        due = began + number * EVENTS / rate
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        queue.put_nowait((number, body, due))
    for _ in senders:
        queue.put_nowait(None)
    await asyncio.gather(*senders)
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
            bodies = make_batches(key, 3_000, 0)
            began = time.monotonic()
            assert set(asyncio.run(post_all(served.port, bodies, 8))) == {200}
            limit = len(bodies) * EVENTS / (time.monotonic() - began)
        print(f"limit: {limit:,.0f} events/s, with the worker beside it")
        names = ("load", "events/s", "answer p50", "p95 ms", "score p50", "p95 s", "slowest")
        print(" ".join(f"{name:>10}" for name in names))
        for number, share in enumerate(SHARES, 1):
            rate = share * limit
            bodies = make_batches(key, max(BATCHES_PER_SESSION * SAMPLE_EVERY, int(rate * seconds / EVENTS)), number)
            asyncio.run(empty(dsn))
            told = asyncio.run(paced(dsn, served.port, bodies, rate))
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
    with tempfile.TemporaryDirectory(prefix="mien-bench-") as folder:
        Path(folder).chmod(0o711)
        with EmbeddedPostgres(Path(folder) / "data", shared_buffers="1GB") as server:
            run(server.dsn, options.seconds, options.limit)


if __name__ == "__main__":
    main()
