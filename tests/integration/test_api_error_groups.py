"""Error groups: every figure against plain Python over the stored errors, and the list that each count opens."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest

from mien.store.database import Database
from mien.store.filters import Segment, segment_snapshot
from mien.store.rollups import read_source
from mien.store.statements import statement
from mien.store.work_queue import enqueue
from mien.worker import Worker
from tests.support.api_site import NOON, PERIOD, SCHEMA, Site, site_of

PAY, SHOW, LOG = "Uncaught TypeError: order 4711 failed", "Uncaught RangeError: too wide", "console.error: no stock"
STACK = "    at pay (https://shop.example/app.js:1:2)\n    at submit (https://shop.example/app.js:3:4)"
FOREIGN = "Script error."


class Met(msgspec.Struct, frozen=True):
    """A session with its errors: (seconds after its start, screen, message, stack)."""

    errors: tuple[tuple[int, str | None, str, str | None], ...]
    release: str | None = "1.0"
    browser: str | None = "Chrome"
    user: str | None = None
    device: str = "desktop"
    minutes: int = 0
    is_bot: bool = False


SESSIONS = (
    Met(((5, "/cart", PAY, STACK), (6, "/cart", PAY.replace("4711", "12"), STACK), (9, "/list", SHOW, None))),
    Met(((1, "/cart", PAY, STACK),), release="1.1", browser="Firefox", device="phone", minutes=10),
    Met(((2, "/Cart/7", PAY, STACK), (3, None, PAY, STACK)), release=None, browser=None, user="ada", minutes=3000),
    Met(((4, "/list", SHOW, None), (5, "/list", FOREIGN, None)), user="eve", minutes=20),
    Met(((4, "/list", LOG, None),), release="1.1", minutes=30),
    Met((), minutes=40),
    Met(((0, "/cart", PAY, STACK),), is_bot=True, minutes=50),
    Met(((0, "/cart", PAY, STACK),), minutes=-60 * 24 * 40),  # long before the period
)


async def fill(site: Site, sessions: tuple[Met, ...] = SESSIONS) -> list[UUID]:
    """The sessions, analysed by the worker. Scores are then replaced by known ones: 100, 90, 80, ..."""
    ids = []
    for met in sessions:
        at = NOON - timedelta(days=3) + timedelta(minutes=met.minutes)
        session_id = await site.session(at, device=met.device, user=met.user, is_bot=met.is_bot)
        ids.append(session_id)
        await site.run("UPDATE sessions SET app_version = $2 WHERE session_id = $1", session_id, met.release)
        await site.run("UPDATE session_facts SET browser = $2 WHERE session_id = $1", session_id, met.browser)
        for after_s, screen, message, stack in met.errors:
            await site.run(
                "INSERT INTO error_logs (session_id, screen, message, stack, occurred_at) VALUES ($1, $2, $3, $4, $5)",
                session_id, screen, message, stack, at + timedelta(seconds=after_s),
            )  # fmt: skip
    async with site.database.writing(SCHEMA) as queries:
        await enqueue(queries, everything=True)
    await Worker(site.database).drain(SCHEMA)
    for number, session_id in enumerate(ids):
        await site.run("UPDATE score_facts SET score_exact = $2 WHERE session_id = $1", session_id, 100.0 - 10 * number)
    return ids


def of_message(message: str) -> str:
    """The test's own grouping: its messages differ in one number only."""
    return {PAY[:24]: "pay", SHOW[:24]: "show", LOG[:24]: "log", FOREIGN[:24]: "foreign"}[message[:24]]


async def groups_of(site: Site, **params: Any) -> dict[str, dict[str, Any]]:
    """The groups of one page, by the test's own names."""
    found = await site.get("/errors", **params)
    names = {"order <n> failed": "pay", "too wide": "show", "no stock": "log", "Script error.": "foreign"}
    return {names[row["title"]]: row for row in found["rows"]}


