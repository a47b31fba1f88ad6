"""Accounts and tokens by API: for people only, told once, taken away at once."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from mien.errors import SetupError
from mien.store.accounts import create_account, create_token, list_accounts, remove_account
from mien.store.database import Database
from tests.integration.test_api_saved_views import send
from tests.support.api_site import NAME, PASSWORD, api_client, site_of


async def sign_in(database: Database, name: str, password: str) -> int:
    async with api_client(database) as client:
        return (await client.post("/api/login", json={"name": name, "password": password})).status_code


async def test_an_account_is_made_signs_in_and_is_removed(database: Database) -> None:
    async with site_of(database) as site:
        made = await send(site, "POST", "/api/accounts", {"name": "grace"})
        assert made["password"] and await sign_in(database, "grace", made["password"]) == 200
        given = await send(site, "POST", "/api/accounts", {"name": "joan", "password": "long enough"})
        assert given["password"] is None and await sign_in(database, "joan", "long enough") == 200
        assert "already" in (await send(site, "POST", "/api/accounts", {"name": "joan"}, 400))["message"]
        listed = (await site.client.get("/api/accounts")).json()
        assert listed["me"] == NAME and [one["name"] for one in listed["accounts"]] == [NAME, "grace", "joan"]
        assert "password" not in str(listed)
        for _ in range(2):
            await send(site, "DELETE", "/api/accounts/joan")
        assert await sign_in(database, "joan", "long enough") == 401
        assert "signed in with" in (await send(site, "DELETE", f"/api/accounts/{NAME}", None, 400))["message"]


async def test_a_removed_account_is_signed_out_at_once(database: Database) -> None:
    await create_account(database, "other", "other password")
    async with site_of(database) as site, api_client(database) as client:
        await client.post("/api/login", json={"name": "other", "password": "other password"})
        assert (await client.get("/api/me")).status_code == 200
        await send(site, "DELETE", "/api/accounts/other")
        assert (await client.get("/api/me")).status_code == 401


async def test_two_who_remove_one_another_do_not_leave_nobody(database: Database) -> None:
    for name in ("one", "two"):
        await create_account(database, name, "a password")
    done = await asyncio.gather(
        remove_account(database, "one"), remove_account(database, "two"), return_exceptions=True
    )
    assert sum(isinstance(one, SetupError) for one in done) == 1
    assert len(await list_accounts(database)) == 1


async def test_ones_own_password_needs_the_present_one_and_signs_out_everywhere(database: Database) -> None:
    async with site_of(database) as site:
        wrong = {"present": "guess", "password": "new password"}
        assert "present" in (await send(site, "PUT", "/api/me/password", wrong, 400))["message"]
        await send(site, "PUT", "/api/me/password", {"present": PASSWORD, "password": "short"}, 400)
        await send(site, "PUT", "/api/me/password", {"present": PASSWORD, "password": "new password"}, 403, csrf=False)
        await send(site, "PUT", "/api/me/password", {"present": PASSWORD, "password": "new password"})
        assert (await site.client.get("/api/me")).status_code == 401
        assert await sign_in(database, NAME, PASSWORD) == 401
        assert await sign_in(database, NAME, "new password") == 200


async def test_a_cookie_is_no_way_to_guess_the_password(database: Database) -> None:
    async with site_of(database) as site:
        for _ in range(5):
            await send(site, "PUT", "/api/me/password", {"present": "guess", "password": "new password"}, 400)
        right = {"present": PASSWORD, "password": "new password"}
        assert (await send(site, "PUT", "/api/me/password", right, 503))["error"] == "busy"


async def test_a_token_is_told_once_reads_and_is_revoked(database: Database) -> None:
    async with site_of(database) as site:
        made = (await send(site, "POST", "/api/tokens", {"label": "report", "slug": "default"}))["token"]
        listed = (await site.client.get("/api/tokens")).json()["tokens"]
        assert [(one["label"], one["slug"], one["revoked_at"]) for one in listed] == [("report", "default", None)]
        assert made not in str(listed)
        async with api_client(database) as client:
            bearer = {"Authorization": f"Bearer {made}"}
            assert (await client.get("/api/projects/default/overview", headers=bearer)).status_code == 200
            for path in ("/api/tokens", "/api/accounts"):
                assert (await client.get(path, headers=bearer)).status_code == 403, path
                assert (await client.post(path, json={"name": "x", "label": "x"}, headers=bearer)).status_code == 403
            for _ in range(2):
                await send(site, "DELETE", f"/api/tokens/{listed[0]['token_id']}")
            assert (await client.get("/api/me", headers=bearer)).status_code == 401


@pytest.mark.parametrize(
    ("path", "body"),
    [("/api/accounts", body) for body in ({}, [], {"name": ""}, {"name": "a\0"}, {"name": "x" * 101}, {"name": 1},
                                          {"name": "a", "password": "short"}, {"name": "a", "password": "x" * 501})]
    + [("/api/tokens", body) for body in ({}, {"label": ""}, {"label": "\0"}, {"label": "x" * 101}, {"label": 1},
                                          {"label": "a", "slug": "\0"}, {"label": "a", "slug": 1})],
)  # fmt: skip
async def test_what_is_no_account_or_token_is_a_400(database: Database, path: str, body: Any) -> None:
    async with site_of(database) as site:
        assert (await send(site, "POST", path, body, 400))["error"] == "invalid_request"


async def test_what_is_not_there_is_a_404(database: Database) -> None:
    async with site_of(database) as site:
        await send(site, "POST", "/api/tokens", {"label": "a", "slug": "nowhere"}, 404)
        for number in (0, 7, 2**31, 10**30):
            await send(site, "DELETE", f"/api/tokens/{number}", None, 404)
        await send(site, "DELETE", "/api/accounts/nobody")
        await create_token(database, "still there")
        await send(site, "POST", "/api/accounts", {"name": "a"}, 403, csrf=False)
        await send(site, "DELETE", "/api/tokens/1", None, 403, csrf=False)
