"""How PostgreSQL answers the pages: a narrow question by an index, whatever else is stored, and lists by the page.

On made-up visits of a month: what is asked of one of its hours, and of one session, must not read a table that grows
with the sessions from end to end. Of the whole month that may be right, so nothing is said of it here.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import asyncpg
import pytest

from mien.cli.bench import write_visits
from mien.demo.synthetic import DAY_S, Plan
from mien.findings.apart import read_findings
from mien.store.database import Database, Queries
from mien.store.segment_values import Field
from tests.support.api_site import SCHEMA, Site, iso, site_of
from tests.support.database import copy_template, drop
from tests.support.plans import BIG, Asked, explained, has_limit, whole_reads
from tests.support.rolled import settle

SESSIONS, DAYS, COPIES = 300, 30, 12
MIN_ROWS = 500
HOUR = timedelta(hours=1)
ERRORS = """
    INSERT INTO error_logs (session_id, screen, message, stack, occurred_at)
    SELECT session_id, '/p/:id', 'TypeError: made up', 'TypeError: made up' || E'\\n    at ' || made || ' (app.js:1:9)',
           started_at + interval '1 second'
    FROM sessions CROSS JOIN unnest(ARRAY['pay', 'find', 'show', 'send']) AS made"""
"""Errors of four groups in each session; the worker tells them apart."""
MORE = """
    INSERT INTO replay_chunks (session_id, chunk_index, chunk_data, recorded_at)
    SELECT session_id, n, jsonb_build_object('tab', 'a', 'n', 0, 'z', repeat('A', 200)), started_at
    FROM sessions CROSS JOIN generate_series(0, 3) AS n;
    INSERT INTO call_timings (session_id, api, ttfb_ms, occurred_at)
    SELECT session_id, api, latency_ms / 2, occurred_at FROM latency_metrics;
    INSERT INTO emotion_predictions (session_id, emotion, confidence, occurred_at)
    SELECT session_id, 'frustrated', 0.5, started_at + interval '2 seconds' FROM sessions;
    UPDATE rollup_sessions SET moments = 1;
    INSERT INTO rollup_moments (hours, slice, at, emotion, moments, sessions)
    SELECT hours, slice, at, 'frustrated', sum(sessions), sum(sessions) FROM rollup_summary GROUP BY hours, slice, at;
    INSERT INTO users (external_user_id) SELECT 'customer-' || n FROM generate_series(1, 3000) AS n"""
"""What the made-up visits lack or have little of. It is there to be passed over: nothing decodes the recordings."""
COLUMNS = """
    SELECT table_name, array_agg(column_name::text) AS names, array_agg(data_type::text) AS types
    FROM information_schema.columns
    WHERE table_schema = current_schema() AND is_identity = 'NO'
      AND (coalesce(column_default, '') NOT LIKE 'nextval%' OR table_name = 'error_logs')
      AND table_name = ANY ($1::text[])
    GROUP BY table_name"""
"""What a copy of rows of these tables takes along; of errors the number, too, which their groups point to."""
DOCS = Path(__file__).resolve().parents[2] / "docs" / "api.md"
ON, API = {"on": "/p/:id"}, "GET /api/search"
KINDS = get_args(Field)

PAGES: list[tuple[str, dict[str, Any]]] = [
    ("/overview", {"compare": 1}),
    ("/findings", {}),
    ("/sessions", {}),
    ("/sessions", {"sort": "score", "order": "asc"}),
    ("/sessions", {"sort": "duration"}),
    ("/sessions", {"screen": "/cart", "cause": "wait", "signal": "slow_api"}),
    ("/sessions", {"place_kind": "api", "place": API}),
    ("/sessions", {"error_group": "{group_key}"}),
    ("/sessions", {"element_screen": "/p/:id", "element": "#to-cart", "element_signal": "dead"}),
    ("/sessions", {"funnel": "/list>>/cart", "reached": 1}),
    ("/sessions", {"q": "cart"}),
    ("/sessions", {"having": "path:/list>>/cart"}),
    ("/sessions", {"having": f"call:failed:{API}"}),
    ("/sessions", {"having": "signal:slow_api:/list"}),
    ("/sessions", {"having": "element:#pay"}),
    ("/sessions", {"having": "event:order"}),
    ("/sessions", {"having": "moment:frustrated"}),
    ("/sessions", {"having": "moment:confused"}),
    ("/sessions", {"user": "nobody@example.org"}),
    ("/sessions.csv", {}),
    *(("/score", {"by": by}) for by in ("screen", "api", "element", "release", "device")),
    ("/score/summary", {}),
    *(("/score/issues", {"by": by, "with_gain": 1}) for by in ("screen", "api", "element")),
    ("/screens", {"compare": 1}),
    ("/screens/one", ON),
    ("/screens/paint", {}),
    ("/screens/devices", {}),
    ("/moments", {}),
    ("/errors", {"compare": 1}),
    ("/errors", {"origin": "foreign", "q": "type"}),
    ("/errors/{group_key}", {"compare": 1}),
    ("/errors/{group_key}/occurrences", {}),
    ("/latency", {"compare": 1, "sort": "p95_change"}),
    ("/latency/api", {"api": API, "compare": 1}),
    ("/latency/dose", {}),
    ("/latency/dose", {"api": API}),
    ("/latency/vitals", {}),
    ("/journeys/flow", {"compare": 1}),
    ("/journeys/flow", {"start": "/list"}),
    ("/journeys/flow", {"start": "/cart", "direction": "backwards"}),
    ("/journeys/loops", {}),
    ("/journeys/funnel", {"steps": "/list>>/cart>>event:order"}),
    ("/journeys/choices", {}),
    ("/heatmaps", {}),
    *(("/heatmap", {**ON, "layer": "click", "mode": mode}) for mode in ("page", "element")),
    *(("/heatmap", {**ON, "layer": layer}) for layer in ("rage", "dead", "move", "scroll", "attention")),
    ("/heatmap/elements", ON),
    ("/heatmap/page", {**ON, "width": "1200-"}),
    ("/heatmap/drift", {**ON, "width": "1200-"}),
    ("/signals", {"compare": 1}),
    ("/signals/examples", {"kind": "slow_api"}),
    *(("/segment-values", {"of": kind}) for kind in KINDS),
]
"""What pages ask of a period: path below the project, parameters."""
OF_A_SESSION = ["/sessions/{session_id}", "/sessions/{session_id}/replay", "/sessions/{session_id}/notes"]
OF_AN_ELEMENT: list[tuple[str, dict[str, Any]]] = [
    ("/element-label", {"of_element": "#pay", "of_screen": "/payment"}),
    ("/element-label", {"of_element": "#pay"}),
]
"""Of some clicks, of no period."""
AT_ALL = ["/freshness", "/live-check", "/live", "/views", "/settings", "/keys", "/signals/thresholds"]
"""Neither of a period nor of a session, and of small tables or of few rows."""
WHOLE = {
    "/system": "counts what all tables hold",
    "/signals/precision": "of all verdicts ever given",
}
"""Calls that ask for everything."""
ALLOWED = {
    "session.alike": "looks for the same issue among the newest 5,000 sessions of 60 days: here among all",
}
"""Statements of a session's page that may read a table from end to end, and why."""
LISTS = {
    "/sessions": "session_list.page",
    "/errors": "error_groups.page",
    "/errors/{group_key}/occurrences": "error_groups.occurrences",
    "/moments": "moments.page",
    "/latency": "latency.apis",
}
"""Lists, and the statement of their rows."""


