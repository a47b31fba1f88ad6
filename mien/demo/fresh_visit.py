"""A recorded visit made fresh: other times, other ids, the address of the shop that is running. Pure.

Everything in the visit moves by the same number of milliseconds, so that its order and its gaps stay. Ids are named by
a seed, the visit and the recorded id: the same seed gives the same ids, and the collector recognises the repeat.
"""

from __future__ import annotations

import base64
import gzip
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid5

import msgspec

from mien.demo.visit_file import PLACEHOLDER, SentBatch, VisitFile, unpacked_replay

NAMESPACE = UUID("5a2f6e0c-6f0e-4a8f-9d3b-6c1f0f7b8a21")
PERIOD_S = 7 * 86_400
NEWEST_AGE_S = 180
LEAN = 1.7
"""How strongly visits lean towards now: 1 would spread them evenly. Invented, so that a trend shows."""


def start_times(durations_s: Sequence[float], now: float) -> list[float]:
    """When each visit begins, in epoch seconds, oldest first: over the last 7 days, denser towards `now`.

    Each one has ended NEWEST_AGE_S before `now`. Nothing is random: the same input gives the same times.
    """
    count = len(durations_s)
    ages = [(PERIOD_S * 0.985) * (1 - (index + 0.5) / count) ** LEAN for index in range(count)]
    return [now - NEWEST_AGE_S - duration - age for duration, age in zip(durations_s, ages, strict=True)]


def fresh_id(seed: str, name: str, recorded: str) -> str:
    """A UUID for `recorded`, an id that stands in the visit `name`."""
    return str(uuid5(NAMESPACE, f"{seed}/{name}/{recorded}"))


def fresh_batch(batch: SentBatch, name: str, seed: str, shift_ms: int, write_key: str, base_url: str) -> dict[str, Any]:
    """The body to send, all of it moved by `shift_ms`, except `sent_at`, which belongs to the moment of sending."""
    body: dict[str, Any] = msgspec.json.decode(_at_home(msgspec.json.encode(batch.body), base_url))
    session = dict(body["session"])
    session["started_at"] = session["started_at"] + shift_ms
    for key in ("session_id", "device_id"):
        session[key] = fresh_id(seed, name, str(session[key]))
    body |= {
        "write_key": write_key,
        "session": session,
        "batch_id": fresh_id(seed, name, str(body["batch_id"])),
        "tab": fresh_id(seed, name, str(body["tab"])),
    }
    for kind in ("events", "latency", "errors"):
        if kind in body:
            body[kind] = [{**item, "at": item["at"] + shift_ms} for item in body[kind]]
    if "replay" in body:
        body["replay"] = [_fresh_chunk(chunk, shift_ms, base_url) for chunk in body["replay"]]
    return body


def duration_s(visit: VisitFile) -> float:
    """From the beginning to the last batch."""
    return max((batch.after_ms for batch in visit.batches), default=0) / 1000


def _fresh_chunk(chunk: dict[str, Any], shift_ms: int, base_url: str) -> dict[str, Any]:
    events = msgspec.json.decode(_at_home(unpacked_replay(chunk), base_url))
    for event in events:
        event["timestamp"] += shift_ms
    packed = gzip.compress(msgspec.json.encode(events), compresslevel=6, mtime=0)
    return {**chunk, "at": chunk["at"] + shift_ms, "enc": "gzip", "data": base64.b64encode(packed).decode()}


def _at_home(text: bytes, base_url: str) -> bytes:
    return text.replace(PLACEHOLDER.encode(), base_url.encode())
