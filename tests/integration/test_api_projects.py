"""Making a project by API: with tables and key, once, and nothing of it when it fails."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from mien.api import projects as projects_page
from mien.errors import SetupError
from mien.store import migrate, projects
from mien.store.accounts import create_token
from mien.store.database import Database
from mien.store.projects import find_key, list_keys, list_projects, slug_of
from tests.integration.test_api_saved_views import send
from tests.support.api_site import site_of

PROJECTS = "/api/projects"


async def slugs(database: Database) -> list[str]:
    return [project.slug for project in await list_projects(database)]


async def lines(database: Database) -> list[Any]:
    return await database.pool.fetch("SELECT actor, detail FROM mien.audit WHERE action = 'project.create'")


async def test_a_project_is_made_with_its_pages_and_a_key_that_works(database: Database) -> None:
    async with site_of(database) as site:
        assert await send(site, "POST", PROJECTS, {"name": "  Café & Co. "}) == {
            "slug": "cafe_co", "name": "Café & Co."
        }  # fmt: skip
        assert {"slug": "cafe_co", "name": "Café & Co."} in (await site.client.get("/api/me")).json()["projects"]
        live = (await site.client.get("/api/projects/cafe_co/live-check")).json()
        assert live["sessions"] == 0 and "data-key=" in live["script"]
        [key] = [one for one in await list_keys(database) if one.slug == "cafe_co"]
        owner = await find_key(database, key.write_key)
        assert owner is not None and owner.schema == "p_cafe_co" and key.write_key in live["script"]
        overview = await site.client.get("/api/projects/cafe_co/overview")
        assert overview.status_code == 200 and overview.json()["sessions"] == 0
        [line] = await lines(database)
        assert line["actor"] == "ada" and line["detail"] == {"slug": "cafe_co"}


async def test_a_repeat_says_that_it_exists_and_changes_nothing(database: Database) -> None:
    async with site_of(database) as site:
        assert (await send(site, "POST", PROJECTS, {"name": "Shop", "slug": "web_shop"}))["slug"] == "web_shop"
        refused = await send(site, "POST", PROJECTS, {"name": "Another", "slug": "web_shop"}, 400)
        assert refused == {"error": "invalid_request", "message": "slug: There is a project 'web_shop' already."}
        await send(site, "POST", PROJECTS, {"name": "Default"}, 400)
        assert [one.name for one in await list_projects(database)] == ["Default", "Shop"]
        assert len(await lines(database)) == 1 and len(await list_keys(database)) == 1


async def test_what_can_be_no_project_is_a_400_that_names_the_field(database: Database) -> None:
    wrong: list[tuple[Any, str]] = [
        ({}, "name"), ([], ""), ({"name": 7}, "name"), ({"name": ""}, "name:"), ({"name": "   "}, "name:"),
        ({"name": "a\0b"}, "name:"), ({"name": "a\nb"}, "name:"), ({"name": "x" * 101}, "name:"),
        ({"name": "日本"}, "slug:"), ({"name": "!?"}, "slug:"), ({"name": "x", "slug": ""}, "slug:"),
        ({"name": "x", "slug": "Shop"}, "slug:"), ({"name": "x", "slug": "1shop"}, "slug:"),
        ({"name": "x", "slug": "a-b"}, "slug:"), ({"name": "x", "slug": 'a"; DROP SCHEMA mien; --'}, "slug:"),
        ({"name": "x", "slug": "x" * 41}, "slug:"), ({"name": "x", "slug": "é"}, "slug:"),
        ({"name": "x", "slug": "sh\nop"}, "slug:"), ({"name": "x", "slug": 1}, "slug"),
    ]  # fmt: skip
    async with site_of(database) as site:
        for body, named in wrong:
            refused = await send(site, "POST", PROJECTS, body, 400)
            assert refused["error"] == "invalid_request" and named in refused["message"], body
        await database.pool.execute("CREATE SCHEMA p_foreign")
        assert "did not make" in (await send(site, "POST", PROJECTS, {"name": "Foreign"}, 400))["message"]
        assert await slugs(database) == ["default"] and await lines(database) == []


async def test_only_a_signed_in_person_with_the_csrf_value_makes_one(database: Database) -> None:
    async with site_of(database) as site:
        await send(site, "POST", PROJECTS, {"name": "Shop"}, 403, csrf=False)
        site.client.cookies.clear()
        await send(site, "POST", PROJECTS, {"name": "Shop"}, 401)
        token = await create_token(database, "program")
        bearer = {"Authorization": f"Bearer {token}", "X-Mien-CSRF": site.csrf}
        assert (await site.client.post(PROJECTS, json={"name": "Shop"}, headers=bearer)).status_code == 403
        assert await slugs(database) == ["default"]


async def test_pressed_twice_at_once_it_is_made_once(database: Database) -> None:
    async with site_of(database) as site:

        async def make(name: str) -> tuple[int, Any]:
            answer = await site.client.post(PROJECTS, json={"name": name}, headers={"X-Mien-CSRF": site.csrf})
            return answer.status_code, answer.json()

        answers = await asyncio.gather(make("Shop"), make("Shop"), make("Blog"))
        assert sorted(status for status, _ in answers) == [200, 200, 400]
        assert "already" in next(told["message"] for status, told in answers if status == 400)
        assert sorted(await slugs(database)) == ["blog", "default", "shop"]
        assert len(await list_keys(database)) == 2 and len(await lines(database)) == 2


async def test_what_is_made_at_the_same_time_in_one_process_does_not_mix(database: Database) -> None:
    """Without the turns of the API, as the command line and a server would."""
    made = await asyncio.gather(
        *(
            projects.create_ready_project(database, slug, slug, "ada", "key")
            for slug in ("shop", "shop", "blog", "docs")
        ),
        return_exceptions=True,
    )
    assert sorted(one.slug for one in made if isinstance(one, projects.Project)) == ["blog", "docs", "shop"]
    assert sum("already" in str(one) for one in made if isinstance(one, SetupError)) == 1
    tables = await database.pool.fetch(
        "SELECT schemaname, count(*) AS n FROM pg_tables WHERE schemaname LIKE 'p\\_%' GROUP BY 1"
    )
    assert len(tables) == 4 and len({row["n"] for row in tables}) == 1


async def test_while_another_process_makes_it_one_is_asked_to_wait(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrate, "LOCK_TIMEOUT", "100ms")
    async with site_of(database) as site, database.pool.acquire() as other, other.transaction():
        await other.execute("SELECT pg_advisory_xact_lock($1, hashtext('p_shop'))", migrate.SCHEMA_LOCK)
        assert (await send(site, "POST", PROJECTS, {"name": "Shop"}, 503))["error"] == "busy"
        assert (await send(site, "POST", PROJECTS, {"name": "Blog"}))["slug"] == "blog"


async def test_after_a_crash_nothing_is_listed_and_the_next_try_goes_on(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash() -> str:
        raise RuntimeError("as if the process were gone")

    async with site_of(database) as site:
        with monkeypatch.context() as patch:
            patch.setattr(projects, "_new_key", crash)
            await send(site, "POST", PROJECTS, {"name": "Shop"}, 500)
        assert await database.pool.fetchval("SELECT to_regnamespace('p_shop') IS NOT NULL")
        assert await slugs(database) == ["default"] and await lines(database) == []
        assert (await send(site, "POST", PROJECTS, {"name": "Shop"}))["slug"] == "shop"
        assert len(await list_keys(database)) == 1


async def test_there_is_a_limit(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(projects_page, "MAX_PROJECTS", 1)
    async with site_of(database) as site:
        assert "no room" in (await send(site, "POST", PROJECTS, {"name": "Shop"}, 400))["message"]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Web shop", "web_shop"), ("Café", "cafe"), ("2024 sale", "site_2024_sale"), ("_x_", "x"),
        ("shop.example", "shop_example"),
        ("日本 shop", "shop"), ("日本", ""), ("a" * 50, "a" * 40), ("a" * 39 + " b", "a" * 39),
    ],
)  # fmt: skip
def test_a_slug_from_a_name(name: str, slug: str) -> None:
    assert slug_of(name) == slug and (not slug or projects.SLUG.fullmatch(slug))
