"""The cleaning steps: what they change, drop and count."""

from __future__ import annotations

import json
import time
from collections import Counter
from typing import Any

import pytest

from mien.batch import Batch, Client
from mien.collector.encode import encode
from mien.collector.keys import KEY_LENGTH, short_key
from mien.collector.receivers.sdk import parse
from mien.collector.steps import STEPS
from mien.config import Settings
from mien.store.copy_binary import split_rows
from tests.support.batches import batch, click


def cleaned(settings: Settings | None = None, client: Client | None = None, **parts: Any) -> Batch:
    """A batch after all steps."""
    dropped: Counter[str] = Counter()
    envelope = parse(json.dumps(batch("mk_x", **parts)).encode(), dropped)
    made = Batch(envelope, time.time() * 1000, client or Client("203.0.113.77", "Mozilla/5.0"), dropped=dropped)
    for step in STEPS:
        step(made, settings or Settings())
    return made


def test_keys_of_the_same_beginning_stay_different_and_fit() -> None:
    long = ["/shelf" * 1000 + end for end in ("/a", "/b")]
    made = cleaned(events=[click(screen=screen) for screen in long])
    screens = [event.screen for event in made.envelope.events]
    assert len(set(screens)) == 2
    assert all(len(screen or "") == KEY_LENGTH for screen in screens)
    assert set(made.long_values) == set(screens)
    assert max(map(len, made.long_values.values())) <= 2048, "of a key of any length only so much is kept"


def test_the_query_of_a_long_address_makes_no_new_key() -> None:
    made = cleaned(events=[click(screen="/cart?" + "x" * 5000), click(screen="/cart?" + "y" * 9000)])
    assert [event.screen for event in made.envelope.events] == ["/cart", "/cart"]


def test_a_short_key_is_itself() -> None:
    assert short_key("/cart") == "/cart"
    assert len(short_key("x" * 300)) == KEY_LENGTH


def test_an_error_that_stands_for_many_is_stored_as_often() -> None:
    error = {"message": "boom", "at": time.time() * 1000, "stack": "x" * 5000}
    made = cleaned(events=[], errors=[{**error, "count": 30}, error, {**error, "count": 5000}])
    rows = list(split_rows(encode(made, 1 << 20).rows["error_logs"]))
    assert len(rows) == 30 + 1 + 1 + (1000 - 29)
    assert made.dropped == {"too_many_repeats": 4999 - 971}
    assert sum(len(row) > 5000 for row in rows) == 3, "the whole stack once for each item"


def test_repeats_of_a_long_message_are_limited_by_their_bytes() -> None:
    error = {"message": "é" * 4000, "at": time.time() * 1000, "stack": "x" * 5000, "count": 1000}
    made = cleaned(events=[], errors=[error, {**error, "message": "boom", "count": 2}])
    rows = list(split_rows(encode(made, 1 << 20).rows["error_logs"]))
    assert sum(map(len, rows)) < 2.2 * 1024 * 1024
    assert len(rows) + made.dropped["too_many_repeats"] == 1002 and len(rows) > 200


def test_types_and_campaigns_hold_no_secrets() -> None:
    body = batch("mk_x")["session"]
    utm = {"utm_source": "mail?token=hunter2", "jane@example.org": "x", "utm_campaign": "spring"}
    made = cleaned(events=[click(type="paid by jane@example.org")], session={**body, "utm": utm})
    assert [event.type for event in made.envelope.events] == ["paid by :email"]
    assert made.envelope.session.utm == {"utm_source": "mail", "utm_campaign": "spring"}


@pytest.mark.parametrize(
    ("keep", "given", "kept"),
    [(False, "203.0.113.77", "203.0.113.0"), (True, "203.0.113.77", "203.0.113.77"), (True, "x" * 60, None)],
)
def test_the_whole_address_is_kept_only_when_asked_for_and_only_when_it_is_one(
    keep: bool, given: str, kept: str | None
) -> None:
    assert cleaned(Settings(keep_full_ip=keep), Client(given, None)).client.ip == kept


@pytest.mark.parametrize(("named", "kept"), [("mobile", "phone"), ("Tablet", "tablet"), ("kiosk", "kiosk")])
def test_device_types_of_pages_are_called_as_we_call_them(named: str, kept: str) -> None:
    session = {**batch("mk_x")["session"], "user": {"external_user_id": "7", "device_type": named}}
    made = cleaned(session=session)
    assert made.device.device_type == kept


def test_a_megabyte_of_hostile_text_is_done_quickly() -> None:
    events = [click(screen="a" * 100_000, element_id="a-" * 50_000, type="x" * 1000) for _ in range(5)]
    started = time.process_time()
    cleaned(events=events, errors=[{"message": "eyJ" * 50_000, "stack": "a@" * 50_000, "at": events[0]["at"]}])
    assert time.process_time() - started < 1.0