async def copy_sessions(queries: Queries) -> None:
    """Each session, and all that hangs on it, COPIES times more, in the months before: quicker than to analyse them."""
    for table, names, types in await queries.connection.fetch(COLUMNS, list(BIG - {"users"})):
        values = [
            "md5(session_id::text || n)::uuid" if name == "session_id"
            else f"{name} + n * 1000000" if name in ("id", "error_id")
            else f"{name} - n * interval '{DAYS} days'" if type.startswith("timestamp") else name
            for name, type in zip(names, types, strict=True)
        ]  # fmt: skip
        await queries.connection.execute(
            f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values)}"
            f" FROM {table} CROSS JOIN generate_series(1, {COPIES}) AS n"
        )


async def make(dsn: str) -> None:
    """Made-up visits, analysed and rolled up, with recordings, and statistics for the planner."""
    until = time.time() // 3600 * 3600 - DAY_S
    await write_visits(dsn, SCHEMA, Plan(SESSIONS, until - DAYS * DAY_S, until, 1, ()))
    database = await Database.connect(dsn)
    async with database.writing(SCHEMA) as queries:
        await queries.connection.execute(ERRORS)
    await settle(database)
    async with database.writing(SCHEMA) as queries:
        # Without the triggers that would queue all this for the worker, and call its hours not rolled up.
        await queries.connection.execute("SET LOCAL session_replication_role = replica")
        await queries.connection.execute(MORE)
        await copy_sessions(queries)
    await database.close()
    connection = await asyncpg.connect(dsn)
    await connection.execute("VACUUM ANALYZE")
    await connection.close()


@pytest.fixture(scope="module")
def filled_dsn(server_dsn: str) -> Iterator[str]:
    """A database for all tests here; they leave it as it was."""
    dsn = asyncio.run(copy_template(server_dsn))
    asyncio.run(make(dsn))
    yield dsn
    asyncio.run(drop(server_dsn, dsn))


