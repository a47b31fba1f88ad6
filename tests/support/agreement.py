"""Figures of the pages beside the lists that they open, and beside counts by SQL of their own.

Nothing of the product's statements is used: a segment is a list of conditions written here, and each figure has a query
written here. `sessions_of` gives the ids of a segment; queries read them as the table `b`.
"""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from tests.support.api_site import Site, iso

Params = dict[str, Any]
LISTED = 4
"""Figures of a page whose list is opened, drawn at random; all are counted by SQL."""


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


WITHIN = "s.session_id IN (SELECT session_id FROM {})"
CONDITIONS: dict[str, str] = {
    "device_type": "coalesce(f.device_type, u.device_type, '') = {}",
    "release": "coalesce(s.app_version, '') = {}",
    "browser": "coalesce(f.browser, '') = {}",
    "locale": "coalesce(f.locale, '') = {}",
    "screen": WITHIN.format("journey_steps WHERE screen = {}"),
    "user": "u.external_user_id = {}",
    "signal:": "x.signal_counts ? {}",
    "cause:": "(x.points_by_cause ->> {})::float8 > 0",
    "call:any:": WITHIN.format("latency_metrics WHERE api = {}"),
    "element:": WITHIN.format("heatmap_clicks WHERE element_id = {}"),
    "error:": WITHIN.format("grouped_errors WHERE group_key = {}"),
    "event:": WITHIN.format("events WHERE event_type = {}"),
    "moment:": WITHIN.format("emotion_predictions WHERE coalesce(emotion, 'unknown') = {}"),
}
"""By parameter; those that end in a colon are kinds of `having`."""
VALUES: dict[str, str] = {
    "device_type": "SELECT DISTINCT device_type FROM session_facts WHERE device_type IS NOT NULL",
    "release": "SELECT DISTINCT app_version FROM sessions WHERE app_version IS NOT NULL",
    "browser": "SELECT DISTINCT browser FROM session_facts WHERE browser IS NOT NULL",
    "locale": "SELECT DISTINCT locale FROM session_facts WHERE locale IS NOT NULL",
    "screen": "SELECT DISTINCT screen FROM journey_steps",
    "user": "SELECT DISTINCT external_user_id FROM users",
    "signal:": "SELECT DISTINCT jsonb_object_keys(signal_counts) FROM score_facts",
    "cause:": "SELECT DISTINCT k FROM score_facts, jsonb_each_text(points_by_cause) AS c (k, v) WHERE v::float8 > 0",
    "call:any:": "SELECT DISTINCT api FROM latency_metrics WHERE api IS NOT NULL",
    "element:": "SELECT DISTINCT element_id FROM heatmap_clicks WHERE element_id IS NOT NULL",
    "error:": "SELECT DISTINCT group_key FROM grouped_errors",
    "event:": "SELECT DISTINCT event_type FROM events WHERE event_type LIKE '%order%' OR event_type LIKE '%cart%'",
    "moment:": "SELECT DISTINCT coalesce(emotion, 'unknown') FROM emotion_predictions",
}


@dataclass(frozen=True)
class Drawn:
    """A segment: parameters of the API, and the query of its sessions."""

    params: Params
    sql: str
    before: Drawn | None = None
    """The same in the equally long period before."""


@dataclass(frozen=True)
class Figure:
    """`count` of `what`; the list opens with `filter`; `sql` counts over the table `b`. None: there is no such way.
    `is_before`: of the period before."""

    what: str
    count: int
    filter: Params | None
    sql: str | None
    is_before: bool = False


async def values_of(site: Site) -> dict[str, list[str]]:
    """What there is to choose from, sorted."""
    found = {}
    async with site.database.reading("p_default") as queries:
        for name, query in VALUES.items():
            found[name] = sorted(str(row[0]) for row in await queries.connection.fetch(query))
    return found


