"""Funnels agree with counts in plain Python, and each count opens exactly its sessions."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from statistics import mean, median
from typing import Any

import pytest

from mien.store.database import Database
from mien.store.funnel import write_steps
from tests.integration.test_api_journeys import KINDS, ids, listed
from tests.support.api_site import NOON, PERIOD, site_of
from tests.support.walks import SCREENS, Walk, random_site

FUNNELS: list[tuple[tuple[str, ...], int | None]] = [
    (("screen:/", "screen:/list"), None),
    (("screen:/list", "screen:/item/:id", "screen:/list"), None),
    (("screen:/", "screen:/"), None),
    (("screen:/", "screen:/list", "event:order"), None),
    (("event:add to cart", f"screen:{SCREENS[1]}", "event:a>>b"), None),
    ((f"screen:{SCREENS[5]}", f"screen:{SCREENS[6]}", f"screen:{SCREENS[7]}"), None),
    (("screen:/", "screen:/list", "screen:/item/:id", "screen:/cart"), 90),
    (("screen:/list", "screen:/", "screen:/list"), 21),
    (("screen:/", "screen:/list", "screen:/", "screen:/list", "screen:/"), 200),
    (("event:order", "event:order", "event:add to cart"), 60),
    (("screen:/", "event:order"), 1),
    (("screen:/nowhere", "screen:/"), None),
]


def occurrences(walk: Walk) -> list[tuple[str, float]]:
    """Screens and events by time; of one instant the screens come first."""
    screens = [(f"screen:{screen}", at) for screen, at in walk.steps]
    return sorted(screens + [(f"event:{name}", at) for name, at in walk.events], key=lambda one: one[1])


def times_of(walk: Walk, steps: tuple[str, ...], within_s: int | None) -> list[float]:
    """The times of the steps reached, by trying everything: the furthest step, as early as it can be reached, and
    before it each step as late as it can be."""
    seen = occurrences(walk)
    for length in range(len(steps), 0, -1):
        for last, (name, at) in enumerate(seen):
            if name != steps[length - 1]:
                continue
            way, place = [at], last
            for wanted in reversed(steps[: length - 1]):
                place = max((n for n in range(place) if seen[n][0] == wanted), default=-1)
                if place < 0:
                    break
                way.insert(0, seen[place][1])
            if len(way) == length and (within_s is None or at - way[0] <= within_s):
                return way
    return []


@pytest.mark.parametrize(("steps", "within_s"), FUNNELS, ids=lambda value: str(value)[:60])
async def test_a_funnel_agrees_with_python_and_opens_its_sessions(
    database: Database, steps: tuple[str, ...], within_s: int | None
) -> None:
    async with site_of(database) as site:
        walks = await random_site(site, seed=len(str(steps)), count=150)
        window = {} if within_s is None else {"within_s": within_s}
        found = await site.get("/journeys/funnel", **PERIOD, steps=write_steps(steps), **window)
        ways = {str(walk.session_id): times_of(walk, steps, within_s) for walk in walks}
        assert len(found["rows"]) == len(steps) and found["segment_sessions"] == 150
        assert found["rows"][0]["sessions"] > 0 or "screen:/nowhere" in steps
        for row in found["rows"]:
            step = row["step"]
            here = [walk for walk in walks if len(ways[str(walk.session_id)]) >= step]
            assert row["sessions"] == len(here)
            assert await listed(site, **row["filter"]) == ids(here)
            took = [
                pair[1] - pair[0] for pair in (ways[str(walk.session_id)][step - 2 : step] for walk in here) if step > 1
            ]
            assert row["median_ms"] == (pytest.approx(1000 * median(took), abs=1) if took else None)
            if step == len(steps):
                assert row["dropped"] is None
                continue
            dropped = [walk for walk in here if len(ways[str(walk.session_id)]) == step]
            scores = [walk.score for walk in dropped if walk.score is not None]
            assert (row["dropped"]["sessions"], row["dropped"]["scored"]) == (len(dropped), len(scores))
            assert row["dropped"]["score"] == (pytest.approx(mean(scores)) if scores else None)
            assert await listed(site, **row["dropped"]["filter"]) == ids(dropped)
            for kind in KINDS:
                seen = [walk for walk in dropped if kind in walk.kinds_before(end_of(walk, ways, within_s))]
                assert row["dropped"]["seen"][kind] == len(seen), kind
                assert await listed(site, **row["dropped"]["filter"], before=kind) == ids(seen)
        for one, two in pairwise(found["rows"]):
            assert one["sessions"] == two["sessions"] + one["dropped"]["sessions"]


def end_of(walk: Walk, ways: dict[str, list[float]], within_s: int | None) -> float:
    """When a session left, or its window closed."""
    if within_s is None:
        return walk.length_s
    return min(walk.length_s, ways[str(walk.session_id)][0] + within_s)


async def test_shares_are_of_the_first_and_of_the_step_before(database: Database) -> None:
    async with site_of(database) as site:
        for number, screens in enumerate([("/a",)] * 4 + [("/a", "/b")] * 2 + [("/a", "/x", "/b", "/c")] * 2):
            await site.session(NOON + timedelta(minutes=number), screens=screens, length_s=60)
        rows = (await site.get("/journeys/funnel", **PERIOD, steps="/a>>/b>>/c"))["rows"]
        assert [(row["name"], row["sessions"], row["share"], row["share_of_previous"]) for row in rows] == [
            ("/a", 8, 1, None), ("/b", 4, 0.5, 0.5), ("/c", 2, 0.25, 0.5),
        ]  # fmt: skip
        assert rows[1]["low"] < 0.5 < rows[1]["high"] and rows[0]["low"] is None
        assert rows[1]["median_ms"] == 30_000, "both 30 s: of two screens in a minute, and of four"
        assert rows[2]["median_ms"] == 15_000


async def test_a_later_start_inside_the_window_counts(database: Database) -> None:
    """The first /a is too early; the second is not."""
    async with site_of(database) as site:
        await site.session(NOON, screens=("/a", "/x", "/a", "/b"), length_s=400)
        for within_s, reached in ((100, 2), (99, 1)):
            rows = (await site.get("/journeys/funnel", **PERIOD, steps="/a>>/b", within_s=within_s))["rows"]
            assert [row["sessions"] for row in rows] == [1, reached - 1]


async def test_choices_are_screens_and_the_events_that_a_site_sends(database: Database) -> None:
    async with site_of(database) as site:
        for number in range(3):
            session_id = await site.session(NOON, screens=("/", "/pay", "/") if number else ("/",))
            for name in ("click", "screen_view", *(["order > 1"] if number == 2 else []), "feedback", None):
                await site.run(
                    "INSERT INTO events (session_id, event_type, occurred_at) VALUES ($1, $2, $3)",
                    session_id, name, NOON,
                )  # fmt: skip
        found = await site.get("/journeys/choices", **PERIOD)
        assert found["screens"] == [
            {"name": "/", "step": "/", "sessions": 3}, {"name": "/pay", "step": "/pay", "sessions": 2},
        ]  # fmt: skip
        assert found["events"] == [
            {"name": "feedback", "step": "event:feedback", "sessions": 3},
            {"name": "order > 1", "step": "event:order %3E 1", "sessions": 1},
        ]
        assert (await site.get("/journeys/choices", **PERIOD, events=0)) == {**found, "events": []}
        found = await site.get("/journeys/choices", **PERIOD, limit=1)
        assert (len(found["screens"]), len(found["events"])) == (1, 1)


async def test_an_empty_project_and_wrong_parameters(database: Database) -> None:
    async with site_of(database) as site:
        rows = (await site.get("/journeys/funnel", steps="/a>>event:b"))["rows"]
        assert [(row["kind"], row["name"], row["sessions"], row["share"]) for row in rows] == [
            ("screen", "/a", 0, None), ("event", "b", 0, None),
        ]  # fmt: skip
        assert await site.get("/journeys/choices") == {"screens": [], "events": []}
        wrong: list[dict[str, Any]] = [
            {}, {"steps": " "}, {"steps": "/a"}, {"steps": "/a>>"}, {"steps": ">>".join("a" * 9)}, {"steps": "/a>>\0"},
            {"steps": "/a>>/b", "within_s": 0}, {"steps": "/a>>/b", "within_s": 31 * 86400},
        ]  # fmt: skip
        for params in wrong:
            assert (await site.get("/journeys/funnel", 400, **params))["error"] == "invalid_request"
        for params in (
            {"funnel": "/a"}, {"funnel": "/a>>/b", "reached": 3}, {"reached": 1}, {"dropped": 1}, {"within_s": 5},
            {"funnel": "/a>>/b", "reached": 0},
        ):  # fmt: skip
            assert (await site.get("/sessions", 400, **params))["error"] == "invalid_request"
        await site.get("/journeys/choices", 400, limit=501)
