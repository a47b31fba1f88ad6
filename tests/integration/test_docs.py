"""What the documents promise is tried: the wire format's example is stored, the CLI's help is there."""

from __future__ import annotations

import json
import re
import time
import uuid
from pathlib import Path
from typing import Any

from mien.store.database import Database
from mien.worker import Worker
from tests.support.app import collecting
from tests.support.queue import execute

DOCS = Path(__file__).resolve().parents[2] / "docs"


def shifted(value: Any, by_ms: int) -> Any:
    """The example with today's times: every number that is an epoch in milliseconds moves along."""
    if isinstance(value, dict):
        return {name: shifted(inner, by_ms) for name, inner in value.items()}
    if isinstance(value, list):
        return [shifted(inner, by_ms) for inner in value]
    if isinstance(value, int) and not isinstance(value, bool) and 10**12 < value < 10**13:
        return value + by_ms
    return value


async def test_the_example_of_the_wire_format_is_stored_whole(database: Database) -> None:
    found = re.search(r"```json\n(.*?)```", (DOCS / "wire-format.md").read_text(), re.DOTALL)
    assert found, "docs/wire-format.md has an example"
    example = json.loads(found.group(1))
    body = shifted(example, int(time.time() * 1000) - example["sent_at"])
    items = sum(len(body.get(name, [])) for name in ("events", "latency", "errors", "replay"))
    assert items >= 4
    async with collecting(database) as sender:
        answer = await sender.send({**body, "write_key": sender.key, "batch_id": str(uuid.uuid4())})
    assert answer.json() == {"status": "stored", "stored": items, "dropped": {}}


async def test_the_statements_that_delete_one_visitor_leave_nothing_of_that_one(database: Database) -> None:
    found = re.search(r"Deleting one visitor.*?```sql\n(.*?)```", (DOCS / "operating.md").read_text(), re.DOTALL)
    assert found, "docs/operating.md has the statements"
    example = json.loads(re.findall(r"```json\n(.*?)```", (DOCS / "wire-format.md").read_text(), re.DOTALL)[0])
    body = shifted(example, int(time.time() * 1000) - example["sent_at"])
    people = {}
    async with collecting(database) as sender:
        for person in ("customer-going", "customer-staying"):
            session_id = str(uuid.uuid4())
            text = json.dumps({**body, "write_key": sender.key, "batch_id": str(uuid.uuid4())})
            sent = json.loads(text.replace(body["session"]["session_id"], session_id))
            sent["session"]["user"] = {"external_user_id": person, "email": f"{person}@example.com"}
            for items in ("events", "latency", "errors"):
                for item in sent.get(items, []):
                    item.update({name: str(uuid.uuid4()) for name in item if name in ("event_id", "error_id")})
            assert (await sender.send(sent)).status_code == 200
            people[person] = session_id
    await execute(database, "UPDATE analysis_queue SET ready_at = now()")
    assert await Worker(database).drain("p_default") == 2
    async with database.pool.acquire() as connection:
        held = [
            row["table_name"]
            for row in await connection.fetch(
                "SELECT table_name FROM information_schema.columns JOIN information_schema.tables "
                "USING (table_schema, table_name) WHERE table_schema = 'p_default' AND column_name = 'session_id' "
                "AND table_type = 'BASE TABLE' AND table_name <> 'received_batches'"
            )
        ]

        async def rows_of(person: str) -> dict[str, int]:
            counts = {}
            for table in held:
                sql = f'SELECT count(*) FROM p_default."{table}" WHERE session_id::text = $1'
                counts[table] = await connection.fetchval(sql, people[person])
            return {table: count for table, count in counts.items() if count}

        before = {person: await rows_of(person) for person in people}
        assert {"sessions", "events", "error_logs", "experience_scores", "replay_chunks"} <= set(
            before["customer-going"]
        )
        errors = await connection.fetchval("SELECT count(*) FROM p_default.error_logs")
        await connection.execute(found.group(1).replace("'ID'", "'customer-going@example.com'"))
        await Worker(database).drain("p_default")  # what is queued of a session that is gone is taken off
        assert await rows_of("customer-going") == {}
        assert await rows_of("customer-staying") == before["customer-staying"]
        assert await connection.fetchval("SELECT count(*) FROM p_default.error_logs") == errors // 2
        assert await connection.fetch("SELECT external_user_id FROM p_default.users") == [("customer-staying",)]
