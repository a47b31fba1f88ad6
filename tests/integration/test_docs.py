"""What the documents promise is tried: the wire format's example is stored, the CLI's help is there."""

from __future__ import annotations

import json
import re
import time
import uuid
from pathlib import Path
from typing import Any

from mien.store.database import Database
from tests.support.app import collecting

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