def draw(dice: random.Random, values: dict[str, list[str]], since: datetime, until: datetime) -> Drawn:
    """Up to three conditions and a part of the period; now and then none and all of it."""
    length = (until - since).total_seconds()
    begin, end = sorted(dice.uniform(0, length) for _ in range(2)) if dice.random() < 0.5 else (0.0, length)
    if end - begin < length / 10:
        begin, end = 0.0, length
    first, last = (since + timedelta(seconds=round(at)) for at in (begin, end))
    params: Params = {}
    having, conditions = [], []
    for name in dice.sample(sorted(values), dice.choice((0, 1, 1, 2, 2, 3))):
        if values[name]:
            value = dice.choice(values[name])
            conditions.append(CONDITIONS[name].format(literal(value)))
            if name.endswith(":"):
                having.append(name + value)
            else:
                params[name] = value
    if dice.random() < 0.2:
        low, high = sorted(dice.sample(range(0, 100, 5), 2))
        having.append(f"score:{low}-{high}")
        conditions.append(f"e.score >= {low} AND e.score < {high}")
    if dice.random() < 0.2 and len(values["screen"]) > 1:
        one, two = dice.sample(values["screen"], 2)
        having.append(f"path:{one}>>{two}")
        conditions.append(WITHIN.format(
            "journey_steps j JOIN journey_steps k USING (session_id)"
            f" WHERE j.screen = {literal(one)} AND k.screen = {literal(two)} AND k.step_num > j.step_num"
        ))  # fmt: skip
    if having:
        params["having"] = having
    conditions.append("coalesce(f.is_bot, false) = false AND coalesce(f.is_staff, false) = false")
    before = within(first - (last - first), first, params, conditions)
    return replace(within(first, last, params, conditions), before=before)


def within(first: datetime, last: datetime, params: Params, conditions: list[str]) -> Drawn:
    """The segment of these conditions in a period."""
    conditions = [*conditions, f"s.started_at >= '{first}'", f"s.started_at < '{last}'"]
    sql = f"""SELECT s.session_id, e.score, x.score_exact FROM sessions s LEFT JOIN session_facts f USING (session_id)
        LEFT JOIN users u ON u.user_id = s.user_id LEFT JOIN experience_scores e USING (session_id)
        LEFT JOIN score_facts x USING (session_id) WHERE {" AND ".join(conditions)}"""
    return Drawn({"since": iso(first), "until": iso(last), **params}, sql)


def lost_at(column: str, name: str, screen: str | None = None) -> str:
    """Sessions that lost points at a place."""
    on = "" if screen is None else f" AND coalesce(i ->> 'page', '') = {literal(screen)}"
    return f"""SELECT count(*) FROM b JOIN experience_scores e USING (session_id)
        WHERE b.score_exact IS NOT NULL AND EXISTS (
        SELECT 1 FROM jsonb_array_elements(e.issues) i WHERE (i ->> 'points')::float8 > 0 AND i ->> 'type' <> 'minor'
        AND i ->> '{column}' = {literal(name)}{on})"""


async def overview(site: Site, params: Params) -> AsyncIterator[Figure]:
    page = await site.get("/overview", **params)
    yield Figure("overview: sessions", page["sessions"], {}, "SELECT count(*) FROM b")
    yield Figure("overview: scored", page["scored"], None, "SELECT count(*) FROM b WHERE score_exact IS NOT NULL")
    yield Figure("overview: trend", sum(one["sessions"] for one in page["trend"]), None, "SELECT count(*) FROM b")
    for row in page["causes"]:
        sql = f"""SELECT count(*) FROM b JOIN score_facts x USING (session_id)
            WHERE b.score_exact IS NOT NULL AND (x.points_by_cause ->> {literal(row["cause"])})::float8 > 0"""
        yield Figure(f"overview: {row['cause']}", row["sessions"], {"cause": row["cause"]}, sql)
    for kind, column in (("screen", "page"), ("api", "api"), ("element", "element")):
        for row in page[f"{kind}s"]:
            opens = {"place_kind": kind, "place": row["name"]}
            if kind == "element":
                opens["place_screen"] = row["screen"] or ""
            sql = lost_at(column, row["name"], (row["screen"] or "") if kind == "element" else None)
            yield Figure(f"overview: {kind} {row['name']}", row["sessions"], opens, sql)


OF = {
    "release": "SELECT count(*) FROM b JOIN sessions s USING (session_id) WHERE coalesce(app_version, '') = {}",
    "device": """SELECT count(*) FROM b JOIN sessions s USING (session_id) LEFT JOIN session_facts f USING (session_id)
        LEFT JOIN users u ON u.user_id = s.user_id WHERE coalesce(f.device_type, u.device_type, '') = {}""",
}


async def score(site: Site, params: Params) -> AsyncIterator[Figure]:
    for by, sql in OF.items():
        for row in (await site.get("/score", **params, by=by))["rows"]:
            yield Figure(f"score: {by} {row['name']}", row["sessions"], row["filter"], sql.format(literal(row["name"])))
    for by, column in (("screen", "page"), ("api", "api")):
        for row in (await site.get("/score", **params, by=by))["rows"]:
            yield Figure(f"score: {by} {row['name']}", row["sessions"], row["filter"], lost_at(column, row["name"]))
    for by in ("screen", "api"):
        for row in (await site.get("/score/issues", **params, by=by, limit=5))["rows"]:
            yield Figure(f"score: issue {row['name']} {row['cause']}", row["sessions"], row["filter"], None)


