"""Screens by the API: figures as counted by other SQL, and each opens exactly the sessions behind it."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import Any

import pytest

from mien.store.causes import CAUSE_OF
from mien.store.database import Database
from tests.support.api_site import NOON, PERIOD, Lost, Site, site_of
from tests.support.behind import ids_behind, rows_of

SEGMENTS: list[dict[str, Any]] = [{}, {"device": "phone"}, {"screen": "/cart"}, {"having": "screen:/pay"}]


async def fill(site: Site) -> None:
    """Sessions that saw and left several screens; /product/:id was sent under other names; a bot and an old one."""
    plans: list[tuple[list[Lost] | None, tuple[str, ...], str, str | None]] = [
        ([Lost("rage_click", 0.3, "/cart", "#pay"), Lost("js_error", 0.1, "/cart")], ("/", "/cart"), "desktop", "ada"),
        ([Lost("dead_click", 0.4, "/product/12", "#buy")], ("/", "/product/:id", "/cart", "/"), "phone", None),
        ([Lost("failed_request", 0.5, "/pay", None, "POST /pay"), Lost("slow_api", 0.1, "/pay", None, "GET /x")],
         ("/cart", "/pay"), "phone", None),
        ([], ("/", "/product/:id"), "desktop", None),
        (None, ("/",), "desktop", None),
        ([Lost("dead_click", 0.2, "/never-seen", "#x"), Lost("dead_click", 0.2, None, "#y")], ("/",), "desktop", None),
    ]  # fmt: skip
    for number, (lost, screens, device, user) in enumerate(plans):
        session_id = await site.session(
            NOON + timedelta(minutes=number), lost, device=device, screens=screens, user=user, length_s=60 + number
        )
        if "/product/:id" in screens:
            await site.run(
                "INSERT INTO heatmap_views (session_id, view, screen, screen_sent, started_at, ended_at, reach_px,"
                " attention_ms) VALUES ($1, 1, '/product/:id', '/product/12', $2, $2, 0, '{}')", session_id, NOON,
            )  # fmt: skip
    await site.session(NOON, [Lost("rage_click", 0.9, "/cart", "#pay")], is_bot=True)
    await site.session(NOON - timedelta(days=60), [Lost("rage_click", 0.9, "/cart", "#pay")])


async def line(site: Site, screen: str, **segment: Any) -> dict[str, Any]:
    rows: list[dict[str, Any]] = (await site.get("/screens", **PERIOD, **segment))["rows"]
    return next(row for row in rows if row["screen"] == screen)


@pytest.mark.parametrize("segment", SEGMENTS)
async def test_each_figure_opens_exactly_its_sessions(database: Database, segment: dict[str, Any]) -> None:
    async with site_of(database) as site:
        await fill(site)
        found = await site.get("/screens", **PERIOD, **segment)
        everyone = await ids_behind(site, {}, segment)
        assert found["sessions"] == len(everyone) and found["rows"]
        assert found["row_count"] == len(found["rows"])
        for row in found["rows"]:
            if "screen" in segment and row["sessions"]:
                # The page narrows by both; the API's parameter holds one, so the other goes to `having`.
                both = {"screen": row["screen"], "having": f"screen:{segment['screen']}"}
                assert len(await ids_behind(site, both)) == row["sessions"]
            else:
                assert len(await ids_behind(site, row["filter"], segment)) == row["sessions"], row
            assert len(await ids_behind(site, row["exit_filter"], segment)) == row["exits"], row
            assert len(await ids_behind(site, row["points_filter"], segment)) == row["points_sessions"], row
            assert len(await ids_behind(site, row["signal_filter"], segment)) == row["signal_sessions"], row
            assert sum(row["points_by_cause"].values()) == pytest.approx(row["points"])
        assert sum(row["exits"] for row in found["rows"]) == len(everyone), "everyone leaves somewhere, once"


async def test_the_figures_are_those_of_the_tables(database: Database) -> None:
    async with site_of(database) as site:
        await fill(site)
        mine = await ids_behind(site, {})
        steps: dict[str, list[Any]] = defaultdict(list)
        exits: dict[str, int] = defaultdict(int)
        last: dict[str, str] = {}
        for row in await rows_of(site, "SELECT * FROM journey_steps ORDER BY session_id, step_num"):
            if str(row["session_id"]) in mine:
                steps[row["screen"]].append(row)
                last[str(row["session_id"])] = row["screen"]
        for screen in last.values():
            exits[screen] += 1
        found = {row["screen"]: row for row in (await site.get("/screens", **PERIOD))["rows"]}
        assert set(found) == {*steps, "/never-seen"}
        for screen, rows in steps.items():
            assert found[screen]["views"] == len(rows)
            assert found[screen]["visitors"] == found[screen]["sessions"] == len({row["session_id"] for row in rows})
            assert found[screen]["exits"] == exits[screen]
        # Two views of /pay there are not: the one takes the second half of 62 s.
        assert found["/pay"]["stay_ms"] == pytest.approx(31_000, rel=0.01)
        lost: dict[str, float] = defaultdict(float)
        scored = 0
        for row in await rows_of(site, "SELECT session_id, score, issues FROM experience_scores"):
            if str(row["session_id"]) in mine:
                scored += row["score"] is not None
                for issue in row["issues"]:
                    lost[{"/product/12": "/product/:id"}.get(issue["page"], issue["page"] or "")] += issue["points"]
        assert scored == 5
        for screen, points in lost.items():
            if screen:
                assert found[screen]["points"] == pytest.approx(points / scored), screen
        assert found["/never-seen"]["sessions"] == 0 and found["/never-seen"]["points_sessions"] == 1


@pytest.mark.parametrize(("sort", "order"), [("points", "desc"), ("views", "desc"), ("exits", "asc"), ("score", "asc")])
async def test_rows_come_in_order_and_those_without_a_value_last(database: Database, sort: str, order: str) -> None:
    async with site_of(database) as site:
        await fill(site)
        rows = (await site.get("/screens", sort=sort, order=order, **PERIOD))["rows"]
        values = [row["exit_share" if sort == "exits" else sort] for row in rows]
        known = [value for value in values if value is not None]
        assert known == sorted(known, reverse=order == "desc") and values[: len(known)] == known
        names = [row["screen"] for row in (await site.get("/screens", sort="screen", order=order, **PERIOD))["rows"]]
        assert names == sorted(names, reverse=order == "desc")
        limited = await site.get("/screens", limit=2, **PERIOD)
        assert (len(limited["rows"]), limited["row_count"]) == (2, len(rows))


async def test_one_screen_says_what_costs_there_and_for_whom(database: Database) -> None:
    async with site_of(database) as site:
        await fill(site)
        session = await site.value("SELECT session_id FROM journey_steps WHERE screen = '/pay'")
        await site.run(
            "INSERT INTO grouped_errors (session_id, error_id, group_key, kind, type, title, screen, occurred_at)"
            " VALUES ($1, 1, 'abc', 'error', 'TypeError', 'x is not a function', '/pay', $2)", session, NOON,
        )  # fmt: skip
        for name in ("/pay", "/cart", "/product/:id"):
            detail = await site.get("/screens/one", on=name, **PERIOD)
            assert detail["row"] == await line(site, name)
            assert sum(one["points"] for one in detail["causes"]) == pytest.approx(detail["row"]["points"])
            for part in (*detail["causes"], *detail["elements"], *detail["apis"], *detail["errors"]):
                assert len(await ids_behind(site, part["filter"])) == part["sessions"] > 0, part
        pay = await site.get("/screens/one", on="/pay", **PERIOD)
        assert [(one["name"], one["types"]) for one in pay["apis"]] == [
            ("POST /pay", ["failed_request"]), ("GET /x", ["slow_api"]),
        ]  # fmt: skip
        assert [one["cause"] for one in pay["causes"]] == ["wait", "fail"]
        assert [one["title"] for one in pay["errors"]] == ["x is not a function"]
        assert CAUSE_OF["dead_click"] == "noans"
        product = await site.get("/screens/one", on="/product/:id", **PERIOD)
        assert [one["name"] for one in product["elements"]] == ["#buy"], "lost under the name that was sent"
        unknown = await site.get("/screens/one", on="/nowhere", **PERIOD)
        assert unknown["row"] is None and unknown["causes"] == unknown["errors"] == []


async def test_paint_is_by_view_and_opens_its_sessions(database: Database) -> None:
    async with site_of(database) as site:
        await fill(site)
        cart = await rows_of(site, "SELECT DISTINCT session_id FROM journey_steps WHERE screen = '/cart'")
        mine = await ids_behind(site, {"screen": "/cart"})
        for number, row in enumerate(row for row in cart if str(row["session_id"]) in mine):
            for event, screen, data in (
                ("screen_view", "/cart", {}),
                ("web_vital", "/cart", {"name": "LCP", "value": 9000}),
                ("web_vital", "/cart", {"name": "LCP", "value": 1000 * (number + 1)}),
            ):
                await site.run(
                    "INSERT INTO events (session_id, event_type, screen, metadata, occurred_at)"
                    " VALUES ($1, $2, $3, $4, $5)",
                    row["session_id"], event, screen, data, NOON,
                )  # fmt: skip
        rows = (await site.get("/screens/paint", **PERIOD))["rows"]
        assert [(row["screen"], row["views"], row["p75_ms"]) for row in rows] == [("/cart", 3, 3000)]
        assert len(await ids_behind(site, rows[0]["filter"])) == rows[0]["sessions"] == 3


async def test_an_empty_project_and_what_is_refused(database: Database) -> None:
    async with site_of(database) as site:
        empty = await site.get("/screens", **PERIOD)
        assert (empty["rows"], empty["row_count"], empty["sessions"]) == ([], 0, 0)
        assert (await site.get("/screens/paint", **PERIOD))["rows"] == []
        for params in ({"sort": "no"}, {"limit": 0}, {"limit": 501}, {"order": "up"}):
            assert (await site.get("/screens", 400, **params))["error"] == "invalid_request"
        for on in ("", " ", "a\0b", "x" * 501):
            assert (await site.get("/screens/one", 400, on=on))["error"] == "invalid_request"
        for name in ("lost_on", "moment", "former", "signal_type", "signal_element", "signal_screen"):
            assert (await site.get("/sessions", 400, **{name: "a\0b"}))["error"] == "invalid_request"
            assert (await site.get("/sessions", 400, **{name: "x" * 501}))["error"] == "invalid_request"
        other = await site.client.get("/api/projects/nobody/screens")
        assert other.status_code == 404


async def test_the_score_of_a_screen_on_each_device_opens_its_sessions(database: Database) -> None:
    async with site_of(database) as site:
        for number, device in enumerate(("phone", "phone", "desktop", "desktop", "desktop")):
            lost = [Lost("rage_click", 0.5, "/cart", "#a")] if device == "phone" else []
            screens = ("/", "/cart") if number else ("/cart",)
            await site.session(NOON, lost, device=device, screens=screens)
        page = await site.get("/screens/devices", **PERIOD)
        assert page["devices"] == ["desktop", "phone"], "nobody came with a tablet"
        assert [(row["screen"], row["sessions"]) for row in page["rows"]] == [("/cart", 5), ("/", 4)]
        for row in page["rows"]:
            assert sum(cell["sessions"] for cell in row["cells"]) == row["sessions"]
            for cell in row["cells"]:
                listed = await site.get("/sessions", **PERIOD, **cell["filter"])
                assert listed["total"] == cell["sessions"]
                scores = [one["score"] for one in listed["rows"]]
                assert round(cell["score"]) == round(sum(scores) / len(scores))
        by_device = {cell["device"]: cell["score"] for cell in page["rows"][0]["cells"]}
        assert by_device["phone"] < by_device["desktop"] == 100
        for same in ({"having": "score:0-100"}, {"bots": "1"}):  # of no roll-up: counted session by session
            raw = await site.get("/screens/devices", **PERIOD, **same)
            assert raw["answered_from"] == "raw" and raw["devices"] == page["devices"]
            assert [(row["screen"], row["sessions"]) for row in raw["rows"]] == [("/cart", 5), ("/", 4)]
            assert raw["rows"] == [
                {**row, "cells": [{**cell, "score": pytest.approx(cell["score"])} for cell in row["cells"]]}
                for row in page["rows"]
            ]
        of_screen = await site.get("/screens/devices", **PERIOD, screen="/")
        assert [(row["screen"], row["sessions"]) for row in of_screen["rows"]] == [("/", 4), ("/cart", 4)]
        phones = await site.get("/screens/devices", **PERIOD, device="phone")
        assert phones["devices"] == ["phone"] and phones["rows"][0]["cells"][0]["sessions"] == 2
        assert phones["rows"] == (await site.get("/screens/devices", **PERIOD, device_type="phone"))["rows"]
