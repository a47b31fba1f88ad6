"""Findings in a process of their own (mien/apart.py): their draws take all of a core for seconds, and memory."""

from __future__ import annotations

from datetime import datetime

import msgspec

from mien.apart import ask_apart, serve
from mien.findings.shapes import Findings
from mien.store.database import Database
from mien.store.filters import Segment, segment_snapshot
from mien.store.finding import read_history

MAX_S = 60.0
TOO_LONG = "The findings did not come in time. Choose a shorter period."


class Wish(msgspec.Struct, frozen=True):
    """The segment of the later period."""

    schema: str
    segment: Segment
    statement_timeout_ms: int


async def find_apart(database: Database, schema: str, segment: Segment) -> Findings:
    """Of `segment` against the equally long period before. Raises Busy when it takes too long."""
    wish = Wish(schema, segment, database.statement_timeout_ms)
    return msgspec.json.decode(await ask_apart(database, "mien.findings", wish, MAX_S, TOO_LONG), type=Findings)


async def read_findings(database: Database, schema: str, segment: Segment) -> Findings:
    """The same, here."""
    from mien.findings.find import find  # only where it is done

    both = msgspec.structs.replace(segment, since=segment.before().since)
    async with segment_snapshot(database, schema) as queries:
        history, losses = await read_history(queries, both)
    return find(history, losses, (segment.since - datetime(1970, 1, 1)).total_seconds())


def main() -> None:
    """The child's side."""
    serve(
        "mien findings",
        Wish,
        lambda wish: wish.statement_timeout_ms,
        lambda database, wish: read_findings(database, wish.schema, wish.segment),
    )
