"""The list as CSV: the rows of the list in its order, guarded against formulas, with its limit said."""

from __future__ import annotations

import asyncio
import csv
import io
from datetime import timedelta
from typing import Any

import pytest

from mien.api import session_export
from mien.api.session_export import COLUMNS, guarded
from mien.store.accounts import create_token
from mien.store.database import Database
from tests.support.api_site import NOON, PERIOD, Lost, Site, api_client, site_of

PATH = "/api/projects/default/sessions.csv"


async def rows_of(site: Site, **params: Any) -> tuple[list[dict[str, str]], Any]:
    answer = await site.client.get(PATH, params=params)
    assert answer.status_code == 200, answer.text
    text = answer.content.decode("utf-8-sig")
    assert text.endswith("\r\n")
    return list(csv.DictReader(io.StringIO(text))), answer.headers


async def test_the_file_holds_all_rows_of_the_segment_in_the_order_of_the_list(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_export, "ROWS_AT_ONCE", 2)
    async with site_of(database) as site:
        for number in range(5):
            await site.session(at=NOON + timedelta(minutes=number), lost=[Lost("slow_api", 0.1 * (number + 1))])
        await site.session(device="phone", user="ada")
        listed = await site.get("/sessions", **PERIOD, device="desktop", sort="score", order="asc")
        rows, headers = await rows_of(site, **PERIOD, device="desktop", sort="score", order="asc")
        assert [row["session_id"] for row in rows] == [row["session_id"] for row in listed["rows"]]
        assert [row["score"] for row in rows] == [str(row["score"]) for row in listed["rows"]]
        assert rows[0]["signals"] == "slow_api 1" and float(rows[0]["points_wait"]) == pytest.approx(39.347)
        assert headers["content-type"].startswith("text/csv") and headers["x-mien-truncated"] == "0"
        assert 'filename="sessions-default-20261114-20261121.csv"' in headers["content-disposition"]
        assert tuple(rows[0]) == COLUMNS
        rows, _ = await rows_of(site, **PERIOD, user="ada")
        assert [(row["user"], row["email"], row["device"]) for row in rows] == [("ada", "ada@example.org", "phone")]


async def test_each_row_leads_to_the_worst_second_of_its_session(database: Database) -> None:
    async with site_of(database) as site:
        lost = [Lost("slow_api", 0.1, at_s=3.0), Lost("rage_click", 0.5, at_s=12.4), Lost("dead_click", 0.05, at_s=1.0)]
        session_id = await site.session(lost=lost)
        (row,), _ = await rows_of(site, **PERIOD)
        page = f"http://mien.test/p/default/sessions/{session_id}"
        assert (row["worst_s"], row["link"]) == ("12.4", f"{page}?t=11")
        calm = await site.session(device="phone")
        (row,), _ = await rows_of(site, **PERIOD, device="phone")
        assert (row["worst_s"], row["link"]) == ("", page.replace(str(session_id), str(calm)))


async def test_texts_of_strangers_are_no_formulas(database: Database) -> None:
    async with site_of(database) as site:
        await site.session(user='=HYPERLINK("http://evil.example")', screens=("+1", '@SUM(A1)\n"x",y'))
        (row,), _ = await rows_of(site, **PERIOD)
        assert row["user"] == '\'=HYPERLINK("http://evil.example")' and row["email"].startswith("'=")
        assert row["title"].startswith("'+1")


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "\r=1"])
def test_what_begins_like_a_formula_gets_a_quote(text: str) -> None:
    assert guarded(text) == "'" + text


@pytest.mark.parametrize(("value", "text"), [(None, ""), ("a=1", "a=1"), (0, "0"), (True, "true"), ("", "")])
def test_other_values_stay(value: object, text: str) -> None:
    assert guarded(value) == text


async def test_the_limit_is_said(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_export, "MAX_ROWS", 2)
    async with site_of(database) as site:
        for number in range(3):
            await site.session(at=NOON + timedelta(minutes=number))
        rows, headers = await rows_of(site, **PERIOD)
        assert len(rows) == 2 and headers["x-mien-truncated"] == "1" and headers["x-mien-rows"] == "2"


async def test_an_empty_segment_is_a_file_with_its_head(database: Database) -> None:
    async with site_of(database) as site:
        assert (await rows_of(site, **PERIOD))[0] == []


async def test_many_exports_at_once_end_and_leave_room_for_the_next(database: Database) -> None:
    async with site_of(database) as site:
        await site.session()
        answers = await asyncio.gather(*(site.client.get(PATH, params=PERIOD) for _ in range(6)))
        assert {answer.status_code for answer in answers} <= {200, 503}
        assert (await rows_of(site, **PERIOD))[0]


async def test_who_may_not_read_gets_no_file_and_wrong_filters_are_named(database: Database) -> None:
    token = await create_token(database, "reads")
    async with site_of(database) as site:
        for bad in (
            {"cause": "moon"},
            {"having": "x"},
            {"sort": "moon"},
            {"since": "2026-11-22", "until": "2026-11-21"},
        ):
            answer = await site.client.get(PATH, params=bad)
            assert answer.status_code == 400 and answer.json()["error"] == "invalid_request"
    async with api_client(database) as client:
        assert (await client.get(PATH)).status_code == 401
        assert (await client.get(PATH, headers={"Authorization": f"Bearer {token}"})).status_code == 200
