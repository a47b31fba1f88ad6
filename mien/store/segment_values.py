"""What a segment can be narrowed to: the values that its sessions have, the most frequent first."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from mien.store.database import Queries
from mien.store.filters import Segment

Field: TypeAlias = Literal[
    "screen", "release", "device_type", "browser", "country", "locale", "user", "api", "signal", "error", "element",
    "event",
]  # fmt: skip
MAX_SESSIONS = 20_000
"""So many of the newest sessions are looked at: a second's work on two cores, whatever the period."""
_STATEMENTS: dict[Field, str] = {
    "screen": "segment_values.screens",
    "api": "segment_values.apis",
    "signal": "segment_values.signals",
    "error": "segment_values.errors",
    "element": "segment_values.elements",
    "event": "segment_values.events",
}
_OF_SESSIONS = "segment_values.sessions"


class Value(msgspec.Struct, frozen=True):
    """`value` as a filter takes it, "" for not known. `label`: what people read, null where the value says it."""

    value: str
    label: str | None
    sessions: int


async def read_values(queries: Queries, segment: Segment, field: Field, part: str, limit: int) -> list[Value]:
    """Up to `limit` values that hold the text `part`, with how many of the newest MAX_SESSIONS sessions have them."""
    parameters = {**segment.arguments(), "max_sessions": MAX_SESSIONS, "part": part, "max_values": limit}
    if field in _STATEMENTS:
        found = await queries.fetch_all(Value, _STATEMENTS[field], **parameters)
        return [one for one in found if one.value.strip()]  # a condition (having.py) takes no blank
    return await queries.fetch_all(Value, _OF_SESSIONS, **parameters, field=field)
