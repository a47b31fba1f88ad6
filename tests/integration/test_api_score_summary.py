"""The page Score by the API: bars, releases and versions as counted by other SQL, each with its sessions."""

from __future__ import annotations

import math
from datetime import timedelta
from statistics import fmean, stdev
from typing import Any

import pytest

from mien.store.database import Database
from tests.support.api_site import NOON, PERIOD, Lost, Site, site_of
from tests.support.behind import ids_behind, rows_of


async def fill(site: Site, per_release: int = 4) -> None:
    """Three releases, the middle one worse, one session without; some without a score."""
    for number in range(3 * per_release + 1):
        release = ["1.0", "1.1", "1.2"][number // per_release] if number < 3 * per_release else None
        hazard = {"1.0": 0.1, "1.1": 0.5}.get(release or "", 0.12) + 0.01 * (number % 4)
        lost = [Lost("rage_click", hazard, "/cart", "#pay"), Lost("slow_api", 0.05, "/cart", None, "GET /x")]
        session_id = await site.session(NOON + timedelta(minutes=number), None if number == 2 else lost)
        await site.run("UPDATE sessions SET app_version = $2 WHERE session_id = $1", session_id, release)
        for version, factor in (("a.1", 0.9), ("b.2", 0.5)):
            if number % 3 != 2:
                await site.run(
                    "INSERT INTO former_scores (session_id, version_key, replaced_at, score_exact)"
                    " SELECT session_id, $2, $3::timestamp AT TIME ZONE 'UTC', score_exact * $4 FROM score_facts"
                    " WHERE session_id = $1",
                    session_id, version, NOON + timedelta(hours=len(version) + (version == "b.2")), factor,
                )  # fmt: skip


async def exact_scores(site: Site) -> dict[str, float]:
    return {
        str(row["session_id"]): row["score_exact"]
        for row in await rows_of(site, "SELECT session_id, score_exact FROM score_facts WHERE score_exact IS NOT NULL")
    }


async def test_bars_releases_and_versions_open_their_sessions(database: Database) -> None:
    async with site_of(database) as site:
        await fill(site)
        exact = await exact_scores(site)
        found = await site.get("/score/summary", **PERIOD)
        assert found["score"] == pytest.approx(fmean(exact.values())) and found["scored"] == len(exact) == 12
        assert sum(row["sessions"] for row in found["histogram"]) == 12
        for row in [*found["histogram"], *found["releases"], *found["versions"]]:
            assert len(await ids_behind(site, row["filter"])) == row["sessions"], row
        assert [row["release"] for row in found["releases"]] == ["", "1.2", "1.1", "1.0"], "newest first"
        for row in found["releases"]:
            scores = [exact[one] for one in await ids_behind(site, row["filter"]) if one in exact]
            assert row["scored"] == len(scores) and row["score"] == pytest.approx(fmean(scores))
            assert sum(row["points_by_cause"].values()) == pytest.approx(100 - row["score"])
            if row["scored"]:
                alone = (await site.get("/score/summary", **PERIOD, release=row["release"]))["releases"]
                assert [one["points_by_cause"] for one in alone] == [pytest.approx(row["points_by_cause"])]
        for row, factor in zip(found["versions"], (0.5, 0.9), strict=True):
            both = [exact[one] for one in await ids_behind(site, row["filter"]) if one in exact]
            assert row["compared"] == len(both)
            assert row["after"] == pytest.approx(fmean(both)) and row["before"] == pytest.approx(fmean(both) * factor)
            assert row["difference"] is None, "fewer than ten"


async def test_the_differences_have_intervals_and_verdicts(database: Database) -> None:
    async with site_of(database) as site:
        await fill(site, 110)
        exact = await exact_scores(site)
        found = await site.get("/score/summary", **PERIOD)
        rows = {row["release"]: row for row in found["releases"]}
        assert {name: row["verdict"] for name, row in rows.items()} == {
            "": "few", "1.2": "better", "1.1": "worse", "1.0": "first",
        }  # fmt: skip
        assert (rows["1.1"]["against"], rows["1.2"]["against"]) == ("1.0", "1.1")
        worse = rows["1.1"]["difference"]
        assert worse["value"] == pytest.approx(rows["1.1"]["score"] - rows["1.0"]["score"])
        assert worse["low"] < worse["value"] < worse["high"] < 0
        version = found["versions"][0]
        pairs = [exact[one] * 0.5 for one in await all_behind(site, version["filter"]) if one in exact]
        half = 1.97 * stdev(pairs) / math.sqrt(len(pairs))
        assert version["difference"]["value"] == pytest.approx(fmean(pairs))
        assert version["difference"]["high"] - version["difference"]["value"] == pytest.approx(half, rel=0.01)


async def all_behind(site: Site, filter_: dict[str, str]) -> set[str]:
    """As `ids_behind`, over all pages."""
    found: set[str] = set()
    cursor: str | None = None
    while True:
        more: dict[str, Any] = {"cursor": cursor} if cursor else {}
        page = await site.get("/sessions", limit=100, **PERIOD, **filter_, **more)
        found |= {row["session_id"] for row in page["rows"]}
        cursor = page["next_cursor"]
        if cursor is None:
            return found


async def test_the_example_is_a_session_with_a_sum_to_read(database: Database) -> None:
    async with site_of(database) as site:
        assert (await site.get("/score/summary", **PERIOD))["example"] is None
        await fill(site)
        found = await site.get("/score/summary", **PERIOD)
        score = (await site.get(f"/sessions/{found['example']}"))["score"]
        assert len(score["issues"]) >= 2
        hazard = sum(one["hazard"] for one in score["issues"])
        assert score["exact"] == pytest.approx(100 * math.exp(-hazard)), "what the page works out"
        empty = await site.get("/score/summary", device="tablet", **PERIOD)
        assert (empty["sessions"], empty["releases"], empty["versions"], empty["score"]) == (0, [], [], None)