async def sessions_of(site: Site, **params: Any) -> set[str]:
    listed = await site.get("/sessions", limit=100, **params)
    assert listed["total"] == len(listed["rows"])
    return {row["session_id"] for row in listed["rows"]}


SEGMENTS: list[dict[str, Any]] = [{}, {"device": "phone"}, {"device": "desktop"}, {"bots": 1}, {"screen": "/nowhere"}]


def counted(segment: dict[str, Any]) -> dict[str, dict[int, list[datetime]]]:
    """Plain Python: group -> number of the session -> times of its errors."""
    found: dict[str, dict[int, list[datetime]]] = defaultdict(lambda: defaultdict(list))
    for number, met in enumerate(SESSIONS):
        start = NOON - timedelta(days=3) + timedelta(minutes=met.minutes)
        wanted = segment.get("device") in (None, met.device) and (not met.is_bot or "bots" in segment)
        if "screen" in segment or not wanted or met.minutes < 0:
            continue
        for after_s, _, message, _ in met.errors:
            found[of_message(message)][number].append(start + timedelta(seconds=after_s))
    return found


@pytest.mark.parametrize("segment", SEGMENTS)
async def test_every_figure_is_what_plain_python_counts_and_opens_exactly_its_sessions(
    database: Database, segment: dict[str, Any]
) -> None:
    async with site_of(database) as site:
        ids = await fill(site)
        wanted = counted(segment)
        for origin in ("own", "foreign"):
            names = {name for name in wanted if (name == "foreign") == (origin == "foreign")}
            found = await groups_of(site, origin=origin, **PERIOD, **segment)
            assert found.keys() == names
            totals = await site.get("/errors", origin=origin, **PERIOD, **segment)
            numbers = {number for name in names for number in wanted[name]}
            assert totals["total"] == len(names) and totals["sessions"] == len(numbers)
            assert totals["errors"] == sum(len(times) for name in names for times in wanted[name].values())
            assert totals["all_sessions"] == len(await sessions_of(site, **PERIOD, **segment))
            assert await sessions_of(site, error_origin=origin, **PERIOD, **segment) == {str(ids[n]) for n in numbers}
            for name, row in found.items():
                await check_row(site, row, wanted[name], ids, segment)


async def test_a_group_says_its_newest_message_in_the_browsers_words_and_is_found_by_it(database: Database) -> None:
    async with site_of(database) as site:
        newest = PAY.replace("4711", "99")
        last = Met(((1, "/cart", PAY, STACK), (2, "/cart", newest, STACK)), minutes=3100)
        await fill(site, (*SESSIONS, last))
        found = (await groups_of(site, **PERIOD))["pay"]
        assert found["message"] == newest and "<n>" not in found["message"]
        assert (await site.get(f"/errors/{found['key']}", **PERIOD))["group"]["message"] == newest
        assert (await groups_of(site, q="order 99 failed", **PERIOD)).keys() == {"pay"}
        assert (await groups_of(site, q="order 12 failed", **PERIOD)) == {}, "only the newest is looked at"
        longest = await site.get(f"/errors/{found['key']}", since="2020-01-01T00:00:00Z", until="2020-01-02T00:00:00Z")
        assert longest["group"]["message"] == newest, "whatever the period"


