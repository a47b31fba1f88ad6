"""A cleaned batch -> rows as PostgreSQL's COPY BINARY bytes, one bytes object per item, so that the writer only joins.

Texts repeat (screens, elements, types), so their encoded form is cached. Formats: PostgreSQL documentation, "COPY",
"Binary Format"; timestamps are microseconds since 2000-01-01.
"""

from __future__ import annotations

import base64
import struct
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any, cast

import msgspec
import zstandard

from mien.batch import Batch, Chunk
from mien.collector.gunzip import BrokenGzip, gunzip
from mien.collector.steps import API_LENGTH, FUTURE_MS, KEY_LENGTH, SKEW_IGNORED_MS, short_key

COPY_HEADER = b"PGCOPY\n\xff\r\n\0" + struct.pack("!ii", 0, 0)
COPY_TRAILER = struct.pack("!h", -1)
COLUMNS = {
    "events": ("session_id", "event_type", "screen", "element_id", "x", "y", "scroll", "metadata", "occurred_at"),
    "latency_metrics": ("session_id", "api", "latency_ms", "status", "occurred_at"),
    "error_logs": ("session_id", "screen", "message", "stack", "occurred_at"),
    "replay_chunks": ("session_id", "chunk_index", "chunk_data", "recorded_at"),
}
USER_NAMESPACE = uuid.UUID("6d69656e-0000-5000-8000-757365727300")
"""user_id = uuid5(this, external_user_id): the same person is the same row, without a unique key on the given table."""

_NULL = struct.pack("!i", -1)
_pack_length = struct.Struct("!i").pack
_pack_int = struct.Struct("!ii").pack
_pack_time = struct.Struct("!iq").pack
_pack_json = struct.Struct("!ib").pack
_PG_EPOCH_US = 946_684_800_000_000


class _Texts(dict[str, bytes]):
    """str -> length-prefixed bytes; encoding happens once per distinct text."""

    def __missing__(self, text: str) -> bytes:
        if len(self) > 20_000:
            self.clear()
        value = self[text] = _text(text)
        return value


def _text(text: str | None) -> bytes:
    if text is None:
        return _NULL
    data = text.replace("\x00", "\ufffd").encode("utf-8", "replace")
    return _pack_length(len(data)) + data


class _Ints(dict["float | None", bytes]):
    """Number or None -> its encoded form; pixels and statuses repeat."""

    def __missing__(self, number: float | None) -> bytes:
        if len(self) > 20_000:
            self.clear()
        value = self[number] = _NULL if number is None else _pack_int(4, round(number))
        return value


def _time(at_ms: float) -> bytes:
    return _pack_time(8, int(at_ms * 1000) - _PG_EPOCH_US)


_texts = _Texts()
_ints = _Ints()


@dataclass(slots=True)
class SessionRow:
    """The columns of `sessions` and `session_facts` that a batch knows. Times are naive UTC."""

    session_id: uuid.UUID
    user_id: uuid.UUID | None
    device_id: str | None
    ip_address: str | None
    user_agent: str | None
    screen_resolution: str | None
    app_version: str | None
    started_at: datetime
    ended_at: datetime
    facts: tuple[Any, ...]


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
        """Rows in all four collected tables."""
        return sum(map(len, self.rows.values()))


def encode(batch: Batch, max_chunk_bytes: int) -> Encoded:
    """Counts refused replay chunks in `batch.dropped`; nothing else can fail any more."""
    envelope = batch.envelope
    session_id = _pack_length(16) + envelope.session.session_id.bytes
    prefix = b"\0\5" + session_id
    rows = {
        "events": _encode_events(batch, session_id),
        "latency_metrics": [
            b"".join((prefix, _texts[call.api], _ints[call.latency_ms], _ints[call.status], _time(call.at)))
            for call in envelope.latency
        ],
        "error_logs": [
            b"".join(
                (b"\0\5", session_id, _text(error.screen), _text(error.message), _text(error.stack), _time(error.at))
            )
            for error in envelope.errors
        ],
        "replay_chunks": _encode_replay(batch, session_id, max_chunk_bytes),
    }
    return Encoded(
        batch_id=envelope.batch_id,
        session=_session_row(batch),
        user=_user_row(batch),
        tab=envelope.tab,
        seq=max(0, min(envelope.seq or 0, 2**31 - 1)),
        skew_ms=int(batch.skew_ms),
        rows=rows,
        long_values=batch.long_values,
        dropped=dict(batch.dropped),
    )


