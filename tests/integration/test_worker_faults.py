"""What goes wrong around the worker: leases that run out, deadlocks, a project that is broken. Nothing is lost."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

import asyncpg
import pytest

from mien import worker as worker_module
from mien.store import findings, work_queue
from mien.store.database import Database
from mien.store.load_timelines import load_timelines, split_by_size
from mien.store.projects import create_project
from mien.store.sweeps import Sweeper
from mien.worker import Worker
from tests.support.queue import SCHEMA, add_session, execute, value


async def scored(database: Database, schema: str = SCHEMA) -> int:
    return int(await value(database, "SELECT count(*) FROM experience_scores", schema=schema))


async def queued(database: Database) -> int:
    return int(await value(database, "SELECT count(*) FROM analysis_queue"))


async def test_a_lease_that_ran_out_loses_nothing(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody claimed the session meanwhile, so its row still bears our lease: it was deleted without being analysed."""
    await add_session(database)
    monkeypatch.setattr(work_queue, "LEASE_S", 0.0)
    assert await Worker(database).process(SCHEMA) == 1
    assert (await scored(database), await queued(database)) == (0, 1)
    monkeypatch.undo()
    await execute(database, "UPDATE analysis_queue SET ready_at = now()")
    assert await Worker(database).drain(SCHEMA) == 1
    assert (await scored(database), await queued(database)) == (1, 0)


async def test_a_lease_that_runs_out_between_writing_and_finishing_costs_a_repeat_at_most(database: Database) -> None:
    session_id = await add_session(database)
    lease = uuid.uuid4()
    async with database.writing(SCHEMA) as queries:
        claims = await work_queue.claim_sessions(queries, lease, 1)
    await execute(database, "UPDATE analysis_queue SET leased_until = now() - interval '1 second'")
    async with database.writing(SCHEMA) as queries:
        await work_queue.finish_sessions(queries, lease, claims, [session_id])
    assert await value(database, "SELECT lease FROM analysis_queue") is None
    assert await queued(database) == 1