async def check_row(
    site: Site, row: dict[str, Any], met: dict[int, list[datetime]], ids: list[UUID], segment: dict[str, Any]
) -> None:
    assert row["sessions"] == row["users"] == row["scored"] == len(met)
    assert row["errors"] == sum(map(len, met.values()))
    assert row["score"] == pytest.approx(sum(100 - 10 * number for number in met) / len(met))
    assert await sessions_of(site, error_group=row["key"], **PERIOD, **segment) == {str(ids[number]) for number in met}
    assert sum(point["sessions"] for point in row["trend"]) == len(met)
    assert sum(point["errors"] for point in row["trend"]) == row["errors"]
    page = await site.get(f"/errors/{row['key']}", **PERIOD, **segment)
    assert {**page["group"], "trend": []} == {**row, "trend": []}
    assert sum(point["errors"] for point in page["group"]["trend"]) == row["errors"]
    for kind in ("releases", "browsers", "screens"):
        assert sum(part["errors"] for part in page[kind]) == row["errors"]
        for part in page[kind]:
            params = {**PERIOD, **segment, **part["filter"], "error_group": row["key"]}
            assert len(await sessions_of(site, **params)) == part["sessions"], (kind, part)
    occurrences = await site.get(f"/errors/{row['key']}/occurrences", **PERIOD, **segment)
    starts = {str(ids[number]): (min(times), len(times)) for number, times in met.items()}
    assert {one["session_id"] for one in occurrences["rows"]} == starts.keys()
    for one in occurrences["rows"]:
        first, errors = starts[one["session_id"]]
        assert datetime.fromisoformat(one["at"]) == first.replace(tzinfo=UTC) and one["errors"] == errors
    times = [one["at"] for one in occurrences["rows"]]
    assert times == sorted(times, reverse=True), "newest first"


async def test_a_trend_bucket_opens_its_sessions(database: Database) -> None:
    async with site_of(database) as site:
        await fill(site)
        found = await site.get("/errors", **PERIOD)
        row = next(row for row in found["rows"] if row["title"] == "order <n> failed")
        assert len([point for point in row["trend"] if point["sessions"]]) == 2
        for point in row["trend"]:
            start = datetime.fromisoformat(point["at"])
            period = {"since": point["at"], "until": (start + timedelta(seconds=found["bucket_s"])).isoformat()}
            assert len(await sessions_of(site, error_group=row["key"], **period)) == point["sessions"]


async def test_first_and_last_seen_look_at_all_sessions(database: Database) -> None:
    async with site_of(database) as site:
        await fill(site)
        row = (await groups_of(site, **PERIOD))["pay"]
        first = await site.value("SELECT min(occurred_at) FROM error_logs WHERE message = $1", PAY)
        last = await site.value("SELECT max(occurred_at) FROM error_logs WHERE message = $1", PAY)
        assert datetime.fromisoformat(row["first_seen"]) == first.replace(tzinfo=UTC)
        assert datetime.fromisoformat(row["last_seen"]) == last.replace(tzinfo=UTC)
        assert first < NOON - timedelta(days=40) < last


async def test_sessions_of_one_person_are_one_user(database: Database) -> None:
    async with site_of(database) as site:
        ids = await fill(site)
        same = (
            "UPDATE sessions SET user_id = (SELECT user_id FROM sessions WHERE session_id = $1) WHERE session_id = $2"
        )
        await site.run(same, ids[2], ids[1])
        row = (await groups_of(site, **PERIOD))["pay"]
        assert (row["sessions"], row["users"]) == (3, 2)
        assert (await site.get("/errors", **PERIOD))["users"] == 4, "of five sessions with an error of the site's own"


async def test_parts_name_what_is_not_known(database: Database) -> None:
    async with site_of(database) as site:
        ids = await fill(site)
        key = (await groups_of(site, **PERIOD))["pay"]["key"]
        page = await site.get(f"/errors/{key}", **PERIOD)
        assert [(part["name"], part["sessions"]) for part in page["releases"]] == [("", 1), ("1.0", 1), ("1.1", 1)]
        assert [(part["name"], part["sessions"]) for part in page["browsers"]] == [
            ("", 1),
            ("Chrome", 1),
            ("Firefox", 1),
        ]
        screens = [(part["name"], part["sessions"], part["errors"]) for part in page["screens"]]
        assert screens == [("/cart", 2, 3), ("", 1, 1), ("/cart/:id", 1, 1)]
        nowhere = await sessions_of(site, error_group=key, error_screen="", **PERIOD)
        assert nowhere == {str(ids[2])}


