"""Journeys: flows conserve, agree with counts in plain Python, and each count opens exactly its sessions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import timedelta
from statistics import mean
from typing import Any

import pytest

from mien.store.database import Database
from tests.support.api_site import NOON, PERIOD, Site, site_of
from tests.support.walks import SCREENS, Walk, random_site, store

KINDS = ("rage", "error", "slow", "other", "nothing")
QUESTIONS: list[dict[str, Any]] = [
    {},
    {"depth": 2, "nodes": 3},
    {"depth": 1, "nodes": 1},
    {"direction": "backwards", "nodes": 3},
    {"start": "/cart", "nodes": 2, "depth": 3},
    {"start": "/cart", "nodes": 2, "depth": 4, "direction": "backwards"},
    {"start": SCREENS[5], "nodes": 4},
    {"start": SCREENS[7], "nodes": 1, "direction": "backwards"},
    {"start": "/nowhere"},
]


async def listed(site: Site, **params: Any) -> set[str]:
    """The ids of the list with these parameters."""
    found = await site.get("/sessions", limit=100, **PERIOD, **params)
    ids = {row["session_id"] for row in found["rows"]}
    while found["next_cursor"]:
        found = await site.get("/sessions", limit=100, cursor=found["next_cursor"], **PERIOD, **params)
        ids |= {row["session_id"] for row in found["rows"]}
    assert found["total"] == len(ids)
    return ids


def ids(walks: Iterable[Walk]) -> set[str]:
    return {str(walk.session_id) for walk in walks}


def trail(walk: Walk, question: dict[str, Any]) -> list[tuple[str, float | None]]:
    """The screens of a session from the start on, each with the time of going over; without one: it came in there."""
    start, steps = question.get("start"), walk.steps
    ends = [at for _, at in steps[1:]] + [walk.length_s] if steps else []
    if question.get("direction") == "backwards":
        until = len(steps) if start is None else walk.screens.index(start) + 1 if start in walk.screens else 0
        return [(screen, at if number else None) for number, (screen, at) in enumerate(steps[:until])][::-1]
    from_ = 0 if start is None else walk.screens.index(start) if start in walk.screens else len(steps)
    return [(screen, end) for (screen, _), end in zip(steps, ends, strict=True)][from_:]


def top(trails: list[list[tuple[str, float | None]]], depth: int, nodes: int) -> list[str]:
    counts = Counter(one[depth][0] for one in trails if len(one) > depth)
    return sorted(counts, key=lambda screen: (-counts[screen], screen.encode()))[:nodes]


def agrees(figures: dict[str, Any], walks: list[Walk]) -> None:
    scores = [walk.score for walk in walks if walk.score is not None]
    assert figures["sessions"] == len(walks) and figures["scored"] == len(scores)
    assert figures["score"] == (pytest.approx(mean(scores)) if scores else None)


@pytest.mark.parametrize("question", QUESTIONS, ids=str)
async def test_a_flow_agrees_with_python_conserves_and_opens_its_sessions(
    database: Database, question: dict[str, Any]
) -> None:
    async with site_of(database) as site:
        walks = await random_site(site, seed=len(str(question)), count=120)
        flow = await site.get("/journeys/flow", **PERIOD, **question)
        depth, nodes = question.get("depth", 5), question.get("nodes", 8)
        is_backwards = question.get("direction") == "backwards"
        trails = {str(walk.session_id): trail(walk, question) for walk in walks}
        by_id = {str(walk.session_id): walk for walk in walks}
        shown = [top(list(trails.values()), level, nodes) for level in range(depth + 1)]

        def name(session: str, level: int) -> str | None:
            screen = trails[session][level][0]
            return screen if screen in shown[level] else None

        def at_node(level: int, screen: str | None) -> list[Walk]:
            return [by_id[one] for one, way in trails.items() if len(way) > level and name(one, level) == screen]

        assert flow["segment_sessions"] == 120
        assert flow["sessions"] == sum(bool(one) for one in trails.values())
        for level in range(depth + 1):
            found = [node["screen"] for node in flow["nodes"] if node["depth"] == level]
            assert [screen for screen in found if screen is not None] == shown[level]
        for node in flow["nodes"]:
            at, screen = node["depth"], node["screen"]
            here = at_node(at, screen)
            agrees(node, here)
            assert await listed(site, **node["filter"]) == ids(here), node["filter"]
            into = sum(e["sessions"] for e in flow["edges"] if (e["depth"] + 1, e["next_screen"]) == (at, screen))
            out = sum(e["sessions"] for e in flow["edges"] if (e["depth"], e["screen"]) == (at, screen))
            assert at == 0 or into == node["sessions"]
            ended = [walk for walk in here if len(trails[str(walk.session_id)]) == at + 1]
            assert node["sessions"] == out + len(ended) + node["beyond"] and (at == depth or not node["beyond"])
            assert (node["end"] is not None) == bool(ended)
            if ended:
                agrees(node["end"], ended)
                assert await listed(site, **node["end"]["filter"]) == ids(ended), node["end"]["filter"]
                assert (node["end"]["seen"] is None) == is_backwards
                for kind in KINDS if not is_backwards else ():
                    seen = [walk for walk in ended if kind in walk.kinds_before(walk.length_s)]
                    assert node["end"]["seen"][kind] == len(seen)
                    assert await listed(site, **node["end"]["filter"], before=kind) == ids(seen)
        for level in range(depth + 1):
            ended = [by_id[one] for one, way in trails.items() if len(way) == level + 1]
            found = [end for end in flow["ends"] if end["depth"] == level]
            assert [end["sessions"] for end in found] == ([len(ended)] if ended else [])
            for end in found:
                assert await listed(site, **end["filter"]) == ids(ended)
        for edge in flow["edges"]:
            at = edge["depth"]
            after = at_node(at + 1, edge["next_screen"])
            here = [walk for walk in at_node(at, edge["screen"]) if walk in after]
            agrees(edge, here)
            assert await listed(site, **edge["filter"]) == ids(here), edge["filter"]
            for kind in KINDS:
                moments = [(walk, trails[str(walk.session_id)][at][1]) for walk in here]
                assert edge["seen"][kind] == sum(kind in walk.kinds_before(when or 0) for walk, when in moments)


async def test_a_flow_is_of_its_segment(database: Database) -> None:
    async with site_of(database) as site:
        walks = await random_site(site, seed=3, count=60)
        flow = await site.get("/journeys/flow", **PERIOD, screen="/pay")
        wanted = ids(walk for walk in walks if "/pay" in walk.screens)
        assert flow["sessions"] == flow["segment_sessions"] == len(wanted)
        for edge in flow["edges"]:
            found = await listed(site, screen="/pay", **edge["filter"])
            assert len(found) == edge["sessions"] and found <= wanted


async def test_leaving_is_compared_with_the_period_before_at_the_same_nodes(database: Database) -> None:
    async with site_of(database) as site:
        for now, leaving in ((True, 60), (False, 20)):
            for number in range(120):
                at = NOON + timedelta(seconds=number) - timedelta(days=0 if now else 7)
                steps = [("/", 0.0)] + ([] if number < leaving else [("/new" if now else "/old", 5.0)])
                await store(site, Walk(uuid_of(now, number), steps, [], [], 9, 50), at)
        flow = await site.get("/journeys/flow", **PERIOD, compare=1)
        start = flow["nodes"][0]
        assert (start["screen"], start["end"]["sessions"], start["end"]["rose"]) == ("/", 60, True)
        assert start["end"]["share_before"] == pytest.approx(20 / 120)
        assert [(node["screen"], node["end"]["share_before"]) for node in flow["nodes"][1:]] == [("/new", None)]
        assert not (await site.get("/journeys/flow", **PERIOD))["nodes"][0]["end"]["rose"]


def uuid_of(now: bool, number: int) -> Any:
    from uuid import UUID

    return UUID(int=number + (1000 if now else 0))


async def test_paths_and_last_screens_narrow_the_list(database: Database) -> None:
    async with site_of(database) as site:
        walks = await random_site(site, seed=5, count=150, screens=("/", "/a", "/b", "/c"))

        def by(holds: Callable[[list[str]], bool]) -> set[str]:
            return ids(walk for walk in walks if holds(walk.screens))

        def later(names: list[str], *wanted: str) -> bool:
            rest = iter(names)
            return all(one in rest for one in wanted)

        def runs(names: list[str], length: int) -> list[tuple[str, ...]]:
            return [tuple(names[at : at + length]) for at in range(len(names) - length + 1)]

        assert await listed(site, path="/a>>/b") == by(lambda names: later(names, "/a", "/b"))
        assert await listed(site, path="/a >> /b >> /a") == by(lambda names: later(names, "/a", "/b", "/a"))
        assert await listed(site, path="/a>/b") == by(lambda names: ("/a", "/b") in runs(names, 2))
        assert await listed(site, path="^/a") == by(lambda names: names[:1] == ["/a"])
        assert await listed(site, path="/a") == by(lambda names: "/a" in names)
        assert await listed(site, path="/a|/b>/c$") == by(lambda names: names[-2:] in (["/a", "/c"], ["/b", "/c"]))
        assert await listed(site, path="^!/a|/b>*$") == by(lambda names: len(names) == 2 and names[0] in ("/", "/c"))
        assert await listed(site, path="@/a>/b") == by(
            lambda names: "/a" in names and names[names.index("/a") + 1 :][:1] == ["/b"]
        )
        assert await listed(site, path="/b>>@/a") == by(
            lambda names: "/a" in names and "/b" in names[: names.index("/a")]
        )
        for screen in ("/", "/a", "/nowhere"):
            assert await listed(site, left_at=screen) == by(lambda names, screen=screen: names[-1:] == [screen])
        both = by(lambda names: names[-1:] == ["/c"] and later(names, "/a", "/b"))
        assert await listed(site, left_at="/c", path="/a>>/b") == both


async def test_loops_agree_with_python_and_open_their_sessions(database: Database) -> None:
    async with site_of(database) as site:
        walks = await random_site(site, seed=8, count=200, screens=("/", "/a", "/b", "a > b"))
        found = await site.get("/journeys/loops", **PERIOD, limit=50)
        returns: dict[frozenset[str], Counter[str]] = {}
        away: Counter[frozenset[str]] = Counter()
        for walk in walks:
            for (one, _), (two, left), (three, back) in zip(walk.steps, walk.steps[1:], walk.steps[2:], strict=False):
                if one == three:
                    returns.setdefault(frozenset((one, two)), Counter())[str(walk.session_id)] += 1
                    away[frozenset((one, two))] += round(back - left)
        assert found["row_count"] == len(found["rows"]) == len(returns) > 3
        assert [row["sessions"] for row in found["rows"]] == sorted(map(len, returns.values()), reverse=True)
        for row in found["rows"]:
            pair = frozenset(row["screens"])
            inside = [walk for walk in walks if str(walk.session_id) in returns[pair]]
            others = [walk for walk in walks if pair <= set(walk.screens) and walk not in inside]
            agrees(row, inside)
            assert row["returns"] == sum(returns[pair].values())
            assert row["away_ms"] == pytest.approx(1000 * away[pair] / len(inside), abs=1)
            assert await listed(site, **row["filter"]) == ids(inside)
            scores = [walk.score for walk in others if walk.score is not None]
            assert row["others_scored"] == len(scores)
            assert (row["difference"] is None) == (min(len(scores), row["scored"]) < 10)
            if row["difference"]:
                assert row["difference"]["value"] == pytest.approx(row["score"] - mean(scores))
                assert row["difference"]["low"] < row["difference"]["value"] < row["difference"]["high"]
        assert any(row["difference"] for row in found["rows"])
        first = await site.get("/journeys/loops", **PERIOD, limit=1)
        assert [row["screens"] for row in first["rows"]] == [found["rows"][0]["screens"]]
        assert first["row_count"] == found["row_count"]


async def test_the_screen_that_one_comes_back_to_stands_first(database: Database) -> None:
    async with site_of(database) as site:
        for steps in (("/list", "/item", "/list", "/item", "/list"), ("/x", "/list", "/item", "/list")):
            await site.session(NOON, screens=steps)
        rows = (await site.get("/journeys/loops", **PERIOD))["rows"]
        assert [(row["screens"], row["sessions"], row["returns"]) for row in rows] == [(["/list", "/item"], 2, 4)]


async def test_an_empty_project_and_wrong_parameters(database: Database) -> None:
    async with site_of(database) as site:
        flow = await site.get("/journeys/flow", compare=1)
        assert (flow["sessions"], flow["nodes"], flow["edges"]) == (0, [], [])
        assert (await site.get("/journeys/loops"))["rows"] == []
        for params in ({"depth": 0}, {"depth": 6}, {"nodes": 0}, {"nodes": 13}, {"direction": "up"}, {"start": "a\0"}):
            await site.get("/journeys/flow", 400, **params)
        await site.get("/journeys/loops", 400, limit=51)
        wrong: list[dict[str, Any]] = [
            {"path": ">"}, {"path": "^$"}, {"path": "/a>>"}, {"path": "/a||/b"}, {"path": "@/a>@/b"}, {"path": "!"},
            {"path": "x" * 20_001}, {"path": ">".join("a" * 13)}, {"path": "a\0b"}, {"loop": "/a"}, {"loop": "/a>/a"},
            {"loop": "/a>/b>/c"}, {"left_at": "x" * 501}, {"before": "moon"},
        ]  # fmt: skip
        for params in wrong:
            answer = await site.get("/sessions", 400, **params)
            assert answer["error"] == "invalid_request"


async def test_the_longest_path_that_a_flow_gives_is_taken(database: Database) -> None:
    async with site_of(database) as site:
        names = [f"/{number:02d}/" + "ä>" * 20 + ">" * 210 for number in range(14)]
        for first in names:
            for second in names:
                if first != second:
                    await site.session(NOON, screens=(first, second))
        flow = await site.get("/journeys/flow", **PERIOD, nodes=12, depth=1)
        edge = next(e for e in flow["edges"] if e["screen"] is None and e["next_screen"] is None)
        assert edge["sessions"] == 2
        assert len(await listed(site, **edge["filter"])) == 2
