"""Settings and write keys of a project by API: what the command line can do, for people, with the CSRF value."""

from __future__ import annotations

from typing import Any

from mien.api import keys as keys_page
from mien.store.accounts import create_token
from mien.store.database import Database
from mien.store.projects import create_project, find_key, find_project
from tests.integration.test_api_saved_views import send
from tests.support.api_site import site_of

SETTINGS = "/api/projects/default/settings"
KEYS = "/api/projects/default/keys"
CHANGED: dict[str, Any] = {
    "name": "Web shop", "origins": ["https://shop.example", "http://localhost:8000/"], "sampling": 0.25,
    "replay": False, "captures": {"pointer": False, "vitals": True}, "feedback": 0.1,
}  # fmt: skip


async def test_settings_are_changed_as_a_whole_and_reach_the_scripts(database: Database) -> None:
    async with site_of(database) as site:
        before = await site.get("/settings")
        assert before == {"name": "Default", "origins": [], "sampling": 1.0, "replay": True, "captures": {},
                          "feedback": None}  # fmt: skip
        for _ in range(2):
            changed = await send(site, "PUT", SETTINGS, CHANGED)
        assert changed == {**CHANGED, "origins": ["https://shop.example", "http://localhost:8000"]}
        stored = await find_project(database, "default")
        assert stored.sdk_config.sampling == 0.25 and stored.sdk_config.captures == {"pointer": False, "vitals": True}
        assert await send(site, "PUT", SETTINGS, {**CHANGED, "feedback": None, "captures": {}}) == {
            **changed, "feedback": None, "captures": {}
        }  # fmt: skip


async def test_settings_that_can_not_be_are_a_400_and_change_nothing(database: Database) -> None:
    wrong: list[Any] = [
        {}, [], {"name": "x"}, {**CHANGED, "name": ""}, {**CHANGED, "name": "\0"}, {**CHANGED, "sampling": 1.1},
        {**CHANGED, "sampling": -0.1}, {**CHANGED, "sampling": "all"}, {**CHANGED, "feedback": 2},
        {**CHANGED, "captures": {"../x": True}}, {**CHANGED, "captures": {"pointer": "off"}},
        {**CHANGED, "captures": {f"c{n}": True for n in range(51)}}, {**CHANGED, "origins": ["shop.example"]},
        {**CHANGED, "origins": ["https://shop.example/path"]}, {**CHANGED, "origins": ["https://x:99999"]},
        {**CHANGED, "origins": ["javascript:alert(1)"]}, {**CHANGED, "origins": ["https://[x"]},
        {**CHANGED, "origins": ["https://a.example\0"]}, {**CHANGED, "origins": "https://a.example"},
        {**CHANGED, "origins": [f"https://a{n}.example" for n in range(201)]},
        {**CHANGED, "origins": ["https://" + "a" * 400]},
    ]  # fmt: skip
    async with site_of(database) as site:
        before = await site.get("/settings")
        for body in wrong:
            assert (await send(site, "PUT", SETTINGS, body, 400))["error"] == "invalid_request", body
        await send(site, "PUT", SETTINGS, CHANGED, 403, csrf=False)
        assert await site.get("/settings") == before


async def test_a_key_is_made_works_and_is_revoked(database: Database) -> None:
    async with site_of(database) as site:
        made = await send(site, "POST", KEYS, {"label": "blog"})
        assert made["label"] == "blog" and f'data-key="{made["write_key"]}"' in made["script"]
        assert (await find_key(database, made["write_key"])) is not None
        imports = await send(site, "POST", KEYS, {"is_backfill": True})
        assert imports["script"] is None and imports["is_backfill"] is True
        listed = (await site.get("/keys"))["keys"]
        assert [one["write_key"] for one in listed][-2:] == [made["write_key"], imports["write_key"]]
        for _ in range(2):
            revoked = await send(site, "DELETE", f"{KEYS}/{made['write_key']}")
            assert revoked["revoked_at"] and revoked["script"] is None
        assert await find_key(database, made["write_key"]) is None


async def test_keys_of_others_and_what_is_no_key(database: Database, monkeypatch: Any) -> None:
    await create_project(database, "other")
    async with site_of(database) as site:
        made = await send(site, "POST", "/api/projects/other/keys", {})
        await send(site, "DELETE", f"{KEYS}/{made['write_key']}", None, 404)
        assert await find_key(database, made["write_key"]) is not None
        for name in ("nothing", "%00", "x" * 60):
            await send(site, "DELETE", f"{KEYS}/{name}", None, 404)
        await send(site, "DELETE", f"{KEYS}/{'x' * 65}", None, 400)
        for body in ({"label": "\0"}, {"label": "x" * 101}, {"label": 1}, {"is_backfill": "no"}, []):
            await send(site, "POST", KEYS, body, 400)
        await send(site, "POST", KEYS, {}, 403, csrf=False)
        monkeypatch.setattr(keys_page, "MAX_VALID", 0)
        assert "at most 0" in (await send(site, "POST", KEYS, {}, 400))["message"]
        site.client.cookies.clear()
        bearer = {"Authorization": f"Bearer {await create_token(database, 'reads')}"}
        assert (await site.client.get(KEYS, headers=bearer)).status_code == 200
        assert (await site.client.post(KEYS, json={}, headers=bearer)).status_code == 403
