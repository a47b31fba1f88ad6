"""Baselines: what a project sets becomes a version, history follows, and what scores were before stays readable."""

from __future__ import annotations

import asyncio
import logging
import uuid
from datetime import datetime
from typing import Any

import pytest

from mien import tuning
from mien import worker as worker_module
from mien.analyzers import VERSION_KEY
from mien.analyzers.baselines import NO_BASELINES, Muted
from mien.errors import InvalidRequest
from mien.screen_baselines import Learner
from mien.store import baselines as stored
from mien.store.baselines import StoredMute
from mien.store.database import Database
from mien.store.findings import MAX_FORMER
from mien.store.projects import create_project
from mien.store.work_queue import waiting
from mien.worker import Worker
from tests.support.queue import SCHEMA, execute, value

START = "now() AT TIME ZONE 'UTC' - interval '2 hours'"
SETTINGS = ("tester", "a test")


async def add_rage(database: Database, clicks: int, age: str = "2 hours", schema: str = SCHEMA) -> uuid.UUID:
    """A session with a burst of clicks that nothing answered, and a queue row that is due."""
    session_id = uuid.uuid4()
    begun = f"now() AT TIME ZONE 'UTC' - interval '{age}'"
    async with database.writing(schema) as queries:
        run = queries.connection.execute
        await run(
            f"INSERT INTO sessions (session_id, started_at, ended_at) VALUES ($1, {begun}, {begun} + interval '9 s')",
            session_id,
        )
        await run(
            "INSERT INTO events (session_id, event_type, screen, occurred_at)"
            f" VALUES ($1, 'screen_view', '/a', {begun})",
            session_id,
        )
        await run(
            "INSERT INTO events (session_id, event_type, screen, element_id, x, y, occurred_at, metadata)"
            " SELECT $1, 'click', '/a', '#pay', 10, 10,"
            f" {begun} + interval '3 s' + n * interval '200 ms', $3 FROM generate_series(1, $2::int) AS n",
            session_id,
            clicks,
            {"response_ms": None, "interactive": "native", "tag": "button"},
        )
        await run(
            "INSERT INTO analysis_queue (session_id, ready_at, token) VALUES ($1, now(), nextval('analysis_token'))",
            session_id,
        )
    return session_id


async def rage_count(database: Database, schema: str = SCHEMA) -> int:
    return int(await value(database, "SELECT count(*) FROM signals WHERE type = 'rage_click'", schema=schema))


async def settle(worker: Worker, rounds: int = 4) -> None:
    for _ in range(rounds):
        worker.due.clear()
        await worker.round()


async def test_a_change_is_a_version_that_history_follows_and_the_former_score_stays(database: Database) -> None:
    session_id = await add_rage(database, 4)
    worker = Worker(database)
    await settle(worker)
    assert await rage_count(database) == 1
    score = await value(database, "SELECT score FROM experience_scores")
    first_key = await value(database, "SELECT version_key FROM analyzer_runs")
    assert first_key == f"{VERSION_KEY}.{NO_BASELINES.version}"

    changed = await tuning.set_thresholds(database, SCHEMA, *SETTINGS, {"rage_click.min_clicks": 5})
    assert (changed.is_new, changed.outdated) == (True, 1)
    await settle(worker)
    assert await rage_count(database) == 0, "four clicks are no burst any more"
    assert await value(database, "SELECT version_key FROM analyzer_runs") == f"{VERSION_KEY}.{changed.version}"
    former = await value(database, "SELECT score FROM former_scores WHERE session_id = $1", session_id)
    assert former == score < await value(database, "SELECT score FROM experience_scores")
    assert await value(database, "SELECT version_key FROM former_scores") == first_key

    back = await tuning.set_thresholds(database, SCHEMA, *SETTINGS, {}, frozenset({"rage_click.min_clicks"}))
    assert back.version == NO_BASELINES.version, "equal values have an equal version"
    await settle(worker)
    assert await rage_count(database) == 1
    keys = await value(database, "SELECT array_agg(version_key) FROM former_scores")
    assert keys == [f"{VERSION_KEY}.{changed.version}"], "what holds again is not former"
    assert await value(database, "SELECT count(*) FROM baselines") == 2, "append-only"


async def test_a_score_that_stays_the_same_is_not_kept_twice(database: Database) -> None:
    await add_rage(database, 4)
    worker = Worker(database)
    await settle(worker)
    await tuning.set_thresholds(database, SCHEMA, *SETTINGS, {"form_abandon.confidence": 0.4})
    await settle(worker)
    assert await value(database, "SELECT version_key FROM analyzer_runs") != f"{VERSION_KEY}.{NO_BASELINES.version}"
    assert await value(database, "SELECT count(*) FROM former_scores") == 0


