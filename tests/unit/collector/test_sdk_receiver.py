"""Wire format v1: what is decoded quickly, what slowly, and what is refused by name."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from mien.collector.receivers import RECEIVERS
from mien.collector.receivers.sdk import parse
from mien.errors import InvalidBatch
from tests.support.batches import batch, click


def parsed(body: dict[str, object]) -> tuple[object, Counter[str]]:
    dropped: Counter[str] = Counter()
    return parse(json.dumps(body).encode(), dropped), dropped


def test_a_well_formed_batch_is_decoded_whole() -> None:
    envelope, dropped = parsed(batch("mk_x", events=[click(), click()]))
    assert len(envelope.events) == 2 and not dropped  # type: ignore[attr-defined]


def test_one_malformed_item_costs_only_itself() -> None:
    envelope, dropped = parsed(batch("mk_x", events=[click(), 3, click(at="now"), click()], latency=[{}]))
    assert len(envelope.events) == 2  # type: ignore[attr-defined]
    assert dropped == {"invalid_event": 2, "invalid_latency": 1}


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        (r'"\ud83d"', "\ufffd"),
        (r'"\ud83d\ude00"', "\U0001f600"),
        (r'"\ude00\ud83d"', "\ufffd\ufffd"),
        (r'"a\u0000b"', "a\ufffdb"),
        (r'"\\u0000"', r"\u0000"),
        (r'"\\\u0000"', "\\\ufffd"),
        (r'"\"\n\t"', '"\n\t'),
    ],
)
def test_escapes_that_postgresql_cannot_store_are_mended(text: str, mended: str) -> None:
    body = json.dumps(batch("mk_x", events=[click(element_id="@")])).replace('"@"', text)
    assert parse(body.encode(), Counter()).events[0].element_id == mended


def test_bytes_that_are_not_utf8_are_mended() -> None:
    body = json.dumps(batch("mk_x", events=[click(element_id="@")])).encode().replace(b"@", b"\xff\xfe")
    assert parse(body, Counter()).events[0].element_id == "\ufffd\ufffd"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"batch_id": "7"}, "batch_id"),
        ({"session": None}, "session"),
        ({"session": {"session_id": "x"}}, "session_id"),
        ({"events": "many"}, "events"),
        ({"write_key": None}, "write_key"),
    ],
)
def test_what_is_no_batch_is_refused_and_says_where(change: dict[str, object], says: str) -> None:
    with pytest.raises(InvalidBatch, match=says):
        parsed(batch("mk_x", **change))


@pytest.mark.parametrize("path", list(RECEIVERS))
@pytest.mark.parametrize("body", [b"", b"{", b"null", b"[]", b"\xff" * 100, b"[" * 100_000, b'"text"'])
def test_no_receiver_fails_on_bytes_that_are_no_batch(path: str, body: bytes) -> None:
    with pytest.raises(InvalidBatch):
        RECEIVERS[path](body, Counter())