STEPS = """WITH w AS (SELECT session_id, screen, row_number() OVER (PARTITION BY session_id ORDER BY step_num, id) AS n
    FROM journey_steps JOIN b USING (session_id) WHERE screen <> '') """


async def journeys(site: Site, params: Params) -> AsyncIterator[Figure]:
    page = await site.get("/journeys/flow", **params, depth=2, nodes=4)
    for node in page["nodes"]:
        if node["screen"] is not None:
            sql = f"{STEPS} SELECT count(*) FROM w WHERE n = {node['depth'] + 1} AND screen = {literal(node['screen'])}"
            yield Figure(f"flow: {node['depth']} {node['screen']}", node["sessions"], node["filter"], sql)
    for edge in page["edges"]:
        if edge["screen"] is not None and edge["next_screen"] is not None:
            sql = f"""{STEPS} SELECT count(*) FROM w JOIN w v ON v.session_id = w.session_id AND v.n = w.n + 1
                WHERE w.n = {edge["depth"] + 1} AND w.screen = {literal(edge["screen"])}
                AND v.screen = {literal(edge["next_screen"])}"""
            yield Figure(f"flow: {edge['screen']} to {edge['next_screen']}", edge["sessions"], edge["filter"], sql)
    for row in (await site.get("/journeys/loops", **params))["rows"]:
        one, two = literal(row["screens"][0]), literal(row["screens"][1])
        sql = f"""{STEPS} SELECT count(DISTINCT w.session_id) FROM w
            JOIN w v ON v.session_id = w.session_id AND v.n = w.n + 1
            JOIN w z ON z.session_id = w.session_id AND z.n = w.n + 2 AND z.screen = w.screen
            WHERE (w.screen, v.screen) IN (({one}, {two}), ({two}, {one}))"""
        yield Figure(f"loop: {one} {two}", row["sessions"], row["filter"], sql)


async def funnel(site: Site, params: Params, screens: list[str]) -> AsyncIterator[Figure]:
    page = await site.get("/journeys/funnel", **params, steps=">>".join(screens))
    for number, row in enumerate(page["rows"], 1):
        tables = ", ".join(f"w w{step}" for step in range(number))
        conditions = [f"w{step}.screen = {literal(screens[step])}" for step in range(number)]
        conditions += [f"w{step}.session_id = w0.session_id AND w{step}.n > w{step - 1}.n" for step in range(1, number)]
        sql = f"{STEPS} SELECT count(DISTINCT w0.session_id) FROM {tables} WHERE {' AND '.join(conditions)}"
        yield Figure(f"funnel: step {number} of {screens}", row["sessions"], row["filter"], sql)


async def heatmap(site: Site, params: Params) -> AsyncIterator[Figure]:
    for row in (await site.get("/heatmaps", **params))["screens"]:
        sql = f"""SELECT count(DISTINCT session_id) FROM b JOIN heatmap_views USING (session_id)
            WHERE screen = {literal(row["screen"])}"""
        yield Figure(f"heatmaps: {row['screen']}", row["sessions"], {"element_screen": row["screen"]}, sql)
    screen = "/p/:id"
    for row in (await site.get("/heatmap/elements", **params, on=screen))["elements"]:
        sql = f"""SELECT count(DISTINCT session_id) FROM b JOIN heatmap_clicks c USING (session_id)
            WHERE c.screen = {literal(screen)} AND coalesce(c.element_id, '') = {literal(row["element"])}"""
        yield Figure(f"heatmap: {row['element']}", row["sessions"], row["filter"], sql)
        dead = f"""{sql} AND EXISTS (SELECT 1 FROM signals g WHERE g.session_id = c.session_id AND g.type = 'dead_click'
            AND c.occurred_at BETWEEN g.started_at AND g.ended_at
            AND coalesce(g.element_id, c.element_id, '') = coalesce(c.element_id, g.element_id, ''))"""
        yield Figure(f"heatmap: dead {row['element']}", row["dead_sessions"], row["dead_filter"], dead)


