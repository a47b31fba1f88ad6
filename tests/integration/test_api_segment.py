"""The segment of every page: conditions that all hold, and the values that it proposes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from mien.store.database import Database
from tests.support.api_site import NOON, PERIOD, Lost, Site, site_of
from tests.support.rolled import settle


async def call(site: Site, session_id: UUID, api: str, status: int | None, latency_ms: int) -> None:
    await site.run(
        "INSERT INTO latency_metrics (session_id, api, latency_ms, status, occurred_at) VALUES ($1, $2, $3, $4, $5)",
        session_id, api, latency_ms, status, NOON,
    )  # fmt: skip


async def click(site: Site, session_id: UUID, element: str, label: str) -> None:
    await site.run(
        "INSERT INTO events (session_id, event_type, element_id, screen, occurred_at, metadata)"
        " VALUES ($1, 'click', $2, '/cart', $3, $4)",
        session_id, element, NOON, {"label": label},
    )  # fmt: skip


async def make_three(site: Site) -> dict[str, UUID]:
    """`payer`: a failed and a slow call; `looker`: nothing wrong; `angry`: a rage click at #pay."""
    payer = await site.session(lost=[Lost("failed_request", 0.3), Lost("slow_api", 0.2)], user="ada",
                               screens=("/", "/cart", "/pay"))  # fmt: skip
    looker = await site.session(at=NOON + timedelta(minutes=1), screens=("/", "/cart", "/help"))
    angry = await site.session(at=NOON + timedelta(minutes=2), lost=[Lost("rage_click", 0.5, element="#pay")],
                               screens=("/cart", "/"), device="phone")  # fmt: skip
    await call(site, payer, "POST /api/pay", 502, 300)
    await call(site, payer, "GET /api/cart", 200, 5200)
    await call(site, looker, "GET /api/cart", 200, 200)
    await click(site, angry, "#pay", "Pay now")
    await site.run("UPDATE sessions SET app_version = '4.2' WHERE session_id <> $1", looker)
    for session_id, emotion in ((angry, "frustrated"), (angry, "frustrated"), (angry, "confused"), (payer, "confused"),
                                (looker, None)):  # fmt: skip
        await site.run(
            "INSERT INTO emotion_predictions (session_id, emotion, confidence, occurred_at) VALUES ($1, $2, 0.5, $3)",
            session_id, emotion, NOON,
        )  # fmt: skip
    return {"payer": payer, "looker": looker, "angry": angry}


CONDITIONS: list[tuple[list[str], set[str]]] = [
    (["screen:/cart"], {"payer", "looker", "angry"}),
    (["screen:/cart", "screen:/pay"], {"payer"}),
    (["screen:/pay", "screen:/help"], set()),
    (["signal:rage_click"], {"angry"}),
    (["signal:rage_click:/cart"], {"angry"}),
    (["signal:rage_click:"], {"angry"}),
    (["signal:rage_click:/"], set()),
    (["signal:failed_request:/cart", "signal:slow_api:/cart"], {"payer"}),
    (["signal:failed_request:/cart", "signal:rage_click:/cart"], set()),
    (["cause:wait", "cause:fail"], {"payer"}),
    (["cause:wait", "cause:noans"], set()),
    (["call:failed:POST /api/pay"], {"payer"}),
    (["call:failed:GET /api/cart"], set()),
    (["call:failed:"], {"payer"}),
    (["call:4000:"], {"payer"}),
    (["call:100:GET /api/cart"], {"payer", "looker"}),
    (["call:failed:", "call:any:GET /api/cart"], {"payer"}),
    (["score:90-100"], {"looker"}),
    (["score:0-90", "score:60-100"], {"payer", "angry"}),
    (["score:0-40"], set()),
    (["path:/>/cart"], {"payer", "looker"}),
    (["path:/>/cart", "path:/cart>>/help"], {"looker"}),
    (["element:#pay"], {"angry"}),
    (["event:click"], {"angry"}),
    (["error:nothing"], set()),
    (["moment:frustrated"], {"angry"}),
    (["moment:confused"], {"angry", "payer"}),
    (["moment:confused", "moment:frustrated"], {"angry"}),
    (["moment:unknown"], {"looker"}),
    (["moment:confused", "cause:wait"], {"payer"}),
    (["moment:engaged"], set()),
]


@pytest.mark.parametrize(("having", "expected"), CONDITIONS)
async def test_conditions_all_hold_on_pages_and_in_the_list(
    database: Database, having: Sequence[str], expected: set[str]
) -> None:
    async with site_of(database) as site:
        made = await make_three(site)
        found = await site.get("/sessions", **PERIOD, having=having)
        assert {row["session_id"] for row in found["rows"]} == {str(made[name]) for name in expected}
        overview = await site.get("/overview", **PERIOD, having=having)
        assert overview["sessions"] == found["total"] == len(expected)


async def test_a_condition_of_the_segment_and_a_filter_of_the_list_hold_both(database: Database) -> None:
    async with site_of(database) as site:
        await make_three(site)
        found = await site.get("/sessions", **PERIOD, having="score:50-70", max_score=65, screen="/pay")
        assert found["total"] == 1
        assert (await site.get("/sessions", **PERIOD, having="score:90-100", max_score=65))["total"] == 0


