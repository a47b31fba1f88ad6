"""Wire format v1: unpacked JSON bytes -> Envelope.

The quick way decodes everything at once. What it refuses goes the slow way: text that PostgreSQL could not store is
mended, and items are decoded one by one, so that a bad one costs only itself.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TypeVar

import msgspec

from mien.batch import Call, Chunk, Envelope, Error, Event, LooseEnvelope
from mien.errors import InvalidBatch

ItemT = TypeVar("ItemT", Event, Call, Error, Chunk)

_envelope = msgspec.json.Decoder(Envelope)
_loose = msgspec.json.Decoder(LooseEnvelope)
_items: dict[type, msgspec.json.Decoder[object]] = {
    kind: msgspec.json.Decoder(kind) for kind in (Event, Call, Error, Chunk)
}

# Every escape sequence is matched, so that `\\u0000` (a backslash and the letters u0000) is not mistaken for NUL.
_ESCAPES = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"  # a proper pair: kept
    rb"|\\u(?:[dD][89a-fA-F][0-9a-fA-F]{2}|0000)"  # a lone surrogate, or NUL: replaced
    rb"|\\."
)
_PROPER_PAIR_LENGTH = 12
MAX_DEPTH_ERROR = "nested too deeply"


def parse(body: bytes, dropped: Counter[str]) -> Envelope:
    """Raises InvalidBatch, saying where, when `body` is no batch at all; counts refused items in `dropped`."""
    if b"\\u" not in body and body.isascii():
        try:
            return _envelope.decode(body)
        except RecursionError:
            raise InvalidBatch(MAX_DEPTH_ERROR) from None
        except msgspec.DecodeError:
            pass  # the slow way finds out what is wrong, and where
    return _parse_slowly(_mend(body), dropped)


def _mend(body: bytes) -> bytes:
    """Replace what PostgreSQL cannot store (NUL, lone surrogates, bytes that are not UTF-8) by U+FFFD."""
    try:
        body.decode()
    except UnicodeDecodeError:
        body = body.decode(errors="replace").encode()
    if b"\\u" not in body:
        return body
    return _ESCAPES.sub(_mend_escape, body)


def _mend_escape(match: re.Match[bytes]) -> bytes:
    found = match.group()
    if len(found) == _PROPER_PAIR_LENGTH or not found.startswith(b"\\u"):
        return found
    return b"\\ufffd"


def _parse_slowly(body: bytes, dropped: Counter[str]) -> Envelope:
    try:
        return _envelope.decode(body)
    except RecursionError:
        raise InvalidBatch(MAX_DEPTH_ERROR) from None
    except msgspec.ValidationError:
        pass
    except msgspec.DecodeError as error:
        raise InvalidBatch(f"not JSON: {error}") from None
    try:
        loose = _loose.decode(body)
    except msgspec.ValidationError as error:
        raise InvalidBatch(str(error)) from None
    return Envelope(
        write_key=loose.write_key,
        batch_id=loose.batch_id,
        session=loose.session,
        sent_at=loose.sent_at,
        tab=loose.tab,
        seq=loose.seq,
        events=_each(Event, loose.events, dropped, "event"),
        latency=_each(Call, loose.latency, dropped, "latency"),
        errors=_each(Error, loose.errors, dropped, "error"),
        replay=_each(Chunk, loose.replay, dropped, "replay"),
    )


def _each(kind: type[ItemT], raws: list[msgspec.Raw], dropped: Counter[str], label: str) -> list[ItemT]:
    items: list[ItemT] = []
    decoder = _items[kind]
    for raw in raws:
        try:
            items.append(decoder.decode(raw))  # type: ignore[arg-type]
        except (msgspec.DecodeError, RecursionError):
            dropped[f"invalid_{label}"] += 1
    return items
