"""Batches for collector tests, in wire format v1."""

from __future__ import annotations

import base64
import gzip
import json
import time
import uuid
from typing import Any


def now_ms() -> int:
    """The client's clock."""
    return int(time.time() * 1000)


def click(at: int | None = None, **fields: Any) -> dict[str, Any]:
    """A click event; `fields` replace what it says."""
    event = {
        "type": "click", "at": at or now_ms(), "screen": "/cart", "element_id": "#pay", "x": 640, "y": 1310,
        "scroll": 510, "metadata": {"seq": 1, "vw": 1280, "vh": 800, "response_ms": None},
    }  # fmt: skip
    return {**event, **fields}


def replay_chunk(events: list[dict[str, Any]], index: int = 0) -> dict[str, Any]:
    """A replay chunk as the SDK sends it."""
    data = base64.b64encode(gzip.compress(json.dumps(events).encode())).decode()
    return {"index": index, "at": int(events[0]["timestamp"]), "enc": "gzip", "n": len(events), "data": data}


def batch(key: str, session_id: str | None = None, **fields: Any) -> dict[str, Any]:
    """A whole batch; `fields` replace or add parts, such as events=[...]."""
    now = now_ms()
    whole: dict[str, Any] = {
        "write_key": key,
        "batch_id": str(uuid.uuid4()),
        "sent_at": now,
        "tab": str(uuid.uuid4()),
        "seq": 0,
        "session": {
            "session_id": session_id or str(uuid.uuid4()),
            "device_id": "device-1",
            "started_at": now - 1000,
            "screen_resolution": "1280x800",
            "app_version": "2.4.1",
        },
    }
    return {**whole, **fields}
