"""The worker: claims sessions that changed, runs every analyzer on each, replaces their derived rows.

Any number of workers may run against one database. When there is nothing to do it looks for rows that plain SQL
inserted, and for sessions analysed by older versions or under other baselines; once a week it learns what is usual.
"""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from operator import attrgetter
from typing import Any, TypeVar
from uuid import UUID

import asyncpg
import msgspec

from mien.analyzers import METADATA_READ
from mien.analyzers.baselines import Baselines
from mien.analyzers.experience_score import ScoreFacts
from mien.analyzers.run import Outcome, run
from mien.errors import Busy
from mien.screen_baselines import EVERY_S, Learner
from mien.store import work_queue
from mien.store.causes import cause_of
from mien.store.database import CONTROL, Database, Queries
from mien.store.findings import DERIVED, SessionFindings, lock_sessions, replace_findings
from mien.store.load_timelines import GROUP_ROWS, Loaded, load_timelines, split_by_size
from mien.store.projects import list_projects
from mien.store.roll_up import roll_up_due
from mien.store.sweeps import Sweeper
from mien.timeline import Timeline
from mien.tuning import Tuned, read_tuned

ResultT = TypeVar("ResultT")
log = logging.getLogger("mien.worker")

CLAIM_SESSIONS = 200
IDLE_S = 0.25
SWEEP_S = 2.0
PROJECTS_S = 5.0
OUTDATED_SESSIONS = 500
OUTDATED_S = 30.0
HOUSEKEEPING_S = 3600.0
SETTLED_SESSIONS = 500
ROLL_UP_S = 5.0
"""A project with nothing to roll up is asked again after this."""
FORM_EVENTS = ("input", "submit")
"""A session with one of these can end with something left undone: it is analysed once more when it is over."""
RETRY_S = 60.0
"""A session whose rows could not be written is tried again after this."""
BUSY_S = 2.0
"""A project whose database does not answer is left alone for this."""
BROKEN_S = 10.0
"""The same for one with any other error, which a person must mend."""
DEADLOCK_WAITS_S = (0.05, 0.2, 0.8)
NOT_THE_SESSIONS = (Busy, asyncpg.SyntaxOrAccessError, asyncpg.InsufficientResourcesError)
"""Errors of the database as a whole (a missing table, a full disk): trying each session alone would not help."""


