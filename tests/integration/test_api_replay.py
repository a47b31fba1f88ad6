"""Replay: every stored form is read, broken chunks are counted and left out, pages have no gaps."""

from __future__ import annotations

import base64
import gzip
import json
from typing import Any
from uuid import UUID

import pytest
import zstandard

from mien.store.database import Database
from tests.support.api_site import NOON, Site, site_of

EVENTS = [{"type": 4, "timestamp": 1.5, "data": {"href": "https://shop.example/ö"}}, {"type": 2, "timestamp": 2}]


def packed(enc: str, data: bytes, tab: str | None = "tab-1") -> dict[str, Any]:
    return {"enc": enc, "n": 2, "tab": tab, "data": base64.b64encode(data).decode()}


TEXT = json.dumps(EVENTS).encode()
READABLE: dict[str, Any] = {
    "zstd": packed("zstd", zstandard.compress(TEXT)),
    "zstd without a size": packed("zstd", zstandard.ZstdCompressor(write_content_size=False).compress(TEXT)),
    "gzip": packed("gzip", gzip.compress(TEXT)),
    "array": EVENTS,
    "object": {"events": EVENTS},
}
BROKEN: dict[str, Any] = {
    "cut gzip": packed("gzip", gzip.compress(TEXT)[:-12]),
    "cut zstd": packed("zstd", zstandard.compress(TEXT)[:-6]),
    "no zstd": packed("zstd", b"nonsense"),
    "no base64": {"enc": "zstd", "data": "***"},
    "unknown encoding": packed("brotli", TEXT),
    "no list": packed("gzip", gzip.compress(b'{"a": 1}')),
    "no JSON": packed("gzip", gzip.compress(b"[1, 2")),
    "bomb": packed("gzip", gzip.compress(b"[" + b" " * 50_000_000 + b"]")),
    "zstd bomb": packed("zstd", zstandard.compress(b"[" + b" " * 50_000_000 + b"]")),
    "number": 7,
    "text": "text",
    "null in JSON": None,
    "events of another kind": {"events": "x"},
    "wrong types": {"enc": 1, "data": []},
}


async def put(site: Site, session_id: UUID, data: Any, index: int | None = 0) -> int:
    sql = (
        "INSERT INTO replay_chunks (session_id, chunk_index, chunk_data, recorded_at) VALUES ($1, $2, $3, $4)"
        " RETURNING id"
    )
    return int(await site.value(sql, session_id, index, data, NOON))


@pytest.mark.parametrize("form", READABLE)
async def test_every_stored_form_is_read(database: Database, form: str) -> None:
    async with site_of(database) as site:
        session_id = await site.session()
        chunk_id = await put(site, session_id, READABLE[form])
        answer = await site.get(f"/sessions/{session_id}/replay")
        assert answer == {
            "chunks": [
                {"id": chunk_id, "tab": "tab-1" if "enc" in READABLE[form] else None, "index": 0, "events": EVENTS}
            ],
            "next_after": None,
            "unreadable": 0,
        }


async def test_broken_chunks_cost_nothing_but_themselves(database: Database) -> None:
    async with site_of(database) as site:
        session_id = await site.session()
        for data in BROKEN.values():
            await put(site, session_id, data)
        await site.run("INSERT INTO replay_chunks (session_id) VALUES ($1)", session_id)
        good = await put(site, session_id, EVENTS, 99)
        answer = await site.get(f"/sessions/{session_id}/replay", limit=100)
        assert answer["unreadable"] == len(BROKEN) + 1 and answer["next_after"] is None
        assert [chunk["id"] for chunk in answer["chunks"]] == [good]
        page = await site.get(f"/sessions/{session_id}")
        assert page["replay"]["chunk_count"] == len(BROKEN) + 2 and page["session"]["has_replay"]


async def test_entries_that_are_no_events_are_left_out_and_counted(database: Database) -> None:
    wrong = [1, None, "x", [], {}, {"type": "4", "timestamp": 1}, {"type": 4}, {"type": True, "timestamp": 1},
             {"type": 3, "timestamp": None}]  # fmt: skip
    async with site_of(database) as site:
        session_id = await site.session()
        await put(site, session_id, [1, None])
        mixed = await put(site, session_id, [wrong[0], EVENTS[0], *wrong[1:], EVENTS[1]], 1)
        empty = await put(site, session_id, [], 2)
        answer = await site.get(f"/sessions/{session_id}/replay")
        assert [(chunk["id"], chunk["events"]) for chunk in answer["chunks"]] == [(mixed, EVENTS), (empty, [])]
        assert answer["unreadable"] == 2 + len(wrong) and answer["next_after"] is None


async def test_chunks_come_by_tab_index_and_id_and_pages_have_no_gaps(database: Database) -> None:
    async with site_of(database) as site:
        session_id = await site.session()
        expected = []
        for tab in ("b", "a", None):
            for index in (2, 0, 1, 1, None):
                data = EVENTS if tab is None else packed("gzip", gzip.compress(TEXT), tab)
                chunk_id = await put(site, session_id, data, index)
                expected.append((tab or "", index or 0, chunk_id))
        expected.sort()
        seen: list[int] = []
        after: int | None = None
        for _ in range(20):
            params = {"limit": 4, **({"after": after} if after is not None else {})}
            answer = await site.get(f"/sessions/{session_id}/replay", **params)
            seen += [chunk["id"] for chunk in answer["chunks"]]
            after = answer["next_after"]
            if after is None:
                break
        assert seen == [chunk_id for _, _, chunk_id in expected]
        only = await site.get(f"/sessions/{session_id}/replay", tab="a")
        assert [chunk["id"] for chunk in only["chunks"]] == [chunk_id for tab, _, chunk_id in expected if tab == "a"]


async def test_a_session_without_replay_gives_no_chunks(database: Database) -> None:
    async with site_of(database) as site:
        session_id = await site.session()
        other = await site.session()
        foreign = await put(site, other, EVENTS)
        for params in ({}, {"after": 12345}, {"after": foreign}, {"tab": "nothing"}, {"after": 2**63 - 1}):
            answer = await site.get(f"/sessions/{session_id}/replay", **params)
            assert answer == {"chunks": [], "next_after": None, "unreadable": 0}
