"""What we encode ourselves arrives in PostgreSQL as what asyncpg's own encoding would have written."""

from __future__ import annotations

import uuid
from typing import Any

import msgspec
import pytest

from mien.analyzers.heatmap import HeatmapRow
from mien.analyzers.heatmap_click import HeatmapClickRow
from mien.analyzers.heatmap_view import HeatmapViewRow
from mien.analyzers.journey import JourneyRow
from mien.store.copy_binary import copy_rows
from mien.store.database import Database
from mien.store.findings import DERIVED, ENCODINGS, encoded_rows, records_of
from tests.support.queue import SCHEMA, execute

AT = 1_795_342_797.896123
ROWS: dict[str, list[Any]] = {
    "heatmap_points": [
        HeatmapRow("/a", 1, -2, 1.0, AT),
        HeatmapRow("/ä \N{PILE OF POO}", 2**31 - 1, -(2**31), 0.123456789, 0.25),
        HeatmapRow("", 0, 0, 60.0, -1e12),
    ],
    "journey_steps": [JourneyRow(1, "/a", AT), JourneyRow(2, "/b", 1e12)],
    "heatmap_views": [
        HeatmapViewRow(1, "/a", "/A/", AT, AT + 1, 3, 1440, 900, 4000, 900, [1, 0, 60_000]),
        HeatmapViewRow(2, "/a", "/a", AT, AT, None, None, None, None, 800, []),
    ],
    "heatmap_clicks": [
        HeatmapClickRow(1, "/a", "#b", "Buy", 0, 19, 199, 2_097_151, True, AT),
        HeatmapClickRow(2, "/a", None, None, None, None, None, None, False, 0.0),
    ],
}


def test_every_encoded_table_is_tried() -> None:
    assert set(ROWS) == set(ENCODINGS)


@pytest.mark.parametrize("table", ROWS)
async def test_rows_arrive_as_asyncpg_would_have_written_them(database: Database, table: str) -> None:
    session_id = uuid.uuid4()
    await execute(database, "INSERT INTO sessions (session_id) VALUES ($1)", session_id)
    columns = DERIVED[table]
    kept = []
    for ours in (True, False):
        async with database.writing(SCHEMA) as queries:
            names = ("session_id", *columns)
            if ours:
                encoded = encoded_rows(session_id, ROWS[table], columns, ENCODINGS[table])
                await copy_rows(queries.connection, table, names, encoded)
            else:
                records = list(records_of(session_id, ROWS[table], columns))
                await queries.connection.copy_records_to_table(table, records=records, columns=names)
            rows = await queries.connection.fetch(f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1, 2, 3")
            kept.append([tuple(row) for row in rows])
            await queries.connection.execute(f"DELETE FROM {table}")
    assert kept[0] == kept[1]
    assert len(kept[0]) == len(ROWS[table])
    assert all(len(msgspec.structs.fields(row)) == len(columns) for row in ROWS[table])