async def test_every_page_takes_what_a_session_is(database: Database) -> None:
    async with site_of(database) as site:
        made = await make_three(site)
        assert (await site.get("/overview", **PERIOD, release="4.2"))["sessions"] == 2
        assert (await site.get("/overview", **PERIOD, user="ada"))["sessions"] == 1
        for path in ("/latency", "/journeys/flow", "/heatmaps", "/errors", "/score", "/findings", "/sessions"):
            params: dict[str, Any] = {**PERIOD, "release": "4.2", "having": ["call:failed:"], "locale": ""}
            if path == "/score":
                params["by"] = "screen"
            await site.get(path, **params)
        calls = (await site.get("/latency", **PERIOD, having="call:failed:"))["rows"]
        assert {row["api"]: row["calls"] for row in calls} == {"POST /api/pay": 1, "GET /api/cart": 1}
        assert made


@pytest.mark.parametrize(
    "having",
    [
        "screen", "screen:", "moment:", "screen:\0", "moon:1", "score:60-40", "score:a-b", "score:-1-101", "cause:moon",
        "call:moon:GET", "call:", "call:99999999999:", "path:/a>>", "path:!", "screen:" + "x" * 3000,
        [f"screen:/{n}" for n in range(13)],
    ],
)  # fmt: skip
async def test_what_is_no_condition_is_a_400_that_says_so(database: Database, having: Any) -> None:
    async with site_of(database) as site:
        answer = await site.get("/overview", 400, **PERIOD, having=having)
        assert answer["error"] == "invalid_request" and ("having" in answer["message"] or "path" in answer["message"])


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        ("screen", [("/", 3), ("/cart", 3), ("/help", 1), ("/pay", 1)]),
        ("release", [("4.2", 2), ("", 1)]),
        ("device_type", [("desktop", 2), ("phone", 1)]),
        ("api", [("GET /api/cart", 2), ("POST /api/pay", 1)]),
        ("signal", [("failed_request", 1), ("rage_click", 1), ("slow_api", 1)]),
        ("element", [("#pay", 1)]),
        ("event", [("click", 1)]),
        ("user", [("ada", 1)]),
        ("browser", [("", 3)]),
        ("country", [("", 3)]),
        ("locale", [("", 3)]),
        ("error", []),
    ],
)
async def test_values_come_with_as_many_sessions_as_they_open(
    database: Database, of: str, expected: list[tuple[str, int]]
) -> None:
    async with site_of(database) as site:
        await make_three(site)
        found = await site.get("/segment-values", **PERIOD, of=of)
        assert [(one["value"], one["sessions"]) for one in found["values"]] == expected
        opened = {
            "api": "having=call:any:",
            "signal": "signal=",
            "element": "having=element:",
            "event": "having=event:",
        }
        name, _, prefix = opened.get(of, f"{of}=").partition("=")
        for value, sessions in expected:
            assert (await site.get("/sessions", **PERIOD, **{name: prefix + value}))["total"] == sessions


async def test_values_are_found_by_a_part_and_counted_in_the_segment(database: Database) -> None:
    async with site_of(database) as site:
        await make_three(site)
        values = (await site.get("/segment-values", **PERIOD, of="element", part="pay NOW"))["values"]
        assert values == [{"value": "#pay", "label": "Pay now", "sessions": 1}]
        values = (await site.get("/segment-values", **PERIOD, of="screen", having="call:failed:", part="%"))["values"]
        assert values == []
        values = (await site.get("/segment-values", **PERIOD, of="screen", having="call:failed:", limit=2))["values"]
        assert [one["value"] for one in values] == ["/", "/cart"]


@pytest.mark.parametrize("bad", [{"of": "moon"}, {}, {"of": "screen", "limit": 0}, {"of": "screen", "limit": 101},
                                 {"of": "screen", "part": "\0"}, {"of": "screen", "part": "x" * 201}])  # fmt: skip
async def test_values_of_nothing_are_a_400(database: Database, bad: dict[str, Any]) -> None:
    async with site_of(database) as site:
        assert (await site.get("/segment-values", 400, **bad))["error"] == "invalid_request"


async def test_what_is_proposed_is_taken_as_a_condition(database: Database) -> None:
    async with site_of(database) as site:
        session_id = await site.session()
        for element in (" ", "\u00a0", "#pay"):
            await click(site, session_id, element, "Pay")
        values = (await site.get("/segment-values", **PERIOD, of="element"))["values"]
        assert [one["value"] for one in values] == ["#pay"]
        assert (await site.get("/sessions", **PERIOD, having=f"element:{values[0]['value']}"))["total"] == 1


async def test_a_device_means_the_sessions_that_nobody_signed_in_sent_from_it(database: Database) -> None:
    async with site_of(database) as site:
        first, second = [await site.session(at=NOON + timedelta(hours=number)) for number in range(2)]
        named = await site.session(user="ada")
        await site.session()
        await site.run("UPDATE sessions SET device_id = 'shared' WHERE session_id = ANY($1)", [first, second, named])

        async def found() -> set[str]:
            rows = (await site.get("/sessions", **PERIOD, user="device:shared"))["rows"]
            return {row["session_id"] for row in rows}

        assert await found() == {str(first), str(second)}, "read from the tables"
        assert (await site.get("/overview", **PERIOD, user="device:shared"))["sessions"] == 2
        assert (await site.get("/sessions", **PERIOD, user="device:"))["total"] == 0
        assert (await site.get("/sessions", **PERIOD, user="shared"))["total"] == 0, "a device is no name"
        await settle(database)
        assert await site.value("SELECT count(*) FROM rollup_sessions WHERE visitor >= 0") == 4
        assert await found() == {str(first), str(second)}, "read from the roll-ups"
