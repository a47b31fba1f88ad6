"""Unpacking with a cap: a 1000:1 bomb costs its cap, not the memory."""

from __future__ import annotations

import zlib
from typing import cast

from isal import isal_zlib

MAGIC = b"\x1f\x8b"
_BROKEN = (zlib.error, cast(type[Exception], isal_zlib.IsalError))


class BrokenGzip(Exception):
    """Not gzip, damaged, or cut off; the text says which."""


def gunzip(data: bytes, max_bytes: int) -> bytes:
    """Unpack; of something larger the first `max_bytes` + 1 bytes come back, so that the caller sees it is too large.

    Raises BrokenGzip.
    """
    inflater = isal_zlib.decompressobj(wbits=31)
    try:
        unpacked: bytes = inflater.decompress(data, max_bytes + 1)
    except _BROKEN as error:
        raise BrokenGzip(str(error)) from None
    if len(unpacked) <= max_bytes and not inflater.eof:
        raise BrokenGzip("it ends too early")
    return unpacked
