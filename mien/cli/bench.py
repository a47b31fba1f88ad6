"""`mien bench fill`: made-up visits, to see how fast Mien answers when it holds much."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from typing import Annotated

import asyncpg
import msgspec
import typer

from mien.batch import Batch, Client
from mien.cli.analyze import analyse_now
from mien.cli.context import DataOption, ProjectOption, say, settings_of, with_database
from mien.collector.encode import encode
from mien.collector.flush import write_batches
from mien.collector.receivers import sdk
from mien.collector.steps import STEPS
from mien.config import Settings
from mien.demo.synthetic import DAY_S, SYNTHETIC, Plan, Visit, planted, visits
from mien.store.database import Database
from mien.store.projects import find_project
from mien.store.statements import quoted

app = typer.Typer(name="bench", help="Made-up data, to measure with.", no_args_is_help=True)
GROUP = 100
"""Visits of one transaction."""


@app.callback()
def bench() -> None:
    """Made-up data, to measure with."""


@app.command()
def fill(
    sessions: Annotated[int, typer.Option(min=1, help="How many visits.")] = 10_000,
    days: Annotated[float, typer.Option(min=0.01, max=3_650, help="Over how many days up to now.")] = 30,
    seed: Annotated[int, typer.Option(help="Another number, other visits; the same one, the same.")] = 1,
    incident: Annotated[bool, typer.Option("--incident/--no-incident", help="Plant one incident; says which.")] = True,
    analyze: Annotated[bool, typer.Option("--analyze/--no-analyze", help="Analyse them at once.")] = True,
    project: ProjectOption = "default",
    data: DataOption = None,
) -> None:
    """Write made-up visits to a made-up shop into a project. They carry the campaign source "mien-synthetic".

    Choose a project of its own for them: mien project create bench.
    """
    until = time.time()
    since = until - days * DAY_S
    one = planted(seed, since, until) if incident else None
    plan = Plan(sessions, since, until, seed, (one,) if one else ())

    async def work(database: Database) -> int:
        schema = (await find_project(database, project)).schema
        began = time.monotonic()
        events = await write_visits(database.dsn, schema, plan)
        say(f"Written: {sessions} sessions, {events} events, in {time.monotonic() - began:.0f} s (source {SYNTHETIC}).")
        return await analyse_now(database, schema) if analyze else 0

    analysed = with_database(settings_of(data), work)
    if analyze:
        say(f"Analysed: {analysed} sessions.")
    if one is not None:
        kind, place = one.place
        when = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(one.at))
        say(f"Planted: {one.kind}, {kind} {place}, since {when}, for {one.for_whom or 'everybody'}.")


async def write_visits(dsn: str, schema: str, plan: Plan) -> int:
    """All visits of the plan, by as many processes as there are processors; returns how many events. A repeat writes
    nothing twice: the same plan has the same ids."""
    parts = min(os.cpu_count() or 1, 8, max(1, plan.sessions // GROUP))
    # Not forked: this process has threads and open connections.
    with ProcessPoolExecutor(parts, multiprocessing.get_context("spawn")) as pool:
        loop = asyncio.get_running_loop()
        counts = await asyncio.gather(
            *(loop.run_in_executor(pool, _write_part, dsn, schema, plan, part, parts) for part in range(parts))
        )
    return sum(counts)


def _write_part(dsn: str, schema: str, plan: Plan, part: int, parts: int) -> int:
    return asyncio.run(_write(dsn, schema, plan, part, parts))


async def _write(dsn: str, schema: str, plan: Plan, part: int, parts: int) -> int:
    settings, events = Settings(), 0
    connection = await asyncpg.connect(dsn, server_settings={"timezone": "UTC"})
    try:
        await connection.execute(f"SET search_path TO {quoted(schema)}")
        waiting = visits(plan, "mk_synthetic", part, parts)
        while made := [clean(visit, settings) for visit in islice(waiting, GROUP)]:
            await write_batches(connection, [encode(batch, settings.max_replay_chunk_bytes) for batch in made])
            events += sum(len(batch.envelope.events) for batch in made)
    finally:
        await connection.close()
    return events


def clean(visit: Visit, settings: Settings) -> Batch:
    """As the collector does with what a browser sends, but of any age."""
    dropped: Counter[str] = Counter()
    envelope = sdk.parse(msgspec.json.encode(visit.body), dropped)
    batch = Batch(envelope, visit.body["sent_at"], Client("192.0.2.1", visit.user_agent), True, dropped=dropped)
    for step in STEPS:
        step(batch, settings)
    return batch
