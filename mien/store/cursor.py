"""Where a page of a list ended, as a text that a client hands back as it is."""

from __future__ import annotations

import base64
import binascii
from typing import TypeVar

import msgspec

from mien.errors import InvalidRequest

PositionT = TypeVar("PositionT", bound=msgspec.Struct)


def pack(position: msgspec.Struct) -> str:
    """The text of a position."""
    return base64.urlsafe_b64encode(msgspec.json.encode(position)).rstrip(b"=").decode()


def unpack(cursor: str, position_type: type[PositionT]) -> PositionT:
    """Raises InvalidRequest for what `pack` did not write for this type."""
    try:
        data = base64.b64decode(cursor.encode() + b"=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        return msgspec.json.decode(data, type=position_type)
    except (binascii.Error, msgspec.DecodeError, ValueError):
        raise InvalidRequest("cursor: this is not one that the server gave out.") from None
