"""Latency beside the period before: the figures are those of that period's own page; orders by change; releases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from mien.store.database import Database
from tests.integration.test_latency_page import calls_of, check_percentiles, class_of
from tests.support.api_site import NOON, PERIOD, Lost, Site, site_of
from tests.support.behind import one_by_one
from tests.support.calls import Made, fill

WEEK = timedelta(days=7)
BEFORE = {"since": "2026-11-07T00:00:00Z", "until": PERIOD["since"]}


async def two_weeks(site: Site) -> tuple[list[Made], list[Made]]:
    """Of this week and of the one before. An API that is new has no figures before, one that few called has none."""
    now, before = await fill(site, 70), await fill(site, 70, seed=11, until=NOON - WEEK)
    session_id = await site.session(NOON, [])
    await site.run(
        "INSERT INTO latency_metrics (session_id, api, latency_ms, status, occurred_at)"
        " SELECT $1, api, 300, 200, $2 FROM unnest(ARRAY['GET /new', 'GET /rare']) AS a (api), generate_series(1, 30)",
        session_id, NOON,
    )  # fmt: skip
    rare = await site.session(NOON - WEEK, [])
    await site.run(
        "INSERT INTO latency_metrics (session_id, api, latency_ms, status, occurred_at)"
        " SELECT $1, 'GET /rare', 300, 200, $2 FROM generate_series(1, 19)",
        rare, NOON - WEEK,
    )  # fmt: skip
    return now, before


@pytest.mark.parametrize("segment", [{}, {"device": "phone"}])
async def test_what_was_before_is_what_that_period_gave(database: Database, segment: dict[str, str]) -> None:
    async with site_of(database) as site:
        _, made = await two_weeks(site)
        made = [one for one in made if one.device == segment.get("device", one.device)]
        found = await site.get("/latency", compare=True, **PERIOD, **segment)
        own = await site.get("/latency", **BEFORE, **segment)
        assert found["sessions_before"] == own["sessions"]
        listed = await site.get("/sessions", limit=1, api_status="any", **BEFORE, **segment)
        assert listed["total"] == found["sessions_before"]
        rows = {row["api"]: row for row in own["rows"]}
        told = 0
        for row in found["rows"]:
            then = rows.get(row["api"])
            if then is None or then["calls"] < 20:
                assert (row["calls_before"], row["latency_ms_before"], row["failed_share_before"]) == (None, None, None)
                continue
            told += 1
            assert row["latency_ms_before"] == then["latency_ms"]
            assert (row["calls_before"], row["failed_share_before"]) == (then["calls"], then["failed_share"])
            calls = calls_of(made, row["api"])
            failed = sum(class_of(status) in ("broken", "network") for *_, status in calls)
            assert row["failed_share_before"] == pytest.approx(failed / len(calls))
            check_percentiles(
                row["latency_ms_before"], [ms for _, ms, status in calls if None not in (ms, status) and ms is not None]
            )
        assert told >= (3 if not segment else 1)
        if not segment:
            assert {"GET /new", "GET /rare"} <= {row["api"] for row in found["rows"] if row["calls_before"] is None}
        for row in found["rows"]:
            alone = await site.get("/latency/api", api=row["api"], compare=True, **PERIOD, **segment)
            assert alone["row"] == row
            assert (alone["sessions"], alone["sessions_before"]) == (found["sessions"], found["sessions_before"])


async def test_without_compare_nothing_is_said_of_before(database: Database) -> None:
    async with site_of(database) as site:
        await two_weeks(site)
        found = await site.get("/latency", **PERIOD)
        assert found["sessions_before"] is None and {row["calls_before"] for row in found["rows"]} == {None}
        for sort in ("p95_change", "failed_change"):
            refused = await site.get("/latency", 400, sort=sort, **PERIOD)
            assert "compare=true" in str(refused)


LEFT_OUT: dict[str, Any] = {"points": None, "points_by_cause": None}


def names(rows: list[dict[str, Any]]) -> list[str]:
    """The APIs, in the order in which they came."""
    return [row["api"] for row in rows]


@pytest.mark.parametrize("order", ["asc", "desc"])
@pytest.mark.parametrize("sort", ["p95_change", "failed_change"])
async def test_orders_by_change_have_no_gaps_and_no_repeats(database: Database, sort: str, order: str) -> None:
    async with site_of(database) as site:
        await two_weeks(site)
        asked = {"sort": sort, "order": order, "compare": True, **PERIOD}
        whole = (await site.get("/latency", **asked))["rows"]
        paged = await one_by_one(site, "/latency", **asked)
        assert names(paged) == names(whole) and len(whole) == 6
        # Sums of points may come in another order, which changes the last digit.
        for one, other in zip(paged, whole, strict=True):
            assert one["points"] == pytest.approx(other["points"])
            assert {**one, **LEFT_OUT} == {**other, **LEFT_OUT}

        def change(row: dict[str, Any]) -> float | None:
            if row["calls_before"] is None or row["calls"] < 20:
                return None
            if sort == "failed_change":
                return round(row["failed_share"] - row["failed_share_before"], 9)
            now, then = row["latency_ms"]["p95"], row["latency_ms_before"]["p95"]
            return None if None in (now, then) else now - then

        changes = [change(row) for row in whole]
        known = [value for value in changes if value is not None]
        assert len(set(known)) >= 3 and known == sorted(known, reverse=order == "desc")
        assert changes[: len(known)] == known and len(known) < len(changes), "those without a change come last"


async def test_a_bucket_grows_until_it_has_calls_enough_for_a_p95(database: Database) -> None:
    async with site_of(database) as site:
        for hours in range(0, 144, 6):
            session_id = await site.session(NOON - timedelta(hours=hours), [Lost("slow_api", 0.1, api="GET /a")])
            await site.run(
                "INSERT INTO latency_metrics (session_id, api, latency_ms, status, occurred_at)"
                " SELECT $1, CASE WHEN n <= 8 THEN 'GET /a' ELSE 'GET /b' END, 300, 200, $2"
                " FROM generate_series(1, 36) AS n",
                session_id, NOON - timedelta(hours=hours),
            )  # fmt: skip
        few = await site.get("/latency/api", api="GET /a", **PERIOD)
        assert few["bucket_s"] == 86_400, "16 calls in 12 hours are too few, 32 in a day enough"
        assert sum(point["calls"] for point in few["trend"]) == few["row"]["calls"]
        assert all(point["latency_ms"]["p95"] for point in few["trend"] if point["calls"] >= 20)
        many = await site.get("/latency/api", api="GET /b", **PERIOD)
        assert many["bucket_s"] == 3 * 3600, "each of its buckets with calls has 28"


async def test_releases_are_marked_at_the_buckets_of_the_trend(database: Database) -> None:
    async with site_of(database) as site:
        for days, release in ((5, "1.0"), (4, "1.1"), (3, "1.1"), (1, "2.0")):
            session_id = await site.session(NOON - timedelta(days=days), [])
            await site.run("UPDATE sessions SET app_version = $2 WHERE session_id = $1", session_id, release)
            await site.run(
                "INSERT INTO latency_metrics (session_id, api, latency_ms, status, occurred_at)"
                " VALUES ($1, 'GET /a', 5, 200, $2)", session_id, NOON - timedelta(days=days),
            )  # fmt: skip
        page = await site.get("/latency/api", api="GET /a", **PERIOD)
        assert [(one["release"], one["sessions"]) for one in page["releases"]] == [("1.1", 2), ("2.0", 1)]
        assert {one["at"] for one in page["releases"]} <= {point["at"] for point in page["trend"] if point["calls"]}