async def test_an_example_has_the_longest_stack_and_the_session_names_the_group(database: Database) -> None:
    async with site_of(database) as site:
        ids = await fill(site)
        key = (await groups_of(site, **PERIOD))["pay"]["key"]
        example = (await site.get(f"/errors/{key}", **PERIOD))["example"]
        assert (example["stack"], example["message"][:20]) == (STACK, PAY[:20])
        assert example["session_id"] == str(ids[2]) and example["at_ms"] in (2000, 3000)
        errors = (await site.get(f"/sessions/{ids[0]}"))["errors"]
        assert [error["group"] == key for error in errors] == [True, True, False]


async def test_text_release_and_browser_narrow(database: Database) -> None:
    async with site_of(database) as site:
        await fill(site)
        assert (await groups_of(site, q="RANGEerror: TOO", **PERIOD)).keys() == {"show"}
        assert (await groups_of(site, q="pay in app.js", **PERIOD)).keys() == {"pay"}
        assert (await groups_of(site, q="nothing like this", **PERIOD)).keys() == set()
        assert {name: row["sessions"] for name, row in (await groups_of(site, release="1.1", **PERIOD)).items()} == {
            "pay": 1, "log": 1,
        }  # fmt: skip
        assert {name: row["sessions"] for name, row in (await groups_of(site, browser="", **PERIOD)).items()} == {
            "pay": 1
        }


@pytest.mark.parametrize("sort", ["sessions", "errors", "users", "score", "first_seen", "last_seen"])
@pytest.mark.parametrize("order", ["asc", "desc"])
async def test_pages_by_cursor_are_the_whole_list_without_gaps(database: Database, sort: str, order: str) -> None:
    async with site_of(database) as site:
        many = tuple(
            Met(tuple((1, "/", f"Error: {word} went wrong", None) for word in words), minutes=number)
            for number, words in enumerate([("a", "b", "c", "d"), ("b", "c"), ("c", "e")])
        )
        ids = await fill(site, many)
        await site.run("UPDATE score_facts SET score_exact = NULL WHERE session_id = $1", ids[2])
        params = {"sort": sort, "order": order, **PERIOD}
        whole = (await site.get("/errors", **params))["rows"]
        paged: list[Any] = []
        cursor: dict[str, Any] = {}
        while True:
            page = await site.get("/errors", limit=2, **params, **cursor)
            assert page["total"] == 5
            paged += page["rows"]
            if page["next_cursor"] is None:
                break
            cursor = {"cursor": page["next_cursor"]}
        assert paged == whole and len(whole) == 5
        values = [row[sort] for row in whole if row[sort] is not None]
        assert values == sorted(values, reverse=order == "desc")
        assert [row[sort] for row in whole][len(values) :] == [None] * (5 - len(values)), "without a value: last"
        other = "asc" if order == "desc" else "desc"
        await site.get("/errors", 400, **{**params, "order": other}, **(cursor or {"cursor": "x"}))


