"""The collector stores what is good, names what is not, and never answers 500."""

from __future__ import annotations

import asyncio
import gzip
import json
import uuid
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from mien.config import Settings
from mien.store.database import Database
from mien.store.projects import create_key, find_key, find_project, revoke_key
from tests.support.app import collecting
from tests.support.batches import batch, click, now_ms, replay_chunk

SCHEMA = "p_default"
DAY_MS = 86_400_000


async def rows(database: Database, sql: str, *values: object) -> list[dict[str, Any]]:
    async with database.reading(SCHEMA) as queries:
        return [dict(row) for row in await queries.connection.fetch(sql, *values)]


async def count(database: Database, table: str) -> int:
    return int((await rows(database, f"SELECT count(*) AS n FROM {table}"))[0]["n"])


async def test_a_batch_becomes_rows_before_it_is_answered(database: Database) -> None:
    at = now_ms()
    async with collecting(database) as sender:
        body = batch(
            sender.key,
            events=[click(at), click(at + 10, type="screen_view", screen="/done")],
            latency=[{"api": "GET /api/cart", "latency_ms": 312, "status": None, "at": at, "ttfb_ms": 40}],
            errors=[{"screen": "/cart", "message": "boom", "stack": "at x", "at": at}],
            replay=[replay_chunk([{"type": 4, "timestamp": at, "data": {}}, {"type": 2, "timestamp": at, "data": {}}])],
        )
        answer = await sender.send(body)
        assert answer.json() == {"status": "stored", "stored": 5, "dropped": {}}
        events = await rows(database, "SELECT * FROM events ORDER BY event_id")
    assert [(row["event_type"], row["screen"], row["element_id"], row["x"], row["y"]) for row in events] == [
        ("click", "/cart", "#pay", 640, 1310),
        ("screen_view", "/done", "#pay", 640, 1310),
    ]
    call = (await rows(database, "SELECT * FROM latency_metrics"))[0]
    assert (call["api"], call["latency_ms"], call["status"]) == ("GET /api/cart", 312, None)
    timing = (await rows(database, "SELECT * FROM call_timings"))[0]
    assert timing["ttfb_ms"] == 40
    assert all(timing[name] == call[name] for name in ("session_id", "api", "occurred_at"))
    chunk = (await rows(database, "SELECT * FROM replay_chunks"))[0]["chunk_data"]
    assert (chunk["enc"], chunk["n"], chunk["tab"]) == ("zstd", 2, body["tab"])
    session = (await rows(database, "SELECT * FROM sessions"))[0]
    assert str(session["session_id"]) == body["session"]["session_id"]
    assert session["ip_address"] == "203.0.113.0", "the address is cut to its network"
    assert session["duration_ms"] >= 1000


async def test_the_same_batch_again_is_counted_once(database: Database) -> None:
    async with collecting(database) as sender:
        body = batch(sender.key, events=[click()])
        answers = [await sender.send(body) for _ in range(3)]
    assert [answer.json()["status"] for answer in answers] == ["stored", "repeat", "repeat"]
    assert await count(database, "events") == 1


async def test_twenty_connections_with_two_batches_of_one_session_leave_each_fact_once(database: Database) -> None:
    async with collecting(database) as sender:
        session_id = str(uuid.uuid4())
        bodies = [batch(sender.key, session_id, events=[click(), click()]) for _ in range(2)]
        answers = await asyncio.gather(*(sender.send(bodies[number % 2]) for number in range(20)))
    assert {answer.status_code for answer in answers} == {200}
    assert sorted(answer.json()["status"] for answer in answers) == ["repeat"] * 18 + ["stored"] * 2
    assert await count(database, "events") == 4
    assert await count(database, "sessions") == 1


