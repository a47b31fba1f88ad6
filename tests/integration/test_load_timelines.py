"""Sessions are loaded within limits, the newest rows first to be kept, and their true row counts are known."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from mien.store import load_timelines as loading
from mien.store.database import Database
from mien.store.load_timelines import Loaded, load_timelines, split_by_size
from mien.store.sweeps import Sweeper
from mien.worker import Worker
from tests.support.queue import SCHEMA, execute, value

LIMITS = {"MAX_EVENTS": 5, "MAX_CALLS": 4, "MAX_ERRORS": 3}


@pytest.fixture
def limits(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, limit in LIMITS.items():
        monkeypatch.setattr(loading, name, limit)


async def add_rows(database: Database, events: int, calls: int, errors: int) -> uuid.UUID:
    """A session whose n-th row of each table comes n seconds after its start, inserted in no order of time."""
    session_id = uuid.uuid4()
    await execute(database, "INSERT INTO sessions (session_id, started_at) VALUES ($1, '2026-01-01')", session_id)
    numbers = "FROM generate_series(1, $2) n ORDER BY md5(n::text)"
    at = "timestamp '2026-01-01' + n * interval '1 second'"
    for count, insert in (
        (events, "events (session_id, event_type, screen, occurred_at) SELECT $1, 'click', '/' || n,"),
        (calls, "latency_metrics (session_id, api, latency_ms, occurred_at) SELECT $1, 'GET /' || n, 1,"),
        (errors, "error_logs (session_id, message, occurred_at) SELECT $1, 'error ' || n,"),
    ):
        await execute(database, f"INSERT INTO {insert} {at} {numbers}", session_id, count)
    return session_id


async def load(database: Database, *session_ids: uuid.UUID) -> list[Loaded]:
    async with database.snapshot(SCHEMA) as queries:
        loaded = await load_timelines(queries, session_ids, ["click"])
    return sorted(loaded, key=lambda one: session_ids.index(one.timeline.session_id))


@pytest.mark.usefixtures("limits")
async def test_the_newest_rows_are_kept_oldest_first_and_all_are_counted(database: Database) -> None:
    [one] = await load(database, await add_rows(database, 12, 11, 10))
    assert [event.screen for event in one.timeline.events] == ["/8", "/9", "/10", "/11", "/12"]
    assert [call.api for call in one.timeline.calls] == ["GET /8", "GET /9", "GET /10", "GET /11"]
    assert [(error.message, error.count) for error in one.timeline.errors] == [
        ("error 1", 8), ("error 2", 1), ("error 10", 1),
    ], "first and last of a kind stay"  # fmt: skip
    assert (one.event_count, one.call_count, one.error_count) == (12, 11, 10)
    assert one.timeline.truncated


@pytest.mark.usefixtures("limits")
@pytest.mark.parametrize(
    ("rows", "truncated"),
    [((5, 4, 3), False), ((6, 4, 3), True), ((5, 5, 3), True), ((5, 4, 4), True), ((0, 0, 0), False)],
)
async def test_truncated_says_that_something_was_left_out(
    database: Database, rows: tuple[int, int, int], truncated: bool
) -> None:
    short = await add_rows(database, 1, 0, 2)
    one, other = await load(database, await add_rows(database, *rows), short)
    assert one.timeline.truncated is truncated
    assert (one.event_count, one.call_count, one.error_count) == rows
    assert not other.timeline.truncated
    assert (other.event_count, other.call_count, other.error_count) == (1, 0, 2)


@pytest.mark.usefixtures("limits")
async def test_no_more_than_the_limit_leaves_the_database(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    came: dict[str, int] = {}
    columns_of = loading._columns

    async def watched(queries: Any, name: str, **values: object) -> Any:
        found = await columns_of(queries, name, **values)
        came[name] = max(len(column) for columns in found.values() for column in columns)
        return found

    monkeypatch.setattr(loading, "_columns", watched)
    await load(database, await add_rows(database, 50, 50, 50), await add_rows(database, 50, 50, 50))
    assert came == {"timeline.events": 5, "timeline.calls": 4, "timeline.errors": 3}


@pytest.mark.usefixtures("limits")
async def test_a_truncated_session_is_not_queued_for_ever(database: Database) -> None:
    """The sweep compares counts of rows with those of the last analysis: they must be the real ones."""
    await add_rows(database, 12, 11, 10)
    worker = Worker(database)
    for _ in range(2):
        await worker.round()
    assert await value(database, "SELECT event_count + call_count + error_count FROM analyzer_runs") == 33
    assert await value(database, "SELECT (coverage ->> 'truncated')::bool FROM score_facts")
    async with database.writing(SCHEMA) as queries:
        assert await Sweeper().sweep(queries) == 0, "nothing new"
    assert await value(database, "SELECT count(*) FROM analysis_queue") == 0


async def test_equal_times_keep_the_senders_order_then_that_of_the_content(database: Database) -> None:
    session_id = uuid.uuid4()
    await execute(database, "INSERT INTO sessions (session_id) VALUES ($1)", session_id)
    for screen, seq in (("/c", "null"), ("/b", '{"seq": 10}'), ("/a", '{"seq": 9}'), ("/e", None), ("/d", None)):
        await execute(
            database,
            "INSERT INTO events (session_id, event_type, screen, metadata, occurred_at)"
            " VALUES ($1, 'click', $2, $3::text::jsonb, '2026-01-01')",
            session_id,
            screen,
            seq,
        )
    [one] = await load(database, session_id)
    assert [event.screen for event in one.timeline.events] == ["/a", "/b", "/c", "/d", "/e"]
    assert [event.metadata for event in one.timeline.events][:2] == ['{"seq": 9}', '{"seq": 10}']


async def add_error(database: Database, session_id: uuid.UUID, message: str, second: float, times: int = 1) -> None:
    await execute(
        database,
        "INSERT INTO error_logs (session_id, screen, message, stack, occurred_at) SELECT $1, '/cart', $2, 'at pay',"
        " timestamp '2026-01-01' + $3 * interval '1 second' FROM generate_series(1, $4)",
        session_id, message, second, times,
    )  # fmt: skip


@pytest.mark.usefixtures("limits")
async def test_equal_errors_of_one_instant_are_one_with_their_number(database: Database) -> None:
    session_id = await add_rows(database, 0, 0, 0)
    await add_error(database, session_id, "pay broke", 1)
    await add_error(database, session_id, "loop", 2, times=500)
    await add_error(database, session_id, "loop", 3, times=7)
    [one] = await load(database, session_id)
    assert [(error.message, error.count) for error in one.timeline.errors] == [
        ("pay broke", 1), ("loop", 500), ("loop", 7),
    ]  # fmt: skip
    assert one.error_count == 508 and not one.timeline.truncated


@pytest.mark.usefixtures("limits")
async def test_a_loop_over_time_hides_no_other_error_and_is_counted_whole(database: Database) -> None:
    session_id = await add_rows(database, 0, 0, 0)
    await add_error(database, session_id, "pay broke", 0.5)
    for number in range(40):
        await add_error(database, session_id, f"no answer {number}", 1 + number)
    await add_error(database, session_id, "card refused", 20)
    [one] = await load(database, session_id)
    assert [(error.message, error.count) for error in one.timeline.errors] == [
        ("pay broke", 1), ("no answer 0", 40), ("card refused", 1),
    ]  # fmt: skip
    assert one.error_count == 42 and one.timeline.truncated


@pytest.mark.usefixtures("limits")
async def test_groups_hold_a_limited_number_of_rows_of_all_kinds(database: Database) -> None:
    ids = [await add_rows(database, 2, 2, 2) for _ in range(3)] + [await add_rows(database, 90, 90, 90)]
    async with database.reading(SCHEMA) as queries:
        assert await split_by_size(queries, ids, 12) == [ids[:2], ids[2:3], ids[3:]]
        assert await split_by_size(queries, ids, 18) == [ids[:3], ids[3:]], "more than its limit is not loaded"
