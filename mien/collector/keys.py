"""Keys that fit their columns: names of screens and elements, cut so that two never become one, and cleaned once.

The same few thousand come again and again, so what was cleaned is remembered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Generic, TypeVar

from mien.collector.privacy import CACHED_LENGTH, LONGEST_ADDRESS, scrub_address, scrub_element, scrub_secrets

KEY_LENGTH = 255
"""VARCHAR(255) of screens and elements."""
TYPE_LENGTH = 64
API_LENGTH = 1_000
MAX_KNOWN = 20_000
CleanT = TypeVar("CleanT")


def short_key(value: str, length: int = KEY_LENGTH, whole: str | None = None) -> str:
    """A key that fits its column: the end of a longer one is a hash, so that two keys never become one.

    `whole` is hashed in place of `value` where `value` is only the beginning.
    """
    if len(value) <= length and whole is None:
        return value
    digest = hashlib.sha256((whole or value).encode("utf-8", "replace")).hexdigest()[:12]
    return f"{value[: length - 13]}~{digest}"


class Cleaned(dict[str, CleanT], Generic[CleanT]):
    """What was sent -> `clean` of it, worked out once. A dictionary: it is asked three times for every event."""

    def __init__(self, clean: Callable[[str], CleanT]) -> None:
        super().__init__()
        self.clean_one = clean

    def __missing__(self, given: str) -> CleanT:
        found = self.clean_one(given)
        if len(given) <= CACHED_LENGTH:
            if len(self) >= MAX_KNOWN:
                self.clear()
            self[given] = found
        return found


def whole_key(given: str, clean: str) -> str | None:
    """`clean`, unless it is too long for its column, or stands for only the beginning of `given`."""
    return clean if len(clean) <= KEY_LENGTH and len(given) <= LONGEST_ADDRESS else None


SCREENS = Cleaned(lambda given: whole_key(given, scrub_address(given)))
ELEMENTS = Cleaned(lambda given: whole_key(given, scrub_element(given)))
TYPES = Cleaned(lambda given: scrub_secrets(given[:TYPE_LENGTH])[:TYPE_LENGTH])
APIS = Cleaned(lambda given: scrub_address(given)[:API_LENGTH])
