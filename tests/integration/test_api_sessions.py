"""The list of sessions: every filter, stable pages, titles in words."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from mien.api.session_row import MAX_MARKS
from mien.store.database import Database
from tests.support.api_site import NOON, PERIOD, Lost, Site, site_of


async def walk(site: Site, **params: Any) -> list[dict[str, Any]]:
    """All rows, page by page."""
    rows: list[dict[str, Any]] = []
    cursor: str | None = None
    for _ in range(100):
        page = await site.get("/sessions", **PERIOD, **params, **({"cursor": cursor} if cursor else {}))
        rows += page["rows"]
        cursor = page["next_cursor"]
        if cursor is None:
            assert page["total"] == len(rows)
            return rows
    raise AssertionError("the list has no end")


@pytest.mark.parametrize("sort", ["started", "score", "duration"])
@pytest.mark.parametrize("order", ["asc", "desc"])
@pytest.mark.parametrize("apart", [timedelta(microseconds=1), timedelta(minutes=50)])
async def test_pages_have_no_gaps_and_no_repeats(database: Database, sort: str, order: str, apart: timedelta) -> None:
    async with site_of(database) as site:
        for number in range(23):
            lost = None if number % 4 == 0 else [Lost("dead_click", (0.01, 0.11, 0.6, 1.5)[number % 4])]
            started = NOON + number // 2 * apart
            session_id = await site.session(started, lost, length_s=number % 5)
            if number % 6 == 0:
                await site.run(
                    "UPDATE sessions SET duration_ms = NULL, ended_at = NULL WHERE session_id = $1", session_id
                )
        rows = await walk(site, sort=sort, order=order, limit=4)
        assert len(rows) == 23 and max(Counter(row["session_id"] for row in rows).values()) == 1
        if sort == "score":
            scores = [row["score"] for row in rows]
            known = [score for score in scores if score is not None]
            assert known == sorted(known, reverse=order == "desc") and scores[len(known) :] == [None] * 6
        if sort == "started":
            starts = [datetime.fromisoformat(row["started_at"]) for row in rows]
            assert starts == sorted(starts, reverse=order == "desc")


async def test_the_order_by_duration_is_that_of_the_shown_durations(database: Database) -> None:
    async with site_of(database) as site:
        started = "INSERT INTO sessions (started_at, ended_at, duration_ms) VALUES ($1, $2::text::timestamp, $3)"
        for length_s in (5, 40):
            await site.session(NOON, length_s=length_s)
        for ended, duration_ms, event_s in (
            (None, None, 20), (None, None, None), ("infinity", None, 30), ("2026-11-20 12:00:10", None, 50),
            ("2026-11-20 11:00:00", None, None), (None, 25_000, 70), (None, -5, None),
        ):  # fmt: skip
            session_id = await site.value(f"{started} RETURNING session_id", NOON, ended, duration_ms)
            if event_s is not None:
                await site.run(
                    "INSERT INTO events (session_id, occurred_at) VALUES ($1, $2), ($1, 'infinity')",
                    session_id, NOON + timedelta(seconds=event_s),
                )  # fmt: skip
        for order in ("asc", "desc"):
            shown = [row["duration_ms"] for row in await walk(site, sort="duration", order=order, limit=4)]
            assert shown == sorted(shown, reverse=order == "desc")
            assert sorted(shown) == [0, 0, 0, 5000, 10_000, 20_000, 25_000, 30_000, 40_000]


async def test_a_mark_costs_the_same_in_a_list_and_on_its_page(database: Database) -> None:
    async with site_of(database) as site:
        session_id = await site.session(NOON, [Lost("rage_click", 0.5, at_s=1.05)])
        await site.run(
            "INSERT INTO signals (session_id, type, confidence, started_at, ended_at, screen, incident, evidence)"
            " SELECT $1, 'dead_click', 0.9, $2::timestamp + n * interval '100 ms', $2, '/cart', 10 + n, '{}'"
            " FROM generate_series(1, 100) AS n",
            session_id, NOON,
        )  # fmt: skip
        await site.run(
            "UPDATE experience_scores SET issues = issues || jsonb_build_array(jsonb_build_object("
            "'type', 'dead_click', 'points', 30,"
            " 'incident_ids', (SELECT jsonb_agg(n) FROM generate_series(21, 110) AS n)))"
            " WHERE session_id = $1",
            session_id,
        )
        marks = (await site.get("/sessions", **PERIOD))["rows"][0]["mini"]["signals"]
        signals = (await site.get(f"/sessions/{session_id}"))["signals"]
        assert len(marks) == MAX_MARKS and len(signals) == 101
        costs = {(signal["at_ms"], signal["cause"]): signal["points"] for signal in signals}
        for mark in marks:
            assert mark["points"] == pytest.approx(costs[mark["at_ms"], mark["cause"]], abs=1e-3) and mark["points"] > 0
        assert [mark["at_ms"] for mark in marks] == sorted(mark["at_ms"] for mark in marks)


async def test_a_cursor_is_for_one_order_and_cannot_be_made_up(database: Database) -> None:
    async with site_of(database) as site:
        for _ in range(3):
            await site.session()
        cursor = (await site.get("/sessions", **PERIOD, limit=1))["next_cursor"]
        for wrong in ("x", "=", "AAAA", cursor[:-3], "é", "W10", "a" * 399):
            answer = await site.get("/sessions", 400, **PERIOD, cursor=wrong)
            assert answer["error"] == "invalid_request" and "cursor" in answer["message"]
        assert "order" in (await site.get("/sessions", 400, **PERIOD, cursor=cursor, sort="score"))["message"]
        await site.get("/sessions", 200, **PERIOD, limit=1, cursor=cursor)


async def test_filters_narrow_alone_and_together(database: Database) -> None:
    async with site_of(database) as site:
        voucher = await site.session(
            NOON,
            [Lost("rage_click", 0.35, "/cart", "#voucher")],
            device="phone",
            user="Ada 100%",
            screens=("/", "/cart"),
        )
        failed = await site.session(
            NOON, [Lost("failed_request", 0.25, "/pay", None, "POST /api/pay")], user="bob", screens=("/pay",)
        )
        calm = await site.session(NOON, [], screens=("/help",))
        bot = await site.session(NOON, [], is_bot=True)

        async def found(**filters: Any) -> set[UUID]:
            page = await site.get("/sessions", **PERIOD, **filters)
            assert page["total"] == len(page["rows"]) == sum(bin_["sessions"] for bin_ in page["score_histogram"]), (
                "all of these sessions have a score"
            )
            return {UUID(row["session_id"]) for row in page["rows"]}

        assert await found() == {voucher, failed, calm}
        assert await found(bots="1") == {voucher, failed, calm, bot}
        assert await found(device="phone") == {voucher}
        assert await found(screen="/pay") == {failed}
        assert await found(cause="noans") == {voucher}
        assert await found(signal="failed_request") == {failed}
        assert await found(min_score=75) == {failed, calm} and await found(max_score=75) == {voucher}
        assert await found(min_score=70, max_score=71) == {voucher}
        assert await found(min_score=100, max_score=100) == {calm}
        assert await found(user="bob") == {failed} and await found(user="Ada 100%@example.org") == {voucher}
        assert await found(q="100%") == {voucher} and await found(q="VOUCHER") == {voucher}
        assert await found(q="/he") == {calm} and await found(q="%") == {voucher} and await found(q="_") == set()
        assert await found(q="rage click") == {voucher} and await found(q=str(calm).upper()) == {calm}
        assert await found(place_kind="api", place="POST /api/pay") == {failed}
        assert await found(place_kind="api", place="POST /api/pay", cause="wait") == set()
        assert await found(place_kind="element", place="#voucher", place_screen="/pay") == set()
        assert await found(device="desktop", cause="fail", max_score=80) == {failed}


async def test_a_row_says_what_happened_in_order(database: Database) -> None:
    async with site_of(database) as site:
        session_id = await site.session(
            NOON,
            [
                Lost("failed_request", 0.25, "/pay", None, "POST /api/pay", at_s=50),
                Lost("rage_click", 0.20, "/cart", "#voucher", at_s=20),
                Lost("js_error", 0.05, "/cart", at_s=5),
            ],
            user="ada",
        )
        event_id = await site.value(
            "INSERT INTO events (session_id, event_type, screen, element_id, metadata, occurred_at)"
            " VALUES ($1, 'click', '/cart', '#voucher', $2, $3) RETURNING event_id",
            session_id, {"label": "Apply\n voucher"}, NOON,
        )  # fmt: skip
        await site.run(
            "UPDATE signals SET event_id = $2 WHERE session_id = $1 AND type = 'rage_click'", session_id, event_id
        )
        row = (await site.get("/sessions", **PERIOD))["rows"][0]
        assert row["title"] == "Rage clicks on “Apply voucher”, then failed request POST /api/pay"
        assert row["score"] == 61 and row["score_band"] == "strained"
        assert row["user"] == {"external_user_id": "ada", "email": "ada@example.org"}
        assert row["mini"]["screens"] == [
            {"at_ms": 0, "until_ms": 30000, "name": "/"},
            {"at_ms": 30000, "until_ms": 60000, "name": "/cart"},
        ]
        assert [(mark["at_ms"], mark["cause"]) for mark in row["mini"]["signals"]] == [
            (5000, "fail"), (20000, "noans"), (50000, "fail"),
        ]  # fmt: skip
        assert {mark["type"] for mark in row["mini"]["signals"]} == set(row["signal_counts"])
        assert sum(mark["points"] for mark in row["mini"]["signals"]) == pytest.approx(39.35, abs=0.01)
        assert row["started_at"] == "2026-11-20T12:00:00Z" and row["duration_ms"] == 60000


async def test_a_session_without_issues_is_named_by_where_it_led(database: Database) -> None:
    async with site_of(database) as site:
        await site.session(NOON, [], screens=("/", "/menu", "/cart"))
        assert (await site.get("/sessions", **PERIOD))["rows"][0]["title"] == "/ to /cart"


async def test_a_session_is_final_when_it_is_quiet_analysed_and_not_waiting(database: Database) -> None:
    async with site_of(database) as site:
        quiet = await site.session(await site.value("SELECT now()::timestamp - interval '2 hours'"))
        growing = await site.session(await site.value("SELECT now()::timestamp - interval '1 minute'"))
        rows = {row["session_id"]: row["is_final"] for row in (await site.get("/sessions"))["rows"]}
        assert rows == {str(quiet): True, str(growing): False}
        await site.run("INSERT INTO analysis_queue (session_id, ready_at, token) VALUES ($1, now(), 1)", quiet)
        rows = {row["session_id"]: row["is_final"] for row in (await site.get("/sessions"))["rows"]}
        assert rows[str(quiet)] is False
