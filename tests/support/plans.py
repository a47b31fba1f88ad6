"""The plans of all statements that a request asks, and what they read from end to end."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
import pytest

from mien.store.database import Queries
from mien.store.statements import load_statements

BIG = frozenset({
    "events", "latency_metrics", "error_logs", "heatmap_points", "heatmap_views", "heatmap_clicks", "signals",
    "journey_steps", "replay_chunks", "grouped_errors", "call_timings", "emotion_predictions", "experience_scores",
    "score_facts", "session_facts", "sessions", "users", "analyzer_runs", "rollup_sessions", "rollup_summary",
    "rollup_visitors", "rollup_causes", "rollup_places", "rollup_segments", "rollup_calls", "rollup_errors",
    "rollup_error_parts", "rollup_routes",
})  # fmt: skip
"""Tables that grow with the sessions, or with the hours that have some."""
SCANS = frozenset(("Index Scan", "Index Only Scan"))


class Asked(msgspec.Struct, frozen=True):
    """A statement that was asked, by its name or (when it has none) its text, and its plan as EXPLAIN gives it."""

    name: str
    plan: dict[str, Any]


class Explaining:
    """A connection that notes the plan of each statement, with its values and in its transaction, before it runs it."""

    def __init__(self, connection: Any, asked: list[Asked]) -> None:
        self._connection = connection
        self._asked = asked
        self._names = {one.sql: name for name, one in load_statements().items()}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    async def _explain(self, sql: str, values: tuple[Any, ...]) -> None:
        text = await self._connection.fetchval(f"EXPLAIN (FORMAT JSON) {sql}", *values)
        self._asked.append(Asked(self._names.get(sql, sql), json.loads(text)[0]["Plan"]))

    async def fetch(self, sql: str, *values: Any) -> Any:
        await self._explain(sql, values)
        return await self._connection.fetch(sql, *values)

    async def fetchrow(self, sql: str, *values: Any) -> Any:
        await self._explain(sql, values)
        return await self._connection.fetchrow(sql, *values)

    async def fetchval(self, sql: str, *values: Any) -> Any:
        await self._explain(sql, values)
        return await self._connection.fetchval(sql, *values)


@contextmanager
def explained() -> Iterator[list[Asked]]:
    """All that is asked of any database inside, in order."""
    asked: list[Asked] = []
    begin = Queries.__init__

    def begin_explaining(self: Queries, connection: Any) -> None:
        begin(self, Explaining(connection, asked))  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Queries, "__init__", begin_explaining)
        yield asked


def whole_reads(plan: dict[str, Any], is_limited: bool = False) -> Iterator[str]:
    """Each big table that a plan reads from end to end: by a sequential scan, or along an index without a condition.

    Below a LIMIT that ends it soon both are right: along an index, or where every row will do.
    """
    node, table = plan["Node Type"], plan.get("Relation Name", "")
    is_limited = is_limited or node == "Limit"
    if node == "Seq Scan" and table in BIG and not (is_limited and "Filter" not in plan):
        yield table
    if node in SCANS and table in BIG and "Index Cond" not in plan and not is_limited:
        yield f"{table} (along {plan['Index Name']})"
    for below in plan.get("Plans", ()):
        yield from whole_reads(below, is_limited and node not in ("Sort", "Aggregate", "WindowAgg"))


def has_limit(plan: dict[str, Any]) -> bool:
    """Whether the rows that a plan gives are limited: at its top, or below what only joins more to each row."""
    return plan["Node Type"] == "Limit" or any(
        has_limit(below) for below in plan.get("Plans", ()) if below.get("Parent Relationship") in ("Outer", "Subquery")
    )