@pytest.fixture
async def site(filled_dsn: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Site]:
    """Signed in; findings are worked out in this process, so that their statements are seen."""
    monkeypatch.setattr("mien.api.findings.find_apart", read_findings)
    database = await Database.connect(filled_dsn)
    async with site_of(database) as made:
        yield made
        await made.run("DELETE FROM mien.accounts")
    await database.close()


async def narrow(site: Site) -> tuple[dict[str, str], datetime]:
    """A session with an error, and the start of its hour."""
    async with site.database.reading(SCHEMA) as queries:
        row = await queries.connection.fetchrow(
            "SELECT s.session_id::text, g.group_key, date_trunc('hour', s.started_at) AS hour FROM sessions s"
            " JOIN grouped_errors g USING (session_id) ORDER BY s.started_at OFFSET 20 LIMIT 1"
        )
    return {"session_id": row["session_id"], "group_key": row["group_key"]}, row["hour"]


async def ask(site: Site, path: str, params: dict[str, Any], names: dict[str, str]) -> list[Asked]:
    """What one call of a page asks."""
    given = {key: value.format(**names) if key == "error_group" else value for key, value in params.items()}
    with explained() as asked:
        answer = await site.client.get(f"/api/projects/default{path.format(**names)}", params=given)
    assert answer.status_code == 200, f"{path} {given}: {answer.text[:300]}"
    assert asked, path
    return asked


async def faults(site: Site, pages: list[tuple[str, dict[str, Any]]]) -> dict[tuple[str, str], str]:
    """Statement and table read from end to end, with the call that asked it first: of an hour of the roll-ups, and of
    one that lies across two, which is counted session by session."""
    names, hour = await narrow(site)
    found: dict[tuple[str, str], str] = {}
    for since in (hour, hour + timedelta(minutes=17)):
        period = {"since": iso(since), "until": iso(since + HOUR)}
        for path, params in pages:
            for one in await ask(site, path, {**period, **params}, names):
                for table in whole_reads(one.plan):
                    found.setdefault((one.name, table), f"{path} {params}")
    return found


async def test_big_tables_are_big_enough_for_an_index_to_pay(site: Site) -> None:
    rows = {table: await site.value(f"SELECT count(*) FROM {table}") for table in BIG}
    assert {table: count for table, count in rows.items() if count < MIN_ROWS} == {}


async def test_an_hour_is_answered_by_indexes(site: Site) -> None:
    wrong = [
        f"{statement} reads all of {table}: {call}" for (statement, table), call in (await faults(site, PAGES)).items()
    ]
    assert not wrong, "\n".join(wrong)


async def test_a_session_and_what_is_of_no_period_are_answered_by_indexes(site: Site) -> None:
    names, _ = await narrow(site)
    wrong = [
        f"{one.name} reads all of {table}: {path}"
        for path, params in [*((path, {}) for path in OF_A_SESSION + AT_ALL), *OF_AN_ELEMENT]
        for one in await ask(site, path, params, names)
        for table in whole_reads(one.plan)
        if one.name not in ALLOWED
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("index, table, path", [
    ("rollup_sessions_started", "rollup_sessions", "/sessions"),
    ("idx_journey_session", "journey_steps", "/journeys/flow"),
])  # fmt: skip
async def test_a_missing_index_is_seen(site: Site, index: str, table: str, path: str) -> None:
    made = await site.value(f"SELECT pg_get_indexdef('{SCHEMA}.{index}'::regclass)")
    await site.run(f"DROP INDEX {index}")
    try:
        found = await faults(site, [(path, {})])
    finally:
        await site.run(made)
    assert table in {table for _, table in found}


@pytest.mark.parametrize("path", LISTS)
async def test_a_list_is_read_by_the_page(site: Site, path: str) -> None:
    names, hour = await narrow(site)
    # Up to now: of the months before, which are copies, no moments are counted.
    params = {"since": iso(hour - timedelta(days=1)), "until": iso(datetime.now()), "limit": 1}
    plans = [one.plan for one in await ask(site, path, params, names) if one.name == LISTS[path]]
    assert plans and all(map(has_limit, plans))
    first = await site.get(path.format(**names), **params)
    assert first["next_cursor"]
    second = await site.get(path.format(**names), **params, cursor=first["next_cursor"])
    assert len(first["rows"]) == len(second["rows"]) == 1 and first["rows"] != second["rows"]


def test_every_call_of_a_project_is_looked_at() -> None:
    documented = set(re.findall(r"`GET /api/projects/\{slug\}(/[^`]+)`", DOCS.read_text()))
    assert {*(path for path, _ in PAGES + OF_AN_ELEMENT), *OF_A_SESSION, *AT_ALL, *WHOLE} == documented
