"""What `mien status` tells of a project: rows, sizes, what waits, what was lost or refused."""

from __future__ import annotations

from datetime import datetime

import msgspec

from mien.store.database import Queries
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


class Freshness(msgspec.Struct, frozen=True):
    """Sessions that wait, how long the oldest has, batches that never came, items refused."""

    queued: int
    behind_s: float
    lost_batches: int
    received_batches: int
    dropped_items: int
    newest_batch_at: datetime | None


class ProjectStatus(msgspec.Struct, frozen=True):
    """One project's state."""

    tables: list[TableStatus]
    freshness: Freshness


async def project_status(queries: Queries) -> ProjectStatus:
    """Call inside a reading transaction on the project's schema."""
    tables = await queries.fetch_all(TableStatus, "status.tables", table_names=list(TABLES))
    for table in tables:
        if table.row_count < EXACT_BELOW:
            count = f"SELECT count(*) FROM {quoted(table.table_name)}"  # noqa: S608 a name of TABLES
            table.row_count = await queries.connection.fetchval(count)
    freshness = await queries.fetch_one(Freshness, "status.freshness")
    if freshness is None:
        raise AssertionError("an aggregate without groups always gives a row")
    return ProjectStatus(sorted(tables, key=lambda table: TABLES.index(table.table_name)), freshness)
