"""Heatmaps: every number equals a plain count of what was made up, and opens exactly the sessions behind it."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from mien.analyzers.widths import BAND_STARTS_PX, band_of
from mien.api import recorded_pages
from mien.store import recorded_page
from mien.store.database import Database
from mien.store.filters import WIDTHS
from mien.store.wilson import wilson_95
from mien.worker import Worker
from tests.support.api_site import NOON, PERIOD, SCHEMA, Site, site_of

SCREENS = ("/", "/cart")
ELEMENTS = ("#pay", "#more", "#menu", None)


class Click(msgspec.Struct, frozen=True):
    at: datetime
    element: str | None
    x: int
    y: int
    rel: tuple[float, float]
    fixed: bool


class View(msgspec.Struct):
    """What a test made up of one view; `rests`: column, row and milliseconds of pointer cells."""

    session_id: UUID
    person: str
    screen: str
    at: datetime
    vw: int | None
    vh: int
    page_h: int
    deepest: int
    clicks: list[Click]
    rests: list[tuple[int, int, int]]

    @property
    def width(self) -> str | None:
        band = band_of(self.vw)
        return None if band is None else WIDTHS[band]

    @property
    def reach(self) -> int:
        return min(self.deepest + self.vh, self.page_h)


def make_up(seed: int, sessions: int = 40) -> list[View]:
    """Visits of some people, of which a few places are clicked by many."""
    dice = random.Random(seed)
    views: list[View] = []
    for number in range(sessions):
        session_id, person = uuid4(), f"device-{number % 25}"
        at = NOON - timedelta(hours=dice.randrange(60))
        vw = dice.choice([None, 390, 479, 480, 900, 1280, 1280, 1440])
        for _ in range(dice.randrange(1, 4)):
            view = View(
                session_id, person, dice.choice(SCREENS), at, vw, 800, 3000, dice.choice([0, 0, 500, 2600]), [], []
            )
            for _ in range(dice.randrange(4)):
                at += timedelta(milliseconds=dice.choice([150, 4000]))
                spot = dice.choice([(100, 100), (104, 103), (300, 1700)])
                rel = dice.choice([(0.5, 0.5), (0.0, 1.0)])
                view.clicks.append(Click(at, dice.choice(ELEMENTS), *spot, rel, dice.random() < 0.1))
            view.rests = [
                (dice.randrange(3), dice.randrange(3), dice.choice([250, 1000])) for _ in range(dice.randrange(3))
            ]
            views.append(view)
            at += timedelta(seconds=20)
    return views


async def store(site: Site, views: list[View]) -> None:
    """As the collector would have; then everything is analysed."""
    for view in views:
        await site.run(
            "INSERT INTO sessions (session_id, device_id, started_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            view.session_id, view.person, view.at,
        )  # fmt: skip
        sizes: dict[str, Any] = {"vh": view.vh, "page_h": view.page_h, **({"vw": view.vw} if view.vw else {})}
        end = max([click.at for click in view.clicks], default=view.at) + timedelta(seconds=1)
        rows: list[tuple[Any, ...]] = [("screen_view", None, None, None, None, {**sizes, "load": "full"}, view.at)]
        for click in view.clicks:
            metadata = {
                **sizes, "rel_x": click.rel[0], "rel_y": click.rel[1], "fixed": click.fixed, "response_ms": None,
                "interactive": "native", "tag": "button", "detail": 1, "label": f"Label of {click.element}",
            }  # fmt: skip
            rows.append(("click", click.element, click.x, click.y, 0, metadata, click.at))
        if view.deepest:
            rows.append(("scroll", None, None, None, view.deepest, {**sizes, "max_y": view.deepest, "min_y": 0}, end))
        for column, row, ms in view.rests:
            end += timedelta(milliseconds=50)
            rows.append(("pointer", None, None, None, None, {"cells": [[column, row, ms]]}, end))
        for kind, element, x, y, scroll, metadata, at in rows:
            await site.run(
                "INSERT INTO events (session_id, screen, event_type, element_id, x, y, scroll, metadata, occurred_at)"
                " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                view.session_id, view.screen, kind, element, x, y, scroll, metadata, at,
            )  # fmt: skip
    await site.run(
        "INSERT INTO analysis_queue (session_id, ready_at, token)"
        " SELECT session_id, now() - interval '1 second', nextval('analysis_token') FROM sessions"
    )
    await Worker(site.database).drain(SCHEMA)


def counted(
    pairs: Iterable[tuple[Any, View, float]], views: int, min_people: int = 3
) -> dict[Any, tuple[float, int, float, float]]:
    """By cell: amount, views and bounds; only cells of enough people."""
    amounts: dict[Any, float] = defaultdict(float)
    seen: dict[Any, list[View]] = defaultdict(list)
    for key, view, amount in pairs:
        amounts[key] += amount
        if all(view is not other for other in seen[key]):
            seen[key].append(view)
    found = {}
    for key, inside in seen.items():
        if len({view.person for view in inside}) >= min_people:
            low, high = wilson_95(len(inside), views)
            found[key] = (
                pytest.approx(amounts[key]),
                len(inside),
                pytest.approx(low, abs=1e-5),
                pytest.approx(high, abs=1e-5),
            )
    return found


def told(cells: list[dict[str, Any]], key: Callable[[dict[str, Any]], Any]) -> dict[Any, tuple[Any, ...]]:
    return {key(cell): (cell["amount"], cell["views"], cell["low"], cell["high"]) for cell in cells}


def of(views: list[View], screen: str, width: str | None = None) -> list[View]:
    return [view for view in views if view.screen == screen and (width is None or view.width == width)]


async def listed(site: Site, filters: dict[str, str]) -> set[str]:
    """The ids of all sessions of the list."""
    found = await site.get("/sessions", **PERIOD, **filters, limit=100)
    assert found["next_cursor"] is None and found["total"] == len(found["rows"])
    return {row["session_id"] for row in found["rows"]}


def ids(views: Iterable[View]) -> set[str]:
    return {str(view.session_id) for view in views}


@pytest.mark.parametrize("seed", [1, 2])
async def test_maps_count_what_happened(database: Database, seed: int) -> None:
    views = make_up(seed)
    async with site_of(database) as site:
        await store(site, views)
        screens = (await site.get("/heatmaps", **PERIOD))["screens"]
        assert {row["screen"]: (row["views"], row["sessions"], row["visitors"]) for row in screens} == {
            screen: (len(of(views, screen)), len(ids(of(views, screen))), len({v.person for v in of(views, screen)}))
            for screen in SCREENS
        }
        for width in (None, *WIDTHS):
            mine = of(views, "/cart", width)
            at = {"width": width} if width else {}
            found = await site.get("/heatmap", **PERIOD, on="/cart", limit=20_000, **at)
            assert (found["views"], found["sessions"]) == (len(mine), len(ids(mine)))
            assert await listed(site, found["filter"]) == ids(mine)
            cells = [
                ((click.element, int(click.rel[0] * 20), min(int(click.rel[1] * 20), 19)), view, 1)
                for view in mine for click in view.clicks if click.element
            ]  # fmt: skip
            assert told(found["cells"], lambda c: (c["element"], c["x"], c["y"])) == counted(cells, len(mine))
            assert found["hidden_amount"] == len(cells) - sum(cell["amount"] for cell in found["cells"])
        assert {row["width"]: row["views"] for row in found["widths"]} == {
            width: count for width in (None, *WIDTHS)
            if (count := sum(view.width == width for view in of(views, "/cart")))
        }  # fmt: skip
        mine = of(views, "/cart", "1200-")
        found = await site.get("/heatmap", **PERIOD, on="/cart", mode="page", width="1200-")
        cells = [
            ((100 * click.x // (view.vw or 0), click.y // 16, click.fixed), view, 1)
            for view in mine
            for click in view.clicks
        ]
        expected = counted(cells, len(mine))
        assert expected and told(found["cells"], lambda c: (c["x"], c["y"], c.get("fixed", False))) == expected
        found = await site.get("/heatmap", **PERIOD, on="/cart", layer="move", width="1200-")
        rests = [
            ((100 * (column * 16 + 8) // (view.vw or 0), row), view, ms / 1000)
            for view in mine
            for column, row, ms in view.rests
        ]
        expected = counted(rests, len(mine))
        assert expected and told(found["cells"], lambda c: (c["x"], c["y"])) == expected


async def test_elements_open_their_sessions(database: Database) -> None:
    views = make_up(3)
    async with site_of(database) as site:
        await store(site, views)
        felt = await site.value(
            "SELECT jsonb_agg(jsonb_build_array(session_id, type, element_id, extract(epoch FROM started_at),"
            " extract(epoch FROM ended_at))) FROM signals WHERE type IN ('rage_click', 'dead_click')"
        )

        def is_felt(view: View, click: Click, kind: str) -> bool:
            at = click.at.replace(tzinfo=UTC).timestamp()
            return any(
                (session_id, one) == (str(view.session_id), f"{kind}_click")
                and start - 1e-4 <= at <= end + 1e-4
                and (element is None or click.element is None or element == click.element)
                for session_id, one, element, start, end in felt
            )

        for width in (None, "1200-"):
            mine = of(views, "/cart", width)
            at = {"width": width} if width else {}
            found = await site.get("/heatmap/elements", **PERIOD, on="/cart", **at)
            assert {row["element"] for row in found["elements"]} == {c.element or "" for v in mine for c in v.clicks}
            assert sum(row["dead_clicks"] for row in found["elements"]) > 0
            for row in found["elements"]:
                clicked = {
                    kind: [
                        (view, click) for view in mine for click in view.clicks
                        if (click.element or "") == row["element"] and (not kind or is_felt(view, click, kind))
                    ]
                    for kind in ("", "rage", "dead")
                }  # fmt: skip
                with_it = {kind: {(v.session_id, v.at) for v, _ in some} for kind, some in clicked.items()}
                assert (row["clicks"], row["views"]) == (len(clicked[""]), len(with_it[""]))
                assert (row["rage_clicks"], row["dead_clicks"]) == (len(clicked["rage"]), len(clicked["dead"]))
                assert row["clicks_per_1000"] == pytest.approx(1000 * row["clicks"] / len(mine))
                for name, part, whole in (
                    ("rate", "", len(mine)),
                    ("dead", "dead", row["views"]),
                    ("rage", "rage", row["views"]),
                ):
                    low, high = wilson_95(len(with_it[part]), whole)
                    shares = {"share": len(with_it[part]) / whole, "low": low, "high": high}
                    assert row[name] == pytest.approx(shares)
                assert row["label"] == f"Label of {row['element'] or None}"
                assert await listed(site, row["filter"]) == ids(v for v, _ in clicked[""])
                assert await listed(site, row["rage_filter"]) == ids(v for v, _ in clicked["rage"])
                assert await listed(site, row["dead_filter"]) == ids(v for v, _ in clicked["dead"])
                assert row["dead_sessions"] == len(ids(v for v, _ in clicked["dead"]))


async def test_reach_and_attention_are_shares_of_views(database: Database) -> None:
    views = make_up(4)
    async with site_of(database) as site:
        await store(site, views)
        mine = of(views, "/cart", "1200-")
        found = await site.get("/heatmap", **PERIOD, on="/cart", layer="attention", width="1200-")
        assert (found["mode"], found["fold_px"], found["page_px"]) == ("page", 800, 3000)
        ms: dict[int, float] = defaultdict(float)
        async with database.reading(SCHEMA) as queries:
            for row in await queries.connection.fetch(
                "SELECT attention_ms FROM heatmap_views WHERE screen = '/cart' AND band = 3"
            ):
                for number, one in enumerate(row[0]):
                    ms[number] += one
        for row in found["rows"]:
            reached = [view for view in mine if view.reach > row["y"] * 16]
            assert row["reach"]["share"] == pytest.approx(len(reached) / len(mine))
            assert row["reach"]["low"] == pytest.approx(wilson_95(len(reached), len(mine))[0])
            assert len({view.person for view in reached}) >= 3
            assert row["attention_ms"] == pytest.approx(ms[row["y"]] / len(mine))
        assert found["rows"][0]["reach"]["share"] == 1 and found["rows"][10]["attention_ms"] > 0
        plain = await site.get("/heatmap", **PERIOD, on="/cart", layer="scroll", width="1200-")
        assert [row["reach"] for row in plain["rows"]] == [row["reach"] for row in found["rows"]]
        assert {row["attention_ms"] for row in plain["rows"]} == {None}


async def test_nothing_and_nonsense(database: Database) -> None:
    async with site_of(database) as site:
        assert (await site.get("/heatmaps"))["screens"] == []
        for layer in ("click", "rage", "dead", "move", "scroll", "attention"):
            for mode in ("element", "page"):
                found = await site.get("/heatmap", on="/none", layer=layer, mode=mode)
                assert (found["views"], found["cells"], found["rows"], found["reference"]) == (0, [], [], 0)
        assert (await site.get("/heatmap/elements", on="/none"))["elements"] == []
        assert (await site.get("/heatmap/page", on="/none"))["events"] is None
        for path in ("/heatmap", "/heatmap/elements", "/heatmap/page"):
            for params in ({}, {"on": " "}, {"on": "a\0"}, {"on": "x" * 501}, {"on": "/", "width": "480"}):
                await site.get(path, 400, **params)
        for wrong in ({"layer": "moon"}, {"mode": "moon"}, {"limit": 0}, {"limit": 20_001}):
            await site.get("/heatmap", 400, on="/", **wrong)
        for alone in ({"element": "#pay"}, {"element_width": "1200-"}, {"element_signal": "rage"}):
            await site.get("/sessions", 400, **alone)


def ms_of(at: datetime) -> float:
    return at.replace(tzinfo=UTC).timestamp() * 1000


def snapshot(at: datetime, width: int, node: str = "page") -> list[dict[str, Any]]:
    meta = {"type": 4, "timestamp": ms_of(at), "data": {"href": "https://shop.example/", "width": width, "height": 800}}
    return [meta, {"type": 2, "timestamp": ms_of(at) + 1, "data": {"node": node}}]


def incremental(at: datetime, source: int, name: str = "") -> dict[str, Any]:
    return {"type": 3, "timestamp": ms_of(at), "data": {"source": source, "name": name}}


def one_click(screen: str, at: datetime, vw: int, session_id: UUID | None = None) -> View:
    click = Click(at + timedelta(seconds=9), "#a", 1, 1, (0, 0), False)
    return View(session_id or uuid4(), "a", screen, at, vw, 800, 3000, 0, [click], [])


async def put_chunk(site: Site, view: View, data: Any, at: datetime, index: int = 0) -> None:
    await site.run(
        "INSERT INTO replay_chunks (session_id, chunk_index, chunk_data, recorded_at) VALUES ($1, $2, $3, $4)",
        view.session_id, index, data, at,
    )  # fmt: skip


async def test_the_recorded_page_is_that_of_a_view_at_that_width(database: Database) -> None:
    second = timedelta(seconds=1)
    wide, narrow = one_click("/cart", NOON, 1280), one_click("/cart", NOON - timedelta(hours=1), 390)
    broken, twice = one_click("/cart", NOON + timedelta(hours=1), 1280), one_click("/cart", NOON + 600 * second, 1280)
    async with site_of(database) as site:
        await store(site, [wide, narrow, broken, twice])
        early = [*snapshot(wide.at, 1280, "wide"), incremental(wide.at + second, 0, "loaded")]
        await put_chunk(site, wide, [*early, incremental(wide.at + 4 * second, 0, "too late")], wide.at)
        await put_chunk(site, narrow, snapshot(narrow.at + second, 390, "narrow"), narrow.at)
        await put_chunk(site, broken, {"enc": "zstd", "data": "***"}, broken.at)
        for tab in ("one", "two"):
            await put_chunk(site, twice, {"tab": tab, "events": snapshot(twice.at, 1280, "two tabs")}, twice.at)
        found = await site.get("/heatmap/page", **PERIOD, on="/cart", width="1200-")
        assert (found["session_id"], found["width_px"], found["height_px"]) == (str(wide.session_id), 1280, 800)
        assert found["events"] == early
        assert (await site.get("/heatmap/page", **PERIOD, on="/cart", width="0-479"))["width_px"] == 390
        assert (await site.get("/heatmap/page", **PERIOD, on="/cart", width="480-767"))["events"] is None
        assert (await site.get("/heatmap/page", **PERIOD, on="/"))["events"] is None


async def test_a_page_without_a_load_of_its_own_is_the_snapshot_and_what_changed(database: Database) -> None:
    second = timedelta(seconds=1)
    first = one_click("/", NOON, 1280)
    then = one_click("/cart", NOON + 60 * second, 1280, first.session_id)
    async with site_of(database) as site:
        await store(site, [first, then])
        page, mouse = incremental(then.at + second, 0, "cart is drawn"), incremental(then.at + second, 1)
        after = incremental(then.at + 5 * second, 0, "a dialog")
        await put_chunk(site, first, snapshot(NOON + second, 1280, "start"), NOON)
        await put_chunk(site, first, [mouse, page, after], then.at + second, 1)
        found = await site.get("/heatmap/page", **PERIOD, on="/cart")
        assert found["events"] == [*snapshot(NOON + second, 1280, "start"), page]
        await put_chunk(site, first, {"enc": "zstd", "data": "***"}, NOON + 30 * second, 1)
        assert (await site.get("/heatmap/page", **PERIOD, on="/cart"))["events"] is None, "a hole before it"
        assert (await site.get("/heatmap/page", **PERIOD, on="/"))["events"] == snapshot(NOON + second, 1280, "start")


async def test_a_page_that_nobody_recorded_is_looked_for_once(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    read_chunks = recorded_pages.read_candidate_chunks

    async def counted(queries: Any, view: Any, at_most: int) -> Any:
        chunks = await read_chunks(queries, view, at_most)
        read.append(len(chunks))
        return chunks

    monkeypatch.setattr(recorded_pages, "read_candidate_chunks", counted)
    monkeypatch.setattr(recorded_pages, "MAX_CHUNKS_IN_ALL", 7)
    views = [one_click("/cart", NOON + number * timedelta(hours=1), 1280) for number in range(4)]
    async with site_of(database) as site:
        await store(site, views)
        for view in views:
            for index in range(3):
                await put_chunk(site, view, [incremental(view.at, 0)], view.at, index)
        for _ in range(2):
            assert (await site.get("/heatmap/page", **PERIOD, on="/cart"))["events"] is None
        assert read == [3, 3, 1], "chunks over all views, at the first call alone"


def test_both_sides_part_widths_at_the_same_pixels() -> None:
    assert recorded_page._BAND_STARTS_PX == BAND_STARTS_PX
    assert [int(width.partition("-")[0]) for width in WIDTHS] == [0, *BAND_STARTS_PX]


async def test_thousands_of_unanswered_clicks_of_a_session_take_no_seconds(database: Database) -> None:
    """Clicks and signals of one session are gone through once, not each with each."""
    async with site_of(database) as site:
        session_id = await site.session(NOON, length_s=40_000)
        await site.run(
            "INSERT INTO heatmap_views"
            " (session_id, view, screen, screen_sent, started_at, ended_at, reach_px, attention_ms)"
            " VALUES ($1, 1, '/cart', '/cart', $2, $3, 800, '{}')",
            session_id, NOON, NOON + timedelta(seconds=40_000),
        )  # fmt: skip
        await site.run(
            "INSERT INTO heatmap_clicks (session_id, view, screen, element_id, fixed, occurred_at)"
            " SELECT $1, 1, '/cart', '#e' || n, false, $2::timestamp + n * interval '4 s'"
            " FROM generate_series(1, 9000) n",
            session_id, NOON,
        )  # fmt: skip
        await site.run(
            "INSERT INTO signals (session_id, type, confidence, started_at, ended_at, element_id, evidence)"
            " SELECT $1, 'dead_click', 1, at, at + interval '1 s', '#e' || n, '{}'"
            " FROM (SELECT n, $2::timestamp + n * interval '4 s' AS at FROM generate_series(1, 9000) n) AS made",
            session_id, NOON,
        )  # fmt: skip
        await site.run("ANALYZE")
        began = monotonic()
        found = await site.get("/heatmap/elements", on="/cart", **PERIOD)
        assert found["elements"][0]["dead_clicks"] == 1 and found["element_count"] == 9000
        assert await listed_total(site, element_signal="dead") == 1
        assert await listed_total(site, element_signal="rage") == 0
        assert monotonic() - began < 4


async def listed_total(site: Site, **params: str) -> int:
    return int((await site.get("/sessions", element_screen="/cart", **PERIOD, **params))["total"])
