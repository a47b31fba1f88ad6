"""What a Mien's database holds of a session: its rows, its unpacked replay, and what its tabs lost."""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Iterable
from typing import Any

import psycopg
import zstandard
from psycopg.rows import dict_row

from mien.postgres import tools

Facts = dict[str, Any]

MAX_CHUNK_BYTES = 1 << 20
"""Of a replay chunk's JSON: the collector takes no larger ones."""


def rows_of(dsn: str, session_id: str, order: dict[str, str]) -> dict[str, list[Facts]]:
    """Table -> the rows of the session, for each table of `order` sorted by what it names."""
    with psycopg.connect(dsn, row_factory=dict_row) as connection:
        return {
            table: connection.execute(
                f"SELECT * FROM {table} WHERE session_id = %s ORDER BY {by}",
                [session_id],
            ).fetchall()
            for table, by in order.items()
        }


def chunk_texts(chunks: Iterable[Facts]) -> list[str]:
    """The JSON of stored replay chunks (values of `chunk_data`)."""
    unpack = zstandard.ZstdDecompressor()
    return [unpack.decompress(base64.b64decode(chunk["data"]), 1 << 25).decode() for chunk in chunks]


def replay_events(rows: dict[str, list[Facts]]) -> list[Facts]:
    """All recorded rrweb events of a session, chunk by chunk; fails on a chunk that says a wrong count."""
    chunks = [row["chunk_data"] for row in rows["replay_chunks"]]
    parts = [json.loads(text) for text in chunk_texts(chunks)]
    assert [len(part) for part in parts] == [chunk["n"] for chunk in chunks]
    return [event for part in parts for event in part]


def tabs_of(dsn: str, session_id: str) -> list[tuple[int, int, int]]:
    """First number, last number and count of the batches of each tab of the session."""
    with psycopg.connect(dsn) as connection:
        return connection.execute(
            "SELECT first_seq, last_seq, batch_count FROM session_tabs WHERE session_id = %s ORDER BY tab", [session_id]
        ).fetchall()


def dump_of(dsn: str) -> str:
    """The whole database as SQL, every schema."""
    command = [str(tools() / "pg_dump"), "--data-only", "--inserts", dsn]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
