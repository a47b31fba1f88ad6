"""One session's page: what the collector took and the worker concluded, on one clock; and rows of any other origin."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from mien.store.database import Database
from mien.worker import Worker
from tests.support.api_site import NOON, SCHEMA, Lost, Site, site_of
from tests.support.app import collecting
from tests.support.batches import batch, click, now_ms, replay_chunk


async def visit(site: Site) -> str:
    """Sent to a collector and analysed: a rage burst, a failed and an unfinished call, an error, a replay chunk."""
    start, session_id = now_ms() - 60_000, str(uuid4())
    unanswered = {"response_ms": None, "interactive": "native", "label": "Apply voucher"}
    answered = {"seq": 2, "response_ms": 80, "response": "request"}
    events = [
        {"type": "screen_view", "at": start, "screen": "/", "metadata": {"seq": 1, "title": "Shop"}},
        click(start + 900, screen="/", element_id="#cart", metadata=answered),
        {"type": "screen_view", "at": start + 2000, "screen": "/cart", "metadata": {"seq": 3, "title": "Cart"}},
        *(
            click(start + 5000 + 200 * number, element_id="#voucher", metadata={"seq": 10 + number, **unanswered})
            for number in range(5)
        ),
        click(start + 9000, element_id="#pay", x=100, y=200, metadata={"seq": 20, "response_ms": 30, "label": "Pay"}),
        {"type": "pointer", "at": start + 9500, "screen": "/cart", "metadata": {"seq": 21, "cells": [[3, 4, 500]]}},
    ]
    latency = [
        {"api": "POST /api/pay", "latency_ms": 900, "status": 502, "at": start + 9030},
        {"api": "GET /api/ship", "latency_ms": 2500, "status": None, "at": start + 9040},
    ]
    errors = [{"screen": "/cart", "message": "TypeError: x is undefined", "stack": "at pay", "at": start + 9200}]
    replay = [replay_chunk([{"type": kind, "timestamp": start, "data": {}} for kind in (4, 2)])]
    async with collecting(site.database) as sender:
        body = batch(sender.key, session_id, events=events, latency=latency, errors=errors, replay=replay)
        body["session"]["started_at"] = start
        assert (await sender.send(body)).json()["dropped"] == {}
    await site.run("UPDATE analysis_queue SET ready_at = now() - interval '1 second'")
    assert await Worker(site.database).drain(SCHEMA) == 1
    return session_id


async def test_a_recorded_visit_shows_what_was_done_in_it(database: Database) -> None:
    async with site_of(database) as site:
        session_id = await visit(site)
        page = await site.get(f"/sessions/{session_id}")
        assert page["session"]["title"].startswith("Rage clicks on “Apply voucher”")
        assert page["session"]["lost_batches"] == 0 and page["session"]["screen_resolution"] == "1280x800"
        assert [(screen["at_ms"], screen["name"], screen["title"]) for screen in page["screens"]] == [
            (0, "/", "Shop"), (2000, "/cart", "Cart"),
        ]  # fmt: skip
        clicks = [event for event in page["events"] if event["type"] == "click"]
        assert [event["answered"] for event in clicks] == [True, False, False, False, False, False, True]
        assert clicks[1]["label"] == "Apply voucher" and clicks[1]["at_ms"] == 5000 and clicks[0]["response_ms"] == 80
        assert not page["truncated"] and all("cells" not in event["detail"] for event in page["events"])
        assert [(call["api"], call["failed"], call["unfinished"]) for call in page["calls"]] == [
            ("POST /api/pay", True, False), ("GET /api/ship", False, True),
        ]  # fmt: skip
        group = await site.value("SELECT group_key FROM grouped_errors")
        assert page["errors"] == [
            {
                "at_ms": 9200,
                "screen": "/cart",
                "message": "TypeError: x is undefined",
                "stack": "at pay",
                "group": group,
                "count": 1,
            }
        ]
        assert page["rage_clicks"] == [
            {"at_ms": 5000, "until_ms": 5800, "element_id": "#voucher", "screen": "/cart", "click_count": 5}
        ]
        assert page["replay"]["chunk_count"] == 1 and page["replay"]["tabs"][0]["chunks"][0]["event_count"] == 2


async def test_the_sum_of_a_score_is_exact_and_in_words(database: Database) -> None:
    async with site_of(database) as site:
        session_id = await visit(site)
        score = (await site.get(f"/sessions/{session_id}"))["score"]
        assert 0 < score["score"] < 60 and score["low"] <= score["exact"] <= score["high"]
        assert sum(issue["points_int"] for issue in score["issues"]) == 100 - score["score"]
        assert sum(issue["points"] for issue in score["issues"]) == pytest.approx(100 - score["exact"], abs=1e-9)
        by_type = {issue["type"]: issue for issue in score["issues"]}
        rage = by_type["rage_click"]
        assert (rage["label"], rage["cause"]) == ("Rage clicks on “Apply voucher”", "noans")
        assert rage["at_ms"] == [5000] and "5 clicks in 800 ms" in rage["detail"]
        assert by_type["failed_request"]["label"] == "Failed request POST /api/pay"
        assert "HTTP 502 after 900 ms" in by_type["failed_request"]["detail"]
        assert by_type["unfinished_wait"]["cause"] == "wait"
        row = (await site.get("/sessions"))["rows"][0]
        assert sum(row["points_by_cause"].values()) == pytest.approx(100 - score["exact"], abs=1e-9)
        assert row["score"] == score["score"]


async def test_the_line_falls_from_100_to_the_score(database: Database) -> None:
    async with site_of(database) as site:
        session_id = await visit(site)
        score = (await site.get(f"/sessions/{session_id}"))["score"]
        curve = score["curve"]
        assert curve[0] == {"at_ms": 0, "score": 100.0}
        assert curve[-1]["score"] == pytest.approx(score["exact"], abs=1e-3)
        assert [point["at_ms"] for point in curve] == sorted(point["at_ms"] for point in curve)
        assert [point["score"] for point in curve] == sorted((point["score"] for point in curve), reverse=True)


async def test_moments_are_likely_and_name_their_evidence(database: Database) -> None:
    async with site_of(database) as site:
        session_id = await visit(site)
        moments = (await site.get(f"/sessions/{session_id}"))["moments"]
        frustrated = [moment for moment in moments if moment["emotion"] == "frustrated"]
        assert frustrated, "a rage click and a failed request within seconds"
        assert frustrated[-1]["sentence"].startswith("Likely frustrated moment (")
        assert "5 rage clicks" in frustrated[-1]["sentence"] and frustrated[-1]["strength"] in ("moderate", "strong")
        overview = await site.get("/overview")
        assert overview["moments"] == len(frustrated)


async def test_signals_share_out_what_was_lost(database: Database) -> None:
    async with site_of(database) as site:
        session_id = await visit(site)
        page = await site.get(f"/sessions/{session_id}")
        rage = next(signal for signal in page["signals"] if signal["type"] == "rage_click")
        issue = next(issue for issue in page["score"]["issues"] if issue["type"] == "rage_click")
        assert rage["points"] == pytest.approx(issue["points"]) and rage["label"] == issue["label"]
        assert sum(signal["points"] for signal in page["signals"]) <= 100 - page["score"]["exact"] + 1e-9


async def test_sessions_with_the_same_worst_issue_are_alike(database: Database) -> None:
    async with site_of(database) as site:
        voucher = Lost("rage_click", 0.3, "/cart", "#voucher")
        one = await site.session(NOON, [voucher])
        two = await site.session(NOON - timedelta(days=3), [voucher, Lost("js_error", 0.4)])
        await site.session(NOON, [Lost("rage_click", 0.3, "/cart", "#other")])
        await site.session(NOON - timedelta(days=90), [voucher])
        await site.session(NOON, [voucher], is_bot=True)
        page = await site.get(f"/sessions/{one}")
        assert [row["session_id"] for row in page["more_like_this"]] == [str(two)]


async def test_a_session_without_a_score_says_so(database: Database) -> None:
    async with site_of(database) as site:
        page = await site.get(f"/sessions/{await site.session(NOON, None)}")
        assert page["score"]["score"] is None and page["score"]["curve"] == [] and page["score"]["issues"] == []
        assert page["score"]["coverage"] == {"sufficient": False} and page["session"]["score_band"] is None


async def test_a_session_of_another_project_or_of_none_is_not_found(database: Database) -> None:
    async with site_of(database) as site:
        for wrong in (str(uuid4()), "nonsense", "1", "../../nobody", "%00", "00000000-0000-0000-0000-00000000000g"):
            answer = await site.get(f"/sessions/{wrong}", 404)
            assert answer["error"] == "not_found"


ODD_TIMES = ["infinity", "-infinity", "20000-01-01", "4000-01-01 BC"]


@pytest.mark.parametrize("odd", [None, *ODD_TIMES])
async def test_rows_by_plain_sql_with_any_time_or_none_are_shown(database: Database, odd: str | None) -> None:
    async with site_of(database) as site:
        session_id = await site.value(
            "INSERT INTO sessions (started_at, ended_at) VALUES ($1, $2::text::timestamp) RETURNING session_id",
            NOON,
            odd,
        )
        times = [f"'{time}'" for time in ODD_TIMES] + ["NULL", "'2026-11-20 12:00:01'"]
        for time in times:
            for sql in (
                f"INSERT INTO events (session_id, event_type, occurred_at) VALUES ($1, 'click', {time})",
                f"INSERT INTO latency_metrics (session_id, occurred_at) VALUES ($1, {time})",
                f"INSERT INTO error_logs (session_id, occurred_at) VALUES ($1, {time})",
                f"INSERT INTO rage_click_events (session_id, first_click_at) VALUES ($1, {time})",
                f"INSERT INTO journey_steps (session_id, step_num, occurred_at) VALUES ($1, 1, {time})",
                f"INSERT INTO emotion_predictions (session_id, occurred_at) VALUES ($1, {time})",
                f"INSERT INTO replay_chunks (session_id, recorded_at) VALUES ($1, {time})",
            ):
                await site.run(sql, session_id)
        page = await site.get(f"/sessions/{session_id}")
        assert {"at_ms": 1000, "type": "click"}.items() <= next(e for e in page["events"] if e["at_ms"] == 1000).items()
        assert page["session"]["duration_ms"] >= 0
        assert (await site.get("/sessions", since="2026-11-20T00:00:00Z", until="2026-11-21T00:00:00Z"))["total"] == 1


@pytest.mark.parametrize("metadata", [[1], "text", 3, None, {"response_ms": "x", "label": 7, "deep": {"a": [1]}}])
async def test_metadata_of_any_shape_is_shown(database: Database, metadata: Any) -> None:
    async with site_of(database) as site:
        session_id = await site.session(NOON, [])
        await site.run(
            "INSERT INTO events (session_id, event_type, metadata, occurred_at) VALUES ($1, 'click', $2, $3)",
            session_id, metadata, NOON,
        )  # fmt: skip
        event = (await site.get(f"/sessions/{session_id}"))["events"][0]
        assert event["label"] is None and event["response_ms"] is None and event["detail"] == {}


async def test_a_session_without_a_start_is_shown_by_its_address(database: Database) -> None:
    async with site_of(database) as site:
        session_id = await site.value("INSERT INTO sessions (started_at) VALUES (NULL) RETURNING session_id")
        assert (await site.get(f"/sessions/{session_id}"))["session"]["started_at"].startswith("1970-01-01")
        await site.run(
            "INSERT INTO events (session_id, event_type, occurred_at) VALUES ($1, 'click', $2)", session_id, NOON
        )
        started = (await site.get(f"/sessions/{session_id}"))["session"]["started_at"]
        assert datetime.fromisoformat(started).replace(tzinfo=None) == NOON


async def sent_in_parts(site: Site, start: int, parts: dict[int, tuple[list[int], list[int]]], tabs: int = 1) -> str:
    """A session sent batch by batch, by sequence number: its clicks by number, its replay chunks by index. A click
    comes a second after the one before it, a chunk begins 10 s after the one before it and lasts 4 s."""
    session_id = str(uuid4())
    async with collecting(site.database) as sender:
        for tab in range(tabs):
            name = str(uuid4())
            for seq, (numbers, indexes) in parts.items():
                events = [click(start + 1000 * one, metadata={"seq": one, "response_ms": 20}) for one in numbers]
                replay = [
                    replay_chunk(
                        [{"type": 3, "timestamp": start + 10_000 * one + ms, "data": {}} for ms in (0, 4000)], one
                    )
                    for one in indexes
                ]
                body = batch(sender.key, session_id, tab=name, seq=seq, events=events, replay=replay)
                body["session"]["started_at"] = start
                assert (await sender.send(body)).json()["dropped"] == {}
                if tab > 0 and seq == 0:
                    break
    return session_id


async def test_a_lost_batch_is_a_span_between_its_neighbours(database: Database) -> None:
    async with site_of(database) as site:
        start = now_ms() - 120_000
        whole = await sent_in_parts(site, start, {0: ([0, 5], []), 1: ([9], [])})
        page = await site.get(f"/sessions/{whole}")
        assert page["session"]["lost_batches"] == 0
        assert page["lost_spans"] == [], "refused or filtered items leave holes in the numbers as well"
        by_events = await sent_in_parts(site, start, {0: ([0, 1], []), 1: ([2], []), 3: ([20, 21], [])})
        page = await site.get(f"/sessions/{by_events}")
        assert page["session"]["lost_batches"] == 1
        assert page["lost_spans"] == [{"at_ms": 2000, "until_ms": 20_000}]
        by_chunks = await sent_in_parts(site, start, {0: ([0], [0, 1]), 1: ([1], []), 3: ([2], [3])}, tabs=2)
        page = await site.get(f"/sessions/{by_chunks}")
        assert page["session"]["lost_batches"] == 1
        assert page["lost_spans"] == [{"at_ms": 14_000, "until_ms": 30_000}], "the other tab lost nothing"
        unplaced = await sent_in_parts(site, start, {0: ([0, 1], []), 2: ([2], [])})
        page = await site.get(f"/sessions/{unplaced}")
        assert (page["session"]["lost_batches"], page["lost_spans"]) == (1, [])