class Worker:
    """`run` works until `stop` is set; `drain` until nothing is left."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.tuned: dict[str, Tuned] = {}
        self.learners: dict[str, Learner] = {}
        self.sweepers: dict[str, Sweeper] = {}
        self.due: dict[tuple[str, str], float] = {}
        self.schemas: list[str] = []
        self.more_outdated: dict[str, bool] = {}

    async def run(self, stop: asyncio.Event) -> None:
        """Survives a database that goes away, and projects that are broken: waits and goes on."""
        while not stop.is_set():
            if not await self.round():
                try:
                    await asyncio.wait_for(stop.wait(), IDLE_S)
                except TimeoutError:
                    continue

    async def round(self) -> int:
        """One look at every project; returns how many sessions were analysed. Raises nothing that a project causes."""
        if self._is_due(CONTROL, "projects", PROJECTS_S):
            await self._guarded(CONTROL, self._list_projects)
        done = 0
        for schema in self.schemas:
            done += await self._guarded(schema, partial(self._work_on, schema))
        return done

    async def _guarded(self, schema: str, work: Callable[[], Awaitable[int]]) -> int:
        """`work`, which is left alone for a while when it fails; 0 then."""
        if self.due.get((schema, "trouble"), 0.0) > time.monotonic():
            return 0
        try:
            return await work()
        except Busy as error:
            log.warning("%s: %s Trying again.", schema, error)
            wait_s = BUSY_S
        except Exception:  # whatever is wrong with one project must not cost the others their analysis
            log.exception("%s cannot be analysed; trying again in %.0f s", schema, BROKEN_S)
            wait_s = BROKEN_S
        self.due[schema, "trouble"] = time.monotonic() + wait_s
        return 0

    async def _list_projects(self) -> int:
        self.schemas = [project.schema for project in await list_projects(self.database)]
        return 0

    async def _work_on(self, schema: str) -> int:
        done = await self.process(schema)
        await self._look_around(schema, is_idle=not done)
        await self._roll_up(schema)
        await self._learn(schema)
        return done

    async def _look_up(self, schema: str, queries: Queries) -> Tuned:
        """The baselines that hold in this transaction. Sessions under others are looked for soon after a change."""
        known = self.tuned.get(schema)
        self.tuned[schema] = found = await read_tuned(queries, known)
        if known is not None and known.version_key != found.version_key:
            self.due.pop((schema, "outdated"), None)
        return found

    def _is_due(self, schema: str, what: str, every_s: float) -> bool:
        now = time.monotonic()
        if self.due.get((schema, what), 0.0) > now:
            return False
        self.due[schema, what] = now + every_s
        return True

    async def _look_around(self, schema: str, is_idle: bool) -> None:
        if self._is_due(schema, "sweep", SWEEP_S):
            started = time.monotonic()
            await retried(lambda: self._sweep(schema))
            # Never more than a twentieth of the time, however much there is to look at.
            self.due[schema, "sweep"] += 20 * (time.monotonic() - started)
        if is_idle and (self.more_outdated.get(schema) or self._is_due(schema, "outdated", OUTDATED_S)):
            self.more_outdated[schema] = await retried(lambda: self._enqueue_outdated(schema)) == OUTDATED_SESSIONS
        if self._is_due(schema, "housekeeping", HOUSEKEEPING_S):
            async with self.database.writing(schema) as queries:
                await queries.execute("collect.forget_batches")

    async def _sweep(self, schema: str) -> None:
        async with self.database.writing(schema) as queries:
            await self._look_up(schema, queries)
            await self.sweepers.setdefault(schema, Sweeper()).sweep(queries)
            await work_queue.enqueue_settled(queries, SETTLED_SESSIONS)

    async def _enqueue_outdated(self, schema: str) -> int:
        async with self.database.writing(schema) as queries:
            tuned = await self._look_up(schema, queries)
            return await work_queue.enqueue_outdated(queries, tuned.version_key, OUTDATED_SESSIONS)

    async def _roll_up(self, schema: str) -> None:
        """Never more than half of the time: analysis comes first."""
        if self._is_due(schema, "rollup", 0.0):
            started = time.monotonic()
            wait_s = 0.0 if await roll_up_due(self.database, schema) else ROLL_UP_S
            self.due[schema, "rollup"] += 2 * (time.monotonic() - started) + wait_s

    async def _learn(self, schema: str) -> None:
        """Once a week, a part at a time: sessions that come meanwhile are analysed in between."""
        if schema not in self.learners and self._is_due(schema, "learning", HOUSEKEEPING_S):
            learner = await Learner.begin(self.database, schema, "worker", EVERY_S)
            if learner is not None:
                self.learners[schema] = learner
        learner = self.learners.pop(schema, None)
        if learner is not None and await learner.step() is None:
            self.learners[schema] = learner

    async def drain(
        self,
        schema: str,
        progress: Callable[[int], None] = lambda done: None,
        share: work_queue.Share = work_queue.ALL_DUE,
    ) -> int:
        """Analyse until nothing of `share` is to be had; returns how many sessions were done."""
        total = 0
        while done := await self.process(schema, share):
            total += done
            progress(total)
        return total

    async def process(self, schema: str, share: work_queue.Share = work_queue.ALL_DUE) -> int:
        """Claim once and analyse what was claimed; returns how many sessions that was."""
        lease = uuid.uuid4()
        async with self.database.writing(schema) as queries:
            claims = await work_queue.claim_sessions(queries, lease, CLAIM_SESSIONS, share)
        if not claims:
            return 0
        async with self.database.reading(schema) as queries:
            groups = await split_by_size(queries, [claim.session_id for claim in claims], GROUP_ROWS)
        by_id = {claim.session_id: claim for claim in claims}
        for group in groups:
            await self._analyse_group(schema, lease, [by_id[session_id] for session_id in group])
        return len(claims)

    async def _analyse_group(self, schema: str, lease: UUID, claims: Sequence[work_queue.Claim]) -> None:
        async with self.database.writing(schema) as queries:
            # The groups before this one may have taken most of the lease, and what is lost need not be analysed.
            ours = await work_queue.renew(queries, lease, [claim.session_id for claim in claims])
        claims = [claim for claim in claims if claim.session_id in ours]
        if not claims:
            return
        session_ids = [claim.session_id for claim in claims]
        try:
            async with self.database.snapshot(schema) as queries:
                # In the same state of the database: no result is written under other baselines than it was made with.
                tuned = await self._look_up(schema, queries)
                loaded = await load_timelines(queries, session_ids, METADATA_READ)
            findings = [self._analyse(schema, one, tuned.baselines) for one in loaded]
            await retried(lambda: self._store(schema, lease, claims, findings, tuned.version_key))
        except NOT_THE_SESSIONS:
            raise  # the lease runs out and somebody repeats the work
        except Exception as error:  # one session's rows must not cost the others theirs, whatever is wrong with them
            if len(claims) > 1:
                for claim in claims:
                    await self._analyse_group(schema, lease, [claim])
                return
            log.exception("session %s of %s cannot be analysed: %s", session_ids[0], schema, error)
            async with self.database.writing(schema) as queries:
                await work_queue.put_off(queries, lease, session_ids, RETRY_S)

    def _analyse(self, schema: str, loaded: Loaded, baselines: Baselines) -> SessionFindings:
        outcome = run(loaded.timeline, baselines)
        for name, error in outcome.failed.items():
            log.error("analyzer %s failed on session %s of %s: %s", name, loaded.timeline.session_id, schema, error)
        return SessionFindings(
            session_id=loaded.timeline.session_id,
            rows=storable_rows(outcome),
            failed=outcome.failed,
            event_count=loaded.event_count,
            call_count=loaded.call_count,
            error_count=loaded.error_count,
            chunk_count=loaded.chunk_count,
            settles_at=loaded.over_at if has_something_undone(loaded.timeline) else None,
        )

    async def _store(
        self,
        schema: str,
        lease: UUID,
        claims: Sequence[work_queue.Claim],
        findings: Sequence[SessionFindings],
        version_key: str,
    ) -> None:
        session_ids = [claim.session_id for claim in claims]
        async with self.database.writing(schema) as queries:
            await lock_sessions(queries, schema, session_ids)
            held = await work_queue.still_held(queries, lease, session_ids)
            await replace_findings(queries, findings, version_key, held)
        # The queue's rows are locked only now, for a moment: the collector waits for nothing.
        async with self.database.writing(schema) as queries:
            await work_queue.finish_sessions(queries, lease, claims, held)


def has_something_undone(timeline: Timeline) -> bool:
    """Whether what was begun may yet be left undone: then it must be looked at again when the session is over."""
    return not timeline.is_over and bool(timeline.of_type(*FORM_EVENTS))


async def retried(work: Callable[[], Awaitable[ResultT]]) -> ResultT:
    """`work`, again when PostgreSQL chose it to end a deadlock: its transaction was rolled back as a whole."""
    for wait_s in DEADLOCK_WAITS_S:
        try:
            return await work()
        except asyncpg.DeadlockDetectedError:
            await asyncio.sleep(wait_s)
    return await work()


def storable_rows(outcome: Outcome) -> dict[str, Sequence[Any]]:
    """An Outcome as rows by table, as `store/findings.py` takes them."""
    rows: dict[str, Sequence[Any]] = {table: found for table, found in outcome.rows.items() if table in DERIVED}
    if "heatmap_points" in rows:
        # By time: a session that grows then only adds rows to those that stand (store/standing.py).
        rows["heatmap_points"] = sorted(rows["heatmap_points"], key=attrgetter("occurred_at"))
    if "incidents" not in outcome.failed:
        rows["signals"] = [{**_columns(signal), "incident": signal.incident_id} for signal in outcome.signals]
    if "emotion_predictions" in rows:
        rows["emotion_evidence"] = [
            {**_columns(evidence), "step": step, "emotion": predicted.emotion}
            for step, (evidence, predicted) in enumerate(
                zip(outcome.emotion_evidence, rows["emotion_predictions"], strict=True)
            )
        ]
    if outcome.score_facts is not None:
        rows["score_facts"] = [_score_columns(outcome.score_facts)]
    return rows


def _score_columns(facts: ScoreFacts) -> dict[str, Any]:
    points: dict[str, float] = {}
    for kind, lost in facts.points_by_type.items():
        points[cause_of(kind)] = points.get(cause_of(kind), 0.0) + lost
    return {**_columns(facts), "points_by_cause": points}


def _columns(row: msgspec.Struct) -> dict[str, Any]:
    return msgspec.structs.asdict(row)