async def test_many_writers_on_few_sessions_neither_deadlock_nor_lose(database: Database) -> None:
    session_ids = [str(uuid.uuid4()) for _ in range(10)]
    async with collecting(database) as one, collecting(database) as other:
        bodies = [batch(one.key, session_ids[number % 10], events=[click()]) for number in range(200)]
        for body in bodies:
            body["session"]["user"] = {"external_user_id": "same person", "locale": "de-DE"}
        answers = await asyncio.gather(
            *((one if number % 2 else other).send(body) for number, body in enumerate(bodies))
        )
    assert {answer.status_code for answer in answers} == {200}
    assert await count(database, "events") == 200
    assert await count(database, "users") == 1


HOSTILE_BODIES: list[tuple[str, bytes, int, str]] = [
    ("empty", b"", 400, "invalid_batch"),
    ("not JSON", b"hello", 400, "invalid_batch"),
    ("truncated gzip", gzip.compress(b"{}" * 1000)[:20], 400, "invalid_batch"),
    ("bomb", gzip.compress(b" " * 30_000_000), 413, "too_large"),
    ("too large", b" " * 5_000_000, 413, "too_large"),
    ("array", b"[]", 400, "invalid_batch"),
    ("deep", b'{"write_key":' + b"[" * 100_000, 400, "invalid_batch"),
    ("wrong type", b'{"write_key": 3}', 400, "invalid_batch"),
]


@pytest.mark.parametrize(("name", "body", "status", "error"), HOSTILE_BODIES, ids=[case[0] for case in HOSTILE_BODIES])
async def test_hostile_bodies_get_a_named_4xx(
    database: Database, name: str, body: bytes, status: int, error: str
) -> None:
    async with collecting(database) as sender:
        answer = await sender.send(body)
    assert (answer.status_code, answer.json()["error"]) == (status, error)


async def test_unknown_revoked_and_malformed_keys_are_401(database: Database) -> None:
    project = await find_project(database, "default")
    revoked = await create_key(database, project)
    await revoke_key(database, revoked)
    async with collecting(database) as sender:
        for key in ("mk_unknown", revoked, "", "mk_\u0000", "mk_" + "x" * 5000):
            answer = await sender.send(batch(key))
            assert (answer.status_code, answer.json()["error"]) == (401, "unknown_key"), key


BAD_ITEMS: list[tuple[str, dict[str, Any], str]] = [
    ("text for a number", click(x="left"), "invalid_event"),
    ("no type", {"at": now_ms()}, "invalid_event"),
    ("huge number", click(x=1e300), "number_out_of_range"),
    ("negative huge", click(y=-(2**40)), "number_out_of_range"),
    ("year 1", click(-62_135_596_800_000), "too_old"),
    ("year 9999", click(253_402_300_799_000), "in_the_future"),
    ("metadata is a list", click(metadata=[1, 2]), "metadata_refused"),
    ("10 MB string", click(metadata={"x": "y" * 1_000_000}), "metadata_refused"),
]


@pytest.mark.parametrize(("name", "item", "reason"), BAD_ITEMS, ids=[case[0] for case in BAD_ITEMS])
async def test_a_bad_item_is_dropped_with_a_reason_and_costs_only_itself(
    database: Database, name: str, item: dict[str, Any], reason: str
) -> None:
    async with collecting(database) as sender:
        answer = await sender.send(batch(sender.key, events=[click(), item, click()]))
        assert answer.status_code == 200
        assert answer.json()["dropped"] == {reason: 1}
    assert await count(database, "events") == (3 if reason == "metadata_refused" else 2)
    assert (await rows(database, "SELECT reason, item_count FROM dropped_items")) == [
        {"reason": reason, "item_count": 1}
    ]


