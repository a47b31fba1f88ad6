"""Replay chunks: listed without their data, and decoded from every form in which they may be stored.

Ours is `{"enc": "zstd" | "gzip", "n": ..., "tab": ..., "data": base64}` (design.md 3); plain SQL may have stored a JSON
array of rrweb events, or an object that holds one as `events`. What cannot be read is skipped and counted: a chunk, or
an entry that is no object with a numeric `type` and `timestamp`, on which the player would break.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from uuid import UUID

import msgspec
import zstandard

from mien.store.database import Queries

MAX_CHUNKS_LISTED = 5000
GZIP_WBITS = 31


class ChunkFacts(msgspec.Struct, frozen=True):
    """A chunk without its data; `at` in seconds since the epoch."""

    id: int
    tab: str | None
    chunk_index: int
    at: float | None
    event_count: float | None


class StoredChunk(msgspec.Struct, frozen=True):
    """A chunk as stored; `chunk_data` is JSON text."""

    id: int
    tab: str | None
    chunk_index: int
    chunk_data: str | None


class Unreadable(Exception):
    """The chunk is broken, too large, or in a form that nobody knows. The message says which."""


class _Packed(msgspec.Struct):
    enc: str | None = None
    data: str | None = None
    events: msgspec.Raw = msgspec.Raw()


class _Event(msgspec.Struct):
    """What an entry must have to be played."""

    type: int | float
    timestamp: int | float


_entries = msgspec.json.Decoder(list[msgspec.Raw])
_event = msgspec.json.Decoder(_Event)


async def read_chunks(queries: Queries, session_id: UUID) -> list[ChunkFacts]:
    """All chunks of a session in the order in which they are played: tab, index, id."""
    return await queries.fetch_all(ChunkFacts, "replay.chunks", session_id=session_id, max_rows=MAX_CHUNKS_LISTED)


async def read_data(
    queries: Queries, session_id: UUID, after: int | None, tab: str | None, limit: int
) -> list[StoredChunk]:
    """The chunks behind the chunk `after`, in the order of `read_chunks`; none when `after` is not one of them."""
    return await queries.fetch_all(
        StoredChunk, "replay.data", session_id=session_id, after=after, tab=tab, max_rows=limit
    )


def decode_events(chunk_data: str | None, max_bytes: int) -> tuple[list[msgspec.Raw], int]:
    """The chunk's rrweb events as raw JSON, unpacked to at most `max_bytes`, and how many entries are none.

    Raises Unreadable.
    """
    if chunk_data is None:
        raise Unreadable("it is empty")
    try:
        entries = _entries.decode(_list_of(chunk_data, max_bytes))
    except (msgspec.DecodeError, RecursionError) as error:
        raise Unreadable(f"it is no list of events: {error}") from None
    events = [entry for entry in entries if _is_event(entry)]
    return events, len(entries) - len(events)


def _list_of(chunk_data: str, max_bytes: int) -> str | bytes | msgspec.Raw:
    if chunk_data.lstrip().startswith("["):
        return chunk_data
    packed = msgspec.json.decode(chunk_data, type=_Packed)
    return packed.events if bytes(packed.events) else _unpack(packed, max_bytes)


def _is_event(entry: msgspec.Raw) -> bool:
    try:
        _event.decode(entry)
    except (msgspec.DecodeError, RecursionError):
        return False
    return True


def _unpack(packed: _Packed, max_bytes: int) -> bytes:
    try:
        data = base64.b64decode(packed.data or "", validate=True)
        if packed.enc == "zstd":
            # A frame may claim any size, or none: the reader stops at the limit whatever it says.
            text = zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(data).read(max_bytes + 1)
        elif packed.enc == "gzip":
            text = _inflate(data, max_bytes + 1)
        else:
            raise Unreadable(f"its encoding is {packed.enc!r}")
    except (binascii.Error, ValueError, zlib.error, zstandard.ZstdError, EOFError) as error:
        raise Unreadable(f"it is damaged: {error}") from None
    if len(text) > max_bytes:
        raise Unreadable(f"it unpacks to more than {max_bytes} bytes")
    return text


def _inflate(data: bytes, max_bytes: int) -> bytes:
    inflater = zlib.decompressobj(GZIP_WBITS)
    text = inflater.decompress(data, max_bytes)
    if not inflater.eof and len(text) < max_bytes:
        raise EOFError("it ends too early")
    return text