async def latency(site: Site, params: Params) -> AsyncIterator[Figure]:
    page = await site.get("/latency", compare=True, **params)
    any_call = "SELECT count(DISTINCT session_id) FROM b JOIN latency_metrics USING (session_id)"
    yield Figure("latency: all", page["sessions"], {"api_status": "any"}, any_call)
    yield Figure("latency: all before", page["sessions_before"], {"api_status": "any"}, any_call, is_before=True)
    for row in page["rows"]:
        sql = f"{any_call} WHERE coalesce(api, '') = {literal(row['api'])}"
        if row["calls_before"] is not None:
            calls = f"SELECT count(*) FROM b JOIN latency_metrics USING (session_id) WHERE api = {literal(row['api'])}"
            yield Figure(f"latency: {row['api']} before", row["calls_before"], None, calls, is_before=True)
        yield Figure(f"latency: {row['api']}", row["sessions"], {"api": row["api"]}, sql)
    for row in (await site.get("/latency/vitals", **params))["all"]:
        yield Figure(f"vital: {row['name']}", row["sessions"], {"vital": row["name"]}, None)


async def errors(site: Site, params: Params) -> AsyncIterator[Figure]:
    page = await site.get("/errors", compare=True, **params)
    sql = "SELECT count(DISTINCT session_id) FROM b JOIN grouped_errors g USING (session_id) WHERE g.kind <> 'foreign'"
    yield Figure("errors: all", page["sessions"], {"error_origin": "own"}, sql)
    for row in page["rows"]:
        sql = f"""SELECT count(DISTINCT session_id) FROM b JOIN grouped_errors g USING (session_id)
            WHERE g.group_key = {literal(row["key"])}"""
        opens = {"error_group": row["key"]}
        yield Figure(f"errors: {row['title']} before", row["sessions_before"], opens, sql, is_before=True)
        yield Figure(f"errors: {row['title']}", row["sessions"], {"error_group": row["key"]}, sql)


async def moments(site: Site, params: Params) -> AsyncIterator[Figure]:
    if "user" in params:  # refused: not listed by person
        return
    for row in (await site.get("/moments", **params))["counts"]:
        sql = f"""SELECT count(DISTINCT session_id) FROM b JOIN emotion_predictions m USING (session_id)
            WHERE coalesce(m.emotion, 'unknown') = {literal(row["emotion"])}"""
        yield Figure(f"moments: {row['emotion']}", row["sessions"], row["filter"], sql)


async def screens(site: Site, params: Params) -> AsyncIterator[Figure]:
    for row in (await site.get("/screens", compare=True, **params))["rows"]:
        sql = "SELECT count(DISTINCT session_id) FROM b JOIN journey_steps USING (session_id) WHERE screen = {}"
        sql = sql.format(literal(row["screen"]))
        yield Figure(f"screens: {row['screen']}", row["sessions"], row["filter"], sql)
        yield Figure(f"screens: {row['screen']} before", row["sessions_before"], row["filter"], sql, is_before=True)


async def signals(site: Site, params: Params) -> AsyncIterator[Figure]:
    for row in (await site.get("/signals", compare=True, **params))["kinds"]:
        kind = literal(row["type"])
        sql = f"SELECT count(DISTINCT session_id) FROM b JOIN signals USING (session_id) WHERE type = {kind}"
        yield Figure(f"signals: {row['type']}", row["sessions"], row["filter"], sql)
        yield Figure(f"signals: {row['type']} before", row["sessions_before"], row["filter"], sql, is_before=True)


PAGES: tuple[Callable[[Site, Params], AsyncIterator[Figure]], ...] = (
    overview, score, journeys, heatmap, latency, errors, moments, screens, signals,
)  # fmt: skip


def period_of(drawn: Drawn, figure: Figure) -> Drawn:
    """The segment that a figure counts."""
    return drawn.before if figure.is_before and drawn.before else drawn


async def disagreements(site: Site, drawn: Drawn, dice: random.Random, screens: list[str]) -> tuple[int, list[str]]:
    """How many comparisons were made in a segment, and those that failed, in words. `screens`: for a funnel."""
    count, wrong = 0, []
    steps = dice.sample(screens, 3)
    pages = [page(site, drawn.params) for page in PAGES]
    pages.append(funnel(site, drawn.params, steps))
    for page in pages:
        figures = [figure async for figure in page]
        for figure in figures:
            if figure.sql is not None:
                count += 1
                truth = await site.value(
                    f"WITH b AS MATERIALIZED ({period_of(drawn, figure).sql}) SELECT ({figure.sql})"
                )
                if truth != figure.count:
                    wrong.append(f"{drawn.params}: {figure.what} says {figure.count}, SQL counts {truth}")
        opened = [one for one in figures if one.filter is not None and not one.filter.keys() & drawn.params.keys()]
        for figure in dice.sample(opened, min(LISTED, len(opened))):
            count += 1
            listed = await site.get("/sessions", **period_of(drawn, figure).params, **(figure.filter or {}), limit=1)
            if listed["total"] != figure.count:
                wrong.append(f"{drawn.params}: {figure.what} says {figure.count}, its list {listed['total']}")
    return count, wrong
