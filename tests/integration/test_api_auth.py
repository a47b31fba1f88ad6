"""Who may read what: cookie, bearer token, CSRF, throttle, and that nothing is open by accident."""

from __future__ import annotations

import asyncio
import re
from collections import Counter

import pytest
from litestar.routes import HTTPRoute

from mien.api.app import create_app
from mien.config import Settings
from mien.store.accounts import create_account, create_token
from mien.store.database import Database
from mien.store.projects import create_project, find_project
from tests.support.api_site import NAME, PASSWORD, api_client, site_of


async def test_nothing_under_api_but_login_is_open(database: Database) -> None:
    app = create_app(database, Settings())
    closed = 0
    async with api_client(database) as client:
        for route in app.routes:
            if not isinstance(route, HTTPRoute) or not route.path.startswith("/api"):
                continue
            path = route.path.replace("{slug:str}", "default")
            path = re.sub(r"\{\w+:uuid\}", "00000000-0000-4000-8000-000000000000", path)
            path = re.sub(r"\{\w+:int\}", "1", path)
            for method in route.methods - {"OPTIONS"}:
                if path == "/api/login":
                    continue
                answer = await client.request(method, path)
                assert answer.status_code == 401, f"{method} {path} answered {answer.status_code}"
                assert answer.json()["error"] == "not_signed_in"
                closed += 1
    assert closed >= 8


async def test_the_cookie_is_not_for_scripts_and_not_for_other_sites(database: Database) -> None:
    await create_account(database, NAME, PASSWORD)
    async with api_client(database) as client:
        plain = await client.post("/api/login", json={"name": NAME, "password": PASSWORD})
        assert plain.status_code == 200
        cookie = plain.headers["set-cookie"].lower()
        assert "httponly" in cookie and "samesite=strict" in cookie and "path=/" in cookie and "secure" not in cookie
        me = (await client.get("/api/me")).json()
        assert me["account"] == NAME and me["csrf"] == plain.json()["csrf"]
        assert me["projects"] == [{"slug": "default", "name": "Default"}]
    async with api_client(database, Settings(public_url="https://mien.example.org")) as client:
        answer = await client.post("/api/login", json={"name": NAME, "password": PASSWORD})
        assert "secure" in answer.headers["set-cookie"].lower()


@pytest.mark.parametrize(
    ("name", "password"), [(NAME, "wrong"), ("nobody", PASSWORD), ("\0", PASSWORD), (NAME, "x" * 5000), ("", "")]
)
async def test_a_wrong_name_or_password_is_one_and_the_same_answer(
    database: Database, name: str, password: str
) -> None:
    await create_account(database, NAME, PASSWORD)
    async with api_client(database) as client:
        answer = await client.post("/api/login", json={"name": name, "password": password})
        assert answer.status_code == 401
        assert answer.json() == {"error": "not_signed_in", "message": "Name or password is wrong."}
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"name": 1, "password": 2}', b'{"name": "a"}', b"\xff\xfe"])
async def test_a_malformed_login_is_a_400(database: Database, body: bytes) -> None:
    async with api_client(database) as client:
        answer = await client.post("/api/login", content=body, headers={"content-type": "application/json"})
        assert answer.status_code == 400 and answer.json()["error"] == "invalid_request"


async def test_repeated_failures_must_wait_even_with_the_right_password(database: Database) -> None:
    await create_account(database, NAME, PASSWORD)
    async with api_client(database) as client:
        statuses = [
            (await client.post("/api/login", json={"name": NAME, "password": "guess"})).status_code for _ in range(6)
        ]
        assert statuses == [401] * 5 + [503]
        answer = await client.post("/api/login", json={"name": NAME, "password": PASSWORD})
        assert answer.status_code == 503 and int(answer.headers["retry-after"]) >= 1
        other = await client.post("/api/login", json={"name": "somebody", "password": "guess"})
        assert other.status_code == 401