async def test_negative_latency_and_unreadable_replay_are_dropped(database: Database) -> None:
    at = now_ms()
    async with collecting(database) as sender:
        answer = await sender.send(
            batch(
                sender.key,
                events=[click()],
                latency=[
                    {"api": "GET /", "latency_ms": -1, "status": 200, "at": at},
                    {"api": "GET /kept", "latency_ms": 1, "ttfb_ms": -1, "status": 200, "at": at},
                ],
                replay=[
                    {"index": 0, "at": at, "enc": "gzip", "data": "no base64!"},
                    {"index": 1, "at": at, "data": "[3]"},
                ],
            )
        )
    assert answer.json() == {
        "status": "stored",
        "stored": 2,
        "dropped": {"number_out_of_range": 1, "invalid_replay": 2},
    }
    assert await count(database, "call_timings") == 0, "a call is kept without a time that cannot be"


async def test_replay_chunks_above_a_mebibyte_are_refused(database: Database) -> None:
    big = replay_chunk([{"type": 2, "timestamp": now_ms(), "data": "x" * (1024 * 1024)}])
    async with collecting(database) as sender:
        answer = await sender.send(batch(sender.key, events=[click()], replay=[big]))
    assert answer.json()["dropped"] == {"replay_too_large": 1}


async def test_nul_lone_surrogates_and_long_keys_are_stored_mended(database: Database) -> None:
    async with collecting(database) as sender:
        body = batch(
            sender.key, events=[click(screen="/shelf" * 70, element_id="#x\u0000\ud83d", metadata={"label": "\u0000"})]
        )
        answer = await sender.send(json.dumps(body).encode())
        assert answer.json()["dropped"] == {}
    event = (await rows(database, "SELECT * FROM events"))[0]
    assert event["element_id"] == "#x\ufffd\ufffd"
    assert len(event["screen"]) == 255
    assert (await rows(database, "SELECT * FROM long_values"))[0] == {
        "short_value": event["screen"],
        "full_value": "/shelf" * 70,
    }


async def test_what_only_the_database_refuses_costs_one_item(database: Database) -> None:
    """A number that JSON allows and PostgreSQL's numeric does not hold, written so that no filter looks twice."""
    body_of = lambda key: json.dumps(batch(key, events=[click(), click(metadata={"a": 0}), click()]))  # noqa: E731
    huge = "9" * 200_000
    async with collecting(database, Settings()) as sender:
        poisoned = body_of(sender.key).replace('{"a": 0}', '{"a": ' + huge + "}").encode()
        answers = await asyncio.gather(
            sender.send(poisoned), *(sender.send(batch(sender.key, events=[click()])) for _ in range(30))
        )
    assert [answer.status_code for answer in answers] == [200] * 31
    assert await count(database, "events") == 33


async def test_secrets_in_addresses_and_metadata_are_not_stored(database: Database) -> None:
    secrets = [
        "tok-9f8e7d6c5b4a39281706",
        "jane.doe@example.org",
        "4111111111111111",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIi.sig",
    ]
    async with collecting(database) as sender:
        for secret in secrets:
            await sender.send(
                batch(
                    sender.key,
                    events=[
                        click(
                            screen=f"/reset?token={secret}",
                            metadata={"url": f"https://shop.example/a?t={secret}#{secret}"},
                        )
                    ],
                    latency=[{"api": f"GET /api/x?key={secret}", "latency_ms": 3, "status": 200, "at": now_ms()}],
                    errors=[{"message": f"failed https://u:p@host/x?k={secret}", "at": now_ms()}],
                )
            )
    stored = str(await rows(database, "SELECT e.*, l.api, x.message FROM events e, latency_metrics l, error_logs x"))
    assert not [secret for secret in secrets if secret in stored]
    assert "u:p@" not in stored
    assert "/reset" in stored


