"""The laboratory: what other thresholds would have found in history; it counts right, ends in time, saves nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest

from mien import tuning
from mien.analyzers.baselines import NO_BASELINES
from mien.errors import Busy, InvalidRequest
from mien.laboratory import apart, comparison, trial, try_apart, try_out, try_values
from mien.store.baselines import Changes, StoredMute
from mien.store.database import Database
from mien.timeline import Timeline
from mien.tuning import to_baselines
from mien.worker import Worker
from tests.integration.test_baselines import SETTINGS, add_rage, settle
from tests.support.queue import SCHEMA, execute, value

HARDER = {"rage_click.min_clicks": 5}
ROWS = """SELECT json_agg(t) FROM (
    SELECT (SELECT count(*) FROM signals), (SELECT count(*) FROM experience_scores), (SELECT count(*) FROM baselines),
           (SELECT count(*) FROM former_scores), (SELECT count(*) FROM analysis_queue),
           (SELECT max(analysed_at) FROM analyzer_runs)) AS t"""


async def period(database: Database) -> tuple[datetime, datetime]:
    now = await value(database, "SELECT now() AT TIME ZONE 'UTC'")
    return now - timedelta(days=14), now


async def tried(database: Database, values: dict[str, float], reset: list[str] | None = None, **options: Any) -> Any:
    return await try_values(database, SCHEMA, values, reset or [], *await period(database), **options)


def rage_of(found: Any) -> Any:
    return next(row for row in found.types if row.type == "rage_click")


async def test_a_trial_counts_what_the_re_run_then_finds(database: Database) -> None:
    clicks = [4, 5, 4, 6, 2]
    sessions = [await add_rage(database, count, f"{hours + 2} hours") for hours, count in enumerate(clicks)]
    worker = Worker(database)
    await settle(worker)
    counted = "SELECT count(*) FROM signals WHERE type = 'rage_click'"
    mean = "SELECT avg(score_exact) FROM score_facts"
    before, score_before = await value(database, counted), await value(database, mean)
    state = await value(database, ROWS)
    found = await tried(database, HARDER)
    assert await value(database, ROWS) == state, "nothing is saved"
    rage = rage_of(found)
    assert (rage.before, rage.gained, rage.lost, rage.sessions) == (before, 0, 2, 2)
    assert [one.session_id for one in rage.examples_lost] == [sessions[0], sessions[2]], "the newest first"
    assert (rage.examples_lost[0].t, rage.examples_lost[0].element_id) == (3.2, "#pay")
    assert found.sessions == found.sessions_in_period == 5 and found.is_complete and found.sessions_changed == 2
    await tuning.set_thresholds(database, SCHEMA, *SETTINGS, HARDER)
    await settle(worker)
    assert (rage.after, found.score_before) == (await value(database, counted), pytest.approx(score_before))
    assert found.score_after == pytest.approx(await value(database, mean))
    # And back: what was lost is gained.
    back = rage_of(await tried(database, {}, ["rage_click.min_clicks"]))
    assert (back.before, back.after, back.gained, back.lost) == (rage.after, rage.before, 2, 0)


async def test_what_is_computed_once_per_timeline_is_not_shared_by_both(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may rest on thresholds, as the runs of clicks do."""
    await add_rage(database, 6)
    run = comparison.run
    kept: list[tuple[str, str]] = []

    def keeping(timeline: Timeline, baselines: Any) -> Any:
        kept.append((timeline.once("planted", lambda _: baselines.version), baselines.version))
        return run(timeline, baselines)

    monkeypatch.setattr(comparison, "run", keeping)
    found = rage_of(await tried(database, {"click_chains.max_gap_ms": 150}))
    assert (found.before, found.after) == (1, 0), "with a shorter gap the same clicks are no run at all"
    assert len(kept) == 2 and all(version == own for version, own in kept)


async def test_no_change_changes_nothing(database: Database) -> None:
    await add_rage(database, 5)
    found = await tried(database, {"rage_click.min_clicks": 3})
    assert found.score_before == found.score_after and found.sessions_changed == 0
    assert all((row.gained, row.lost, row.sessions) == (0, 0, 0) for row in found.types) and found.types


async def test_muting_can_be_tried_as_well(database: Database) -> None:
    await add_rage(database, 5)
    muted = to_baselines(Changes(muted=[StoredMute("rage_click", "#pay")]))
    found = await try_out(database, SCHEMA, NO_BASELINES, muted, *await period(database))
    assert rage_of(found).lost == 1


async def test_it_stops_in_time_and_says_how_far_it_came(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    for hours in range(2, 7):
        await add_rage(database, 4, f"{hours} hours")
    monkeypatch.setattr(trial, "GROUP_ROWS", 5)
    seen: list[tuple[int, int]] = []
    limited = await tried(database, HARDER, max_sessions=3, progress=lambda done, total: seen.append((done, total)))
    assert (limited.sessions, limited.sessions_in_period, limited.is_complete) == (3, 5, False)
    assert "newest 3 of 5 sessions were tried: the limit is 3" in limited.says
    assert seen == [(1, 3), (2, 3), (3, 3)]
    none = await tried(database, HARDER, max_s=-1.0)
    assert (none.sessions, none.types, none.is_complete) == (0, [], False) and "time was up" in none.says


async def test_crawlers_and_other_periods_are_left_out(database: Database) -> None:
    crawler = await add_rage(database, 4)
    await execute(database, "INSERT INTO session_facts (session_id, is_bot) VALUES ($1, true)", crawler)
    await add_rage(database, 4, "15 days")
    assert (await tried(database, HARDER)).sessions_in_period == 0


async def test_a_failing_analyzer_is_named(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    await add_rage(database, 4)
    run = comparison.run

    def failing(timeline: Timeline, baselines: Any) -> Any:
        outcome = run(timeline, baselines)
        outcome.failed["heatmap"] = "ValueError: planted"
        return outcome

    monkeypatch.setattr(comparison, "run", failing)
    assert (await tried(database, HARDER)).failed == {"heatmap": 1}


async def test_in_a_process_of_its_own_it_finds_the_same(database: Database) -> None:
    await add_rage(database, 4)
    since, until = await period(database)
    found = await try_apart(database, SCHEMA, HARDER, [], since, until, max_sessions=10, max_s=20)
    apart_found = msgspec.json.decode(found, type=trial.Trial)
    here = await try_values(database, SCHEMA, HARDER, [], since, until, max_sessions=10)
    assert msgspec.structs.replace(apart_found, took_s=0) == msgspec.structs.replace(here, took_s=0)
    with pytest.raises(InvalidRequest, match="no threshold 'moon'"):
        await try_apart(database, SCHEMA, {"moon": 1}, [], since, until, max_sessions=10, max_s=20)


async def test_a_process_that_does_not_end_is_ended(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "GRACE_S", 0.05)
    since, until = await period(database)
    with pytest.raises(Busy, match="did not end in time"):
        await try_apart(database, SCHEMA, HARDER, [], since, until, max_sessions=10, max_s=0)
