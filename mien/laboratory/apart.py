"""A trial in a process of its own (mien/apart.py), so that it never delays an answer of the collector."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from mien.apart import ask_apart, serve
from mien.laboratory.trial import Trial, try_values
from mien.store.database import Database

GRACE_S = 10.0
"""What a process of its own may take beyond its time: to start, and to finish the group in hand."""
TOO_LONG = "The trial did not end in time. Choose a shorter period or a smaller limit."


class Wish(msgspec.Struct, frozen=True):
    """`since`, `until`: naive UTC."""

    schema: str
    values: dict[str, float]
    reset: list[str]
    since: datetime
    until: datetime
    max_sessions: int
    max_s: float
    statement_timeout_ms: int


async def try_apart(
    database: Database,
    schema: str,
    values: Mapping[str, float],
    reset: Sequence[str],
    since: datetime,
    until: datetime,
    max_sessions: int,
    max_s: float,
) -> bytes:
    """`try_values` in a process of its own: the Trial as JSON. Raises InvalidRequest, and Busy when it does not end."""
    timeout_ms = database.statement_timeout_ms
    wish = Wish(schema, dict(values), list(reset), since, until, max_sessions, max_s, timeout_ms)
    return await ask_apart(database, "mien.laboratory", wish, max_s + GRACE_S, TOO_LONG)


async def _try(database: Database, wish: Wish) -> Trial:
    return await try_values(
        database,
        wish.schema,
        wish.values,
        wish.reset,
        wish.since,
        wish.until,
        max_sessions=wish.max_sessions,
        max_s=wish.max_s,
    )


def main() -> None:
    """The child's side."""
    serve("mien laboratory", Wish, lambda wish: wish.statement_timeout_ms, _try)
