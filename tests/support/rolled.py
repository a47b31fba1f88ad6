"""Roll-ups beside the sessions themselves: every page's figures from both, and what the roll-up tables hold."""

from __future__ import annotations

import random
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import msgspec

from mien.cli.analyze import analyse_now
from mien.cli.bench import clean
from mien.collector.encode import encode
from mien.collector.flush import write_batches
from mien.config import Settings
from mien.demo.synthetic import DAY_S, Plan, Visit, visits
from mien.store import (
    dimension,
    dose,
    error_groups,
    funnel,
    heat_cells,
    heat_elements,
    heatmap,
    journeys,
    latency,
    latency_trend,
    moments,
    overview,
    score_issues,
    score_summary,
    screens,
    signal_places,
    vitals,
)
from mien.store.database import Database, Queries
from mien.store.filters import WIDTHS, Segment, segment_snapshot
from mien.store.latency_filters import CallFilter
from mien.store.roll_up import mark_all, roll_up_due
from mien.store.rollups import TABLES, answered_from

SCHEMA = "p_default"
API = "GET /api/search"
DAYS = 3
Reading = Callable[[Queries, Segment], Awaitable[Any]]


async def read_places(queries: Queries, segment: Segment) -> Any:
    """All places of a segment with a score."""
    summary = await overview.read_summary(queries, segment)
    found = await overview.read_places(queries, segment, summary.scored)
    shown = [place for places in found.by_kind.values() for place in places]
    before = await overview.read_summary(queries, segment.before())
    points = await overview.read_points(queries, segment.before(), before.scored, shown) if before.scored else {}
    half = await overview.read_points(queries, segment, summary.scored, shown[1:]) if summary.scored else {}
    return found, sorted(points.items(), key=repr), sorted(half.items(), key=repr)


def by_dimension(by: dimension.Dimension) -> Reading:
    """The score by one dimension."""
    return lambda queries, segment: dimension.read_by_dimension(queries, segment, by, 500)


def issues_at(by: score_issues.IssuePlace) -> Reading:
    """Places and causes by points."""
    return lambda queries, segment: score_issues.read_issues(queries, segment, by, 500)


async def read_apis(queries: Queries, segment: Segment) -> Any:
    """All APIs, and one of them in depth."""
    rows, _ = await latency.read_apis(queries, segment, "calls", "desc", 200, None)
    return {
        "rows": rows,
        "one": await latency.read_api(queries, segment, API),
        "trend": await latency_trend.read_trend(queries, segment, API),
        "before": await latency.read_formerly(queries, segment.before()),
        "distribution": await latency.read_distribution(queries, segment, API),
        "depth": await latency.read_depth(queries, segment, API),
    }


async def read_groups(queries: Queries, segment: Segment) -> Any:
    """All error groups with their trends, a group by its key, and one by its words."""
    own, _ = await error_groups.read_groups(queries, segment, "own", None, "users", "desc", 200, None)
    foreign, _ = await error_groups.read_groups(queries, segment, "foreign", None, "sessions", "desc", 200, None)
    found, _ = await error_groups.read_groups(queries, segment, "own", "undefined", "errors", "desc", 200, None)
    keys = [row.group_key for row in own]
    return {
        "rows": (own, foreign, found),
        "totals": [await error_groups.read_totals(queries, segment, origin) for origin in ("own", "foreign")],
        "before": await error_groups.read_groups_before(queries, segment.before(), keys),
        "one": await error_groups.read_group(queries, segment, keys[0]) if keys else None,
        "trend": await error_groups.read_group_trend(queries, segment, keys, overview.bucket_seconds(segment)),
        "parts": [
            await error_groups.read_parts(queries, segment, keys, part, 50) for part in get_args(error_groups.Part)
        ],
    }


async def read_vitals(queries: Queries, segment: Segment) -> Any:
    """All screens and devices."""
    return await vitals.read_vitals(queries, segment, 500)


async def read_waiting(queries: Queries, segment: Segment) -> Any:
    """Bands by all calls, as the page asks for them."""
    return await dose.read_dose(queries, msgspec.structs.replace(segment, call=CallFilter(status="any")))


async def read_flows(queries: Queries, segment: Segment) -> Any:
    """From the entry and back from the last screen, as deep as roll-ups go and less; and the period before alike."""
    questions = [
        journeys.FlowQuestion(direction=direction, depth=depth, max_nodes=nodes)
        for direction in ("forwards", "backwards")
        for depth, nodes in ((journeys.ROLLED_DEPTH, 12), (2, 3))
    ]  # fmt: skip
    questions += [
        journeys.FlowQuestion(direction="forwards", start="/list", depth=journeys.ROLLED_DEPTH, max_nodes=12),
        journeys.FlowQuestion(direction="backwards", start="/cart", depth=3, max_nodes=2),
    ]
    flows = [await journeys.read_flow(queries, segment, question) for question in questions]
    before = await journeys.read_flow(queries, segment.before(), questions[0], like=flows[0])
    return flows, before, await journeys.count_sessions(queries, segment)