async def test_the_lease_is_renewed_for_each_group_of_a_claim(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five groups that take half a lease each."""
    for _ in range(5):
        await add_session(database)
    monkeypatch.setattr(worker_module, "GROUP_ROWS", 1)
    monkeypatch.setattr(work_queue, "LEASE_S", 0.6)

    async def slowly(*arguments: Any) -> Any:
        await asyncio.sleep(0.3)
        return await load_timelines(*arguments)

    monkeypatch.setattr(worker_module, "load_timelines", slowly)
    assert await Worker(database).process(SCHEMA) == 5
    assert (await scored(database), await queued(database)) == (5, 0)


async def test_a_group_that_somebody_else_claimed_meanwhile_is_left_to_them(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await add_session(database)
    theirs = uuid.uuid4()

    async def taken(*arguments: Any) -> Any:
        await execute(database, "UPDATE analysis_queue SET lease = $1", theirs)
        return await split_by_size(*arguments)

    monkeypatch.setattr(worker_module, "split_by_size", taken)
    await Worker(database).process(SCHEMA)
    assert await scored(database) == 0
    assert await value(database, "SELECT lease FROM analysis_queue") == theirs


async def enqueue_all(database: Database, ids: list[uuid.UUID]) -> None:
    async with database.writing(SCHEMA) as queries:
        await work_queue.enqueue(queries, everything=True)


async def enqueue_some(database: Database, ids: list[uuid.UUID]) -> None:
    async with database.writing(SCHEMA) as queries:
        await work_queue.enqueue(queries, only=ids[::-1])


async def enqueue_outdated(database: Database, ids: list[uuid.UUID]) -> None:
    async with database.writing(SCHEMA) as queries:
        await queries.execute("work_queue.enqueue_outdated", version_key="new", max_sessions=100)


async def sweep(database: Database, ids: list[uuid.UUID]) -> None:
    async with database.writing(SCHEMA) as queries:
        await Sweeper().sweep(queries)


@pytest.mark.parametrize("enqueue", [enqueue_all, enqueue_some, enqueue_outdated, sweep])
async def test_filling_the_queue_never_deadlocks_with_the_collector(database: Database, enqueue: Any) -> None:
    """The collector takes the rows of the smallest id first; whoever holds a larger one by then would deadlock."""
    ids = sorted((uuid.uuid4() for _ in range(40)), reverse=True)
    for session_id in ids:  # in the table, and so in any unsorted plan, the largest comes first
        await add_session(database, session_id)
    await execute(database, "DELETE FROM analysis_queue")
    async with database.writing(SCHEMA) as collector:
        await collector.execute("collect.enqueue", session_ids=ids[-1:])
        other = asyncio.create_task(enqueue(database, ids))
        while not await value(database, "SELECT count(*) FROM pg_locks WHERE NOT granted"):
            await asyncio.sleep(0.01)
            assert not other.done()
        await collector.execute("collect.enqueue", session_ids=ids[::-1])
    await other
    assert await queued(database) == 40


@pytest.mark.parametrize("step", ["finish", "put_off", "renew"])
async def test_taking_from_the_queue_never_deadlocks_with_the_collector(database: Database, step: str) -> None:
    ids = sorted((uuid.uuid4() for _ in range(40)), reverse=True)
    for session_id in ids:
        await add_session(database, session_id)
    lease = uuid.uuid4()
    async with database.writing(SCHEMA) as queries:
        claims = await work_queue.claim_sessions(queries, lease, 100)
    assert len(claims) == 40

    async def take() -> None:
        async with database.writing(SCHEMA) as queries:
            if step == "finish":
                await work_queue.finish_sessions(queries, lease, claims, ids)
            elif step == "put_off":
                await work_queue.put_off(queries, lease, ids, 1.0)
            else:
                await work_queue.renew(queries, lease, ids)

    async with database.writing(SCHEMA) as collector:
        await collector.execute("collect.enqueue", session_ids=ids[-1:])
        other = asyncio.create_task(take())
        while not await value(database, "SELECT count(*) FROM pg_locks WHERE NOT granted"):
            await asyncio.sleep(0.01)
            assert not other.done()
        await collector.execute("collect.enqueue", session_ids=ids[::-1])
    await other
    assert await queued(database) == 40, "all of them grew meanwhile"


async def test_a_deadlock_is_tried_again_at_once(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    await add_session(database)
    tries = 0

    async def chosen_as_victim(*arguments: Any) -> None:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise asyncpg.DeadlockDetectedError("planted")
        await findings.replace_findings(*arguments)

    monkeypatch.setattr(worker_module, "replace_findings", chosen_as_victim)
    assert await Worker(database).process(SCHEMA) == 1
    assert (tries, await scored(database), await queued(database)) == (3, 1, 0)


async def becomes_scored(database: Database, schema: str, sessions: int) -> bool:
    for _ in range(100):
        if await scored(database, schema) == sessions:
            return True
        await asyncio.sleep(0.05)
    return False


@pytest.mark.parametrize("table", ["analysis_queue", "events", "journey_steps"])
async def test_a_broken_project_does_not_stop_the_others(
    database: Database, table: str, caplog: pytest.LogCaptureFixture
) -> None:
    other = await create_project(database, "other", "Other")
    await add_session(database)
    await add_session(database, schema=other.schema)
    await execute(database, f"DROP TABLE {table} CASCADE")
    stop = asyncio.Event()
    running = asyncio.create_task(Worker(database).run(stop))
    try:
        assert await becomes_scored(database, other.schema, 1) and not running.done()
        # And goes on: the broken one is older, and so looked at before.
        await add_session(database, schema=other.schema)
        assert await becomes_scored(database, other.schema, 2) and not running.done()
    finally:
        stop.set()
        ended = await asyncio.wait_for(asyncio.gather(running, return_exceptions=True), 5)
    assert ended[0] is None
    assert caplog.text.count(f"{SCHEMA} cannot be analysed; trying again") == 1, "it is left alone for a while"


async def test_a_session_that_cannot_be_loaded_costs_only_itself(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = await add_session(database)
    for _ in range(3):
        await add_session(database)

    async def picky(queries: Any, session_ids: list[uuid.UUID], metadata_types: Any) -> Any:
        if bad in session_ids:
            raise ValueError("planted")
        return await load_timelines(queries, session_ids, metadata_types)

    monkeypatch.setattr(worker_module, "load_timelines", picky)
    await Worker(database).drain(SCHEMA)
    assert (await scored(database), await value(database, "SELECT session_id FROM analysis_queue")) == (3, bad)