def _encode_events(batch: Batch, session_id: bytes) -> list[bytes]:
    """The hot loop: everything that repeats comes from a cache."""
    texts, ints, prefix, rows = _texts, _ints, b"\0\x09" + session_id, []
    null = _NULL
    pack_json, pack_time, join = _pack_json, _pack_time, b"".join
    for event in batch.envelope.events:
        metadata = cast(bytes, event.metadata)  # made so by the step `privacy`
        screen, element_id = event.screen, event.element_id
        rows.append(
            join(
                (
                    prefix,
                    texts[event.type],
                    null if screen is None else texts[screen],
                    null if element_id is None else texts[element_id],
                    ints[event.x],
                    ints[event.y],
                    ints[event.scroll],
                    pack_json(len(metadata) + 1, 1) if metadata else null,
                    metadata,
                    pack_time(8, int(event.at * 1000) - _PG_EPOCH_US),
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
            stored = _store_form(chunk, tab, shift, max_chunk_bytes)
        except _ChunkRefused as refused:
            batch.drop(str(refused))
            continue
        rows.append(
            b"".join((b"\0\4", session_id, _ints[chunk.index], _pack_json(len(stored) + 1, 1), stored, _time(chunk.at)))
        )
    return rows


class _ChunkRefused(Exception):
    """Its text is the reason that is counted."""


class _ReplayEvent(msgspec.Struct, gc=False):
    """Enough of an rrweb event to know that it is one."""

    type: int
    timestamp: float


_replay_events = msgspec.json.Decoder(list[_ReplayEvent])
_zstd = zstandard.ZstdCompressor(level=3)


def _store_form(chunk: Chunk, tab: str | None, shift_ms: float, max_bytes: int) -> bytes:
    """`{"enc": "zstd", "n": 37, "tab": "uuid", "data": "<base64>"}`, after the chunk was decoded once."""
    text = _chunk_json(chunk, max_bytes)
    if len(text) > max_bytes:
        raise _ChunkRefused("replay_too_large")
    try:
        count = len(_replay_events.decode(text))
        if shift_ms:
            text = msgspec.json.encode([_shifted(event, shift_ms) for event in msgspec.json.decode(text)])
    except (msgspec.DecodeError, RecursionError):
        raise _ChunkRefused("invalid_replay") from None
    packed = _zstd.compress(text)
    value = {"enc": "zstd", "n": count, "tab": tab, "data": base64.b64encode(packed).decode()}
    return msgspec.json.encode(value)


def _shifted(event: dict[str, Any], shift_ms: float) -> dict[str, Any]:
    event["timestamp"] = event["timestamp"] + shift_ms
    return event


def _chunk_json(chunk: Chunk, max_bytes: int) -> bytes:
    raw = bytes(chunk.data)
    if raw[:1] == b"[":
        return raw
    try:
        text = msgspec.json.decode(raw, type=str)
        if chunk.enc != "gzip":
            return text.encode()
        return gunzip(base64.b64decode(text, validate=True), max_bytes)
    except (msgspec.DecodeError, ValueError, BrokenGzip):
        raise _ChunkRefused("invalid_replay") from None


def _utc(at_ms: float) -> datetime:
    return datetime.fromtimestamp(at_ms / 1000, UTC).replace(tzinfo=None)


def _cut(text: str | None, length: int) -> str | None:
    return None if text is None else text.replace("\x00", "\ufffd")[:length]


def _session_row(batch: Batch) -> SessionRow:
    session, device = batch.envelope.session, batch.device
    started, ended = _span(batch)
    user = session.user
    utm = msgspec.json.encode(session.utm).decode() if session.utm else None
    return SessionRow(
        session_id=session.session_id,
        user_id=_user_id(user.external_user_id) if user and user.external_user_id else None,
        device_id=_cut(session.device_id, 255),
        ip_address=batch.client.ip,
        user_agent=_cut(batch.client.user_agent, 1000),
        screen_resolution=_cut(session.screen_resolution, 20),
        app_version=short_key(session.app_version, 20) if session.app_version else None,
        started_at=_utc(started),
        ended_at=_utc(ended),
        facts=(
            device.browser,
            device.browser_version,
            device.os,
            device.device_type,
            batch.client.country,
            _cut(user.locale, 50) if user else None,
            session.referrer,
            utm if utm and len(utm) < API_LENGTH else None,
            device.is_bot,
            session.staff,
        ),
    )


_at = attrgetter("at")


def _span(batch: Batch) -> tuple[float, float]:
    """First and last activity in milliseconds, the ends of calls included; without items the session's own start."""
    envelope = batch.envelope
    lists = [items for items in (envelope.events, envelope.latency, envelope.errors, envelope.replay) if items]
    starts = [min(map(_at, items)) for items in lists]
    if envelope.session.started_at is not None:
        starts.append(envelope.session.started_at)
    started = min(starts, default=batch.received_ms)
    ends = [max(map(_at, items)) for items in lists]
    ends += [call.at + call.latency_ms for call in envelope.latency]
    # An unfinished call may claim to have waited for weeks; nobody was active after now.
    latest = max(batch.received_ms + FUTURE_MS, started)
    return started, min(max(ends, default=started), latest)


@lru_cache(maxsize=20_000)
def _user_id(external_user_id: str) -> uuid.UUID:
    return uuid.uuid5(USER_NAMESPACE, external_user_id.encode("utf-8", "replace").decode())


def _user_row(batch: Batch) -> tuple[Any, ...] | None:
    user = batch.envelope.session.user
    if user is None or not user.external_user_id:
        return None
    return (
        _user_id(user.external_user_id),
        _cut(short_key(user.external_user_id, KEY_LENGTH), KEY_LENGTH),
        _cut(user.email, 255),
        _cut(user.locale, 50),
        batch.device.device_type,
        _utc(batch.received_ms),
    )
