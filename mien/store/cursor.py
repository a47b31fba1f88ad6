"""Where a page of a list ended, as text that a client hands back as it is."""

from __future__ import annotations

import base64
import binascii
from typing import TypeVar

import msgspec

from mien.errors import InvalidRequest

PositionT = TypeVar("PositionT", bound=msgspec.Struct)


def encode(position: msgspec.Struct) -> str:
    """The position as text for an address."""
    return base64.urlsafe_b64encode(msgspec.json.encode(position)).rstrip(b"=").decode()


def decode(cursor: str, kind: type[PositionT]) -> PositionT:
    """Raises InvalidRequest for what `encode` did not write for a position of this kind."""
    try:
        data = base64.b64decode(cursor.encode() + b"=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        position = msgspec.json.decode(data, type=kind)
    except (binascii.Error, msgspec.DecodeError, ValueError):
        raise InvalidRequest("cursor: this is not one that the server gave out.") from None
    if any(isinstance(value, str) and "\0" in value for value in msgspec.structs.astuple(position)):
        raise InvalidRequest("cursor: this is not one that the server gave out.")  # PostgreSQL takes no such text
    return position
