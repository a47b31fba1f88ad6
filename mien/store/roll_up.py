"""Rolling up: the worker's side of rollups.py. Takes hours that changed and are quiet again, computes their rows and
those of their days anew, in one transaction that sees one state of the database and removes exactly the marks it saw.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

import asyncpg

from mien.store.before import troubles
from mien.store.causes import sorting
from mien.store.database import Database, Queries
from mien.store.dose import banding
from mien.store.heat_cells import CLICK_LAYERS, MOVES
from mien.store.heatmap import MAX_PEOPLE, MAX_ROW
from mien.store.journeys import rolled_flows
from mien.store.latency import MAX_SLOWEST, binning
from mien.store.latency_filters import ANY_CALL, rating_lines
from mien.store.rollups import BLOCK, HOUR, floor_day, floor_to

QUIET_S = 60.0
"""An hour is rolled up again when nothing of it has changed for so long: sessions go on for minutes."""
LONGEST_S = 900.0
"""Or when it has been dirty for so long: then counting it one by one costs more than rolling it up in vain."""
TIMEOUT_S = 600.0
"""Of one statement: nobody waits for it as for a page. Where even this is too short, hours stay dirty, pages exact."""
HOURS_AT_ONCE = 48
"""In one transaction: few enough to end in seconds, many enough that a rebuild is no loop over hours."""


async def roll_up(queries: Queries, schema: str, hours: Sequence[datetime]) -> bool:
    """Roll these hours and their days up anew; False when somebody else does so in this project now.

    Call in a transaction that sees one state of the database: a change that is committed meanwhile leaves its mark.
    """
    digest = hashlib.blake2b(f"rollup {schema}".encode(), digest_size=8).digest()
    if not await queries.fetch_value("rollup.lock", lock_key=int.from_bytes(digest, "big", signed=True)):
        return False
    await queries.execute("rollup.clean", hours=list(hours))
    await queries.execute("rollup.visitors", hours=list(hours))
    await queries.execute("rollup.forget_sessions", hours=list(hours))
    await queries.execute("rollup.sessions", hours=list(hours))
    places = sorting()
    await queries.execute("rollup_scores.summary", hours=list(hours))
    await queries.execute("rollup_visitors.hours", hours=list(hours), heat_screen=None)
    await queries.execute("rollup_scores.causes", hours=list(hours))
    await queries.execute("rollup_scores.places", hours=list(hours), **places)
    await queries.execute("rollup_scores.segments", hours=list(hours))
    await queries.execute("rollup_latency.calls", hours=list(hours), **binning(None, with_bars=True))
    await queries.execute("rollup_errors.errors", hours=list(hours), group_keys=None)
    await queries.execute("rollup_errors.error_parts", hours=list(hours), group_keys=None, part=None)
    await queries.execute("rollup_latency.vitals", hours=list(hours), **rating_lines())
    await queries.execute("rollup_journeys.flows", hours=list(hours), **rolled_flows())
    await queries.execute("rollup_latency.apis", hours=list(hours), only_api=None, max_slow=MAX_SLOWEST)
    await queries.execute("rollup_journeys.loops", hours=list(hours))
    await queries.execute("rollup_journeys.routes", hours=list(hours), **troubles())
    await queries.execute("rollup_latency.waits", hours=list(hours), **banding(), **ANY_CALL.waits())
    await queries.execute("rollup_screens.screens", hours=list(hours), **places)
    await queries.execute("rollup_signals.signals", hours=list(hours), only_type=None)
    await queries.execute("rollup_signals.moments", hours=list(hours))
    await queries.execute("rollup_heatmap.views", hours=list(hours), heat_screen=None, band=None)
    blocks = sorted({floor_to(hour, BLOCK) for hour in hours})
    of_blocks = [block + HOUR * number for block in blocks for number in range(BLOCK // HOUR)]
    whole = {"hours": of_blocks, "heat_screen": None, "band": None, "max_people": MAX_PEOPLE}
    await queries.execute("rollup_reach.reach", **whole, max_row=MAX_ROW, with_attention=True)
    await queries.execute("rollup_cells.clicks", **whole, layers=list(CLICK_LAYERS))
    await queries.execute("rollup_cells.moves", **whole, layers=[MOVES])
    await queries.execute("rollup_elements.elements", hours=of_blocks, heat_screen=None, band=None)
    days = sorted({floor_day(hour) for hour in hours})
    for name in (
        "rollup_scores.summary_days",
        "rollup_visitors.days",
        "rollup_scores.causes_days",
        "rollup_scores.places_days",
        "rollup_scores.segments_days",
        "rollup_latency.calls_days",
        "rollup_errors.errors_days",
        "rollup_errors.error_parts_days",
        "rollup_latency.vitals_days",
        "rollup_journeys.flows_days",
        "rollup_journeys.loops_days",
        "rollup_latency.waits_days",
        "rollup_screens.screens_days",
        "rollup_signals.signals_days",
        "rollup_signals.moments_days",
        "rollup_heatmap.views_days",
        "rollup_elements.elements_days",
        "rollup_visitors.clicked_days",
    ):
        await queries.execute(name, days=days)
    await queries.execute("rollup_latency.apis_days", days=days, max_slow=MAX_SLOWEST)
    await queries.execute("rollup_reach.reach_days", days=days, max_people=MAX_PEOPLE)
    await queries.execute("rollup_cells.cells_days", days=days, max_people=MAX_PEOPLE)
    return True


async def roll_up_due(
    database: Database,
    schema: str,
    quiet_s: float = QUIET_S,
    longest_s: float = LONGEST_S,
    *,
    only_forced: bool = False,
) -> int:
    """One transaction's worth (HOURS_AT_ONCE) of the hours that have been quiet for `quiet_s` or dirty for LONGEST_S,
    the newest first, or `only_forced` of those of `mark_all`; returns how many were rolled up.

    Harmless to repeat: what a crash or another worker's transaction undoes leaves its marks.
    """
    try:
        async with database.rewriting(schema) as queries:
            await queries.fetch_value("rollup.allow_time", timeout_ms=str(round(TIMEOUT_S * 1000)))
            await queries.execute("rollup.thin")
            hours = await queries.fetch_values(
                "rollup.due",
                quiet_s=quiet_s,
                longest_s=LONGEST_S,
                only_forced=only_forced,
                max_hours=HOURS_AT_ONCE,
            )
            return len(hours) if hours and await roll_up(queries, schema, hours) else 0
    except asyncpg.SerializationError:
        return 0


async def count_forced(queries: Queries) -> int:
    """How many hours of `mark_all` are left."""
    left: int = await queries.fetch_value("rollup.forced")
    return left


async def mark_all(queries: Queries) -> None:
    """Everything counts as never rolled up."""
    await queries.execute("rollup.mark_all")


async def mark_sessions(queries: Queries, session_ids: Sequence[object]) -> None:
    """Call in the transaction that changes what belongs to these sessions."""
    await queries.execute("rollup.mark_sessions", session_ids=list(session_ids))