async def test_a_wrong_clock_is_corrected_once_per_tab_and_a_resend_keeps_its_times(database: Database) -> None:
    wrong, tab = now_ms() - 2 * 3_600_000, str(uuid.uuid4())
    async with collecting(database) as sender:
        session_id = str(uuid.uuid4())
        for number in range(2):
            body = batch(sender.key, session_id, tab=tab, seq=number, sent_at=wrong + 500, events=[click(wrong)])
            body["session"]["started_at"] = wrong - 1000
            # The second one was kept for two days and is stamped anew in the address.
            query = "" if number == 0 else f"?t={wrong + 2 * DAY_MS}"
            assert (await sender.send(body, query)).status_code == 200
    stored = await rows(database, "SELECT occurred_at FROM events ORDER BY event_id")
    assert abs(stored[0]["occurred_at"].timestamp() * 1000 - stored[1]["occurred_at"].timestamp() * 1000) < 5
    ages = await rows(database, "SELECT extract(epoch FROM now() - occurred_at)::float AS s FROM events")
    assert all(-2 < row["s"] < 10 for row in ages)


async def test_one_flush_and_two_give_the_same_session(database: Database) -> None:
    """The statements and the merge in Python follow the same rules."""
    session_ids = [str(uuid.uuid4()) for _ in range(2)]
    async with collecting(database) as sender:
        await sender.send(batch(sender.key))  # the key is known then: to ask for it could turn the two around
        bodies = []
        for session_id in session_ids:
            first, second = batch(sender.key, session_id), batch(sender.key, session_id, sent_at=None)
            first["session"] |= {"screen_resolution": None, "app_version": "1", "started_at": 1_795_342_790_000}
            second["session"] |= {"screen_resolution": "9x9", "app_version": "2", "started_at": 1_795_342_790_000}
            first["session"]["user"] = {"locale": "de", "external_user_id": session_id}
            second["session"]["user"] = {"locale": "fr", "external_user_id": session_id}
            bodies.append((first, second))
        await asyncio.gather(*(sender.send(body) for body in bodies[0]))
        for body in bodies[1]:
            await sender.send(body)
    wanted = "device_id, ip_address, screen_resolution, app_version, locale, started_at"
    one, other = await rows(
        database,
        f"SELECT {wanted} FROM sessions JOIN session_facts USING (session_id)"
        f" WHERE session_id IN ('{session_ids[0]}', '{session_ids[1]}')",
    )
    assert one == other


async def test_an_absurd_clock_costs_nothing(database: Database) -> None:
    async with collecting(database) as sender:
        absurd = await sender.send(batch(sender.key, events=[click()], sent_at=1e308))
        digits = await sender.send(batch(sender.key, events=[click()]), "?t=%C2%B2")
        assert (absurd.status_code, digits.status_code) == (200, 200)
    assert await count(database, "events") == 2


async def test_nonsense_keys_are_not_remembered(database: Database) -> None:
    async with collecting(database) as sender:
        for number in range(20):
            assert (await sender.send(batch("x" * 1000 + str(number)))).status_code == 401
        assert not sender.collector.keys