async def test_the_last_three_former_scores_are_kept(database: Database) -> None:
    await add_rage(database, 4)
    worker = Worker(database)
    await settle(worker)
    keys = [await value(database, "SELECT version_key FROM analyzer_runs")]
    for weight in (0.31, 0.32, 0.33, 0.34, 0.35):
        changed = await tuning.set_thresholds(database, SCHEMA, *SETTINGS, {"rage_click.confidence_of_4": weight * 2})
        await settle(worker)
        keys.append(f"{VERSION_KEY}.{changed.version}")
    kept = await value(database, "SELECT array_agg(version_key ORDER BY replaced_at) FROM former_scores")
    assert kept == keys[-1 - MAX_FORMER : -1]


async def test_growth_under_the_same_version_leaves_no_former_score(database: Database) -> None:
    session_id = await add_rage(database, 3)
    worker = Worker(database)
    await settle(worker)
    await execute(
        database,
        "INSERT INTO error_logs (session_id, message, occurred_at)"
        " SELECT session_id, 'boom', started_at + interval '3 s' FROM sessions WHERE session_id = $1",
        session_id,
    )
    before = await value(database, "SELECT issues FROM experience_scores")
    await settle(worker)
    assert await value(database, "SELECT issues FROM experience_scores") != before
    assert await value(database, "SELECT count(*) FROM former_scores") == 0