async def read_looping(queries: Queries, segment: Segment) -> Any:
    """Pairs of screens, and how many there are."""
    return await journeys.read_loops(queries, segment, 100)


async def read_funnels(queries: Queries, segment: Segment) -> Any:
    """Through screens, some of them twice; with no window, one that closes early and one that hardly ever does; with an
    event among the steps."""
    asked: list[tuple[tuple[str, ...], int | None]] = [
        (("screen:/list", "screen:/cart", "screen:/payment"), None),
        *((("screen:/list", "screen:/p/:id", "screen:/list"), within_s) for within_s in (None, 60, 1800)),
        (("screen:/cart", "event:order"), 600),
    ]
    return [await funnel.read_funnel(queries, segment, *one) for one in asked], await journeys.count_sessions(
        queries, segment
    )


async def read_screen_figures(queries: Queries, segment: Segment) -> Any:
    """All screens, and one with its causes."""
    names = ["/cart", "/list", "/nowhere"]
    return {
        "some": await screens.read_formerly(queries, segment, names),
        "before": await screens.read_formerly(queries, segment.before(), names),
        "rows": await screens.read_screens(queries, segment, "points", "desc", 500),
        "one": await screens.read_screens(queries, segment, "points", "desc", 1, "/cart"),
        "causes": await screens.read_causes(queries, segment, "/cart"),
    }


async def read_signals(queries: Queries, segment: Segment) -> Any:
    """By type, by place, and the places of one type."""
    places = await signal_places.read_signal_places(queries, segment, None, 50)
    some = await signal_places.read_formerly(queries, segment, None, places[3:])
    before = await signal_places.read_formerly(queries, segment.before(), None, places)
    return {
        "some": sorted(some.items()),
        "before": sorted(before.items()),
        "kinds": await signal_places.read_kinds(queries, segment),
        "places": await signal_places.read_signal_places(queries, segment, None, 500),
        "of one type": await signal_places.read_signal_places(queries, segment, "rage_click", 500),
    }


async def read_heat(queries: Queries, segment: Segment) -> Any:
    """The screens that have heatmaps; and of one its views by width."""
    return {
        "screens": await heatmap.read_screens(queries, segment, 500),
        "audiences": await heatmap.read_audiences(queries, segment, "/list"),
    }


async def read_heat_rows(queries: Queries, segment: Segment) -> Any:
    """How far people went down a page and where they looked, at each width; few people are told apart, and many."""
    return [
        await heatmap.read_rows(queries, segment, "/list", width, min_people, with_attention)
        for width in WIDTHS
        for min_people, with_attention in ((1, True), (heatmap.MAX_PEOPLE, False))
    ]


async def read_heat_cells(queries: Queries, segment: Segment) -> Any:
    """Every layer of a screen's map, of pages and elements; with few people and with so many that none is rolled up."""
    found = []
    for width, min_people in (("1200-", 1), ("0-479", 2), ("1200-", heatmap.MAX_PEOPLE), ("1200-", 7)):
        asked: Any = (queries, segment, "/list", width)
        found.append(await heat_cells.read_moves(*asked, min_people, 20_000))
        # Rage and dead clicks are too few here to be hidden below many people.
        layers = ("click", "rage", "dead") if min_people <= 2 else ("click",)
        for layer in layers:
            for mode in ("page", "element"):
                found.append(await heat_cells.read_clicks(*asked, mode, layer, min_people, 20_000))  # type: ignore[arg-type]
    every: Any = (queries, segment, "/cart", None, "element")
    found += [await heat_cells.read_clicks(*every, layer, 1, 20_000) for layer in ("click", "dead")]  # type: ignore[arg-type]
    return found


async def read_heat_elements(queries: Queries, segment: Segment) -> Any:
    """What was clicked on two screens, at any width and at two of them."""
    return [
        await heat_elements.read_elements(queries, segment, screen, width, 500)
        for screen, width in (("/list", None), ("/list", "1200-"), ("/cart", "0-479"), ("/cart", None))
    ]  # type: ignore[arg-type]


FIGURES: dict[str, Reading] = {
    "summary": overview.read_summary,
    "trend": overview.read_trend,
    "causes": overview.read_causes,
    "places": read_places,
    **{f"score by {by}": by_dimension(by) for by in ("screen", "api", "element", "release", "device")},  # type: ignore[arg-type]
    "scores of releases": score_summary.read_releases,
    **{f"issues by {by}": issues_at(by) for by in ("screen", "api", "element")},  # type: ignore[arg-type]
    "all calls": latency.read_total,
    "apis": read_apis,
    "error groups": read_groups,
    "web vitals": read_vitals,
    "flows": read_flows,
    "loops": read_looping,
    "funnels": read_funnels,
    "waiting": read_waiting,
    "screens": read_screen_figures,
    "signals": read_signals,
    "moments": moments.read_totals,
    "heatmaps": read_heat,
    "rows of heatmaps": read_heat_rows,
    "cells of heatmaps": read_heat_cells,
    "elements of heatmaps": read_heat_elements,
}
"""Every figure for which a roll-up answers."""


