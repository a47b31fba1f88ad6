"""Tries other thresholds on a project's history: newest sessions first, in one read-only snapshot; saves nothing."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import UTC, datetime
from uuid import UUID

import msgspec

from mien.analyzers import METADATA_READ
from mien.analyzers.baselines import Baselines
from mien.laboratory.comparison import Comparison, TypeTrial
from mien.store import baselines as stored
from mien.store.database import Database, Queries
from mien.store.load_timelines import GROUP_ROWS, load_timelines, split_by_size
from mien.tuning import to_baselines, to_changes, with_values

MAX_SESSIONS = 10_000
GROUP_SESSIONS = 200


class Trial(msgspec.Struct, frozen=True):
    """What came of it. `sessions`: tried, of `sessions_in_period`; `is_complete` false: time or limit ran out, and
    `says` tells so. Scores are means over the sessions that have one either way; `types`: only those that were found.
    """

    since: datetime
    until: datetime
    sessions: int
    sessions_in_period: int
    sessions_changed: int
    is_complete: bool
    score_before: float | None
    score_after: float | None
    types: list[TypeTrial]
    failed: dict[str, int]
    took_s: float
    says: str


async def try_out(
    database: Database,
    schema: str,
    before: Baselines,
    after: Baselines,
    since: datetime,
    until: datetime,
    *,
    max_sessions: int = MAX_SESSIONS,
    max_s: float | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Trial:
    """Sessions that started in the period (naive UTC, half-open), newest first, until all, `max_sessions` or the time
    is used up. Crawlers and own staff are left out."""
    started = time.monotonic()
    comparison = Comparison(before, after)
    async with database.snapshot(schema) as queries:
        in_period = await stored.count_sessions(queries, since, until)
        session_ids = await stored.recent_sessions(queries, since, until, max_sessions)
        async for part in _parts(queries, session_ids):
            if max_s is not None and time.monotonic() - started > max_s:
                break
            loaded = {one.timeline.session_id: one for one in await load_timelines(queries, part, METADATA_READ)}
            for session_id in part:
                comparison.add(loaded[session_id].timeline)
            progress(comparison.sessions, len(session_ids))
    took_s = round(time.monotonic() - started, 2)
    score_before, score_after = comparison.means()
    return Trial(
        since=since.replace(tzinfo=UTC),
        until=until.replace(tzinfo=UTC),
        sessions=comparison.sessions,
        sessions_in_period=in_period,
        sessions_changed=comparison.changed,
        is_complete=comparison.sessions >= in_period,
        score_before=score_before,
        score_after=score_after,
        types=[tally.result(name) for name, tally in sorted(comparison.types.items())],
        failed=dict(comparison.failed),
        took_s=took_s,
        says=_sentence(comparison.sessions, in_period, max_sessions, took_s),
    )


async def _parts(queries: Queries, session_ids: Sequence[UUID]) -> AsyncIterator[list[UUID]]:
    """The sessions in their order, in parts that can be loaded at once."""
    for start in range(0, len(session_ids), GROUP_SESSIONS):
        for part in await split_by_size(queries, session_ids[start : start + GROUP_SESSIONS], GROUP_ROWS):
            yield part


def _sentence(sessions: int, in_period: int, max_sessions: int, took_s: float) -> str:
    if sessions >= in_period:
        return f"All {in_period} sessions of the period were tried."
    newest = f"Only the newest {sessions} of {in_period} sessions were tried"
    if sessions >= max_sessions:
        return f"{newest}: the limit is {max_sessions}. Raise it, or choose a shorter period."
    return (
        f"{newest}: time was up after {took_s:.0f} s. Choose a shorter period, or take `mien signals try`, which has "
        "all the time it needs."
    )


async def try_values(
    database: Database,
    schema: str,
    values: Mapping[str, float],
    reset: Sequence[str],
    since: datetime,
    until: datetime,
    *,
    max_sessions: int = MAX_SESSIONS,
    max_s: float | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Trial:
    """What holds now against the same with some numbers set and others at their defaults. Raises InvalidRequest."""
    async with database.reading(schema) as queries:
        held = to_changes(await stored.read_newest(queries))
    wanted = msgspec.structs.replace(held, overrides=with_values(held.overrides, values, frozenset(reset)))
    return await try_out(
        database,
        schema,
        to_baselines(held),
        to_baselines(wanted),
        since,
        until,
        max_sessions=max_sessions,
        max_s=max_s,
        progress=progress,
    )
