"""Latency of APIs: figures equal a plain count over the same rows, and each opens exactly the sessions behind it."""

from __future__ import annotations

import math
import random
from collections import Counter
from typing import Any

import pytest

from mien.store.database import Database
from mien.store.latency_bins import GAMMA, MAX_MS, ZERO_BIN, estimate_ms
from mien.store.statements import FRAGMENTS
from tests.support.api_site import PERIOD, Site, site_of
from tests.support.behind import one_by_one
from tests.support.calls import Made, fill

Q = {"p50": 0.5, "p75": 0.75, "p95": 0.95, "p99": 0.99}
LEAST = {"p50": 1, "p75": 1, "p95": 20, "p99": 100}
CLASSES = {
    "ok": "2xx", "redirected": "3xx", "refused": "4xx", "broken": "5xx", "network": "network",
    "unfinished": "unfinished", "other": "other",
}  # fmt: skip


def class_of(status: int | None) -> str:
    """Written out a second time, as a reader of the documentation would."""
    if status is None:
        return "unfinished"
    if status == 0:
        return "network"
    for least, name in ((500, "broken"), (400, "refused"), (300, "redirected"), (200, "ok")):
        if status >= least:
            return name
    return "other"


def calls_of(made: list[Made], api: str | None = None) -> list[tuple[Made, int | None, int | None]]:
    return [
        (one, None if ms is None else max(ms, 0), status)
        for one in made
        for name, ms, status, _ in one.calls
        if api is None or (name or "") == api
    ]


def quantile(values: list[int], q: float) -> int:
    return sorted(values)[math.floor(q * (len(values) - 1))]


def check_percentiles(found: dict[str, float | None], values: list[int]) -> None:
    for name, q in Q.items():
        if len(values) < LEAST[name]:
            assert found[name] is None, name
        else:
            assert found[name] == pytest.approx(quantile(values, q), rel=0.0100001), name


async def total(site: Site, **params: Any) -> int:
    return int((await site.get("/sessions", limit=1, **PERIOD, **params))["total"])


async def bins_of(site: Site, values: list[int]) -> list[int]:
    text = (FRAGMENTS / "latency_bin.sql").read_text()
    async with site.database.reading("p_default") as queries:
        rows = await queries.connection.fetch(f"SELECT {text} AS bin FROM unnest($1::int[]) AS v (ms)", values)
        return [row["bin"] for row in rows]


async def test_a_bin_is_at_most_one_percent_from_every_value_in_it(database: Database) -> None:
    async with site_of(database) as site:
        chance = random.Random(1)
        edges = [int(GAMMA**bin_) for bin_ in range(1, 756)]
        near = [edge + step for edge in edges for step in (-1, 0, 1)]
        values = [*range(1, 20_000), *near, *(chance.randint(20_000, MAX_MS) for _ in range(20_000))]
        values = [value for value in values if 1 <= value <= MAX_MS]
        errors = [abs((estimate_ms(b) or 0) / v - 1) for v, b in zip(values, await bins_of(site, values), strict=True)]
        assert 0.0099 < max(errors) <= 0.01 + 1e-12, "and the bins are no finer than they must be"
        assert await bins_of(site, [0, -7, 2**31 - 1, MAX_MS]) == [ZERO_BIN, ZERO_BIN, 755, 755]


async def test_percentiles_are_within_one_percent_of_the_exact_ones(database: Database) -> None:
    async with site_of(database) as site:
        session_id = await site.session()
        chance = random.Random(2)
        values = [round(chance.lognormvariate(6, 1.4)) for _ in range(20_000)]
        async with database.writing("p_default") as queries:
            await queries.connection.execute(
                "INSERT INTO latency_metrics (session_id, api, latency_ms, status)"
                " SELECT $1, 'GET /', ms, 200 FROM unnest($2::int[]) AS v (ms)",
                session_id, values,
            )  # fmt: skip
        row = (await site.get("/latency", **PERIOD))["rows"][0]
        assert row["finished"] == 20_000
        check_percentiles(row["latency_ms"], values)
        async with database.reading("p_default") as queries:
            exact = await queries.connection.fetchval(
                "SELECT percentile_disc(ARRAY[0.5, 0.75, 0.95, 0.99]) WITHIN GROUP (ORDER BY latency_ms)"
                " FROM latency_metrics"
            )
        assert list(row["latency_ms"].values()) == pytest.approx(exact, rel=0.011), "PostgreSQL's own, one rank apart"