async def test_a_result_stands_under_the_version_that_it_was_computed_with(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The baselines change between the reading of a session and the writing of what was found in it."""
    await add_rage(database, 4)
    run = worker_module.run
    made: list[str] = []

    def changing(timeline: Any, baselines: Any) -> Any:
        made.append(baselines.version)
        return run(timeline, baselines)

    store = Worker._store

    async def late(worker: Worker, *arguments: Any) -> None:
        if len(made) == 1:
            await tuning.set_thresholds(database, SCHEMA, *SETTINGS, {"rage_click.min_clicks": 5})
        await store(worker, *arguments)

    monkeypatch.setattr(worker_module, "run", changing)
    monkeypatch.setattr(Worker, "_store", late)
    worker = Worker(database)
    await worker.process(SCHEMA)
    assert await value(database, "SELECT version_key FROM analyzer_runs") == f"{VERSION_KEY}.{made[0]}"
    assert await rage_count(database) == 1
    await settle(worker)
    assert len(set(made)) == 2 and await rage_count(database) == 0


async def test_projects_have_baselines_of_their_own(database: Database) -> None:
    other = await create_project(database, "other", "Other")
    await tuning.set_thresholds(database, other.schema, *SETTINGS, {"rage_click.min_clicks": 5})
    await add_rage(database, 4)
    await add_rage(database, 4, schema=other.schema)
    await settle(Worker(database))
    assert (await rage_count(database), await rage_count(database, other.schema)) == (1, 0)


async def test_outdated_sessions_are_queued_newest_first(database: Database) -> None:
    ages = {await add_rage(database, 3, f"{hours} hours"): hours for hours in (7, 3, 30, 5)}
    await settle(Worker(database))
    async with database.writing(SCHEMA) as queries:
        for wanted in (3, 5, 7):
            await queries.execute("work_queue.enqueue_outdated", version_key="new", max_sessions=1)
            found = await queries.connection.fetchval("SELECT session_id FROM analysis_queue")
            assert ages[found] == wanted
            await queries.connection.execute(
                "UPDATE analyzer_runs SET version_key = 'new' WHERE session_id = $1", found
            )
            await queries.connection.execute("DELETE FROM analysis_queue")


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"rage_click.min_clicks": 1}, "between 2 and 20"),
        ({"rage_click.min_clicks": 2.5}, "whole number"),
        ({"rage_click.min_clicks": float("nan")}, "between"),
        ({"rage_click.clicks": 4}, "rage_click.min_clicks"),
        ({"nothing": 4}, "mien signals list"),
    ],
)
async def test_what_the_table_does_not_take_is_refused_and_changes_nothing(
    database: Database, values: dict[str, float], says: str
) -> None:
    with pytest.raises(InvalidRequest, match=says):
        await tuning.set_thresholds(database, SCHEMA, *SETTINGS, values)
    assert await value(database, "SELECT count(*) FROM baselines") == 0


async def test_two_changes_at_once_both_hold(database: Database) -> None:
    names = ["rage_click.min_clicks", "error_click.error_ms", "dead_click.wait_ms", "click_chains.max_distance_px"]
    values = [5, 900, 2500, 40]
    await asyncio.gather(
        *(
            tuning.set_thresholds(database, SCHEMA, *SETTINGS, {name: number})
            for name, number in zip(names, values, strict=True)
        )
    )
    async with database.reading(SCHEMA) as queries:
        held = await stored.read_newest(queries)
    assert held is not None and held.overrides == dict(zip(names, values, strict=True))


async def test_only_what_differs_from_the_defaults_is_stored_and_a_repeat_makes_no_version(database: Database) -> None:
    same = await tuning.set_thresholds(database, SCHEMA, *SETTINGS, {"rage_click.min_clicks": 3})
    assert same.is_new is False and await value(database, "SELECT count(*) FROM baselines") == 0
    for is_new in (True, False):
        changed = await tuning.set_thresholds(database, SCHEMA, *SETTINGS, {"rage_click.min_clicks": 4})
        assert changed.is_new is is_new
    assert await value(database, "SELECT overrides FROM baselines") == {"rage_click.min_clicks": 4}


async def test_numbers_of_another_mien_do_not_stop_the_analysis(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    await execute(
        database,
        "INSERT INTO baselines (made_by, reason, overrides, screens, muted, ignored_screens, version)"
        " VALUES ('x', 'y', $1, '{}', '[]', '[]', 'z')",
        {"rage_click.min_clicks": 5, "gone.number": 1, "rage_click.window_ms": 1e9},
    )
    await add_rage(database, 4)
    with caplog.at_level(logging.WARNING):
        await settle(Worker(database))
    assert await rage_count(database) == 0, "the number that still fits holds"
    assert "gone.number" in caplog.text and "rage_click.window_ms" in caplog.text


async def test_muting_leaves_signals_out_of_history_and_is_reversible(database: Database) -> None:
    await add_rage(database, 5)
    worker = Worker(database)
    await settle(worker)
    assert await rage_count(database) == 1
    low = await value(database, "SELECT score FROM experience_scores")
    mute = StoredMute("rage_click", "#pay", "/A/")
    changed = await tuning.set_muted(database, SCHEMA, *SETTINGS, mute, True)
    await settle(worker)
    assert worker.tuned[SCHEMA].baselines.muted == {Muted("rage_click", "#pay", "/a")}, "the screen's cleaned name"
    assert await rage_count(database) == 0 and await value(database, "SELECT count(*) FROM rage_click_events") == 0
    assert await value(database, "SELECT score FROM experience_scores") > low
    back = await tuning.set_muted(database, SCHEMA, *SETTINGS, mute, False)
    assert back.is_new and back.version != changed.version
    await settle(worker)
    assert await rage_count(database) == 1 and await value(database, "SELECT score FROM experience_scores") == low
    ignored = await tuning.set_ignored(database, SCHEMA, *SETTINGS, "/a/", True)
    await settle(worker)
    assert ignored.is_new and await rage_count(database) == 0


async def add_form(database: Database, age: str, event_type: str = "input") -> uuid.UUID:
    """A session with a field that was changed, last active `age` ago."""
    session_id = await add_rage(database, 1, age)
    await execute(
        database,
        "INSERT INTO events (session_id, event_type, screen, element_id, occurred_at, metadata)"
        " SELECT $1, $2, '/a', '#mail', ended_at, $3 FROM sessions WHERE session_id = $1",
        session_id,
        event_type,
        {"form": "#checkout", "field": "#mail", "length": 12},
    )
    return session_id


async def test_a_session_with_a_form_is_analysed_once_more_when_it_is_over(database: Database) -> None:
    running = await add_form(database, "10 minutes")
    await add_form(database, "2 hours")
    await add_form(database, "10 minutes", "scroll")
    worker = Worker(database)
    assert await worker.drain(SCHEMA) == 3, "and then nothing is left to be had"
    assert await value(database, "SELECT count(*) FROM analysis_queue") == 0
    async with database.reading(SCHEMA) as queries:
        assert (await waiting(queries)).queued == 0, "it neither waits nor is it behind"
    assert await value(database, "SELECT array_agg(session_id) FROM unsettled_sessions") == [running]
    in_s = await value(database, "SELECT extract(epoch FROM over_at - now())::float8 FROM unsettled_sessions")
    assert in_s == pytest.approx(1200 + 9, abs=5), "30 minutes after its last activity"
    await settle(worker)
    assert await value(database, "SELECT count(*) FROM unsettled_sessions") == 1, "not before"

    analysed = await value(database, "SELECT analysed_at FROM analyzer_runs WHERE session_id = $1", running)
    for table, column in (("events", "occurred_at"), ("sessions", "ended_at"), ("sessions", "started_at")):
        await execute(
            database, f"UPDATE {table} SET {column} = {column} - interval '1 hour' WHERE session_id = $1", running
        )
    await execute(database, "UPDATE unsettled_sessions SET over_at = over_at - interval '1 hour'")
    await settle(worker)
    assert await value(database, "SELECT analysed_at FROM analyzer_runs WHERE session_id = $1", running) > analysed
    assert await value(database, "SELECT count(*) FROM unsettled_sessions") == 0
    assert await value(database, "SELECT count(*) FROM analysis_queue") == 0
    found = await value(
        database, "SELECT count(*) FROM signals WHERE type = 'form_abandon' AND session_id = $1", running
    )
    assert found == 1, "what was begun is abandoned now"


async def test_deleting_a_session_forgets_that_it_was_to_be_looked_at_again(database: Database) -> None:
    running = await add_form(database, "10 minutes")
    await Worker(database).drain(SCHEMA)
    await execute(database, "DELETE FROM sessions WHERE session_id = $1", running)
    assert await value(database, "SELECT count(*) FROM unsettled_sessions") == 0


async def add_views(database: Database, count: int, dwell_s: float) -> None:
    """Sessions of three screens, each seen for `dwell_s`; the middle one is /list/7."""
    async with database.writing(SCHEMA) as queries:
        await queries.connection.execute(
            "WITH s AS (INSERT INTO sessions (started_at, ended_at)"
            f" SELECT {START}, {START} + $2 * interval '2 s' FROM generate_series(1, $1::int) RETURNING session_id)"
            " INSERT INTO events (session_id, event_type, screen, occurred_at)"
            f" SELECT s.session_id, 'screen_view', screen, {START} + place * $2 * interval '1 s'"
            " FROM s, (VALUES (0, '/'), (1, '/list/7'), (2, '/end')) AS v (place, screen)",
            count,
            dwell_s,
        )


async def learn(database: Database) -> Any:
    learner = await Learner.begin(database, SCHEMA, "tester")
    assert learner is not None
    while (learned := await learner.step()) is None:
        pass
    return learned


async def test_percentiles_are_learned_and_make_a_version_only_when_they_changed_much(database: Database) -> None:
    await add_views(database, 199, 4.0)
    few = await learn(database)
    assert (few.session_count, few.screens, few.baselines_id) == (199, {}, None)
    await add_views(database, 50, 4.0)
    enough = await learn(database)
    assert enough.screens["/list/:id"].views == 249 and enough.screens["/list/:id"].dwell_p10_ms == 4000
    assert enough.baselines_id == await value(database, "SELECT max(id) FROM baselines")
    await add_views(database, 28, 3.3)
    closer = await learn(database)
    assert 3200 < closer.screens["/list/:id"].dwell_p10_ms < 4000 and closer.baselines_id is None, "below 20 %"
    await add_views(database, 300, 1.0)
    assert (await learn(database)).baselines_id is not None
    async with database.reading(SCHEMA) as queries:
        tuned = await tuning.read_tuned(queries)
    usual = tuned.baselines.screen("/list/:id")
    assert usual is not None and usual.dwell_p10_ms == 1000
    assert await value(database, "SELECT count(*) FROM learnings WHERE finished_at IS NOT NULL") == 4


async def test_what_was_set_stays_when_something_is_learned(database: Database) -> None:
    await tuning.set_thresholds(database, SCHEMA, *SETTINGS, {"rage_click.min_clicks": 5})
    await add_views(database, 200, 4.0)
    await learn(database)
    async with database.reading(SCHEMA) as queries:
        held = await stored.read_newest(queries)
    assert held is not None and held.overrides == {"rage_click.min_clicks": 5} and "/" in held.screens


async def test_the_worker_learns_once_a_week(database: Database) -> None:
    await add_views(database, 200, 4.0)
    workers = [Worker(database), Worker(database)]
    for _ in range(4):
        for worker in workers:
            await settle(worker, 2)
    learnings = "SELECT count(*) FROM learnings WHERE finished_at IS NOT NULL"
    assert await value(database, learnings) == 1 and await value(database, "SELECT count(*) FROM learnings") == 1
    await execute(database, "UPDATE learnings SET finished_at = now() - interval '6 days 23 hours'")
    await settle(workers[0])
    assert await value(database, learnings) == 1
    await execute(database, "UPDATE learnings SET finished_at = now() - interval '7 days 1 minute'")
    await settle(workers[1])
    assert await value(database, learnings) == 2


async def test_sessions_older_than_four_weeks_and_crawlers_teach_nothing(database: Database) -> None:
    await add_views(database, 200, 4.0)
    await execute(database, "UPDATE sessions SET started_at = started_at - interval '28 days'")
    assert (await learn(database)).session_count == 0
    await add_views(database, 200, 4.0)
    await execute(
        database,
        "INSERT INTO session_facts (session_id, is_bot) SELECT session_id, true FROM sessions WHERE started_at > $1",
        datetime(2000, 1, 1),
    )
    assert (await learn(database)).session_count == 0
