"""`mien analyze` ends, however busy the site is, and what it promises is done when it does."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

import pytest

from mien.cli.analyze import analyse_now
from mien.store import work_queue
from mien.store.database import Database
from mien.worker import Worker
from tests.support.queue import SCHEMA, add_session, execute, value


async def analysed(database: Database) -> set[uuid.UUID]:
    found = await value(database, "SELECT array_agg(session_id) FROM analyzer_runs")
    return set(found or ())


async def test_it_ends_on_a_site_with_traffic(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A session comes with every look at the queue, due now; another is due in an hour. Both were waited for."""
    waiting = {await add_session(database) for _ in range(3)}
    process = Worker.process

    async def busy(worker: Worker, *arguments: Any) -> int:
        await add_session(database)
        await add_session(database, due_in_s=3600)
        return await process(worker, *arguments)

    monkeypatch.setattr(Worker, "process", busy)
    assert await asyncio.wait_for(analyse_now(database, SCHEMA), 20) == 3
    assert await analysed(database) == waiting
    assert await value(database, "SELECT count(*) FROM analysis_queue") >= 2, "left to the next one who looks"


async def test_what_waits_for_later_is_analysed_too(database: Database) -> None:
    late = await add_session(database, due_in_s=3600)
    assert await asyncio.wait_for(analyse_now(database, SCHEMA), 20) == 1
    assert await analysed(database) == {late}


async def test_only_the_sessions_that_were_asked_for(database: Database) -> None:
    wanted, other = await add_session(database, due_in_s=3600), await add_session(database)
    assert await analyse_now(database, SCHEMA, only=[wanted, uuid.uuid4()]) == 1
    assert await analysed(database) == {wanted}
    assert await value(database, "SELECT session_id FROM analysis_queue") == other


async def test_what_another_worker_has_in_hand_is_waited_for_and_said(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    await add_session(database)
    theirs = uuid.uuid4()
    async with database.writing(SCHEMA) as queries:
        claims = await work_queue.claim_sessions(queries, theirs, 1)
    running = asyncio.create_task(analyse_now(database, SCHEMA))
    await asyncio.sleep(1)
    assert not running.done()
    async with database.writing(SCHEMA) as queries:
        await work_queue.finish_sessions(queries, theirs, claims, [claims[0].session_id])
    assert await asyncio.wait_for(running, 5) == 0
    assert capsys.readouterr().err.count("Waiting for 1 session that another worker has in hand") == 1


async def test_a_worker_that_died_is_not_waited_for_longer_than_its_lease(database: Database) -> None:
    session_id = await add_session(database)
    async with database.writing(SCHEMA) as queries:
        await work_queue.claim_sessions(queries, uuid.uuid4(), 1)
    await execute(database, "UPDATE analysis_queue SET leased_until = now() + interval '500 ms'")
    assert await asyncio.wait_for(analyse_now(database, SCHEMA), 10) == 1
    assert await analysed(database) == {session_id}


async def test_a_rebuild_takes_sessions_from_whoever_has_them_in_hand(database: Database) -> None:
    """Another worker may be of an older version: what it finds after that is not written."""
    session_id = await add_session(database)
    theirs = uuid.uuid4()
    async with database.writing(SCHEMA) as queries:
        claims = await work_queue.claim_sessions(queries, theirs, 1)
    assert await asyncio.wait_for(analyse_now(database, SCHEMA, everything=True), 10) == 1
    assert await analysed(database) == {session_id}
    async with database.writing(SCHEMA) as queries:
        assert await work_queue.still_held(queries, theirs, [claims[0].session_id]) == set()


async def test_a_session_that_cannot_be_stored_is_not_waited_for(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mien import worker as worker_module

    async def refuse(*arguments: Any) -> None:
        raise ValueError("planted")

    await add_session(database)
    monkeypatch.setattr(worker_module, "replace_findings", refuse)
    assert await asyncio.wait_for(analyse_now(database, SCHEMA), 10) == 1
    assert await analysed(database) == set()
    assert await value(database, "SELECT count(*) FROM analysis_queue WHERE ready_at > now()") == 1
