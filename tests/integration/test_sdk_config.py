"""What a project's script is told: cacheable, readable from any page, and never in the way."""

from __future__ import annotations

from mien.cli.serve import Front
from mien.store.database import Database
from mien.store.projects import SdkConfig, configure_project, find_project
from tests.support.app import collecting


async def asked(database: Database, path_of_key: str | None = None) -> tuple[int, dict[str, object], dict[str, str]]:
    import httpx

    async with collecting(database) as sender:
        transport = httpx.ASGITransport(app=Front(sender.collector, None))
        async with httpx.AsyncClient(transport=transport, base_url="http://mien.test") as client:
            answer = await client.get(
                f"/v1/config/{path_of_key or sender.key}", headers={"origin": "https://shop.example"}
            )
    return answer.status_code, answer.json(), dict(answer.headers)


async def test_defaults_are_told_and_may_be_cached(database: Database) -> None:
    status, body, headers = await asked(database)
    assert (status, body) == (200, {"sampling": 1.0, "captures": {}, "feedback": None})
    assert "max-age" in headers["cache-control"]
    assert headers["access-control-allow-origin"] == "https://shop.example"


async def test_a_changed_project_tells_its_scripts(database: Database) -> None:
    await configure_project(database, "default", sdk_config=SdkConfig(0.25, {"pointer": False}, False, 0.1))
    _, body, _ = await asked(database)
    assert body == {
        "sampling": 0.25,
        "captures": {"pointer": False, "replay": False},
        "feedback": {"enabled": True, "random_rate": 0.1},
    }
    await configure_project(database, "default", name="Renamed")
    project = await find_project(database, "default")
    assert (project.name, project.sdk_config.sampling) == ("Renamed", 0.25), "what is not given stays"


async def test_an_unknown_key_is_401(database: Database) -> None:
    status, body, _ = await asked(database, "mk_unknown")
    assert (status, body["error"]) == (401, "unknown_key")