def plan(sessions: int, seed: int) -> Plan:
    """Visits of the last DAYS days."""
    now = time.time()
    return Plan(sessions, now - DAYS * DAY_S, now, seed, ())


def with_vitals(visit: Visit) -> Visit:
    """The visit with web vitals of its screens, some of them reported twice: of these the last counts."""
    dice = random.Random(visit.body["batch_id"])
    events = []
    for event in visit.body["events"]:
        events.append(event)
        reports = (("LCP", dice.lognormvariate(7.6, 0.5)), ("CLS", dice.choice((0, 0.1, dice.random() / 3))))
        for name, value in reports * dice.choice((0, 1, 1, 2)) if event["type"] == "screen_view" else ():
            value = value * dice.choice((1, 1, 1.5))
            events.append({**event, "type": "web_vital", "metadata": {"name": name, "value": value}})
    return Visit(visit.user_agent, {**visit.body, "events": events})


async def fill(database: Database, sessions: int, seed: int, group: int = 50) -> None:
    """Made-up visits, as the collector writes them."""
    settings = Settings()
    batches = [
        encode(clean(visit, settings), settings.max_replay_chunk_bytes)
        for visit in map(with_vitals, visits(plan(sessions, seed), "mk_test"))
    ]
    async with database.pool.acquire() as connection:
        await connection.execute(f"SET search_path TO {SCHEMA}")
        for number in range(0, len(batches), group):
            await write_batches(connection, batches[number : number + group])


async def count_rows(database: Database) -> None:
    """As autovacuum does within a minute: planned without knowing how much there is, all the rest takes far longer."""
    tables = await database.pool.fetchval(
        "SELECT string_agg(oid::regclass::text, ', ') FROM pg_class"
        " WHERE relnamespace = $1::text::regnamespace AND relkind IN ('r', 'p')",
        SCHEMA,
    )
    await database.pool.execute(f"ANALYZE {tables}")


async def settle(database: Database) -> None:
    """Analyse what waits, and roll up all that is dirty."""
    await analyse_now(database, SCHEMA)
    await count_rows(database)
    while await roll_up_due(database, SCHEMA, quiet_s=0.0):
        pass
    await count_rows(database)


def segments(now: datetime) -> dict[str, Segment]:
    """Up to `now` one of each slice, over whole days and over hours that are begun, and some without a roll-up."""
    until = now.astimezone(UTC).replace(tzinfo=None) + timedelta(minutes=1)
    since = until - timedelta(days=DAYS, minutes=37)
    some_hours = {"since": until - timedelta(hours=60, minutes=17), "until": until - timedelta(hours=3, minutes=11)}
    return {
        "all": Segment(since=since, until=until),
        "long": Segment(since=datetime(1970, 1, 1), until=datetime(2200, 1, 1)),
        "hours": Segment(**some_hours),
        "one hour": Segment(since=until - timedelta(minutes=70), until=until),
        "screen": Segment(since=since, until=until, screen="/cart"),
        "release": Segment(since=since, until=until, release="1.0.0"),
        "device": Segment(device="phone", **some_hours),
        "no release": Segment(since=since, until=until, release=""),
        "browser": Segment(since=since, until=until, browser="Chrome"),
        "screen and device": Segment(since=since, until=until, screen="/cart", device="phone"),
    }


TELLING = ("all", "hours", "screen", "screen and device")
"""Of the segments those that show most: whole days, hours, a slice, and one without a roll-up."""


async def read_all(database: Database, now: datetime, names: Sequence[str] = ()) -> dict[str, Any]:
    """Every figure of these segments, or of all, with what answered."""
    found: dict[str, Any] = {}
    for name, segment in segments(now).items():
        if names and name not in names:
            continue
        for figure, read in FIGURES.items():
            async with segment_snapshot(database, SCHEMA) as queries:
                answer = msgspec.to_builtins(await read(queries, segment))
                found[f"{figure} of {name}"] = (answer, answered_from(queries))
    return found


async def forget(database: Database) -> None:
    """From here on everything is counted session by session, in hours without any session as well."""
    async with database.writing(SCHEMA) as queries:
        await mark_all(queries)
        await queries.connection.execute(
            "INSERT INTO dirty_hours (hour) SELECT h FROM generate_series(date_trunc('day', localtimestamp)"
            f" - interval '{DAYS + 2} days', localtimestamp + interval '2 days', '1 hour') AS h"
        )
    await database.pool.execute(f"ANALYZE {SCHEMA}.dirty_hours")


async def stored(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all roll-up tables, in an order of their own; sums rounded: their terms come in any order."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    async with database.reading(SCHEMA) as queries:
        for table in TABLES:
            rows = await queries.connection.fetch(f"SELECT * FROM rollup_{table}")
            found[table] = sorted((tuple(map(_plain, row)) for row in rows), key=repr)
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.9g}") + 0.0
    return list(map(_plain, value)) if isinstance(value, list) else value