async def test_guesses_sent_at_once_must_wait_as_those_sent_in_turn(database: Database) -> None:
    await create_account(database, NAME, PASSWORD)
    async with api_client(database) as client:
        guesses = [client.post("/api/login", json={"name": NAME, "password": f"guess {n}"}) for n in range(40)]
        answers = await asyncio.gather(*guesses)
        assert Counter(answer.status_code for answer in answers) == {401: 5, 503: 35}
        assert all(int(answer.headers["retry-after"]) >= 1 for answer in answers if answer.status_code == 503)


async def test_guesses_for_many_names_at_once_do_not_pile_up(database: Database) -> None:
    async with api_client(database) as client:
        guesses = [client.post("/api/login", json={"name": f"name {n}", "password": "guess"}) for n in range(60)]
        statuses = Counter(answer.status_code for answer in await asyncio.gather(*guesses))
        assert statuses[503] >= 10 and statuses[401] >= 20 and sum(statuses.values()) == 60


async def test_a_database_that_is_gone_is_no_failed_try(database: Database) -> None:
    async with api_client(database) as client:
        await database.close()
        for _ in range(8):
            answer = await client.post("/api/login", json={"name": NAME, "password": PASSWORD})
            assert answer.status_code == 503 and "did not answer" in answer.json()["message"]


@pytest.mark.parametrize(
    "headers", [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}]
)
async def test_nobody_is_signed_in_from_another_site(database: Database, headers: dict[str, str]) -> None:
    await create_account(database, NAME, PASSWORD)
    async with api_client(database) as client:
        answer = await client.post("/api/login", json={"name": NAME, "password": PASSWORD}, headers=headers)
        assert answer.status_code == 403
        own = {"origin": "http://mien.test", "sec-fetch-site": "same-origin"}
        answer = await client.post("/api/login", json={"name": NAME, "password": PASSWORD}, headers=own)
        assert answer.status_code == 200


async def test_signing_out_needs_the_csrf_value_and_ends_the_cookie(database: Database) -> None:
    async with site_of(database) as site:
        for csrf in (None, "", "wrong", "wröng".encode("latin-1")):
            headers = {} if csrf is None else {"X-Mien-CSRF": csrf}
            assert (await site.client.post("/api/logout", headers=headers)).status_code == 403
        cookie = site.client.cookies["mien_login"]
        answer = await site.client.post("/api/logout", headers={"X-Mien-CSRF": site.csrf})
        assert answer.status_code == 200 and answer.json() == {}
        site.client.cookies.set("mien_login", cookie)
        assert (await site.client.get("/api/me")).status_code == 401


async def test_a_token_reads_and_changes_nothing(database: Database) -> None:
    token = await create_token(database, "report")
    async with api_client(database) as client:
        bearer = {"Authorization": f"Bearer {token}"}
        me = await client.get("/api/me", headers=bearer)
        assert me.status_code == 200 and me.json()["account"] is None and me.json()["csrf"] is None
        assert (await client.get("/api/projects/default/overview", headers=bearer)).status_code == 200
        assert (await client.post("/api/logout", headers=bearer)).status_code == 403
        for wrong in ("Bearer nonsense", "Bearer ", f"Basic {token}", token):
            assert (await client.get("/api/me", headers={"Authorization": wrong})).status_code == 401


async def test_a_wrong_token_is_not_saved_by_a_good_cookie(database: Database) -> None:
    async with site_of(database) as site:
        answer = await site.client.get("/api/me", headers={"Authorization": "Bearer mt_wrong"})
        assert answer.status_code == 401


async def test_a_token_of_one_project_sees_no_other(database: Database) -> None:
    await create_project(database, "second")
    token = await create_token(database, "second only", await find_project(database, "second"))
    async with api_client(database) as client:
        bearer = {"Authorization": f"Bearer {token}"}
        assert (await client.get("/api/projects/second/overview", headers=bearer)).status_code == 200
        for page in ("overview", "sessions", "freshness", "live-check"):
            answer = await client.get(f"/api/projects/default/{page}", headers=bearer)
            assert answer.status_code == 403 and answer.json()["error"] == "not_allowed"
        # Whether another project exists is none of its business either.
        assert (await client.get("/api/projects/third/overview", headers=bearer)).status_code == 403
        assert [project["slug"] for project in (await client.get("/api/me", headers=bearer)).json()["projects"]] == [
            "second"
        ]
