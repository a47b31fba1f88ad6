"""What waiting goes together with, and web vitals: against plain counts, and each figure opens its sessions."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import pytest

from mien.store.database import Database
from mien.store.wilson import wilson_95
from tests.support.api_site import PERIOD, site_of
from tests.support.calls import Made, fill

LINES = {"LCP": (2500, 4000), "INP": (200, 500), "CLS": (0.1, 0.25), "FCP": (1800, 3000), "TTFB": (800, 1800)}
EDGES = [None, 500, 1000, 2000, 4000, 8000, None]


def nearest_rank(values: list[int], q: float) -> int:
    return sorted(values)[max(math.ceil(q * len(values)) - 1, 0)]


def waits(made: list[Made], api: str | None) -> list[tuple[Made, int, bool]]:
    """Session, p75 of its finished calls, whether it left within a minute after the slowest."""
    found = []
    for one in made:
        calls = [
            (max(ms, 0), after) for name, ms, status, after in one.calls
            if ms is not None and status is not None and (api is None or (name or "") == api)
        ]  # fmt: skip
        if calls:
            slowest, after = max(calls)
            left = one.length_s - (after + slowest / 1000) <= 60
            found.append((one, nearest_rank([ms for ms, _ in calls], 0.75), left))
    return found


@pytest.mark.parametrize("api", [None, "GET /api/cart", ""])
async def test_bands_equal_a_plain_count_and_open_their_sessions(database: Database, api: str | None) -> None:
    async with site_of(database) as site:
        made = await fill(site, count=60)
        named = {} if api is None else {"api": api}
        found = await site.get("/latency/dose", **PERIOD, **named)
        banded = waits(made, api)
        called = [one for one in made if any(api is None or (name or "") == api for name, *_ in one.calls)]
        assert found["sessions"] == len(called) and found["unbanded"] == len(called) - len(banded)
        assert [(band["min_ms"], band["max_ms"]) for band in found["bands"]] == list(pairwise(EDGES))
        filled = 0
        for band in found["bands"]:
            inside = [
                (one, left) for one, p75, left in banded
                if (band["min_ms"] or 0) <= p75 < (band["max_ms"] or math.inf)
            ]  # fmt: skip
            filled += bool(inside)
            check_band(band, inside)
            limits = {
                name: band[key] for name, key in (("wait_min_ms", "min_ms"), ("wait_max_ms", "max_ms"))
                if band[key] is not None
            }  # fmt: skip
            listed = [
                (await site.get("/sessions", **PERIOD, **named, **limits, **more))["total"]
                for more in ({}, {"left_soon": True}, {"signal": "rage_click"})
            ]
            assert listed == [band["sessions"], band["left"]["count"], band["rage"]["count"]]
        assert filled >= 4, "the test has sessions in most bands"


def check_band(band: dict[str, Any], inside: list[tuple[Made, bool]]) -> None:
    scores = [one.score for one, _ in inside if one.score is not None]
    assert (band["sessions"], band["scored"]) == (len(inside), len(scores))
    for name, count in (("left", sum(left for _, left in inside)), ("rage", sum(one.has_rage for one, _ in inside))):
        low, high = wilson_95(count, len(inside))
        assert band[name]["count"] == count and band[name]["of"] == len(inside)
        assert (band[name]["low"], band[name]["high"]) == pytest.approx((low, high))
        assert band[name]["share"] == (pytest.approx(count / len(inside)) if inside else None)
    visitors = {one.visitor for one, _ in inside if one.score is not None}
    assert band["visitors"] == len(visitors)
    if not scores:
        assert band["score"] is None
        return
    mean = sum(scores) / len(scores)
    assert band["score"] == pytest.approx(mean)
    if len(visitors) < 2:
        assert band["score_low"] is None
        return
    residuals = [
        sum(one.score - mean for one, _ in inside if one.score is not None and one.visitor == visitor)
        for visitor in visitors
    ]
    variance = sum(r * r for r in residuals) * len(visitors) / (len(visitors) - 1) / len(scores) ** 2
    half = 1.959963984540054 * math.sqrt(variance)
    assert band["score_low"] == pytest.approx(max(mean - half, 0), abs=1e-6)
    assert band["score_high"] == pytest.approx(min(mean + half, 100), abs=1e-6)


def measured(made: list[Made]) -> list[tuple[Made, str, str, float]]:
    """Session, screen, vital and the last value of each view that reported it."""
    return [
        (one, screen or "", name, values[-1])
        for one in made
        for screen, reports in one.views
        for name, values in reports.items()
    ]


def rating(name: str, value: float) -> str:
    good, poor = LINES[name]
    return "good" if value <= good else "poor" if value > poor else "needs-improvement"


async def test_vitals_equal_a_plain_count_and_open_their_sessions(database: Database) -> None:
    async with site_of(database) as site:
        made = await fill(site, count=30)
        found = await site.get("/latency/vitals", **PERIOD)
        assert {line["name"]: (line["good"], line["poor"]) for line in found["lines"]} == LINES
        reports = measured(made)
        places = {(screen, one.device) for one, screen, _, _ in reports}
        assert {(row["screen"], row["device_type"]) for row in found["rows"]} == places
        assert found["row_count"] == len(found["rows"]) == len(places)
        groups: list[tuple[dict[str, Any], list[dict[str, Any]]]] = [({}, found["all"])]
        groups += [({"vital_screen": r["screen"], "device_type": r["device_type"]}, r["vitals"]) for r in found["rows"]]
        for where, vitals in groups:
            assert [one["name"] for one in vitals] == [name for name in LINES if name in {v["name"] for v in vitals}]
            for vital in vitals:
                inside = [
                    (one, value) for one, screen, name, value in reports
                    if name == vital["name"] and (not where or (screen, one.device) == tuple(where.values()))
                ]  # fmt: skip
                values = sorted(value for _, value in inside)
                exact = values[math.ceil(0.75 * len(values)) - 1]
                assert vital["views"] == len(values) and vital["p75"] == pytest.approx(exact, rel=0.01)
                assert rating(vital["name"], vital["p75"]) == rating(vital["name"], exact)
                asked = {"vital": vital["name"], **where, **PERIOD}
                assert vital["sessions"] == len({one.session_id for one, _ in inside})
                assert vital["sessions"] == (await site.get("/sessions", **asked))["total"]
                for key, kind in (("good", "good"), ("improvable", "needs-improvement"), ("poor", "poor")):
                    rated = [one.session_id for one, value in inside if rating(vital["name"], value) == kind]
                    assert (vital[key], vital[f"{key}_sessions"]) == (len(rated), len(set(rated)))
                    assert len(set(rated)) == (await site.get("/sessions", **asked, vital_rating=kind))["total"]


async def test_a_limit_keeps_the_most_seen_screens(database: Database) -> None:
    async with site_of(database) as site:
        await fill(site, count=20)
        whole = await site.get("/latency/vitals", **PERIOD)
        first = await site.get("/latency/vitals", limit=2, **PERIOD)
        assert first["rows"] == whole["rows"][:2] and first["all"] == whole["all"]
        assert first["row_count"] == whole["row_count"] > 2
        most = [max(vital["views"] for vital in row["vitals"]) for row in whole["rows"]]
        assert most == sorted(most, reverse=True)


async def test_nothing_measured_is_no_error(database: Database) -> None:
    async with site_of(database) as site:
        found = await site.get("/latency/vitals")
        assert (found["all"], found["rows"], found["row_count"]) == ([], [], 0)
        dose = await site.get("/latency/dose")
        assert dose["sessions"] == 0 and [band["sessions"] for band in dose["bands"]] == [0] * 6
        assert all(band["left"]["share"] is None and band["score"] is None for band in dose["bands"])
        for path in ("/latency/vitals", "/latency/dose"):
            await site.get(path, 400, since="never")
        await site.get("/latency/vitals", 400, limit=0)
        await site.get("/latency/dose", 400, api="a\0b")
