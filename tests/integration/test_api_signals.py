"""Thresholds, trials, verdicts, precision and muting by the API: who may, what is refused, what follows."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from mien.analyzers.baselines import NO_BASELINES
from mien.analyzers.threshold_table import list_thresholds
from mien.store.accounts import create_token
from mien.store.database import Database
from mien.worker import Worker
from tests.integration.test_baselines import add_rage, settle
from tests.support.api_site import NAME, NOON, Lost, Site, site_of
from tests.support.queue import value

BASE = "/api/projects/default"


async def send(site: Site, method: str, path: str, status: int = 200, json: Any = None, **params: Any) -> Any:
    """A changing call of the signed-in person."""
    answer = await site.client.request(
        method, f"{BASE}{path}", json=json, params=params, headers={"X-Mien-CSRF": site.csrf}
    )
    assert answer.status_code == status, f"{answer.status_code}: {answer.text[:500]}"
    return answer.json()


async def signals_of(site: Site, session_id: UUID) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await site.get(f"/sessions/{session_id}"))["signals"]
    return found


def key_of(signal: dict[str, Any]) -> dict[str, Any]:
    return {name: signal[name] for name in ("type", "started_at", "element_id", "screen")}


async def test_the_table_of_thresholds_is_whole(database: Database) -> None:
    async with site_of(database) as site:
        found = await site.get("/signals/thresholds")
        assert [row["name"] for row in found["thresholds"]] == [one.name for one in list_thresholds()]
        assert not any(row["is_changed"] for row in found["thresholds"])
        assert all(row["says"] and row["source"] for row in found["thresholds"])
        assert (found["version"], found["made_by"], found["learned"]) == (NO_BASELINES.version, None, None)


async def test_put_replaces_all_overrides_and_history_follows(database: Database) -> None:
    async with site_of(database) as site:
        session_id = await add_rage(database, 4)
        worker = Worker(database)
        await settle(worker)
        before = await site.get(f"/sessions/{session_id}")
        assert "rage_click" in {one["type"] for one in before["signals"]} and before["score"]["former"] == []
        wanted = {"rage_click.min_clicks": 5, "dead_click.wait_ms": 2500, "rage_click.window_ms": 1000}
        changed = await send(site, "PUT", "/signals/thresholds", json={"overrides": wanted, "reason": "maps"})
        assert changed["is_new"] and changed["outdated"] == 1
        found = await site.get("/signals/thresholds")
        assert found["version"] == changed["version"]
        assert (found["made_by"], found["reason"]) == (NAME, "maps")
        assert {row["name"]: row["value"] for row in found["thresholds"] if row["is_changed"]} == {
            "rage_click.min_clicks": 5, "dead_click.wait_ms": 2500,
        }  # fmt: skip
        await settle(worker)
        after = await site.get(f"/sessions/{session_id}")
        assert "rage_click" not in {one["type"] for one in after["signals"]}
        (former,) = after["score"]["former"]
        assert (former["score"], former["exact"]) == (before["score"]["score"], before["score"]["exact"])
        assert [issue["points"] for issue in former["issues"]] == [one["points"] for one in before["score"]["issues"]]
        assert sum(issue["points"] for issue in former["issues"]) == pytest.approx(100 - former["exact"])
        assert former["issues"][0]["label"] == before["score"]["issues"][0]["label"]
        back = await send(site, "PUT", "/signals/thresholds", json={"overrides": {}})
        assert back["version"] == NO_BASELINES.version


@pytest.mark.parametrize(
    ("overrides", "says"),
    [({"rage_click.min_clicks": 0}, "between 2 and 20"), ({"moon": 1}, "no threshold 'moon'"), ({"a": "b"}, "float")],
)
async def test_wrong_thresholds_are_refused_in_words(database: Database, overrides: Any, says: str) -> None:
    async with site_of(database) as site:
        for method, path, body in (
            ("PUT", "/signals/thresholds", {"overrides": overrides}),
            ("POST", "/signals/try", {"values": overrides}),
        ):
            answer = await send(site, method, path, 400, json=body)
            assert answer["error"] == "invalid_request" and says in answer["message"]
        assert await value(database, "SELECT count(*) FROM baselines") == 0


async def test_tokens_and_calls_without_csrf_change_nothing(database: Database) -> None:
    async with site_of(database) as site:
        session_id = await site.session(NOON, [Lost("rage_click", 0.3, "/cart", "#pay")])
        (signal,) = await signals_of(site, session_id)
        verdict = {**key_of(signal), "is_frustration": False}
        calls: list[tuple[str, str, Any]] = [
            ("PUT", "/signals/thresholds", {"overrides": {"rage_click.min_clicks": 4}}),
            ("POST", "/signals/try", {"values": {"rage_click.min_clicks": 4}}),
            ("POST", "/signals/muted", {"type": "rage_click", "element_id": "#pay"}),
            ("DELETE", "/signals/muted?signal=rage_click&element_id=%23pay", None),
            ("POST", f"/sessions/{session_id}/verdicts", verdict),
            ("DELETE", f"/sessions/{session_id}/verdicts?signal=rage_click&started_at=2026-11-20T12:00:10Z", None),
        ]
        token = {"authorization": f"Bearer {await create_token(database, 'report')}"}
        for headers in (token, {}, {"X-Mien-CSRF": "wrong"}):
            for method, path, body in calls:
                answer = await site.client.request(method, f"{BASE}{path}", json=body, headers=headers)
                assert answer.status_code == 403, f"{method} {path}: {answer.text}"
        for path in ("/signals/thresholds", "/signals/precision", "/score?by=screen"):
            assert (await site.client.get(f"{BASE}{path}", headers=token)).status_code == 200
        assert await value(database, "SELECT count(*) FROM baselines") == 0
        assert await value(database, "SELECT count(*) FROM verdicts") == 0


async def test_a_verdict_stands_at_its_signal_and_outlives_a_new_analysis(database: Database) -> None:
    async with site_of(database) as site:
        session_id = await add_rage(database, 5)
        worker = Worker(database)
        await settle(worker)
        signal = next(one for one in await signals_of(site, session_id) if one["type"] == "rage_click")
        assert signal["verdict"] is None
        path = f"/sessions/{session_id}/verdicts"
        for is_frustration in (True, False):  # the last one counts
            said = await send(site, "POST", path, json={**key_of(signal), "is_frustration": is_frustration})
            assert said == {"verdict": is_frustration}
        assert await value(database, "SELECT count(*) FROM verdicts") == 1
        assert await value(database, "SELECT account FROM verdicts") == NAME
        old_id = await value(database, "SELECT id FROM signals WHERE type = 'rage_click'")
        async with database.writing("p_default") as queries:
            # As if nobody knew what stands there: else rows that are found again stay as they are.
            await queries.connection.execute("UPDATE analyzer_runs SET row_hashes = NULL")
            await queries.execute("work_queue.enqueue_all")
        await settle(worker)
        assert await value(database, "SELECT id FROM signals WHERE type = 'rage_click'") != old_id
        again = next(one for one in await signals_of(site, session_id) if one["type"] == "rage_click")
        assert again["verdict"] is False and again["started_at"] == signal["started_at"]
        gone = {"signal": signal["type"], **{k: v for k, v in key_of(signal).items() if k != "type" and v is not None}}
        for _ in range(2):  # a repeat is harmless
            assert await send(site, "DELETE", path, **gone) == {"verdict": None}
        assert await value(database, "SELECT count(*) FROM verdicts") == 0


async def test_a_signal_without_element_and_screen_can_be_judged_once(database: Database) -> None:
    async with site_of(database) as site:
        session_id = await site.session(NOON, [Lost("slow_api", 0.3, None, None, "GET /x")])
        (signal,) = await signals_of(site, session_id)
        for is_frustration in (False, True):
            body = {**key_of(signal), "is_frustration": is_frustration}
            await send(site, "POST", f"/sessions/{session_id}/verdicts", json=body)
        assert await value(database, "SELECT array_agg(is_frustration) FROM verdicts") == [True]


async def test_a_verdict_on_what_is_not_there_is_refused(database: Database) -> None:
    async with site_of(database) as site:
        session_id = await site.session(NOON, [Lost("rage_click", 0.3, "/cart", "#pay")])
        (signal,) = await signals_of(site, session_id)
        path = f"/sessions/{session_id}/verdicts"
        good = {**key_of(signal), "is_frustration": False}
        later = (datetime.fromisoformat(signal["started_at"]) + timedelta(microseconds=1)).isoformat()
        for other in ({"type": "dead_click"}, {"element_id": "#x"}, {"screen": None}, {"started_at": later}):
            await send(site, "POST", path, 404, json={**good, **other})
        await send(site, "POST", f"/sessions/{uuid4()}/verdicts", 404, json=good)
        for other in (
            {"type": "x\0"},
            {"element_id": "x" * 501},
            {"started_at": "0001-01-01T00:00:00Z"},
            {"screen": 5},
        ):
            await send(site, "POST", path, 400, json={**good, **other})
        assert await value(database, "SELECT count(*) FROM verdicts") == 0


async def test_an_element_that_nobody_is_frustrated_at_is_proposed_for_muting(database: Database) -> None:
    async with site_of(database) as site:
        for number in range(24):
            screen, element = (f"/list/{number}", "#next") if number < 20 else ("/cart", "#pay")
            session_id = await site.session(
                NOON + timedelta(seconds=number), [Lost("rage_click", 0.3, screen, element)]
            )
            (signal,) = await signals_of(site, session_id)
            body = {**key_of(signal), "is_frustration": number >= 20}
            await send(site, "POST", f"/sessions/{session_id}/verdicts", json=body)
        rows = (await site.get("/signals/precision"))["rows"]
        assert [(row["element_id"], row["screen"], row["verdicts"]) for row in rows] == [
            ("#next", "/list/:id", 20), ("#pay", "/cart", 4),
        ]  # fmt: skip
        next_, pay = rows
        z2 = 1.959963984540054**2
        assert (next_["precision"], next_["low"]) == (0, 0) and next_["high"] == pytest.approx(z2 / (20 + z2))
        assert next_["is_proposed"] and not next_["is_muted"]
        assert pay["precision"] == 1 and not pay["is_proposed"] and not math.isclose(pay["low"], 1)

        mute = {"type": "rage_click", "element_id": "#next", "screen": "/list/:id", "reason": "a pager"}
        muted = await send(site, "POST", "/signals/muted", json=mute)
        assert muted["is_new"] and not (await send(site, "POST", "/signals/muted", json=mute))["is_new"]
        found = await site.get("/signals/precision")
        assert found["rows"][0]["is_muted"] and not found["rows"][0]["is_proposed"]
        assert [(one["type"], one["element_id"], one["screen"]) for one in found["muted"]] == [
            ("rage_click", "#next", "/list/:id")
        ]
        gone = {"signal": "rage_click", "element_id": "#next", "screen": "/list/:id"}
        back = await send(site, "DELETE", "/signals/muted", **gone)
        assert back["is_new"] and back["version"] == NO_BASELINES.version
        assert (await site.get("/signals/precision"))["rows"][0]["is_proposed"]
        await send(site, "POST", "/signals/muted", 400, json={"type": "moon_click", "element_id": "#next"})
        await send(site, "POST", "/signals/muted", 400, json={"type": "rage_click", "element_id": " "})


async def test_a_trial_by_the_api_saves_nothing_and_links_its_examples(database: Database) -> None:
    async with site_of(database) as site:
        four, five = await add_rage(database, 4), await add_rage(database, 5)
        await settle(Worker(database))
        rows = await value(database, "SELECT count(*) FROM signals")
        trial = await send(site, "POST", "/signals/try", json={"values": {"rage_click.min_clicks": 5}})
        assert trial["is_complete"] and trial["sessions"] == trial["sessions_in_period"] == 2
        rage = next(row for row in trial["types"] if row["type"] == "rage_click")
        assert (rage["before"], rage["after"], rage["gained"], rage["lost"], rage["sessions"]) == (2, 1, 0, 1, 1)
        (example,) = rage["examples_lost"]
        assert example["session_id"] == str(four) != str(five)
        assert example["link"] == f"/p/default/sessions/{four}?t=3.2"
        assert trial["score_after"] > trial["score_before"]
        assert await value(database, "SELECT count(*) FROM signals") == rows
        assert await value(database, "SELECT count(*) FROM baselines") == 0
        few = await send(site, "POST", "/signals/try", json={"values": {"rage_click.min_clicks": 5}, "limit": 1})
        assert not few["is_complete"] and few["sessions"] == 1 and "newest 1 of 2 sessions" in few["says"]
        await send(site, "POST", "/signals/try", 400, json={"values": {"rage_click.min_clicks": 5}, "limit": 5001})
        old = {"values": {"rage_click.min_clicks": 5}, "since": "2020-01-01T00:00:00Z", "until": "2020-02-01T00:00:00Z"}
        empty = await send(site, "POST", "/signals/try", json=old)
        assert (empty["sessions"], empty["types"], empty["score_before"]) == (0, [], None)


async def test_a_running_session_has_a_provisional_score(database: Database) -> None:
    async with site_of(database) as site:
        now = datetime.now(UTC).replace(tzinfo=None)
        running = await site.session(now - timedelta(minutes=29))
        over = await site.session(now - timedelta(minutes=32))
        assert (await site.get(f"/sessions/{running}"))["score"]["provisional"] is True
        assert (await site.get(f"/sessions/{over}"))["score"]["provisional"] is False
        await site.run("INSERT INTO unsettled_sessions (session_id, over_at) SELECT session_id, now() FROM sessions")
        listed = {row["session_id"]: row["is_final"] for row in (await site.get("/sessions"))["rows"]}
        assert listed[str(over)] is False, "it is about to be analysed once more"
