"""What of a session's derived rows stands already: an analysis that finds the same writes nothing, and one of a session
that grew adds rows where those before them are the same.

A hash and the number of what was last written is kept for each session and table (`analyzer_runs.row_hashes`). Where
another number of rows is there, somebody changed them: then the hash says nothing, and all are written anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha1
from struct import Struct
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from mien.store.database import Queries
from mien.store.statements import statement

HASH_BYTES = 8
_kept = Struct("!8sI")


class Written(NamedTuple):
    """What was last written to a table for a session."""

    digest: bytes
    row_count: int


NOTHING_KNOWN = Written(bytes(HASH_BYTES), 0)
AllWritten = Mapping[str, Written]
"""By table."""


class _Run(msgspec.Struct, frozen=True):
    session_id: UUID
    row_hashes: bytes


def hash_rows(rows: Sequence[Any], columns: Sequence[str]) -> bytes:
    """HASH_BYTES that stand for these rows in their order, as these columns.

    Of the hashes that Python brings SHA-1 is the quickest; nobody gains by making two analyses look alike.
    """
    try:
        content = msgspec.msgpack.encode(rows)  # half the cost of JSON, which writes every float in decimals
    except OverflowError:  # an integer beyond 64 bits, which JSON can hold
        content = msgspec.json.encode(rows)
    digest = sha1(" ".join(columns).encode(), usedforsecurity=False)
    digest.update(content)
    return digest.digest()[:HASH_BYTES]


def count_standing(rows: Sequence[Any], columns: Sequence[str], new: Written, old: Written, there: int) -> int:
    """How many of `rows`, from the first on, are just what is in the table; 0 where what is there must go.

    `new`: of all `rows`. `old`: of what was last written. `there`: how many rows the table has.
    """
    if old.row_count != there or there > len(rows):
        return 0
    first = new.digest if there == len(rows) else hash_rows(rows[:there], columns)
    return there if first == old.digest else 0


def joined(written: AllWritten, tables: Sequence[str]) -> bytes:
    """As it is kept: in the order of the tables, zeros where nothing is known."""
    return b"".join(_kept.pack(*written.get(table, NOTHING_KNOWN)) for table in tables)


def parted(kept: bytes, tables: Sequence[str]) -> AllWritten:
    """What was written of a session; nothing when it was kept of other tables."""
    if len(kept) != _kept.size * len(tables):
        return {}
    return dict(zip(tables, map(Written._make, _kept.iter_unpack(kept)), strict=True))


async def read_written(queries: Queries, session_ids: Sequence[UUID], tables: Sequence[str]) -> dict[UUID, AllWritten]:
    """What was last written of the sessions that were analysed before."""
    runs = await queries.fetch_all(_Run, "findings.hashes", session_ids=list(session_ids))
    return {run.session_id: parted(run.row_hashes, tables) for run in runs}


async def read_counts(queries: Queries, session_ids: Sequence[UUID]) -> dict[UUID, Mapping[str, int]]:
    """How many derived rows these sessions have, by table."""
    wanted = statement("findings.row_counts")
    records = await queries.connection.fetch(wanted.sql, *wanted.arguments({"session_ids": list(session_ids)}))
    return {record["session_id"]: record for record in records}
