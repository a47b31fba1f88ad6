"""What `mien status` tells of a project: rows, sizes, what waits, what was lost or refused."""

from __future__ import annotations

import msgspec

from mien.store.database import Queries
from mien.store.freshness import Arrivals, read_arrivals
from mien.store.statements import quoted

TABLES = (
    "users", "sessions", "events", "latency_metrics", "error_logs", "replay_chunks", "rage_click_events",
    "heatmap_points", "journey_steps", "emotion_predictions", "experience_scores",
)  # fmt: skip
"""The eleven tables of the specification: six collected, five derived."""
EXACT_BELOW = 1_000_000


class TableStatus(msgspec.Struct):
    """`row_count` is exact below a million and PostgreSQL's estimate above."""

    table_name: str
    size_bytes: int
    row_count: int


class ProjectStatus(msgspec.Struct, frozen=True):
    """One project's state, over all its time."""

    tables: list[TableStatus]
    freshness: Arrivals


async def project_status(queries: Queries) -> ProjectStatus:
    """Call inside a reading transaction on the project's schema."""
    tables = await queries.fetch_all(TableStatus, "status.tables", table_names=list(TABLES))
    for table in tables:
        if table.row_count < EXACT_BELOW:
            count = f"SELECT count(*) FROM {quoted(table.table_name)}"  # noqa: S608 a name of TABLES
            table.row_count = await queries.connection.fetchval(count)
    tables.sort(key=lambda table: TABLES.index(table.table_name))
    return ProjectStatus(tables, await read_arrivals(queries))
