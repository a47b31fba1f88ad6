"""A cleaned batch -> rows as PostgreSQL's COPY BINARY bytes, one bytes object per item, so that the writer only joins.

Texts repeat (screens, elements, types), so their encoded form is cached (store/copy_binary.py).
"""

from __future__ import annotations

import struct
import uuid
from dataclasses import dataclass, field
from typing import Any, cast

from mien.batch import Batch, Error
from mien.collector.replay import ChunkRefused, store_form
from mien.collector.session_row import SessionRow, session_row, user_row
from mien.collector.steps import REPEATED_STACK_LENGTH, SKEW_IGNORED_MS
from mien.store.copy_binary import INT4, NULL, PG_EPOCH_US, TEXT, encode_text, pack_length, pack_time

COLUMNS = {
    "events": ("session_id", "event_type", "screen", "element_id", "x", "y", "scroll", "metadata", "occurred_at"),
    "latency_metrics": ("session_id", "api", "latency_ms", "status", "occurred_at"),
    "error_logs": ("session_id", "screen", "message", "stack", "occurred_at"),
    "replay_chunks": ("session_id", "chunk_index", "chunk_data", "recorded_at"),
    "call_timings": ("session_id", "api", "ttfb_ms", "occurred_at"),
}
_pack_json = struct.Struct("!ib").pack


def _text(text: str | None) -> bytes:
    """Of a text that hardly repeats."""
    return NULL if text is None else encode_text(text)


def _time(at_ms: float) -> bytes:
    return pack_time(8, int(at_ms * 1000) - PG_EPOCH_US)


@dataclass(slots=True)
class Encoded:
    """One batch, ready to be written."""

    batch_id: uuid.UUID
    session: SessionRow
    user: tuple[Any, ...] | None
    tab: uuid.UUID | None
    seq: int
    skew_ms: int
    rows: dict[str, list[bytes]]
    long_values: dict[str, str]
    dropped: dict[str, int] = field(default_factory=dict)

    @property
    def item_count(self) -> int:
        """Items as they were sent; a call and its timing are one."""
        return sum(len(rows) for table, rows in self.rows.items() if table != "call_timings")

    @property
    def byte_count(self) -> int:
        """Bytes of all rows: what waiting costs in memory."""
        return sum(sum(map(len, rows)) for rows in self.rows.values())


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
    prefix = b"\0\5" + session_id
    rows = {
        "events": _encode_events(batch, session_id),
        "latency_metrics": [
            b"".join((prefix, TEXT(call.api), INT4(call.latency_ms), INT4(call.status), _time(call.at)))
            for call in envelope.latency
        ],
        "error_logs": [row for error in envelope.errors for row in _encode_error(prefix, error)],
        "replay_chunks": _encode_replay(batch, session_id, max_chunk_bytes),
        "call_timings": [
            b"".join((b"\0\4", session_id, TEXT(call.api), INT4(call.ttfb_ms), _time(call.at)))
            for call in envelope.latency
            if call.ttfb_ms is not None
        ],
    }
    return Encoded(
        batch_id=envelope.batch_id,
        session=session_row(batch),
        user=user_row(batch),
        tab=envelope.tab,
        seq=max(0, min(envelope.seq or 0, 2**31 - 1)),
        skew_ms=int(batch.skew_ms),
        rows=rows,
        long_values=batch.long_values,
        dropped=dict(batch.dropped),
    )


def _encode_events(batch: Batch, session_id: bytes) -> list[bytes]:
    """The hot loop: everything that repeats comes from a cache."""
    texts, ints, prefix, rows = TEXT, INT4, b"\0\x09" + session_id, []
    pack_json, join, null = _pack_json, b"".join, NULL
    for event in batch.envelope.events:
        metadata = cast(bytes, event.metadata)  # made so by the step `privacy`
        rows.append(
            join(
                (
                    prefix,
                    texts(event.type),
                    texts(event.screen),
                    texts(event.element_id),
                    ints(event.x),
                    ints(event.y),
                    ints(event.scroll),
                    pack_json(len(metadata) + 1, 1) if metadata else null,
                    metadata,
                    pack_time(8, int(event.at * 1000) - PG_EPOCH_US),
                )
            )
        )
    return rows


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