async def test_occurrences_are_paged_without_gaps_at_equal_times(database: Database) -> None:
    async with site_of(database) as site:
        await fill(site, tuple(Met(((1, "/", "Error: x", None),), minutes=number // 3) for number in range(8)))
        key = (await site.get("/errors", **PERIOD))["rows"][0]["key"]
        whole = (await site.get(f"/errors/{key}/occurrences", **PERIOD))["rows"]
        paged: list[Any] = []
        page = await site.get(f"/errors/{key}/occurrences", limit=3, **PERIOD)
        while True:
            paged += page["rows"]
            if page["next_cursor"] is None:
                break
            page = await site.get(f"/errors/{key}/occurrences", limit=3, cursor=page["next_cursor"], **PERIOD)
        assert paged == whole and len(whole) == 8


async def test_a_group_outside_of_the_segment_has_zeros_and_an_unknown_one_is_not_found(database: Database) -> None:
    async with site_of(database) as site:
        await fill(site)
        key = (await groups_of(site, **PERIOD))["show"]["key"]
        page = await site.get(f"/errors/{key}", device="tablet", **PERIOD)
        assert (page["group"]["sessions"], page["group"]["errors"], page["group"]["score"]) == (0, 0, None)
        assert page["group"]["title"] == "too wide" and page["releases"] == [] and page["example"] is not None
        assert (await site.get(f"/errors/{key}/occurrences", device="tablet", **PERIOD))["rows"] == []
        for unknown in ("0000000000000000", "x", "a%00b", "%C3%B6", "a.b"):
            await site.get(f"/errors/{unknown}", 404)


async def test_an_empty_project_has_no_groups_and_wrong_parameters_are_named(database: Database) -> None:
    async with site_of(database) as site:
        found = await site.get("/errors")
        assert (found["total"], found["rows"], found["sessions"], found["next_cursor"]) == (0, [], 0, None)
        wrong: list[dict[str, Any]] = [
            {"origin": "moon"}, {"sort": "moon"}, {"limit": 0}, {"limit": 101}, {"cursor": "!"}, {"cursor": "bnVsbA"},
            {"q": "a\0b"}, {"release": "a\0b"}, {"since": "2026-11-20", "until": "2026-11-19"},
        ]  # fmt: skip
        for params in wrong:
            assert (await site.get("/errors", 400, **params))["message"]
        await site.get("/errors/abc/occurrences", 400, cursor="bnVsbA")
        await site.get("/sessions", 400, error_screen="/cart")
        await site.get("/sessions", 400, error_group="a\0b")
        await site.get("/sessions", 400, error_origin="moon")


async def test_analysing_again_changes_no_group(database: Database) -> None:
    async with site_of(database) as site:
        await fill(site)
        select = "SELECT array_agg(g ORDER BY session_id, error_id) FROM grouped_errors g"
        before = await site.value(select)
        async with site.database.writing(SCHEMA) as queries:
            await enqueue(queries, everything=True)
        await Worker(site.database).drain(SCHEMA)
        assert before and await site.value(select) == before


async def test_a_score_that_is_missing_is_in_no_mean(database: Database) -> None:
    async with site_of(database) as site:
        ids = await fill(site)
        await site.run("UPDATE score_facts SET score_exact = NULL WHERE session_id = ANY($1)", [ids[0], ids[1]])
        row = (await groups_of(site, **PERIOD))["pay"]
        assert (row["sessions"], row["scored"], row["score"]) == (3, 1, pytest.approx(80))


async def test_equal_mean_scores_are_in_the_order_of_the_keys_whatever_order_they_were_added_in(
    database: Database,
) -> None:
    """Sums of the same numbers in another order differ in their last digits: pages would lose or repeat groups."""
    async with site_of(database) as site:
        ids = await fill(site, tuple(Met(((1, "/cart", f"Error: {'abcdef'[n % 6]} broke", None),)) for n in range(120)))
        await site.run(
            "UPDATE score_facts x SET score_exact = n.score FROM unnest($1::uuid[], $2::float8[]) AS n (id, score)"
            " WHERE x.session_id = n.id",
            ids, [(0.1, 0.2, 0.3, 0.7)[(number // 6) % 4] for number in range(len(ids))],
        )  # fmt: skip
        for order in ("asc", "desc"):
            keys: list[str] = []
            cursor = ""
            while True:
                page = await site.get("/errors", **PERIOD, sort="score", order=order, limit=1, cursor=cursor)
                keys += [row["key"] for row in page["rows"]]
                cursor = page["next_cursor"] or ""
                if not cursor:
                    break
            assert len(keys) == 6 and keys == sorted(keys)


async def test_first_and_last_seen_are_looked_up_in_the_index(database: Database) -> None:
    """Of each group: with another collation than the column's it would be a scan of the whole table for each."""
    wanted = statement("error_groups.page")
    segment = Segment(since=NOON - timedelta(days=7), until=NOON)
    async with segment_snapshot(database, SCHEMA) as queries:
        values: dict[str, object] = {
            **(await read_source(queries, segment)).arguments(), "origin": "own", "group_words": None,
            "group_keys": None, "sort": "sessions", "direction": 1, "after_group": None, "after_key": None,
            "max_groups": 10,
        }  # fmt: skip
        await queries.connection.execute("SET LOCAL enable_seqscan = off")
        plan = await queries.connection.fetch(f"EXPLAIN {wanted.sql.rstrip().rstrip(';')}", *wanted.arguments(values))
    assert sum("grouped_errors_group" in line[0] for line in plan) == 2, "\n".join(line[0] for line in plan)


async def test_a_looping_error_hides_no_other_and_is_counted_whole(database: Database) -> None:
    """Rows of one batch share their instant; those of another sender may not."""
    async with site_of(database) as site:
        [session_id] = await fill(site, (Met(((1, "/cart", PAY, STACK),)),))
        loop = (
            "INSERT INTO error_logs (session_id, screen, message, occurred_at)"
            " SELECT $1, '/cart', $2, $3::timestamp + n * $4::interval FROM generate_series(1, 2500) n"
        )
        at = NOON - timedelta(days=3) + timedelta(seconds=2)
        await site.run(loop, session_id, "console.error: at once", at, timedelta(0))
        await site.run(loop, session_id, "console.error: over time", at, timedelta(milliseconds=7))
        await reanalyse(site)
        rows = (await site.get("/errors", **PERIOD))["rows"]
        assert {row["title"]: row["errors"] for row in rows} == {
            "order <n> failed": 1, "at once": 2500, "over time": 2500,
        }  # fmt: skip
        page = await site.get(f"/sessions/{session_id}")
        assert page["truncated"] and len(page["errors"]) == 2000
        assert sum(error["count"] for error in page["errors"]) == 5001 and all(
            error["group"] for error in page["errors"]
        )


async def test_repeats_of_one_instant_take_no_error_click_away(database: Database) -> None:
    async with site_of(database) as site:
        session_id = await site.session(NOON - timedelta(days=3), length_s=120)
        for number in range(7):
            at = NOON - timedelta(days=3) + timedelta(seconds=5 * number)
            await site.run(
                "INSERT INTO events (session_id, event_type, screen, element_id, x, y, metadata, occurred_at)"
                " VALUES ($1, 'click', '/cart', $2, 5, 5, $3, $4)",
                session_id, f"#pay{number}", {"response_ms": 100, "response": "mutation", "tag": "button"}, at,
            )  # fmt: skip
            await site.run(
                "INSERT INTO error_logs (session_id, screen, message, stack, occurred_at)"
                " VALUES ($1, '/cart', $2, $3, $4)",
                session_id, PAY, STACK, at + timedelta(milliseconds=100),
            )  # fmt: skip
        found = "SELECT count(*) FROM signals WHERE type = 'error_click'"
        await reanalyse(site)
        before = await site.value("SELECT score_exact FROM score_facts")
        assert await site.value(found) == 7
        await site.run(
            "INSERT INTO error_logs (session_id, screen, message, occurred_at)"
            " SELECT $1, '/cart', 'console.error: ResizeObserver loop', $2 FROM generate_series(1, 2000)",
            session_id, NOON - timedelta(days=3) + timedelta(seconds=60),
        )  # fmt: skip
        await reanalyse(site)
        assert await site.value(found) == 7
        assert await site.value("SELECT score_exact FROM score_facts") <= before


async def reanalyse(site: Site) -> None:
    async with site.database.writing(SCHEMA) as queries:
        await enqueue(queries, everything=True)
    await Worker(site.database).drain(SCHEMA)
