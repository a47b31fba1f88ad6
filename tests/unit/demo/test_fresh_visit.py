"""A recorded visit keeps its order and gaps, moves as a whole, and gets ids that a repeat gets again."""

from __future__ import annotations

import base64
import gzip
from typing import Any
from uuid import UUID

import msgspec
import pytest

from mien.demo.fresh_visit import fresh_batch, fresh_id, start_times
from mien.demo.visit_file import PLACEHOLDER, SentBatch, unpacked_replay

DAY_S = 86_400
STARTED = 1_700_000_000_000
SHIFT = 86_400_123
BASE_URL = "http://127.0.0.1:8123"


def replay_chunk(enc: str) -> dict[str, Any]:
    events = [
        {"type": 4, "timestamp": STARTED + 5, "data": {"href": f"{PLACEHOLDER}/shop/"}},
        {
            "type": 3,
            "timestamp": STARTED + 900,
            "data": {"source": 1, "positions": [{"x": 1, "y": 2, "timeOffset": -40}]},
        },
    ]
    text = msgspec.json.encode(events)
    data = base64.b64encode(gzip.compress(text)).decode() if enc == "gzip" else text.decode()
    return {"index": 0, "at": STARTED + 5, "enc": enc, "n": 2, "data": data}


def recorded(enc: str = "gzip") -> SentBatch:
    return SentBatch(
        1200,
        {
            "write_key": "mk_demo_recording",
            "batch_id": "0a0a",
            "sent_at": STARTED + 1200,
            "tab": "tab-1",
            "seq": 0,
            "session": {"session_id": "s-1", "device_id": "d-1", "started_at": STARTED, "user": {"locale": "de-DE"}},
            "events": [
                {"type": "screen_view", "at": STARTED + 10, "metadata": {"url": f"{PLACEHOLDER}/shop/"}},
                {"type": "click", "at": STARTED + 700, "metadata": {"response_ms": 30}},
            ],
            "latency": [{"api": "GET /shop/api/cart", "latency_ms": 46, "status": 200, "at": STARTED + 20}],
            "errors": [{"screen": "/shop/", "message": "x", "at": STARTED + 800}],
            "replay": [replay_chunk(enc)],
        },
    )


def fresh(enc: str = "gzip", seed: str = "2026-11-25", name: str = "reader-1") -> dict[str, Any]:
    return fresh_batch(recorded(enc), name, seed, SHIFT, "mk_live", BASE_URL)


def test_everything_moves_by_the_same_time() -> None:
    body = fresh()
    assert body["session"]["started_at"] == STARTED + SHIFT
    assert [event["at"] for event in body["events"]] == [STARTED + 10 + SHIFT, STARTED + 700 + SHIFT]
    assert body["latency"][0]["at"] == STARTED + 20 + SHIFT
    assert body["errors"][0]["at"] == STARTED + 800 + SHIFT
    assert body["replay"][0]["at"] == STARTED + 5 + SHIFT


def test_durations_stay_what_they_were() -> None:
    body = fresh()
    assert body["latency"][0]["latency_ms"] == 46
    assert body["events"][1]["metadata"]["response_ms"] == 30


@pytest.mark.parametrize("enc", ["gzip", "json"])
def test_replay_events_move_along_and_leave_packed(enc: str) -> None:
    chunk = fresh(enc)["replay"][0]
    events = msgspec.json.decode(unpacked_replay(chunk))
    assert chunk["enc"] == "gzip"
    assert [event["timestamp"] for event in events] == [STARTED + 5 + SHIFT, STARTED + 900 + SHIFT]
    assert events[1]["data"]["positions"][0]["timeOffset"] == -40


def test_the_shop_that_is_running_stands_in_addresses() -> None:
    body = fresh()
    assert body["events"][0]["metadata"]["url"] == f"{BASE_URL}/shop/"
    assert msgspec.json.decode(unpacked_replay(body["replay"][0]))[0]["data"]["href"] == f"{BASE_URL}/shop/"
    assert body["write_key"] == "mk_live"


def test_the_same_seed_gives_the_same_ids_and_another_seed_others() -> None:
    def ids(body: dict[str, Any]) -> list[str]:
        return [body["batch_id"], body["tab"], body["session"]["session_id"], body["session"]["device_id"]]

    assert ids(fresh()) == ids(fresh())
    assert not set(ids(fresh())) & set(ids(fresh(seed="2026-11-26")))
    assert not set(ids(fresh())) & set(ids(fresh(name="reader-2")))
    assert all(UUID(text).version == 5 for text in ids(fresh()))
    assert fresh_id("s", "n", "a") != fresh_id("s", "n", "b")


def test_the_recording_itself_is_left_alone() -> None:
    batch = recorded()
    before = msgspec.json.encode(batch)
    fresh_batch(batch, "reader-1", "seed", SHIFT, "mk_live", BASE_URL)
    assert msgspec.json.encode(batch) == before


def test_visits_are_spread_over_seven_days_and_denser_towards_now() -> None:
    now = 1_800_000_000.0
    starts = start_times([40.0] * 30, now)
    ages = [now - start for start in starts]
    assert starts == sorted(starts)
    assert 6 * DAY_S < max(ages) < 7 * DAY_S
    assert sum(age < 3.5 * DAY_S for age in ages) > sum(age >= 3.5 * DAY_S for age in ages)
    assert all(start + 40 < now - 120 for start in starts)
    assert min(ages) < 3600


def test_no_visits_have_no_start_times() -> None:
    assert start_times([], 1_800_000_000.0) == []