async def test_batches_that_come_together_ask_for_their_key_once(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mien.collector import routes

    asked = []

    async def find_key_and_count(database: Database, key: str) -> Any:
        asked.append(key)
        return await find_key(database, key)

    monkeypatch.setattr(routes, "find_key", find_key_and_count)
    async with collecting(database) as sender:
        for _ in range(2):
            sender.collector.keys.clear()
            answers = await asyncio.gather(*(sender.send(batch(sender.key, events=[click()])) for _ in range(10)))
            assert {answer.status_code for answer in answers} == {200}
    assert asked == [sender.key] * 2
    assert not sender.collector.looking


async def test_too_much_waiting_is_503_and_not_memory(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    from mien.collector import writer

    monkeypatch.setattr(writer, "MAX_WAITING_BYTES", 1000)
    async with collecting(database) as sender:
        answers = await asyncio.gather(*(sender.send(batch(sender.key, events=[click()] * 3)) for _ in range(10)))
    statuses = Counter(answer.status_code for answer in answers)
    assert statuses[503] and statuses[200] and set(statuses) == {200, 503}
    assert await count(database, "events") == 3 * statuses[200]


async def test_backfill_keys_take_old_items_and_others_do_not(database: Database) -> None:
    old = now_ms() - 3000 * DAY_MS
    async with collecting(database, backfill=True) as importing, collecting(database) as ordinary:
        taken = await importing.send(batch(importing.key, events=[click(old)]))
        refused = await ordinary.send(batch(ordinary.key, events=[click(old)]))
    assert taken.json()["stored"] == 1
    assert refused.json()["dropped"] == {"too_old": 1}


async def test_origins_are_checked_only_where_some_are_set(database: Database) -> None:
    async with collecting(database) as sender:
        assert (await sender.send(batch(sender.key), origin="https://evil.example")).status_code == 200
        await database.pool.execute("UPDATE mien.projects SET origins = '{https://shop.example}'")
        sender.collector.keys.clear()
        refused = await sender.send(batch(sender.key), origin="https://evil.example")
        assert (refused.status_code, refused.json()["error"]) == (403, "origin_refused")
        assert refused.headers["access-control-allow-origin"] == "https://evil.example", "or the page could not read it"
        counted = await rows(database, "SELECT reason, item_count FROM dropped_items")
        assert counted == [{"reason": "origin_refused https://evil.example", "item_count": 1}]
        assert (await sender.send(batch(sender.key), origin="https://shop.example")).status_code == 200
        assert (await sender.send(batch(sender.key))).status_code == 200


async def test_preflights_are_answered(database: Database) -> None:
    async with collecting(database) as sender:
        answer = await sender.client.options(
            "/v1/batch", headers={"origin": "https://a.example", "access-control-request-headers": "content-type"}
        )
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-headers"] == "content-type"
    assert answer.headers["access-control-max-age"] == "86400"


async def test_a_database_that_is_gone_means_503_and_nothing_half_written(
    database: Database, server_dsn: str, empty_dsn: str
) -> None:
    async with collecting(database) as sender:
        assert (await sender.send(batch(sender.key, events=[click()]))).status_code == 200
        body = batch(sender.key, events=[click()])
        name = empty_dsn.rsplit("/", 1)[1]
        await _allow_connections(server_dsn, name, False)
        try:
            answer = await sender.send(body)
            assert answer.status_code == 503
            assert int(answer.headers["retry-after"]) > 0
        finally:
            await _allow_connections(server_dsn, name, True)
        assert (await sender.send(body)).json()["status"] == "stored"
    assert await count(database, "events") == 2


async def _allow_connections(server_dsn: str, name: str, allowed: bool) -> None:
    """Close the database to everybody, and end the connections that there are."""
    from tests.support.database import admin

    await admin(
        server_dsn,
        f"ALTER DATABASE {name} ALLOW_CONNECTIONS {str(allowed).lower()}",
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
    )


async def test_the_hostile_json_suite_never_gives_a_500(database: Database, shared: Path, tmp_path: Path) -> None:
    import tarfile

    with tarfile.open(shared / "data" / "json-test-suite" / "json_test_suite.tar.gz") as archive:
        archive.extractall(tmp_path, filter="data")
    files = sorted(tmp_path.rglob("*.json"))
    assert len(files) > 150
    async with collecting(database) as sender:
        whole = json.dumps(batch(sender.key, events=[click(), click(metadata={"hostile": 0})]))
        for file in files:
            hostile = file.read_bytes()
            assert (await sender.send(hostile)).status_code in (400, 413), file.name
            inside = whole.replace('"hostile": 0', '"hostile": @').encode().replace(b"@", hostile)
            answer = await sender.send(_with_new_id(inside))
            assert answer.status_code in (200, 400), file.name
            assert answer.status_code == 400 or answer.json()["status"] == "stored", file.name


def _with_new_id(body: bytes) -> bytes:
    start = body.index(b'"batch_id": "') + len(b'"batch_id": "')
    return body[:start] + str(uuid.uuid4()).encode() + body[start + 36 :]
