"""Replay chunks as they are stored: unpacked once, checked, their times corrected, and packed with zstd."""

from __future__ import annotations

import base64
from typing import Any

import msgspec
import zstandard

from mien.batch import Chunk
from mien.collector.gunzip import BrokenGzip, gunzip


class ChunkRefused(Exception):
    """Its text is the reason that is counted."""


class _ReplayEvent(msgspec.Struct, gc=False):
    """Enough of an rrweb event to know that it is one."""

    type: int
    timestamp: float


_replay_events = msgspec.json.Decoder(list[_ReplayEvent])
_zstd = zstandard.ZstdCompressor(level=3)


def store_form(chunk: Chunk, tab: str | None, shift_ms: float, max_bytes: int) -> bytes:
    """`{"enc": "zstd", "n": 37, "tab": "uuid", "data": "<base64>"}`, after the chunk was decoded once."""
    text = _chunk_json(chunk, max_bytes)
    if len(text) > max_bytes:
        raise ChunkRefused("replay_too_large")
    try:
        count = len(_replay_events.decode(text))
        if shift_ms:
            text = msgspec.json.encode([_shifted(event, shift_ms) for event in msgspec.json.decode(text)])
    except (msgspec.DecodeError, RecursionError):
        raise ChunkRefused("invalid_replay") from None
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
        raise ChunkRefused("invalid_replay") from None
