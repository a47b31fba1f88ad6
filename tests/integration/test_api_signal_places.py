"""Signals by kind and place by the API: counts, lists, verdicts with intervals, examples that can be judged."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from mien.store.database import Database
from mien.store.wilson import wilson_95
from tests.integration.test_api_signals import send
from tests.support.api_site import NOON, PERIOD, Lost, Site, site_of
from tests.support.behind import ids_behind, rows_of


async def fill(site: Site) -> None:
    """Signals at several places; one under the name that its screen was sent with; a form that counts less."""
    plans: list[list[Lost]] = [
        [Lost("rage_click", 0.3, "/cart", "#pay"), Lost("rage_click", 0.2, "/cart", "#pay", at_s=30)],
        [Lost("rage_click", 0.3, "/cart", "#pay", evidence={"clicks": 5, "span_ms": 900, "label": "Pay now"})],
        [Lost("dead_click", 0.4, "/product/12", "#buy"), Lost("js_error", 0.1, None, None)],
        [Lost("dead_click", 0.1, "/product/:id", "#buy"), Lost("dead_click", 0.1, "/cart", None)],
    ]
    for number, lost in enumerate(plans):
        session_id = await site.session(
            NOON + timedelta(minutes=number), lost, device="phone" if number % 2 else "desktop"
        )
        await site.run(
            "INSERT INTO heatmap_views (session_id, view, screen, screen_sent, started_at, ended_at, reach_px,"
            " attention_ms) VALUES ($1, 1, '/product/:id', '/product/12', $2, $2, 0, '{}')", session_id, NOON,
        )  # fmt: skip
    await site.session(NOON, [Lost("rage_click", 0.9, "/cart", "#pay")], is_bot=True)


@pytest.mark.parametrize("segment", [{}, {"device": "phone"}])
async def test_kinds_and_places_open_exactly_their_sessions(database: Database, segment: dict[str, Any]) -> None:
    async with site_of(database) as site:
        await fill(site)
        found = await site.get("/signals", **PERIOD, **segment)
        mine = await ids_behind(site, {}, segment)
        table = [row for row in await rows_of(site, "SELECT * FROM signals") if str(row["session_id"]) in mine]
        assert found["signals"] == len(table) == sum(row["signals"] for row in found["places"])
        assert {row["type"]: row["signals"] for row in found["kinds"]} == Counter(row["type"] for row in table)
        for row in [*found["kinds"], *found["places"]]:
            assert len(await ids_behind(site, row["filter"], segment)) == row["sessions"] > 0, row
        one = await site.get("/signals", kind="dead_click", **PERIOD, **segment)
        assert {row["type"] for row in one["places"]} == {"dead_click"} and one["kinds"] == found["kinds"]
        assert one["place_count"] == len(one["places"])


async def test_names_that_were_sent_are_one_screen(database: Database) -> None:
    async with site_of(database) as site:
        await fill(site)
        places = (await site.get("/signals", kind="dead_click", **PERIOD))["places"]
        assert {(row["element_id"], row["screen"]): row["signals"] for row in places} == {
            ("#buy", "/product/:id"): 2, ("", "/cart"): 1,
        }  # fmt: skip
        kinds = {row["type"]: row for row in (await site.get("/signals", **PERIOD))["kinds"]}
        by_cause = (await site.get("/overview", **PERIOD))["causes"]
        noans = next(row["points"] for row in by_cause if row["cause"] == "noans")
        assert kinds["rage_click"]["points"] + kinds["dead_click"]["points"] == pytest.approx(noans)
        assert sum(row["points"] for row in places) == pytest.approx(kinds["dead_click"]["points"])


async def test_examples_can_be_judged_and_the_precision_follows(database: Database) -> None:
    async with site_of(database) as site:
        await fill(site)
        asked = {"kind": "rage_click", "element_id": "#pay", "on": "/cart", **PERIOD}
        rows = (await site.get("/signals/examples", **asked))["rows"]
        assert len(rows) == 2 and len({row["session_id"] for row in rows}) == 2
        assert (rows[0]["at_ms"], rows[0]["verdict"]) == (10_000, None)
        assert "Pay now" in rows[0]["label"] and "5 clicks" in rows[0]["detail"]
        for row, is_frustration in zip(rows, (True, False), strict=True):
            key = {name: row[name] for name in ("type", "started_at", "element_id", "screen")}
            body = {**key, "is_frustration": is_frustration}
            await send(site, "POST", f"/sessions/{row['session_id']}/verdicts", json=body)
        again = (await site.get("/signals/examples", **asked))["rows"]
        assert [row["verdict"] for row in again] == [True, False]
        found = await site.get("/signals", **PERIOD)
        low, high = wilson_95(1, 2)
        said = {"verdicts": 2, "frustration": 1, "precision": 0.5, "low": low, "high": high}
        for row in (found["kinds"][0], found["places"][0]):
            assert row["type"] == "rage_click" and row["judged"] == said
        assert all(row["judged"] is None for row in found["kinds"][1:])
        mute = {"type": "rage_click", "element_id": "#pay", "screen": "/cart"}
        await send(site, "POST", "/signals/muted", json=mute)
        muted = (await site.get("/signals", **PERIOD))["places"][0]
        assert muted["is_muted"] and not muted["is_proposed"]


async def test_enough_verdicts_propose_a_mute(database: Database) -> None:
    async with site_of(database) as site:
        for number in range(20):
            at = NOON + timedelta(minutes=number)
            session_id = await site.session(at, [Lost("dead_click", 0.1, "/cart", "#step")])
            key = {"type": "dead_click", "started_at": f"{(at + timedelta(seconds=10)).isoformat()}Z"}
            body = {**key, "element_id": "#step", "screen": "/cart", "is_frustration": number == 0}
            await send(site, "POST", f"/sessions/{session_id}/verdicts", json=body)
        (place,) = (await site.get("/signals", **PERIOD))["places"]
        assert place["is_proposed"] and place["judged"]["verdicts"] == 20 and place["judged"]["high"] < 0.3


async def test_an_empty_project_and_what_is_refused(database: Database) -> None:
    async with site_of(database) as site:
        empty = await site.get("/signals", **PERIOD)
        assert (empty["kinds"], empty["places"], empty["signals"], empty["place_count"]) == ([], [], 0, 0)
        assert (await site.get("/signals/examples", kind="rage_click"))["rows"] == []
        for params in ({"limit": 0}, {"limit": 501}, {"kind": "x" * 65}, {"kind": "a\0"}):
            assert (await site.get("/signals", 400, **params))["error"] == "invalid_request"
        for params in ({}, {"kind": " "}, {"kind": "a", "limit": 51}, {"kind": "a", "element_id": "x" * 501}):
            assert (await site.get("/signals/examples", 400, **params))["error"] == "invalid_request"
