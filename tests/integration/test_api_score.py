"""The score by one dimension: averages of session scores, and the list that each row opens has the same count."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from mien.store.database import Database
from tests.support.api_site import NOON, PERIOD, Lost, Site, site_of

DIMENSIONS = ["screen", "api", "element", "release", "device"]


async def fill(site: Site) -> None:
    """Sessions with issues at several places, releases and devices; some without a score, release or device."""
    pay, next_ = "#pay", "#next"
    plans: list[tuple[list[Lost] | None, str | None, str]] = [
        ([Lost("rage_click", 0.3, "/cart", pay), Lost("js_error", 0.1, "/cart")], "1.0", "desktop"),
        ([Lost("rage_click", 0.2, "/cart", pay), Lost("dead_click", 0.4, "/list", next_)], "1.0", "phone"),
        ([Lost("failed_request", 0.5, "/cart", None, "POST /pay"), Lost("dead_click", 0.1, None, pay)], "1.1", "tv"),
        ([Lost("slow_api", 0.2, None, None, "GET /api/list"), Lost("slow_api", 0.1, "/list", None, "GET /api/list")],
         None, "phone"),
        ([], "1.1", "desktop"),
        (None, "1.1", "desktop"),
        ([Lost("minor", 0.01, None)], "1.0", "desktop"),
    ]  # fmt: skip
    for number, (lost, release, device) in enumerate(plans):
        session_id = await site.session(NOON + timedelta(minutes=number), lost, device=device)
        await site.run("UPDATE sessions SET app_version = $2 WHERE session_id = $1", session_id, release)
    unknown = await site.session(NOON, [Lost("rage_click", 0.3, "/cart", pay)])
    await site.run("UPDATE session_facts SET device_type = NULL WHERE session_id = $1", unknown)
    await site.session(NOON, [Lost("rage_click", 0.9, "/cart", pay)], is_bot=True)
    await site.session(NOON - timedelta(days=60), [Lost("rage_click", 0.9, "/cart", pay)])


async def sessions_of(site: Site, **params: Any) -> list[dict[str, Any]]:
    listed = await site.get("/sessions", limit=100, **params)
    assert listed["total"] == len(listed["rows"])
    rows: list[dict[str, Any]] = listed["rows"]
    return rows


@pytest.fixture(autouse=True)
def minor(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.support import api_site

    monkeypatch.setattr(api_site, "CAUSE_OF", {**api_site.CAUSE_OF, "minor": "restless"})


@pytest.mark.parametrize("by", DIMENSIONS)
@pytest.mark.parametrize("segment", [{}, {"device": "phone"}, {"screen": "/cart"}, {"bots": 1}])
async def test_each_row_opens_exactly_the_sessions_behind_it(
    database: Database, by: str, segment: dict[str, Any]
) -> None:
    async with site_of(database) as site:
        await fill(site)
        exact = {
            str(row["session_id"]): row["score_exact"]
            for row in await rows_of(site, "SELECT session_id, score_exact FROM score_facts")
        }
        found = await site.get("/score", by=by, **PERIOD, **segment)
        everyone = await sessions_of(site, **PERIOD, **segment)
        assert found["rows"] and found["row_count"] == len(found["rows"])
        assert found["sessions"] == len(everyone)
        for row in found["rows"]:
            behind = await sessions_of(site, **{**PERIOD, **segment, **row["filter"]})
            assert len(behind) == row["sessions"], row
            scores = [exact[one["session_id"]] for one in behind if one["score"] is not None]
            assert row["scored"] == len(scores)
            assert row["score"] == (pytest.approx(sum(scores) / len(scores)) if scores else None), "a mean of sessions"
            assert row["points_per_session"] == pytest.approx(row["points"] / found["scored"])
        points = sum(row["points"] for row in found["rows"]) + found["points_elsewhere"]
        assert points == pytest.approx(found["points"]), "nothing is lost on the way"
        lost = sum(100 - exact[one["session_id"]] for one in everyone if one["score"] is not None)
        assert found["points"] == pytest.approx(lost)


async def rows_of(site: Site, sql: str) -> list[Any]:
    async with site.database.reading("p_default") as queries:
        return list(await queries.connection.fetch(sql))


async def test_releases_and_devices_part_the_segment(database: Database) -> None:
    async with site_of(database) as site:
        await fill(site)
        for by, names in (("release", {"", "1.0", "1.1"}), ("device", {"", "desktop", "phone", "tv"})):
            found = await site.get("/score", by=by, **PERIOD)
            assert {row["name"] for row in found["rows"]} == names
            assert sum(row["sessions"] for row in found["rows"]) == found["sessions"]
            assert found["points_elsewhere"] == pytest.approx(0)


async def test_elements_of_one_name_on_two_screens_are_two_rows(database: Database) -> None:
    async with site_of(database) as site:
        await fill(site)
        rows = (await site.get("/score", by="element", **PERIOD))["rows"]
        assert {(row["name"], row["screen"], row["sessions"]) for row in rows} == {
            ("#pay", "/cart", 3), ("#pay", "", 1), ("#next", "/list", 1),
        }  # fmt: skip


async def test_a_limit_keeps_the_costliest_and_the_sums_of_all(database: Database) -> None:
    async with site_of(database) as site:
        await fill(site)
        whole = await site.get("/score", by="screen", **PERIOD)
        first = await site.get("/score", by="screen", limit=1, **PERIOD)
        assert first["rows"] == whole["rows"][:1]
        assert first["row_count"] == 2 and first["points_elsewhere"] == whole["points_elsewhere"]


async def test_an_empty_project_has_no_rows_and_wrong_parameters_are_named(database: Database) -> None:
    async with site_of(database) as site:
        for by in DIMENSIONS:
            found = await site.get("/score", by=by)
            assert (found["rows"], found["sessions"], found["score"], found["points"]) == ([], 0, None, 0)
        for params in ({"by": "moon"}, {}, {"by": "screen", "limit": 0}, {"by": "screen", "limit": 501}):
            await site.get("/score", 400, **params)
        for name in ("release", "device_type"):
            await site.get("/sessions", 400, **{name: "a\0b"})
            await site.get("/sessions", 400, **{name: "x" * 501})
            await site.get("/sessions", **{name: " "})
