"""System and Live by API: figures equal what was made up, and nothing of another project."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from mien.config import Settings
from mien.store.accounts import create_account
from mien.store.database import Database
from mien.store.projects import create_project
from tests.support.api_site import NAME, NOON, PASSWORD, Lost, Site, api_client, site_of


async def test_the_page_tells_sizes_losses_refusals_failures_and_what_to_do(database: Database) -> None:
    async with site_of(database) as site:
        now = datetime.now(UTC).replace(tzinfo=None)
        session_id = await site.session(at=now - timedelta(days=1))
        await site.run(
            "INSERT INTO session_tabs VALUES ($1, gen_random_uuid(), 0, 9, 7, 0), ($1, gen_random_uuid(), 0, 4, 5, 0)",
            session_id,
        )
        await site.run(
            "INSERT INTO dropped_items VALUES (now()::date, 'too_old', 4), (now()::date - 400, 'no_type', 9)"
        )
        await site.run(
            "INSERT INTO analyzer_runs (session_id, version_key, analysed_at, event_count, call_count, error_count,"
            " chunk_count, failed) VALUES ($1, 'v', now(), 1, 1, 1, 1, $2)",
            session_id, {"journey": "KeyError: 'x'"},
        )  # fmt: skip
        await site.run(
            "INSERT INTO analysis_queue (session_id, ready_at, token) VALUES ($1, now() - interval '5 min', 1)",
            session_id,
        )
        page = await site.get("/system")
        assert [(day["received_batches"], day["lost_batches"]) for day in page["losses"]] == [(12, 3)]
        assert page["hours"] == [], "the session began more than 24 hours ago"
        assert [(one["reason"], one["items"]) for one in page["dropped"]] == [("too_old", 4)]
        assert [(one["analyzer"], one["sessions"], one["error"]) for one in page["failed"]] == [
            ("journey", 1, "KeyError: 'x'")
        ]
        assert (page["queue"]["queued"], page["queue"]["due"]) == (1, 1) and page["queue"]["behind_s"] >= 299
        assert {"behind", "nothing_received", "no_backup", "analyzer_failed", "lost", "dropped"} == {
            one["name"] for one in page["warnings"]
        } - {"disk_short"}, "how full this machine is says nothing"
        sizes = {one["table_name"]: one["size_bytes"] for one in page["tables"]}
        assert sizes["sessions"] > 0 and {"events", "signals", "analysis_queue"} <= sizes.keys()
        assert page["server"]["database_bytes"] > sum(sizes.values())


async def test_losses_of_the_last_day_are_told_by_hour(database: Database) -> None:
    async with site_of(database) as site:
        page = await site.get("/system")
        first = datetime.fromisoformat(page["hours_since"])
        assert (first.minute, first.second, page["hours"]) == (0, 0, [])
        begins = first.replace(tzinfo=None)
        starts = (begins - timedelta(seconds=1), begins, begins + timedelta(minutes=59), begins + timedelta(hours=3))
        for number, at in enumerate(starts, 1):
            session_id = await site.session(at=at)
            # Of `number` batches and one more, that one never came.
            await site.run("INSERT INTO session_tabs VALUES ($1, gen_random_uuid(), 0, $2, $2, 0)", session_id, number)
        hours = (await site.get("/system"))["hours"]
        found = [
            (datetime.fromisoformat(one["hour"]) - first, one["received_batches"], one["lost_batches"]) for one in hours
        ]
        assert found == [(timedelta(0), 2 + 3, 2), (timedelta(hours=3), 4, 1)], "the first began before those hours"


async def test_a_table_that_postgresql_never_looked_at_has_no_estimate(database: Database) -> None:
    async with site_of(database) as site:
        await site.run("CREATE TABLE unseen AS SELECT 1 AS one")
        await site.run("CREATE TABLE seen AS SELECT generate_series(1, 7)")
        await site.run("ANALYZE seen")
        rows = {one["table_name"]: one["row_count"] for one in (await site.get("/system"))["tables"]}
    assert (rows["unseen"], rows["seen"]) == (None, 7)


async def test_an_empty_project_has_no_warnings_and_another_projects_trouble_is_not_shown(database: Database) -> None:
    await create_project(database, "other")
    async with site_of(database) as site:
        await site.session(at=datetime.now(UTC).replace(tzinfo=None))
        await site.run("INSERT INTO dropped_items VALUES (now()::date, 'too_old', 4)")
        page = (await site.client.get("/api/projects/other/system")).json()
        assert (
            {one["name"] for one in page["warnings"]} <= {"disk_short"}
            and page["dropped"] == []
            and page["losses"] == []
        )


async def test_backups_are_listed_newest_first_without_other_files(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    for name in ("mien-1.dump", "mien-2.dump", ".mien-3.dump.abc.part", "notes.txt"):
        (folder / name).write_bytes(b"12345")
    await create_account(database, NAME, PASSWORD)
    async with api_client(database, Settings(data=tmp_path)) as client:
        await client.post("/api/login", json={"name": NAME, "password": PASSWORD})
        page = (await client.get("/api/projects/default/system")).json()
    assert sorted(one["name"] for one in page["backups"]) == ["mien-1.dump", "mien-2.dump"]
    assert page["backups"][0]["size_bytes"] == 5 and page["backup_count"] == 2
    assert page["disk"]["free_bytes"] > 0 and str(tmp_path) not in str(page)


async def act(site: Site, session_id: object, kind: str, at: datetime, element: str | None = None) -> None:
    await site.run(
        "INSERT INTO events (session_id, event_type, screen, element_id, occurred_at, metadata)"
        " VALUES ($1, $2, '/pay', $3, $4, '{\"label\": \"Pay now\"}')",
        session_id, kind, element, at,
    )  # fmt: skip


async def test_live_shows_who_was_active_in_the_last_five_minutes(database: Database) -> None:
    async with site_of(database) as site:
        now = datetime.now(UTC).replace(tzinfo=None)
        at = now - timedelta(minutes=8)
        here = await site.session(at=at, length_s=420, lost=[Lost("rage_click", 0.4, at_s=400), Lost("slow_api", 0.1)])
        await act(site, here, "click", now - timedelta(seconds=70), "#pay")
        await act(site, here, "pointer", now - timedelta(seconds=65))
        newest = await site.session(at=now - timedelta(minutes=1), length_s=50, lost=None)
        await site.session(at=now - timedelta(minutes=10), length_s=240)
        await site.session(at=NOON)
        await site.session(at=now - timedelta(minutes=1), length_s=30, is_bot=True)
        page = await site.get("/live")
        assert page["total"] == 2 and page["window_s"] == 300
        assert [row["session"]["session_id"] for row in page["rows"]] == [str(newest), str(here)]
        told = page["rows"][1]
        assert (told["screen"], told["action"]["type"], told["action"]["label"]) == ("/pay", "click", "Pay now")
        assert told["recent_signals"] == ["rage_click"], "the slow call is longer ago"
        assert page["rows"][0]["action"] is None and page["rows"][0]["screen"] == "/cart"
        assert (await site.get("/live", bots=True))["total"] == 3
        await site.get("/live", 400, bots="perhaps")
