"""The worker fills the five derived tables, whoever wrote the collected rows, and a rebuild gives the same rows."""

from __future__ import annotations

import asyncio
import json
import random
import uuid
from typing import Any

import pytest

from mien import worker as worker_module
from mien.analyzers.run import run
from mien.store import work_queue
from mien.store.database import Database
from mien.store.findings import DERIVED
from mien.worker import Worker
from tests.support.app import Sender, collecting
from tests.support.batches import batch, click, now_ms

SCHEMA = "p_default"


async def fetch(database: Database, sql: str, *values: object) -> list[dict[str, Any]]:
    async with database.reading(SCHEMA) as queries:
        return [dict(row) for row in await queries.connection.fetch(sql, *values)]


async def execute(database: Database, sql: str, *values: object) -> None:
    async with database.writing(SCHEMA) as queries:
        await queries.connection.execute(sql, *values)


async def analyse_now(database: Database) -> int:
    """What waits is due now, whatever its delay."""
    await execute(database, "UPDATE analysis_queue SET ready_at = now() - interval '1 second'")
    return await Worker(database).drain(SCHEMA)


def visit(session_id: str, key: str, start: int) -> list[dict[str, Any]]:
    """A visit in four batches: a rage burst on a dead button, a slow call, an unfinished one, a failure, an error."""
    tab = str(uuid.uuid4())
    rage = [
        click(
            start + 3000 + 200 * n,
            screen="/cart",
            element_id="#voucher",
            metadata={"seq": 10 + n, "response_ms": None, "interactive": "native"},
        )
        for n in range(5)
    ]
    parts: list[dict[str, Any]] = [
        {
            "events": [
                {"type": "screen_view", "at": start, "screen": "/", "metadata": {"seq": 1, "vw": 1280, "vh": 800}},
                click(start + 900, screen="/", metadata={"seq": 2, "response_ms": 80, "response": "navigation"}),
                {"type": "screen_view", "at": start + 1000, "screen": "/cart", "metadata": {"seq": 3}},
            ]
        },
        {
            "events": rage,
            "latency": [{"api": "GET /api/search", "latency_ms": 4200, "status": 200, "at": start + 1000}],
        },
        {
            "events": [click(start + 9000, screen="/cart", element_id="#pay", metadata={"seq": 20, "response_ms": 30})],
            "latency": [
                {"api": "POST /api/pay", "latency_ms": 900, "status": 502, "at": start + 9030},
                {"api": "GET /api/ship", "latency_ms": 2500, "status": None, "at": start + 9030},
            ],
        },
        {
            "events": [
                {
                    "type": "pointer",
                    "at": start + 9500,
                    "screen": "/cart",
                    "metadata": {"seq": 21, "cells": [[3, 4, 500]]},
                }
            ],
            "errors": [
                {"screen": "/cart", "message": "TypeError: x is undefined", "stack": "at pay", "at": start + 9200}
            ],
        },
    ]
    bodies = [batch(key, session_id, tab=tab, seq=n, **part) for n, part in enumerate(parts)]
    for body in bodies:
        body["session"]["started_at"] = start
    return bodies


async def derived(database: Database) -> dict[str, list[str]]:
    """All derived rows without surrogate ids and detection times, as sorted JSON."""
    found = {}
    for table, columns in DERIVED.items():
        names = [name for name in columns if name != "event_id"]
        rows = await fetch(database, f"SELECT session_id, {', '.join(names)} FROM {table}")
        found[table] = sorted(json.dumps(row, default=str, sort_keys=True) for row in rows)
    return found


