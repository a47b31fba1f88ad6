"""Saved views: shared by accounts, one name once, nobody else's, and harmless to repeat."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from mien.store import saved_views
from mien.store.accounts import create_token
from mien.store.database import Database
from mien.store.projects import create_project
from tests.support.api_site import Site, site_of

PATH = "/api/projects/default/views"
SLOW = {"name": "Slow payers", "address": "/sessions?cause=wait&having=screen:/pay"}


async def send(site: Site, method: str, path: str, json: Any = None, status: int = 200, csrf: bool = True) -> Any:
    headers = {"X-Mien-CSRF": site.csrf} if csrf else {}
    answer = await site.client.request(method, path, json=json, headers=headers)
    assert answer.status_code == status, answer.text
    return answer.json()


async def test_a_view_is_saved_listed_renamed_pointed_elsewhere_and_deleted(database: Database) -> None:
    async with site_of(database) as site:
        made = await send(site, "POST", PATH, SLOW)
        assert (made["name"], made["address"], made["account"]) == (*SLOW.values(), "ada")
        assert await send(site, "POST", PATH, SLOW) == made, "a repeat is harmless"
        await send(site, "POST", PATH, {"name": "All", "address": ""})
        assert [one["name"] for one in (await site.get("/views"))["views"]] == ["All", "Slow payers"]
        one = f"{PATH}/{made['view_id']}"
        changed = await send(site, "PUT", one, {"name": "Slow"})
        assert (changed["name"], changed["address"]) == ("Slow", SLOW["address"])
        assert (await send(site, "PUT", one, {"address": "/latency"}))["address"] == "/latency"
        for _ in range(2):
            await send(site, "DELETE", one)
        assert [one["name"] for one in (await site.get("/views"))["views"]] == ["All"]
        await send(site, "PUT", one, {"name": "Gone"}, 404)


async def test_a_name_stands_for_one_address(database: Database) -> None:
    async with site_of(database) as site:
        await send(site, "POST", PATH, SLOW)
        for body in ({**SLOW, "address": "/errors"},):
            assert "already" in (await send(site, "POST", PATH, body, 400))["message"]
        other = await send(site, "POST", PATH, {"name": "Other", "address": "/errors"})
        assert (
            "already" in (await send(site, "PUT", f"{PATH}/{other['view_id']}", {"name": SLOW["name"]}, 400))["message"]
        )
        answers = await asyncio.gather(
            *(site.client.post(PATH, json={"name": "Race", "address": f"/{n % 2}"}, headers={"X-Mien-CSRF": site.csrf})
              for n in range(6))
        )  # fmt: skip
        assert sorted(answer.status_code for answer in answers) == [200] * 3 + [400] * 3


async def test_views_end_at_a_limit(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_views, "MAX_VIEWS", 2)
    async with site_of(database) as site:
        for name in ("one", "two"):
            await send(site, "POST", PATH, {"name": name, "address": ""})
        assert "at most 2" in (await send(site, "POST", PATH, {"name": "three", "address": ""}, 400))["message"]


async def test_views_need_the_csrf_value_and_a_person(database: Database) -> None:
    async with site_of(database) as site:
        made = await send(site, "POST", PATH, SLOW)
        await send(site, "POST", PATH, SLOW, 403, csrf=False)
        await send(site, "DELETE", f"{PATH}/{made['view_id']}", None, 403, csrf=False)
        site.client.cookies.clear()
        bearer = {"Authorization": f"Bearer {await create_token(database, 'reads')}"}
        assert (await site.client.get(PATH, headers=bearer)).status_code == 200
        assert (await site.client.post(PATH, json=SLOW, headers=bearer)).status_code == 403


async def test_a_view_of_another_project_is_not_there(database: Database) -> None:
    await create_project(database, "other")
    async with site_of(database) as site:
        made = await send(site, "POST", "/api/projects/other/views", SLOW)
        await send(site, "PUT", f"{PATH}/{made['view_id']}", {"name": "Mine"}, 404)
        await send(site, "DELETE", f"{PATH}/{made['view_id']}")
        assert (await site.client.get("/api/projects/other/views")).json()["views"] == [made]
        assert (await site.get("/views"))["views"] == []


async def test_what_is_no_view_is_a_400_and_no_number_a_404(database: Database) -> None:
    bodies: list[Any] = [
        {}, [], None, 7, {"name": "a"}, {"name": 1, "address": ""}, {"name": "", "address": ""},
        {"name": " ", "address": ""}, {"name": "a\0", "address": ""}, {"name": "x" * 101, "address": ""},
        {"name": "a", "address": "https://evil.example"}, {"name": "a", "address": "//evil.example"},
        {"name": "a", "address": "/../other"}, {"name": "a", "address": "/\n/x"}, {"name": "a", "address": "/\\evil"},
        {"name": "a", "address": "/" + "x" * 8000},
    ]  # fmt: skip
    async with site_of(database) as site:
        for body in bodies:
            assert (await send(site, "POST", PATH, body, 400))["error"] == "invalid_request", body
        raw = b'{"name": "\\ud800", "address": ""}'
        headers = {"X-Mien-CSRF": site.csrf, "content-type": "application/json"}
        assert (await site.client.post(PATH, content=raw, headers=headers)).status_code == 400
        big = b'{"name": "' + b"x" * 100_000 + b'", "address": ""}'
        assert (await site.client.post(PATH, content=big, headers=headers)).status_code == 413
        for number in (0, -1, 2**31, 10**30):
            await send(site, "DELETE", f"{PATH}/{number}", None, 404)
            await send(site, "PUT", f"{PATH}/{number}", {"name": "a"}, 404)
        assert (await site.get("/views"))["views"] == []
