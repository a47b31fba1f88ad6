"""The overview's figures: they add up, agree with the lists they open, and say nothing where nothing was measured."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from math import exp, sqrt
from statistics import fmean, stdev
from typing import Any

import pytest

from mien.store.database import Database
from mien.store.status import project_status
from tests.support.api_site import NOON, PERIOD, SCHEMA, Lost, Site, iso, site_of
from tests.support.rolled import settle

PAY = "POST /api/pay"
LOSSES: list[list[Lost] | None] = [
    [],
    [Lost("rage_click", 0.35, "/cart", "#voucher")],
    [Lost("rage_click", 0.2, "/cart", "#voucher"), Lost("failed_request", 0.25, "/pay", None, PAY)],
    [Lost("failed_request", 0.25, "/pay", None, PAY), Lost("js_error", 0.1, "/pay"), Lost("nav_loop", 0.1, "/menu")],
    [Lost("crash", 1.2, "/")],
    None,
]


async def fill(site: Site) -> None:
    for hour, lost in enumerate(LOSSES):
        device = "phone" if hour % 2 else "desktop"
        await site.session(NOON - timedelta(hours=hour), lost, device=device, waited_ms=1000 * hour)
    await site.session(NOON, [Lost("crash", 1.2)], is_bot=True)
    await site.session(NOON - timedelta(days=9), [Lost("rage_click", 0.1)])


async def test_an_empty_project_has_no_score_and_no_finding(database: Database) -> None:
    async with site_of(database) as site:
        page = await site.get("/overview", compare="true")
        assert (page["sessions"], page["visitors"], page["scored"], page["moments"]) == (0, 0, 0, 0)
        assert page["score"] is None and page["poor_share"] is None and page["finding"] is None
        assert [row["cause"] for row in page["causes"]] == ["wait", "fail", "noans", "circle", "form", "restless"]
        assert all(row["points"] == 0 and row["points_before"] is None for row in page["causes"])
        assert page["worst"] == [] and page["screens"] == page["apis"] == page["elements"] == []
        assert 24 <= len(page["trend"]) <= 61 and all(point["score"] is None for point in page["trend"])
        assert page["freshness"]["queued"] == 0
        listed = await site.get("/sessions")
        assert listed["total"] == 0 and listed["rows"] == [] and listed["next_cursor"] is None
        assert len(listed["score_histogram"]) == 20


async def test_releases_that_begin_within_the_period_are_marked_where_they_begin(database: Database) -> None:
    async with site_of(database) as site:
        for days, release in ((20, "1.0"), (5, "1.0"), (4, "1.1"), (3, "1.1"), (2, "1.0"), (1, "2.0"), (1, "")):
            session_id = await site.session(NOON - timedelta(days=days))
            await site.run(
                "UPDATE sessions SET app_version = nullif($2, '') WHERE session_id = $1", session_id, release
            )
        for rolled in (False, True):
            if rolled:
                await settle(database)
            period = {"since": iso(NOON - timedelta(days=7)), "until": iso(NOON + timedelta(days=1))}
            page = await site.get("/overview", **period)
            starts = [(one["release"], one["sessions"]) for one in page["releases"]]
            assert starts == [("1.1", 2), ("2.0", 1)], "1.0 was there from the first session on"
            for one, days in zip(page["releases"], (4, 1), strict=True):
                begun = (NOON - timedelta(days=days)).replace(tzinfo=UTC)
                assert 0 <= (begun - datetime.fromisoformat(one["at"])).total_seconds() < page["bucket_s"]
                assert one["at"] in [point["at"] for point in page["trend"]]
        # Later on, 1.1 is there before the period; what begins in it is 2.0 alone, after a first session of 1.0.
        assert await site.value("SELECT count(*) FROM rollup_segments WHERE name = '1.1' AND hours = 24") > 0
        later = {"since": iso(NOON - timedelta(days=2, hours=1)), "until": iso(NOON + timedelta(days=1))}
        assert [one["release"] for one in (await site.get("/overview", **later))["releases"]] == ["2.0"]


async def test_the_trend_has_the_interval_of_its_mean_where_there_are_enough_sessions(database: Database) -> None:
    async with site_of(database) as site:
        for number in range(12):
            await site.session(NOON + timedelta(minutes=number), [Lost("rage_click", 0.02 * number + 0.01)])
        await site.session(NOON - timedelta(days=1), [Lost("rage_click", 0.3)])
        await settle(database)
        scores = [100 * exp(-0.02 * number - 0.01) for number in range(12)]
        mean = fmean(scores)
        half = 2.201 * stdev(scores) / sqrt(12)  # Student's 97.5th percentile with 11 degrees
        points = [point for point in (await site.get("/overview", **PERIOD))["trend"] if point["sessions"]]
        assert [(point["sessions"], point["score_low"] is None) for point in points] == [(1, True), (12, False)]
        assert points[1]["score"] == pytest.approx(mean)
        assert (points[1]["score_low"], points[1]["score_high"]) == pytest.approx((mean - half, mean + half), abs=0.01)
        assert points[0]["score_high"] is None


async def test_points_of_the_causes_sum_to_what_the_score_lost(database: Database) -> None:
    async with site_of(database) as site:
        await fill(site)
        for filters in ({}, {"device": "phone"}, {"device": "desktop"}, {"bots": "1"}):
            page = await site.get("/overview", **PERIOD, **filters)
            assert page["scored"] >= 2
            assert sum(row["points"] for row in page["causes"]) == pytest.approx(100 - page["score"], abs=1e-6)
            for row in page["screens"] + page["apis"] + page["elements"]:
                assert sum(row["by_cause"].values()) == pytest.approx(row["points"], abs=1e-9)


async def test_the_figures_are_those_of_the_sessions(database: Database) -> None:
    async with site_of(database) as site:
        await fill(site)
        page = await site.get("/overview", **PERIOD, compare="true")
        assert (page["sessions"], page["scored"], page["sessions_before"]) == (6, 5, 1)
        assert page["poor_share"] == pytest.approx(1 / 5)
        assert page["waited_ms_mean"] == pytest.approx((0 + 1000 + 2000 + 3000 + 4000) / 5)
        assert sum(point["sessions"] for point in page["trend"]) == 6
        assert page["bucket_s"] == 10800
        by_cause = {row["cause"]: row for row in page["causes"]}
        assert by_cause["noans"]["sessions"] == 2 and by_cause["noans"]["points_before"] > 0
        assert 0 < by_cause["fail"]["gain_if_fixed"] < by_cause["fail"]["points"], "other causes remain"
        assert [row["name"] for row in page["apis"]] == [PAY]
        assert page["worst"][0]["score"] == 30


async def test_what_costs_most_is_what_takes_most_points_not_what_meets_most_sessions(database: Database) -> None:
    async with site_of(database) as site:
        for _ in range(5):
            await site.session(NOON, [Lost("rage_click", 0.05, "/list", "#more")])
        await site.session(NOON, [Lost("failed_request", 0.5, "/pay", None, PAY)])
        page = await site.get("/overview", **PERIOD)
        assert (page["finding"]["place_kind"], page["finding"]["place"], page["finding"]["sessions"]) == ("api", PAY, 1)
        assert page["screens"][0]["name"] == "/pay", "the table says the same"


async def test_a_gain_is_what_the_mean_would_rise_by_without_that_cause(database: Database) -> None:
    async with site_of(database) as site:
        await site.session(NOON, [Lost("rage_click", 0.35), Lost("failed_request", 0.25)])
        await site.session(NOON, [])
        page = await site.get("/overview", **PERIOD)
        gain = {row["cause"]: row["gain_if_fixed"] for row in page["causes"]}
        # Without the rage click the first session would keep exp(-0.25) of 100; exp(-0.6) as it is.
        assert gain["noans"] == pytest.approx((77.8801 - 54.8812) / 2, abs=1e-3)
        assert gain["wait"] == 0


async def test_every_figure_opens_a_list_of_as_many_sessions(database: Database) -> None:
    async with site_of(database) as site:
        await fill(site)

        async def total(**filters: Any) -> int:
            return int((await site.get("/sessions", **PERIOD, **filters))["total"])

        for segment in ({}, {"device": "phone"}, {"bots": "1"}, {"screen": "/cart"}, {"screen": "/nowhere"}):
            page = await site.get("/overview", **PERIOD, **segment)
            assert await total(**segment) == page["sessions"]
            for row in page["causes"]:
                assert await total(**segment, cause=row["cause"]) == row["sessions"]
            for kind, rows in (("screen", page["screens"]), ("api", page["apis"])):
                for row in rows:
                    assert await total(**segment, place_kind=kind, place=row["name"]) == row["sessions"] > 0
            for row in page["elements"]:
                place = {"place_kind": "element", "place": row["name"], "place_screen": row["screen"] or ""}
                assert await total(**segment, **place) == row["sessions"] > 0
            finding = page["finding"]
            if finding:
                place = {"place_kind": finding["place_kind"], "place": finding["place"], "cause": finding["cause"]}
                if finding["place_kind"] == "element":
                    place["place_screen"] = finding["place_screen"] or ""
                assert await total(**segment, **place) == finding["sessions"]
                assert finding["share_of_sessions"] == pytest.approx(finding["sessions"] / page["scored"])
            poor = await total(**segment, max_score=50)
            assert poor == round((page["poor_share"] or 0) * page["scored"])


async def test_an_element_whose_screen_is_not_known_is_a_place_of_its_own(database: Database) -> None:
    async with site_of(database) as site:
        for page in ("/cart", "/cart", "/pay", None, ""):
            await site.session(NOON, [Lost("rage_click", 0.3, page, "#voucher")])
        rows = {row["screen"]: row for row in (await site.get("/overview", **PERIOD))["elements"]}
        assert {screen: row["sessions"] for screen, row in rows.items()} == {"/cart": 2, "/pay": 1, None: 2}
        place = {"place_kind": "element", "place": "#voucher"}
        for screen, row in rows.items():
            listed = await site.get("/sessions", **PERIOD, **place, place_screen=screen or "")
            assert listed["total"] == row["sessions"], screen
        assert (await site.get("/sessions", **PERIOD, **place))["total"] == 5, "without the parameter: on any screen"


async def test_many_places_are_ranked_in_time(database: Database) -> None:
    """Places were once compared pair by pair: 20 s for these."""
    async with site_of(database) as site:
        session_id = await site.session(NOON, [Lost("rage_click", 0.3)])
        await site.run(
            "UPDATE experience_scores SET issues = (SELECT jsonb_agg(jsonb_build_object("
            "'type', 'rage_click', 'points', 1, 'page', '/' || n, 'element', '#' || n, 'api', 'GET /' || n))"
            " FROM generate_series(1, 8000) AS n)"
            " WHERE session_id = $1",
            session_id,
        )
        async with asyncio.timeout(8):
            page = await site.get("/overview", **PERIOD)
        assert [len(page[kind]) for kind in ("screens", "apis", "elements")] == [5, 5, 5]


async def test_the_finding_is_the_cause_at_a_place_that_costs_most(database: Database) -> None:
    async with site_of(database) as site:
        for _ in range(3):
            session_id = await site.session(NOON, [Lost("rage_click", 0.3, "/cart", "#voucher")])
        await site.session(NOON, [Lost("crash", 0.4, "/")])
        event_id = await site.value(
            "INSERT INTO events (session_id, event_type, screen, element_id, metadata, occurred_at)"
            " VALUES ($1, 'click', '/cart', '#voucher', $2, $3) RETURNING event_id",
            session_id, {"label": "Apply voucher"}, NOON,
        )  # fmt: skip
        await site.run("UPDATE signals SET event_id = $2 WHERE session_id = $1", session_id, event_id)
        page = await site.get("/overview", **PERIOD)
        assert page["finding"]["cause"] == "noans" and page["finding"]["place"] == "#voucher"
        assert page["finding"]["place_screen"] == "/cart" and page["finding"]["sessions"] == 3
        assert page["finding"]["share_of_sessions"] == 0.75


async def test_likely_frustrated_moments_are_counted_and_the_period_before_apart(database: Database) -> None:
    async with site_of(database) as site:
        now = await site.session(NOON)
        before = await site.session(NOON - timedelta(days=8))
        for session_id, emotion in (
            (now, "frustrated"),
            (now, "unknown"),
            (before, "frustrated"),
            (before, "frustrated"),
        ):
            await site.run(
                "INSERT INTO emotion_predictions (session_id, emotion, confidence, occurred_at)"
                " VALUES ($1, $2, 0.6, $3)",
                session_id, emotion, NOON,
            )  # fmt: skip
        page = await site.get("/overview", **PERIOD, compare="true")
        assert (page["moments"], page["moments_before"]) == (1, 2)
        assert (await site.get("/overview", **PERIOD))["moments_before"] is None


async def test_periods_are_half_open(database: Database) -> None:
    async with site_of(database) as site:
        await site.session(NOON)
        hour = timedelta(hours=1)
        inside = await site.get("/overview", since=iso(NOON), until=iso(NOON + hour))
        outside = await site.get("/overview", since=iso(NOON - hour), until=iso(NOON))
        assert (inside["sessions"], outside["sessions"]) == (1, 0)


async def test_sessions_by_plain_sql_count_without_facts_or_score(database: Database) -> None:
    async with site_of(database) as site:
        session_id = await site.value("INSERT INTO sessions (started_at) VALUES ($1) RETURNING session_id", NOON)
        page = await site.get("/overview", **PERIOD)
        assert (page["sessions"], page["scored"], page["score"]) == (1, 0, None)
        row = (await site.get("/sessions", **PERIOD))["rows"][0]
        assert row["session_id"] == str(session_id) and row["score"] is None and row["duration_ms"] == 0
        assert row["title"] == "No screen recorded" and not row["is_final"]


async def test_freshness_tells_what_waits_and_what_is_missing(database: Database) -> None:
    async with site_of(database) as site:
        session_id = await site.session(NOON)
        await site.run(
            "INSERT INTO session_tabs VALUES ($1, gen_random_uuid(), 0, 9, 8, 0), ($1, gen_random_uuid(), 3, 3, 1, 0)",
            session_id,
        )
        await site.run("INSERT INTO dropped_items VALUES ($1, 'too_old', 4)", NOON.date())
        await site.run(
            "INSERT INTO analysis_queue (session_id, ready_at, token) VALUES ($1, now() - interval '40 s', 1)",
            session_id,
        )
        fresh = await site.get("/freshness", **PERIOD)
        assert fresh["sessions_without_start"] == 0
        assert (fresh["lost_batches"], fresh["received_batches"], fresh["dropped_items"]) == (2, 9, 4)
        assert fresh["queued"] == 1 and 40 <= fresh["behind_s"] < 60
        assert (await site.get("/freshness", since="2020-01-01T00:00:00Z", until="2020-02-01T00:00:00Z"))[
            "lost_batches"
        ] == 0


async def test_refused_items_are_those_of_the_days_that_the_period_touches(database: Database) -> None:
    async with site_of(database) as site:
        for day, count in ((19, 1), (20, 10), (21, 100)):
            await site.run("INSERT INTO dropped_items VALUES ($1, 'too_old', $2)", NOON.replace(day=day).date(), count)
        midnight = datetime(2026, 11, 20)
        for since, until, dropped in (
            (midnight, midnight + timedelta(days=1), 10),
            (midnight - timedelta(days=1), midnight, 1),
            (midnight - timedelta(days=1), midnight + timedelta(seconds=1), 11),
            (NOON, NOON + timedelta(hours=1), 10),
        ):
            assert (await site.get("/freshness", since=iso(since), until=iso(until)))["dropped_items"] == dropped


async def test_sessions_without_a_start_are_in_no_figure_and_counted(database: Database) -> None:
    async with site_of(database) as site:
        await site.session(NOON)
        await site.run("INSERT INTO sessions (started_at) VALUES (NULL), ('infinity'), ('-infinity'), ('9999-01-01')")
        ever = {"since": "1970-01-01T00:00:00Z", "until": "2200-01-01T00:00:00Z"}
        page = await site.get("/overview", **ever)
        assert page["sessions"] == (await site.get("/sessions", **ever))["total"] == 1
        assert (await site.get("/freshness", **ever))["sessions_without_start"] == 4
        async with site.database.reading(SCHEMA) as queries:
            status = await project_status(queries)
        assert status.freshness.sessions_without_start == 4 and status.tables[1].row_count == 5
