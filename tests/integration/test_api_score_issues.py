"""Issues by what they cost: gains are those of the score's formula, and each row opens exactly its sessions."""

from __future__ import annotations

from datetime import timedelta
from math import exp
from typing import Any

import pytest

from mien.analyzers.hazard import gain_if_fixed
from mien.store.database import Database
from tests.support.api_site import NOON, PERIOD, Lost, Site, site_of
from tests.support.rolled import settle

PAY = "POST /api/pay"
PLANS: tuple[list[Lost] | None, ...] = (
    [Lost("failed_request", 0.5, "/pay", None, PAY), Lost("rage_click", 0.3, "/pay", "#send")],
    # Two issues of one cause at one place are one row: fixing it takes both away.
    [Lost("failed_request", 0.4, "/pay", None, PAY), Lost("error_click", 0.2, "/pay", None, PAY)],
    [Lost("slow_api", 0.3, "/pay", None, PAY), Lost("dead_click", 0.1, None, "#send")],
    [],
    None,
)


async def fill(site: Site) -> None:
    for number, lost in enumerate(PLANS):
        await site.session(NOON + timedelta(minutes=number), lost)
    await site.session(NOON, [Lost("failed_request", 0.9, "/pay", None, PAY)], is_bot=True)


def gain(*parts: tuple[float, float]) -> float:
    """Of pairs (hazard of a session, the issue's part of it), as a mean over the four scored sessions."""
    return sum(gain_if_fixed(part, whole) for whole, part in parts) / 4


async def test_the_gain_is_what_the_mean_would_rise_by(database: Database) -> None:
    async with site_of(database) as site:
        await fill(site)
        for rolled in (False, True):
            if rolled:
                await settle(database)
            found = await site.get("/score/issues", by="api", with_gain=1, **PERIOD)
            assert (found["scored"], found["row_count"]) == (4, 2)
            fails, waits = found["rows"]
            assert (fails["name"], fails["cause"], fails["sessions"]) == (PAY, "fail", 2)
            assert (waits["name"], waits["cause"], waits["sessions"]) == (PAY, "wait", 1)
            assert fails["gain_if_fixed"] == pytest.approx(gain((0.8, 0.5), (0.6, 0.6)))
            assert waits["gain_if_fixed"] == pytest.approx(gain((0.4, 0.3)))
            # The same, of the scores: without it they are e^-0.3, 1, e^-0.1 and 1.
            without = (100 * exp(-0.3) + 100 + 100 * exp(-0.4) + 100) / 4
            assert found["score"] + fails["gain_if_fixed"] == pytest.approx(without)


@pytest.mark.parametrize("by", ["screen", "api", "element"])
@pytest.mark.parametrize("segment", [{}, {"screen": "/cart"}, {"bots": 1}])
async def test_each_row_opens_its_sessions_and_gains_at_most_its_points(
    database: Database, by: str, segment: dict[str, Any]
) -> None:
    async with site_of(database) as site:
        await fill(site)
        found = await site.get("/score/issues", by=by, with_gain=1, **PERIOD, **segment)
        assert found["rows"]
        costs = [row["points"] for row in found["rows"]]
        assert costs == sorted(costs, reverse=True)
        for row in found["rows"]:
            assert 0 < row["gain_if_fixed"] <= row["points"] + 1e-9
            listed = await site.get("/sessions", **PERIOD, **segment, **row["filter"])
            assert listed["total"] == row["sessions"]
        of_places = await site.get("/score", by=by, **PERIOD, **segment)
        assert sum(costs) * found["scored"] == pytest.approx(sum(row["points"] for row in of_places["rows"]))


async def test_elements_of_one_name_are_told_apart_by_their_screen(database: Database) -> None:
    async with site_of(database) as site:
        await fill(site)
        rows = (await site.get("/score/issues", by="element", with_gain=1, **PERIOD))["rows"]
        assert [(row["screen"], row["gain_if_fixed"]) for row in rows] == [
            ("/pay", pytest.approx(gain((0.8, 0.3)))),
            ("", pytest.approx(gain((0.4, 0.1)))),
        ]


async def test_gains_are_given_on_request_and_a_limit_keeps_the_costliest(database: Database) -> None:
    async with site_of(database) as site:
        empty = await site.get("/score/issues", by="screen", with_gain=1, **PERIOD)
        assert (empty["rows"], empty["score"], empty["row_count"]) == ([], None, 0)
        await fill(site)
        first = await site.get("/score/issues", by="screen", limit=1, **PERIOD)
        assert first["row_count"] == 3 and len(first["rows"]) == 1
        assert first["rows"][0]["gain_if_fixed"] is None
        for params in ({"by": "release"}, {}, {"by": "api", "limit": 0}, {"by": "api", "limit": 101}):
            await site.get("/score/issues", 400, **params)