async def send_visits(sender: Sender, count: int, order: random.Random | None) -> None:
    start = 1_000 * (now_ms() // 1_000) - 60_000
    bodies = []
    for number in range(count):
        session_id = str(uuid.uuid5(uuid.NAMESPACE_URL, str(number)))
        bodies += visit(session_id, sender.key, start + number)
    if order:
        order.shuffle(bodies)
    for body in bodies:
        assert (await sender.send(body)).json()["dropped"] == {}


async def test_all_five_derived_tables_are_filled(database: Database) -> None:
    async with collecting(database) as sender:
        await send_visits(sender, 1, None)
    assert await analyse_now(database) == 1
    rage = await fetch(database, "SELECT * FROM rage_click_events")
    assert [(row["element_id"], row["click_count"]) for row in rage] == [("#voucher", 5)]
    steps = await fetch(database, "SELECT step_num, screen FROM journey_steps ORDER BY step_num")
    assert [(row["step_num"], row["screen"]) for row in steps] == [(1, "/"), (2, "/cart")]
    points = await fetch(database, "SELECT weight FROM heatmap_points ORDER BY weight")
    assert [row["weight"] for row in points] == [0.5] + [1.0] * 7
    emotion = {row["emotion"] for row in await fetch(database, "SELECT emotion FROM emotion_predictions")}
    assert emotion & {"frustrated"}, "rage, an error and a failed request within seconds"
    score = (await fetch(database, "SELECT score, issues FROM experience_scores"))[0]
    assert 0 < score["score"] < 60
    types = {issue["type"] for issue in score["issues"]}
    assert {"rage_click", "unfinished_wait", "failed_request"} <= types
    exact = (await fetch(database, "SELECT score_exact, points_by_cause FROM score_facts"))[0]
    assert sum(issue["points"] for issue in score["issues"]) == pytest.approx(100 - exact["score_exact"], abs=1e-9)
    assert sum(exact["points_by_cause"].values()) == pytest.approx(100 - exact["score_exact"], abs=1e-9)


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_streaming_in_any_order_and_rebuilding_give_identical_rows(database: Database, seed: int) -> None:
    order = random.Random(seed)
    async with collecting(database) as sender:
        start = 1_000 * (now_ms() // 1_000) - 60_000
        bodies = [body for number in range(4) for body in visit(str(uuid.uuid4()), sender.key, start + number)]
        order.shuffle(bodies)
        for body in bodies:  # analysed while it grows, as in life
            await sender.send(body)
            await analyse_now(database)
    streamed = await derived(database)
    await execute(database, "DELETE FROM analyzer_runs")
    for table in DERIVED:
        await execute(database, f"DELETE FROM {table}")
    async with database.writing(SCHEMA) as queries:
        await queries.execute("work_queue.enqueue_all")
    await analyse_now(database)
    assert await derived(database) == streamed
    assert all(streamed.values()), "every derived table has rows to compare"


async def test_rows_of_plain_sql_are_found_and_analysed(database: Database) -> None:
    """Only the specification's columns; a NULL end; a raw JSON replay chunk; rows without a session beside them."""
    session_id = uuid.uuid4()
    await execute(
        database, "INSERT INTO sessions (session_id, started_at) VALUES ($1, now() - interval '1 minute')", session_id
    )
    for number in range(5):
        await execute(
            database,
            "INSERT INTO events (session_id, event_type, screen, element_id, x, y, occurred_at)"
            " VALUES ($1, 'click', '/cart', '#pay', 10, 10, now() - interval '30 seconds' + $2 * interval '200 ms')",
            session_id,
            number,
        )
    await execute(
        database, "INSERT INTO events (session_id, event_type, screen) VALUES ($1, 'screen_view', '/cart')", session_id
    )
    await execute(database, "INSERT INTO events (event_type, screen) VALUES ('click', '/nobody')")
    await execute(
        database,
        "INSERT INTO events (session_id, occurred_at) VALUES ($1, 'infinity'), ($1, NULL), ($1, '0044-03-15 BC')",
        session_id,
    )
    await execute(
        database,
        "INSERT INTO latency_metrics (session_id, api, latency_ms, status) VALUES ($1, 'GET /x', 5000, 500), "
        "(NULL, NULL, NULL, NULL)",
        session_id,
    )
    await execute(database, "INSERT INTO latency_metrics (session_id) VALUES ($1)", session_id)
    await execute(
        database,
        "INSERT INTO error_logs (session_id, message) VALUES ($1, 'boom'), (NULL, 'nobody'), ($1, NULL)",
        session_id,
    )
    await execute(
        database,
        "INSERT INTO replay_chunks (session_id, chunk_index, chunk_data) VALUES ($1, 0, $2)",
        session_id,
        [{"type": 4, "timestamp": 1}],
    )
    worker = Worker(database)
    for _ in range(2):
        await worker.round()
    assert (await fetch(database, "SELECT count(*) AS n FROM experience_scores"))[0]["n"] == 1
    assert (await fetch(database, "SELECT score FROM experience_scores"))[0]["score"] < 100
    rage = await fetch(database, "SELECT click_count FROM rage_click_events")
    assert [row["click_count"] for row in rage] == [5]
    assert (await fetch(database, "SELECT count(*) AS n FROM analysis_queue"))[0]["n"] == 0
    # One more row, much later, by the same hand.
    await execute(
        database, "INSERT INTO events (session_id, event_type, screen) VALUES ($1, 'screen_view', '/done')", session_id
    )
    worker.due.clear()
    await worker.round()
    await worker.round()
    steps = await fetch(database, "SELECT screen FROM journey_steps ORDER BY step_num")
    assert [row["screen"] for row in steps][-1:] == ["/done"]


async def test_a_row_below_the_newest_id_that_commits_late_is_found(database: Database) -> None:
    early, late = uuid.uuid4(), uuid.uuid4()
    await execute(database, "INSERT INTO sessions (session_id) VALUES ($1), ($2)", early, late)
    connection = await database.pool.acquire()
    transaction = connection.transaction()
    await transaction.start()
    await connection.execute(
        "INSERT INTO p_default.events (session_id, event_type, screen) VALUES ($1, 'click', '/a')", early
    )
    await execute(database, "INSERT INTO events (session_id, event_type, screen) VALUES ($1, 'click', '/b')", late)
    worker = Worker(database)
    await worker.round()
    await worker.round()
    await transaction.commit()
    await database.pool.release(connection)
    worker.due.clear()
    await worker.round()
    await worker.round()
    analysed = {
        row["session_id"] for row in await fetch(database, "SELECT session_id FROM analyzer_runs WHERE event_count = 1")
    }
    assert analysed == {early, late}


async def test_one_failing_analyzer_stops_only_itself_and_is_named(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from mien.analyzers import ANALYZERS

    def broken(*_: object) -> Any:
        raise ValueError("planted")

    analyzers = [replace(one, analyze=broken) if one.name == "heatmap" else one for one in ANALYZERS]
    monkeypatch.setattr(worker_module, "run", lambda timeline, baselines: run(timeline, baselines, analyzers))
    async with collecting(database) as sender:
        await send_visits(sender, 1, None)
    await analyse_now(database)
    assert await fetch(database, "SELECT * FROM heatmap_points") == []
    assert (await fetch(database, "SELECT count(*) AS n FROM rage_click_events"))[0]["n"] == 1
    failed = (await fetch(database, "SELECT failed FROM analyzer_runs"))[0]["failed"]
    assert failed == {"heatmap": "ValueError: planted"}
    coverage = (await fetch(database, "SELECT coverage FROM score_facts"))[0]["coverage"]
    assert "heatmap" in coverage["failed"], "a score never looks better by accident"


async def test_a_session_that_grows_during_its_analysis_stays_in_the_queue(database: Database) -> None:
    async with collecting(database) as sender:
        session_id = str(uuid.uuid4())
        await sender.send(batch(sender.key, session_id, events=[click()]))
        await execute(database, "UPDATE analysis_queue SET ready_at = now() - interval '1 second'")
        lease = uuid.uuid4()
        async with database.writing(SCHEMA) as queries:
            claims = await work_queue.claim_sessions(queries, lease, 10)
        await sender.send(batch(sender.key, session_id, events=[click()]))
        async with database.writing(SCHEMA) as queries:
            await work_queue.finish_sessions(queries, lease, claims, [claim.session_id for claim in claims])
    waiting = await fetch(database, "SELECT lease FROM analysis_queue")
    assert [row["lease"] for row in waiting] == [None]


async def test_a_worker_that_died_is_replaced_when_its_lease_runs_out(database: Database) -> None:
    async with collecting(database) as sender:
        await send_visits(sender, 1, None)
    await execute(database, "UPDATE analysis_queue SET ready_at = now() - interval '1 second'")
    async with database.writing(SCHEMA) as queries:
        assert len(await work_queue.claim_sessions(queries, uuid.uuid4(), 10)) == 1
    assert await Worker(database).drain(SCHEMA) == 0, "somebody has it in hand"
    await execute(database, "UPDATE analysis_queue SET leased_until = now() - interval '1 second'")
    assert await Worker(database).drain(SCHEMA) == 1


async def test_two_workers_at_once_leave_each_row_once(database: Database) -> None:
    async with collecting(database) as sender:
        await send_visits(sender, 30, None)
    await execute(database, "UPDATE analysis_queue SET ready_at = now() - interval '1 second'")
    done = await asyncio.gather(*(Worker(database).drain(SCHEMA) for _ in range(3)))
    assert sum(done) == 30
    scores = await fetch(database, "SELECT session_id, count(*) AS n FROM experience_scores GROUP BY 1")
    assert [row["n"] for row in scores] == [1] * 30


async def test_a_new_version_queues_old_sessions_again(database: Database) -> None:
    async with collecting(database) as sender:
        await send_visits(sender, 2, None)
    await analyse_now(database)
    await execute(database, "UPDATE analyzer_runs SET version_key = 'old'")
    worker = Worker(database)
    await worker.round()
    await worker.round()
    keys = {row["version_key"] for row in await fetch(database, "SELECT version_key FROM analyzer_runs")}
    assert keys == {worker.tuned[SCHEMA].version_key}
