"""What of a session's derived rows stands already, so that an analysis that finds the same writes nothing.

A hash of what was last written is kept for each session and table (`analyzer_runs.row_hashes`). Rows that somebody
deleted meanwhile are told by their number: then the hash says nothing, and they are written anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha1
from typing import Any
from uuid import UUID

import msgspec

from mien.store.database import Queries
from mien.store.statements import statement

HASH_BYTES = 8
NOTHING_KNOWN = bytes(HASH_BYTES)
Hashes = Mapping[str, bytes]
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


def joined(hashes: Hashes, tables: Sequence[str]) -> bytes:
    """As they are kept: in the order of the tables, zeros where nothing is known."""
    return b"".join(hashes.get(table, NOTHING_KNOWN) for table in tables)


def parted(kept: bytes, tables: Sequence[str]) -> Hashes:
    """The hashes of a session; none when they were kept of other tables."""
    if len(kept) != HASH_BYTES * len(tables):
        return {}
    return {table: kept[HASH_BYTES * n : HASH_BYTES * (n + 1)] for n, table in enumerate(tables)}


async def read_hashes(queries: Queries, session_ids: Sequence[UUID], tables: Sequence[str]) -> dict[UUID, Hashes]:
    """What was last written of the sessions that were analysed before."""
    runs = await queries.fetch_all(_Run, "findings.hashes", session_ids=list(session_ids))
    return {run.session_id: parted(run.row_hashes, tables) for run in runs}


async def read_counts(queries: Queries, session_ids: Sequence[UUID]) -> dict[UUID, Mapping[str, int]]:
    """How many derived rows these sessions have, by table."""
    wanted = statement("findings.row_counts")
    records = await queries.connection.fetch(wanted.sql, *wanted.arguments({"session_ids": list(session_ids)}))
    return {record["session_id"]: record for record in records}
