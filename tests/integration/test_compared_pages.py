"""Overview's places, Screens, Signals and Errors beside the period before: what that period's own page says."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from mien.store.database import Database
from tests.integration.test_api_error_groups import PAY, SHOW, STACK, Met
from tests.integration.test_api_error_groups import fill as fill_errors
from tests.support.api_site import NOON, PERIOD, Lost, Site, site_of

WEEK = timedelta(days=7)
BEFORE = {"since": "2026-11-07T00:00:00Z", "until": PERIOD["since"]}
SEGMENTS: list[dict[str, Any]] = [{}, {"device": "phone"}]
NOW_AND_THEN: tuple[tuple[list[Lost] | None, ...], ...] = (
    (
        [Lost("rage_click", 0.3, "/cart", "#pay"), Lost("js_error", 0.1, "/list")],
        [Lost("dead_click", 0.4, "/list", "#buy")],
        [Lost("failed_request", 0.5, "/cart", None, "POST /pay")],
        None,
    ),
    (
        [Lost("rage_click", 0.6, "/cart", "#pay")],
        [Lost("rage_click", 0.2, "/cart", "#pay"), Lost("failed_request", 0.1, "/cart", None, "POST /pay")],
        [Lost("dead_click", 0.2, "/gone", "#old")],
        [],
        None,
    ),
)


async def fill(site: Site) -> None:
    """Sessions of this week and of the one before it; and one long before both."""
    for at, weeks in ((NOON, NOW_AND_THEN[0]), (NOON - WEEK, NOW_AND_THEN[1])):
        for number, lost in enumerate(weeks):
            await site.session(
                at - timedelta(hours=number), lost, device="desktop" if number % 2 else "phone",
                screens=("/list", "/cart") if number % 3 else ("/cart",),
            )  # fmt: skip
    await site.session(NOON - 4 * WEEK, [Lost("rage_click", 0.9, "/cart", "#pay")])


@pytest.mark.parametrize("segment", SEGMENTS)
async def test_places_of_the_overview(database: Database, segment: dict[str, Any]) -> None:
    async with site_of(database) as site:
        await fill(site)
        found = await site.get("/overview", compare=True, **PERIOD, **segment)
        own = await site.get("/overview", **BEFORE, **segment)
        for kind in ("screens", "apis", "elements"):
            then = {(row["name"], row["screen"]): row["points"] for row in own[kind]}
            assert found[kind]
            for row in found[kind]:
                assert row["points_before"] == pytest.approx(then.get((row["name"], row["screen"]), 0)), row
            assert {row["points_before"] for row in own[kind]} <= {None}, "nobody asked"
        assert any(row["points_before"] for row in found["screens"])
        first = await site.get("/overview", compare=True, since="2026-11-01T00:00:00Z", until=BEFORE["since"])
        assert first["screens"] == []
        alone = await site.get("/overview", compare=True, **BEFORE, **segment)
        assert {row["points_before"] for row in alone["screens"]} == {None}, "no scored session before"


@pytest.mark.parametrize("segment", SEGMENTS)
async def test_screens(database: Database, segment: dict[str, Any]) -> None:
    async with site_of(database) as site:
        await fill(site)
        found = await site.get("/screens", compare=True, **PERIOD, **segment)
        own = await site.get("/screens", **BEFORE, **segment)
        then = {row["screen"]: row for row in own["rows"]}
        assert found["sessions_before"] == own["sessions"] and own["sessions_before"] is None
        for row in found["rows"]:
            before = then.get(row["screen"])
            assert row["points_before"] == pytest.approx(before["points"] if before else 0), row
            assert row["sessions_before"] == (before["sessions"] if before else 0)
        assert any(row["points_before"] for row in found["rows"])
        limited = await site.get("/screens", compare=True, limit=1, sort="screen", order="asc", **PERIOD, **segment)
        assert limited["rows"] == [row for row in found["rows"] if row["screen"] == "/cart"]
        alone = await site.get("/screens", compare=True, **BEFORE, **segment)
        assert {(row["points_before"], row["sessions_before"]) for row in alone["rows"]} == {(None, 0)}


@pytest.mark.parametrize("segment", SEGMENTS)
async def test_signals(database: Database, segment: dict[str, Any]) -> None:
    async with site_of(database) as site:
        await fill(site)
        for kind in (None, "rage_click"):
            asked = {**segment, **({"kind": kind} if kind else {})}
            found = await site.get("/signals", compare=True, **PERIOD, **asked)
            own = await site.get("/signals", **BEFORE, **asked)
            assert found["sessions_before"] == own["sessions"] and own["sessions_before"] is None
            for part, key in (("kinds", ("type",)), ("places", ("type", "element_id", "screen"))):
                then = {tuple(row[name] for name in key): row for row in own[part]}
                for row in found[part]:
                    before = then.get(tuple(row[name] for name in key), {"signals": 0, "sessions": 0})
                    assert row["signals_before"] == before["signals"], row
                    assert row["sessions_before"] == before["sessions"], row
                assert any(row["signals_before"] for row in found[part])
                assert {(row["signals_before"], row["sessions_before"]) for row in own[part]} == {(None, None)}


@pytest.mark.parametrize("segment", SEGMENTS)
async def test_errors(database: Database, segment: dict[str, Any]) -> None:
    minutes = 7 * 24 * 60
    async with site_of(database) as site:
        await fill_errors(
            site,
            (
                Met(((5, "/cart", PAY, STACK), (9, "/list", SHOW, None)), device="phone"),
                Met(((1, "/cart", PAY, STACK),), minutes=10),
                Met(((2, "/cart", PAY, STACK), (3, "/cart", PAY, STACK)), device="phone", minutes=-minutes),
                Met(((2, "/cart", PAY, STACK),), minutes=-minutes),
            ),
        )
        found = await site.get("/errors", compare=True, **PERIOD, **segment)
        own = await site.get("/errors", **BEFORE, **segment)
        assert found["all_sessions_before"] == own["all_sessions"] == (1 if segment else 2)
        then = {row["key"]: row for row in own["rows"]}
        assert len(then) == 1 and len(found["rows"]) == 2
        for row in found["rows"]:
            before = then.get(row["key"], {"errors": 0, "sessions": 0})
            assert (row["errors_before"], row["sessions_before"]) == (before["errors"], before["sessions"])
            assert row["is_new"] == (row["key"] not in then)
            listed = await site.get("/sessions", limit=1, error_group=row["key"], **BEFORE, **segment)
            assert listed["total"] == row["sessions_before"]
            page = await site.get(f"/errors/{row['key']}", compare=True, **PERIOD, **segment)
            assert {**page["group"], "trend": []} == {**row, "trend": []}
            assert page["all_sessions_before"] == found["all_sessions_before"]
        silent = (await site.get("/errors", **PERIOD, **segment))["rows"]
        assert {(row["errors_before"], row["sessions_before"]) for row in silent} == {(None, None)}