@pytest.mark.parametrize("segment", [{}, {"device": "phone"}, {"screen": "/cart"}])
async def test_rows_equal_a_plain_count_and_open_their_sessions(database: Database, segment: dict[str, str]) -> None:
    async with site_of(database) as site:
        made = await fill(site)
        if "device" in segment:
            made = [one for one in made if one.device == segment["device"]]
        if "screen" in segment:
            made = [one for one in made if any(screen == segment["screen"] for screen, _ in one.steps)]
        found = await site.get("/latency", **PERIOD, **segment)
        assert {row["api"] for row in found["rows"]} == {(api or "") for one in made for api, *_ in one.calls}
        assert found["row_count"] == len(found["rows"]) and found["next_cursor"] is None
        assert found["calls"] == len(calls_of(made))
        assert (
            found["sessions"] == sum(1 for one in made if one.calls) == await total(site, api_status="any", **segment)
        )
        for row in found["rows"]:
            calls = calls_of(made, row["api"])
            kinds = Counter(class_of(status) for _, _, status in calls)
            assert row["status"] == {name: kinds[name] for name in CLASSES}
            assert row["calls"] == len(calls) and row["calls_per_minute"] == pytest.approx(len(calls) / (7 * 24 * 60))
            assert row["failed"] == kinds["broken"] + kinds["network"]
            assert row["failed_share"] == row["failed"] / len(calls)
            assert row["unfinished_share"] == kinds["unfinished"] / len(calls)
            finished = [ms for _, ms, status in calls if ms is not None and status is not None]
            assert row["finished"] == len(finished)
            check_percentiles(row["latency_ms"], finished)
            answered = [ms for _, ms, status in calls if ms is not None and status and status < 500]
            well = sum(ms <= 500 for ms in answered) + sum(500 < ms <= 2000 for ms in answered) / 2
            assert row["apdex"] == pytest.approx(well / len(calls))
            by_api = {"api": row["api"], **segment}
            assert row["sessions"] == len({one.session_id for one, _, _ in calls}) == await total(site, **by_api)
            for name, api_status in CLASSES.items():
                behind = {one.session_id for one, _, status in calls if class_of(status) == name}
                assert len(behind) == await total(site, api_status=api_status, **by_api), name
            failed = {one.session_id for one, _, status in calls if class_of(status) in ("broken", "network")}
            assert len(failed) == await total(site, api_status="failed", **by_api)


async def test_points_are_those_of_the_score_by_api(database: Database) -> None:
    async with site_of(database) as site:
        await fill(site)
        score = {row["name"]: row for row in (await site.get("/score", by="api", **PERIOD))["rows"]}
        assert len(score) == 2
        for row in (await site.get("/latency", **PERIOD))["rows"]:
            of_score = score.get(row["api"])
            assert row["points"] == pytest.approx(of_score["points_per_session"] if of_score else 0)
            assert row["points_sessions"] == (of_score["sessions"] if of_score else 0)
            assert sum(row["points_by_cause"].values()) == pytest.approx(row["points"])


@pytest.mark.parametrize("order", ["asc", "desc"])
@pytest.mark.parametrize("sort", ["points", "calls", "sessions", "failed", "unfinished", "p50", "p99", "apdex"])
async def test_pages_have_no_gaps_and_no_repeats(database: Database, sort: str, order: str) -> None:
    async with site_of(database) as site:
        await fill(site, count=15)
        asked = {"sort": sort, "order": order, **PERIOD}
        whole = (await site.get("/latency", **asked))["rows"]
        paged = await one_by_one(site, "/latency", **asked)
        assert [row["api"] for row in paged] == [row["api"] for row in whole] and len(whole) == 4
        key = {"failed": "failed_share", "unfinished": "unfinished_share"}.get(sort, sort)
        values = [row["latency_ms"][sort] if sort[0] == "p" and sort[1:].isdigit() else row[key] for row in whole]
        known = [round(value, 9) for value in values if value is not None]
        assert known == sorted(known, reverse=order == "desc")


