"""Learns what is usual on each screen of a project: percentiles of dwell and scrolling over its last sessions.

`mien signals learn` does it at once, the worker once a week. It becomes a new version of the baselines only when a
number changed much, because a new version has every session analysed again. docs/analyzers/baselines.md.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec

from mien.analyzers import METADATA_READ
from mien.analyzers.baselines import MIN_VIEWS
from mien.analyzers.views import view_measures
from mien.store import baselines as stored
from mien.store.baselines import Changes, StoredScreen
from mien.store.database import Database
from mien.store.load_timelines import GROUP_ROWS, load_timelines, split_by_size
from mien.timeline import Timeline
from mien.tuning import change

log = logging.getLogger("mien.screen_baselines")

LEARN_DAYS = 28
MAX_SESSIONS = 20_000
CHANGE_SHARE = 0.2
"""A number that changed by more than this is worth analysing everything again; default, not validated."""
EVERY_S = 7 * 86400.0
GROUP_SESSIONS = 500


class Learned(msgspec.Struct, frozen=True):
    """What came of it. `baselines_id` None: too little had changed for a new version."""

    session_count: int
    view_count: int
    screens: dict[str, StoredScreen]
    baselines_id: int | None


class Learner:
    """One learning, group by group, so that whoever runs it can do other things in between."""

    def __init__(self, database: Database, schema: str, learning_id: int, made_by: str) -> None:
        self.database = database
        self.schema = schema
        self.learning_id = learning_id
        self.made_by = made_by
        self.left: list[UUID] | None = None
        self.parts: list[list[UUID]] = []
        self.session_count = 0
        self.measures = Measures()

    @classmethod
    async def begin(cls, database: Database, schema: str, made_by: str, every_s: float = 0.0) -> Learner | None:
        """None when the last learning is younger than `every_s`, or another one is running."""
        learning_id = await stored.begin_learning(database, schema, made_by, every_s)
        return None if learning_id is None else cls(database, schema, learning_id, made_by)

    async def step(self) -> Learned | None:
        """Read one group of sessions; what was learned once there is none left."""
        if self.left is None:
            until = datetime.now(UTC).replace(tzinfo=None) + timedelta(hours=1)  # clocks of sites may be ahead
            async with self.database.reading(self.schema) as queries:
                self.left = await stored.recent_sessions(
                    queries, until - timedelta(days=LEARN_DAYS, hours=1), until, MAX_SESSIONS
                )
        if not self.parts and self.left:
            group, self.left = self.left[:GROUP_SESSIONS], self.left[GROUP_SESSIONS:]
            async with self.database.reading(self.schema) as queries:
                self.parts = await split_by_size(queries, group, GROUP_ROWS)
        if not self.parts:
            return await self._finish()
        async with self.database.snapshot(self.schema) as queries:
            loaded = await load_timelines(queries, self.parts.pop(0), METADATA_READ)
        for one in loaded:
            self._measure(one.timeline)
        return None

    def _measure(self, timeline: Timeline) -> None:
        try:
            self.measures.add(timeline)
        except Exception:  # whatever is wrong with one session's rows, the others say what is usual
            log.exception("session %s of %s says nothing about its screens", timeline.session_id, self.schema)
        else:
            self.session_count += 1

    async def _finish(self) -> Learned:
        screens = self.measures.percentiles()
        view_count = sum(len(dwells) for dwells in self.measures.dwells.values())

        def alter(held: Changes) -> Changes:
            return msgspec.structs.replace(held, screens=screens) if is_other(held.screens, screens) else held

        changed = await change(
            self.database, self.schema, self.made_by, f"percentiles of {len(screens)} screens", alter
        )
        baselines_id = changed.id if changed.is_new else None
        async with self.database.writing(self.schema) as queries:
            await stored.finish_learning(
                queries, self.learning_id, self.session_count, view_count, len(screens), baselines_id
            )
        return Learned(self.session_count, view_count, screens, baselines_id)


class Measures:
    """What was measured on each screen (by its cleaned name)."""

    def __init__(self) -> None:
        self.dwells: dict[str, list[float]] = {}
        self.scrolls: dict[str, list[float]] = {}

    def add(self, timeline: Timeline) -> None:
        """All views of a session."""
        for view in view_measures(timeline):
            if view.screen is None:
                continue
            self.dwells.setdefault(view.screen, []).append(view.active_dwell_ms)
            if view.scroll_ratio is not None:
                self.scrolls.setdefault(view.screen, []).append(view.scroll_ratio)

    def percentiles(self) -> dict[str, StoredScreen]:
        """Of the screens with at least MIN_VIEWS views; those of scrolling from as many views that scrolled."""
        return {
            screen: percentiles_of(dwells, self.scrolls.get(screen, []))
            for screen, dwells in sorted(self.dwells.items())
            if len(dwells) >= MIN_VIEWS
        }


def percentiles_of(dwells: Sequence[float], scrolls: Sequence[float]) -> StoredScreen:
    """Rounded: whole ms, thousandths of a ratio."""
    has_scrolls = len(scrolls) >= MIN_VIEWS
    return StoredScreen(
        views=len(dwells),
        dwell_p10_ms=round(percentile(dwells, 0.10)),
        scroll_ratio_p95=round(percentile(scrolls, 0.95), 3) if has_scrolls else None,
        scroll_ratio_p99=round(percentile(scrolls, 0.99), 3) if has_scrolls else None,
    )


def percentile(values: Sequence[float], share: float) -> float:
    """Linear between neighbours, as PostgreSQL's percentile_cont; `values` not empty."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def is_other(before: Mapping[str, StoredScreen], after: Mapping[str, StoredScreen]) -> bool:
    """Whether some number changed by more than CHANGE_SHARE, came or went. A screen that fell below MIN_VIEWS is no
    reason by itself: its old numbers still tell more than none."""
    return any(_differs(before.get(screen), now) for screen, now in after.items())


def _differs(before: StoredScreen | None, now: StoredScreen) -> bool:
    if before is None:
        return True
    for old, new in (
        (before.dwell_p10_ms, now.dwell_p10_ms),
        (before.scroll_ratio_p95, now.scroll_ratio_p95),
        (before.scroll_ratio_p99, now.scroll_ratio_p99),
    ):
        if (old is None) != (new is None):
            return True
        if old is not None and new is not None and abs(new - old) > CHANGE_SHARE * abs(old):
            return True
    return False
