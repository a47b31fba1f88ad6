"""A cleaned batch -> rows as PostgreSQL's COPY BINARY, one bytes object per table, so that the writer only joins.

Texts repeat (screens, elements, types), so their encoded form is cached (store/copy_binary.py).
"""

from __future__ import annotations

import struct
import uuid
from dataclasses import dataclass, field
from typing import Any, cast

from mien.batch import Batch, Call, Error, Event
from mien.collector.replay import ChunkRefused, store_form
from mien.collector.session_row import SessionRow, session_row, user_row
from mien.collector.steps import REPEATED_STACK_LENGTH, SKEW_IGNORED_MS
from mien.store.copy_binary import INT4, NULL, PG_EPOCH_US, TEXT, Known, encode_text, pack_length, pack_time

COLUMNS = {
    "events": ("session_id", "event_type", "screen", "element_id", "x", "y", "scroll", "metadata", "occurred_at"),
    "latency_metrics": ("session_id", "api", "latency_ms", "status", "occurred_at"),
    "error_logs": ("session_id", "screen", "message", "stack", "occurred_at"),
    "replay_chunks": ("session_id", "chunk_index", "chunk_data", "recorded_at"),
    "call_timings": ("session_id", "api", "ttfb_ms", "occurred_at"),
}
_pack_json = struct.Struct("!ib").pack
_JSON_HEAD = Known[int](lambda length: _pack_json(length + 1, 1) if length else NULL).__getitem__
"""Length of a JSON text -> what stands before it in COPY BINARY; the empty text is NULL."""


def _text(text: str | None) -> bytes:
    """Of a text that hardly repeats."""
    return NULL if text is None else encode_text(text)


def _time(at_ms: float) -> bytes:
    return pack_time(8, int(at_ms * 1000) - PG_EPOCH_US)


@dataclass(slots=True)
class Encoded:
    """One batch, ready to be written.

    `item_count`: rows that stand for items as they were sent; a call and its timing are one. `byte_count`: of all rows,
    which is what waiting costs in memory.
    """

    batch_id: uuid.UUID
    session: SessionRow
    user: tuple[Any, ...] | None
    tab: uuid.UUID | None
    seq: int
    skew_ms: int
    rows: dict[str, bytes]
    item_count: int
    long_values: dict[str, str]
    dropped: dict[str, int] = field(default_factory=dict)
    byte_count: int = field(init=False)

    def __post_init__(self) -> None:
        self.byte_count = sum(map(len, self.rows.values()))


def _encode_error(prefix: bytes, error: Error) -> list[bytes]:
    """A row for each time it happened: whoever counts rows counts errors. Repeats keep the top of the stack alone."""
    whole = b"".join((prefix, _text(error.screen), _text(error.message), _text(error.stack), _time(error.at)))
    if error.count == 1:
        return [whole]
    stack = error.stack and error.stack[:REPEATED_STACK_LENGTH]
    repeat = b"".join((prefix, _text(error.screen), _text(error.message), _text(stack), _time(error.at)))
    return [whole, *[repeat] * (error.count - 1)]


def encode(batch: Batch, max_chunk_bytes: int) -> Encoded:
    """Counts refused replay chunks in `batch.dropped`; nothing else can fail any more."""
    envelope = batch.envelope
    session_id = pack_length(16) + envelope.session.session_id.bytes
    errors = [row for error in envelope.errors for row in _encode_error(b"\0\5" + session_id, error)]
    chunks = _encode_replay(batch, session_id, max_chunk_bytes)
    return Encoded(
        batch_id=envelope.batch_id,
        session=session_row(batch),
        user=user_row(batch),
        tab=envelope.tab,
        seq=max(0, min(envelope.seq or 0, 2**31 - 1)),
        skew_ms=int(batch.skew_ms),
        rows={
            "events": _encode_events(envelope.events, session_id),
            "latency_metrics": _encode_calls(envelope.latency, session_id),
            "error_logs": b"".join(errors),
            "replay_chunks": b"".join(chunks),
            "call_timings": _encode_timings(envelope.latency, session_id),
        },
        item_count=len(envelope.events) + len(envelope.latency) + len(errors) + len(chunks),
        long_values=batch.long_values,
        dropped=dict(batch.dropped),
    )


def _encode_events(events: list[Event], session_id: bytes) -> bytes:
    """The hot loop: everything that repeats comes from a cache, and all rows are joined at once."""
    texts, ints, json_heads, prefix = TEXT, INT4, _JSON_HEAD, b"\0\x09" + session_id
    fields: list[bytes] = []
    for event in events:
        metadata = cast(bytes, event.metadata)  # made so by the step `privacy`
        fields += (
            prefix,
            texts(event.type),
            texts(event.screen),
            texts(event.element_id),
            ints(event.x),
            ints(event.y),
            ints(event.scroll),
            json_heads(len(metadata)),
            metadata,
            pack_time(8, int(event.at * 1000) - PG_EPOCH_US),
        )
    return b"".join(fields)


def _encode_calls(calls: list[Call], session_id: bytes) -> bytes:
    prefix = b"\0\5" + session_id
    fields: list[bytes] = []
    for call in calls:
        fields += (prefix, TEXT(call.api), INT4(call.latency_ms), INT4(call.status), _time(call.at))
    return b"".join(fields)


def _encode_timings(calls: list[Call], session_id: bytes) -> bytes:
    prefix = b"\0\4" + session_id
    fields: list[bytes] = []
    for call in calls:
        if call.ttfb_ms is not None:
            fields += (prefix, TEXT(call.api), INT4(call.ttfb_ms), _time(call.at))
    return b"".join(fields)


def _encode_replay(batch: Batch, session_id: bytes, max_chunk_bytes: int) -> list[bytes]:
    rows = []
    tab = str(batch.envelope.tab) if batch.envelope.tab else None
    shift = batch.skew_ms if abs(batch.skew_ms) > SKEW_IGNORED_MS else 0
    for chunk in batch.envelope.replay:
        try:
            stored = store_form(chunk, tab, shift, max_chunk_bytes)
        except ChunkRefused as refused:
            batch.drop(str(refused))
            continue
        rows.append(
            b"".join((b"\0\4", session_id, INT4(chunk.index), _pack_json(len(stored) + 1, 1), stored, _time(chunk.at)))
        )
    return rows
