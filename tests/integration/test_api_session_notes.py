"""Notes on a session: at a moment, once, one's own, gone with the session."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from mien.store import session_notes
from mien.store.accounts import create_account, create_token
from mien.store.database import Database
from mien.store.projects import create_project
from tests.integration.test_api_saved_views import send
from tests.support.api_site import api_client, site_of


def path_of(session_id: object, slug: str = "default") -> str:
    return f"/api/projects/{slug}/sessions/{session_id}/notes"


def note(text: str = "Here it hangs.\nTwice.", at_ms: int = 2500) -> dict[str, Any]:
    return {"note_id": str(uuid4()), "at_ms": at_ms, "text": text}


async def test_a_note_is_written_once_listed_by_moment_and_deleted(database: Database) -> None:
    async with site_of(database) as site:
        session_id = await site.session()
        later, first = note(at_ms=9000), note("First", 10)
        made = await send(site, "POST", path_of(session_id), later)
        assert (made["text"], made["at_ms"], made["account"]) == ("Here it hangs.\nTwice.", 9000, "ada")
        answers = await asyncio.gather(*(send(site, "POST", path_of(session_id), later) for _ in range(3)))
        assert answers == [made] * 3, "a repeat is one note"
        await send(site, "POST", path_of(session_id), first)
        listed = await site.get(f"/sessions/{session_id}/notes")
        assert [one["text"] for one in listed["notes"]] == ["First", "Here it hangs.\nTwice."]
        for _ in range(2):
            await send(site, "DELETE", f"{path_of(session_id)}/{later['note_id']}")
        assert len((await site.get(f"/sessions/{session_id}/notes"))["notes"]) == 1
        await site.run("DELETE FROM sessions WHERE session_id = $1", session_id)
        assert await site.value("SELECT count(*) FROM session_notes") == 0


async def test_only_its_writer_deletes_a_note(database: Database) -> None:
    await create_account(database, "grace", "a good password")
    async with site_of(database) as site, api_client(database) as client:
        session_id, mine = await site.session(), note()
        await send(site, "POST", path_of(session_id), mine)
        csrf = (await client.post("/api/login", json={"name": "grace", "password": "a good password"})).json()["csrf"]
        headers = {"X-Mien-CSRF": csrf}
        answer = await client.delete(f"{path_of(session_id)}/{mine['note_id']}", headers=headers)
        assert answer.status_code == 403 and "ada" in answer.json()["message"]
        assert len((await client.get(path_of(session_id))).json()["notes"]) == 1


async def test_notes_need_the_csrf_value_a_person_and_a_session_of_the_project(database: Database) -> None:
    await create_project(database, "other")
    async with site_of(database) as site:
        session_id = await site.session()
        await send(site, "POST", path_of(session_id), note(), 403, csrf=False)
        await send(site, "POST", path_of(session_id, "other"), note(), 404)
        await send(site, "POST", path_of(uuid4()), note(), 404)
        made = await send(site, "POST", path_of(session_id), note())
        await send(site, "DELETE", f"{path_of(session_id, 'other')}/{made['note_id']}")
        other = await site.session()
        taken = {**note(), "note_id": made["note_id"]}
        assert "note_id" in (await send(site, "POST", path_of(other), taken, 400))["message"]
        assert len((await site.get(f"/sessions/{session_id}/notes"))["notes"]) == 1
        site.client.cookies.clear()
        bearer = {"Authorization": f"Bearer {await create_token(database, 'reads')}"}
        assert (await site.client.get(path_of(session_id), headers=bearer)).status_code == 200
        assert (await site.client.post(path_of(session_id), json=note(), headers=bearer)).status_code == 403


async def test_what_is_no_note_is_a_400(database: Database) -> None:
    wrong: list[Any] = [
        {}, [], {"text": "a"}, {**note(), "text": ""}, {**note(), "text": " "}, {**note(), "text": "\0"},
        {**note(), "text": "x" * 2001}, {**note(), "text": 1}, {**note(), "at_ms": -1}, {**note(), "at_ms": 10**12},
        {**note(), "at_ms": 10**30}, {**note(), "at_ms": "soon"}, {**note(), "note_id": "1"},
    ]  # fmt: skip
    async with site_of(database) as site:
        session_id = await site.session()
        for body in wrong:
            assert (await send(site, "POST", path_of(session_id), body, 400))["error"] == "invalid_request", body
        assert (await site.get(f"/sessions/{session_id}/notes")) == {"notes": []}


async def test_notes_end_at_a_limit(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_notes, "MAX_NOTES", 1)
    async with site_of(database) as site:
        session_id = await site.session()
        await send(site, "POST", path_of(session_id), note())
        assert "at most 1" in (await send(site, "POST", path_of(session_id), note(), 400))["message"]