async def test_one_api_in_depth(database: Database) -> None:
    async with site_of(database) as site:
        made = await fill(site)
        for api in ("POST /api/payments", ""):
            calls = calls_of(made, api)
            found = await site.get("/latency/api", api=api, **PERIOD)
            rows = (await site.get("/latency", **PERIOD))["rows"]
            assert found["row"] == next(row for row in rows if row["api"] == api)
            await check_trend(site, found, made, api)
            await check_distribution(site, found, calls, api)
            await check_screens(site, found, made, api)
            bytes_ms = [max(ms // 2, 1) for _, ms, status in calls if ms and status]
            assert found["first_byte"]["calls"] == len(bytes_ms)
            check_percentiles(found["first_byte"]["ttfb_ms"], bytes_ms)
            known = sorted((ms for _, ms, _ in calls if ms is not None), reverse=True)
            assert [max(call["latency_ms"], 0) for call in found["slowest"]] == known[:20]
            starts = {str(one.session_id): one.calls for one in made}
            for call in found["slowest"]:
                moments = [(ms, status, round(after * 1000)) for name, ms, status, after in starts[call["session_id"]]
                           if (name or "") == api]  # fmt: skip
                assert (call["latency_ms"], call["status"], call["offset_ms"]) in moments


async def check_trend(site: Site, found: dict[str, Any], made: list[Made], api: str) -> None:
    # Too few calls for a p95 in three hours: as wide as seven buckets allow.
    assert found["bucket_s"] == 86_400 and len(found["trend"]) == 7
    assert sum(point["calls"] for point in found["trend"]) == found["row"]["calls"]
    for index, point in enumerate(found["trend"]):
        until = found["trend"][index + 1]["at"] if index + 1 < len(found["trend"]) else PERIOD["until"]
        inside = [one for one in made if point["at"] <= one.started_at.isoformat() + "Z" < until]
        calls = calls_of(inside, api)
        assert point["calls"] == len(calls)
        assert point["failed"] == sum(class_of(status) in ("broken", "network") for *_, status in calls)
        assert point["unfinished"] == sum(status is None for *_, status in calls)
        check_percentiles(point["latency_ms"], [ms for _, ms, status in calls if ms is not None and status is not None])
        if calls:
            listed = await site.get("/sessions", limit=1, since=point["at"], until=until, api=api)
            assert listed["total"] == point["sessions"] == len({one.session_id for one, *_ in calls})


async def check_distribution(site: Site, found: dict[str, Any], calls: list[Any], api: str) -> None:
    finished = [(one, ms) for one, ms, status in calls if ms is not None and status is not None]
    assert sum(bar["calls"] for bar in found["distribution"]) == len(finished) == found["row"]["finished"]
    for bar in found["distribution"]:
        inside = [(one, ms) for one, ms in finished if bar["min_ms"] <= ms < (bar["max_ms"] or math.inf)]
        assert bar["calls"] == len(inside) > 0, bar
        limits = {"call_min_ms": bar["min_ms"], **({"call_max_ms": bar["max_ms"]} if bar["max_ms"] else {})}
        behind = {one.session_id for one, _ in inside}
        assert bar["sessions"] == len(behind) == await total(site, api=api, **limits)


async def check_screens(site: Site, found: dict[str, Any], made: list[Made], api: str) -> None:
    counted: Counter[str] = Counter()
    behind: dict[str, set[str]] = {}
    for one in made:
        for name, _, _, after in one.calls:
            if (name or "") == api:
                screen = next((screen for screen, at in reversed(one.steps) if at <= after), "")
                counted[screen] += 1
                behind.setdefault(screen, set()).add(str(one.session_id))
    assert {row["screen"]: row["calls"] for row in found["screens"]} == counted and "" in counted
    for row in found["screens"]:
        assert row["sessions"] == len(behind[row["screen"]])
        assert row["sessions"] == await total(site, api=api, api_screen=row["screen"])


async def test_no_calls_and_wrong_parameters_are_told(database: Database) -> None:
    async with site_of(database) as site:
        await site.session()
        found = await site.get("/latency", **PERIOD)
        assert (found["rows"], found["calls"], found["sessions"], found["row_count"]) == ([], 0, 0, 0)
        found = await site.get("/latency/api", api="GET /nowhere", **PERIOD)
        assert (found["row"], found["distribution"], found["screens"], found["slowest"]) == (None, [], [], [])
        assert found["first_byte"]["calls"] == 0 and not any(point["calls"] for point in found["trend"])
        await site.get("/latency/api", 400, **PERIOD)
        for wrong in ({"sort": "moon"}, {"limit": 0}, {"limit": 201}, {"cursor": "moon"}, {"cursor": "WyJwNTAiXQ"}):
            await site.get("/latency", 400, **wrong)
        for wrong in (
            {"api_status": "moon"}, {"call_min_ms": -1}, {"call_max_ms": 2**31}, {"api": "a\0b"}, {"api": "x" * 2001},
            {"call_min_ms": 5, "call_max_ms": 5}, {"wait_min_ms": 9, "wait_max_ms": 3}, {"vital": "FID"},
            {"vital_rating": "poor"}, {"vital": "LCP", "vital_rating": "fast"}, {"api_screen": "a\0b"},
        ):  # fmt: skip
            await site.get("/sessions", 400, **wrong)
