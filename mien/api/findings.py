"""What got worse against the period before: the findings, each part with the sessions behind it."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from math import ceil
from time import monotonic

import msgspec
from litestar import get
from litestar.datastructures import State

from mien.api.errors import ERRORS
from mien.api.session_row import label_of_element
from mien.errors import Busy, InvalidRequest
from mien.findings import Finding, Findings, find_apart
from mien.findings.shapes import Contrast, Dimension, ForWhom, Grade
from mien.store import latency
from mien.store.causes import Cause
from mien.store.database import Database, Queries
from mien.store.element_labels import FEW_CLICKS, read_usual_labels
from mien.store.error_groups import read_title
from mien.store.filters import PlaceKind, Segment, segment_snapshot
from mien.store.projects import Project
from mien.store.session_list import read_page
from mien.store.session_rows import read_rows

MAX_PERIOD = timedelta(days=92)
KEPT, KEPT_S = 64, 60.0
"""Answers that one process keeps, and for how long: a page that is looked at asks again and again."""
MAX_AT_ONCE, WAIT_S = 2, 20.0
"""Processes at once of all projects, and how long a viewer waits for a turn (defaults: some 150 MB and a core each)."""


class Difference(msgspec.Struct, frozen=True):
    """Points lost per session in a group and in the others. `low`, `high`: 95 % of their difference."""

    points: float
    points_other: float
    difference: float
    low: float
    high: float
    sessions: int
    sessions_other: int


class Part(msgspec.Struct, frozen=True):
    """Who loses clearly more than the others. `filter`: beside that of the finding, the list holds exactly them."""

    dimension: Dimension
    value: str
    difference: Difference
    filter: dict[str, str]


class ReasonRow(msgspec.Struct, frozen=True):
    """A kind of issue that rose there: mean points of a session, now and before. `api`, `element`: null where none.
    `filter`: beside that of the finding, the list holds those who lost points there to issues of this type."""

    type: str
    api: str | None
    element: str | None
    points: float
    points_before: float
    filter: dict[str, str]


class CallsThere(msgspec.Struct, frozen=True):
    """The calls of the API that a finding is about or that a reason names first, in this period and in the one before.

    `failed_share`: of all calls; `p95_ms`: null below 20 finished calls. Those of `_since`: from the moment on at which
    it got worse, to the end of the period."""

    api: str
    calls: int
    calls_before: int
    failed_share: float
    failed_share_since: float | None
    failed_share_before: float | None
    p95_ms: float | None
    p95_ms_since: float | None
    p95_ms_before: float | None


class FindingRow(msgspec.Struct, frozen=True):
    """One place that lost more to one cause than in the period before. `q`: share of false ones among all as sure.

    `place`: of an error the key of its group. `label`: the words on an element; type and message of an error.
    `sessions`: that lost points there in this period; with `filter` beside the parameters of this call, the list holds
    exactly these. `since`: when it changed. `release`: the one it came with, null where none did.
    """

    place_kind: PlaceKind
    place: str
    place_screen: str | None
    label: str | None
    cause: Cause
    grade: Grade
    change: Difference
    q: float
    sessions: int
    share_of_sessions: float
    since: datetime
    release: str | None
    for_whom: list[Part]
    why: list[ReasonRow]
    calls: CallsThere | None
    course: list[float | None]
    level_before: float
    level_after: float
    filter: dict[str, str]


class FindingList(msgspec.Struct, frozen=True):
    """Largest rise first. `is_enough` false: too few scored sessions in one of the periods for any finding.

    `candidates`: places and causes that were compared. `lost`: 100 minus the score, now and before, null where
    `is_enough` is false.
    """

    since: datetime
    until: datetime
    is_enough: bool
    scored: int
    scored_before: int
    candidates: int
    lost: Difference | None
    findings: list[FindingRow]


class FindingDesk:
    """One process at a time for the viewers of a project, MAX_AT_ONCE for all; for a minute what each found, or that
    it did not. One per API process."""

    def __init__(self) -> None:
        self._turns: dict[str, asyncio.Lock] = {}
        self._places = asyncio.Semaphore(MAX_AT_ONCE)
        self._kept: OrderedDict[tuple[str, Segment], tuple[float, Findings | Busy]] = OrderedDict()

    async def ask(self, database: Database, schema: str, segment: Segment) -> Findings:
        """Raises Busy when it takes longer than a minute, or its turn does not come in WAIT_S."""
        if (known := self._known(schema, segment)) is not None:
            return known
        async with self._turn(schema):
            if (known := self._known(schema, segment)) is not None:
                return known
            try:
                found = await find_apart(database, schema, segment)
            except Busy as error:
                self._keep(schema, segment, error)
                raise
            self._keep(schema, segment, found)
            return found

    @asynccontextmanager
    async def _turn(self, schema: str) -> AsyncIterator[None]:
        async with AsyncExitStack() as held:
            try:
                async with asyncio.timeout(WAIT_S):
                    await held.enter_async_context(self._turns.setdefault(schema, asyncio.Lock()))
                    await held.enter_async_context(self._places)
            except TimeoutError:
                raise Busy("Other findings are being worked out. Try again when they are done.", 10) from None
            yield

    def _known(self, schema: str, segment: Segment) -> Findings | None:
        at, known = self._kept.get((schema, segment), (0.0, None))
        if known is None or monotonic() - at > KEPT_S:
            return None
        if isinstance(known, Busy):
            raise Busy(str(known), ceil(KEPT_S - (monotonic() - at)))
        return known

    def _keep(self, schema: str, segment: Segment, found: Findings | Busy) -> None:
        self._kept[schema, segment] = monotonic(), found
        self._kept.move_to_end((schema, segment))
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)


@get("/projects/{slug:str}/findings", operation_id="findings", responses=ERRORS, summary="What got worse")
async def findings(project: Project, database: Database, segment: Segment, state: State) -> FindingList:
    """Against the equally long period before. Places and causes that cost nothing are not compared."""
    if segment.length > MAX_PERIOD:
        raise InvalidRequest(f"since: findings look at {MAX_PERIOD.days} days at most.")
    desk: FindingDesk = state.findings
    found = await desk.ask(database, project.schema, segment)
    async with segment_snapshot(database, project.schema) as queries:
        labels = [await read_label(queries, segment, one) for one in found.findings]
        # Several findings are often about one API since one moment: it is asked for once.
        asked = {(api_of(one), one.since) for one in found.findings if api_of(one)}
        calls = {(api, since): await read_calls(queries, segment, api, since) for api, since in asked}
    return FindingList(
        since=segment.since.replace(tzinfo=UTC),
        until=segment.until.replace(tzinfo=UTC),
        is_enough=found.is_enough,
        scored=found.scored,
        scored_before=found.scored_before,
        candidates=found.candidates,
        lost=to_difference(found.lost) if found.lost else None,
        findings=[
            to_row(one, found.scored, label, calls.get((api_of(one), one.since)))
            for one, label in zip(found.findings, labels, strict=True)
        ],
    )


async def read_label(queries: Queries, segment: Segment, one: Finding) -> str | None:
    """The words on an element as other pages have them, else from the worst session that lost points there; of an error
    its type and message."""
    if one.place_kind == "error":
        return await read_title(queries, one.place)
    if one.place_kind != "element":
        return None
    usual = await read_usual_labels(queries, [(one.place, one.place_screen or "")], FEW_CLICKS)
    if label := usual.get((one.place, one.place_screen or "")):
        return label
    there = msgspec.structs.replace(
        segment, cause=one.cause, place_kind=one.place_kind, place=one.place, place_screen=one.place_screen
    )
    ids, _ = await read_page(queries, there, "score", "asc", 1, None)
    return next((label_of_element(one.place, facts.signals) for facts in await read_rows(queries, ids)), None)


def api_of(one: Finding) -> str:
    """The API that a finding is about, or that a reason names first; "" where none does."""
    return one.place if one.place_kind == "api" else next((reason.api for reason in one.why if reason.api), "")


async def read_calls(queries: Queries, segment: Segment, api: str, since_s: float) -> CallsThere | None:
    """What became of the calls of an API, `since_s` (since the epoch) apart; None where nobody calls it now."""
    now = await latency.read_api(queries, segment, api)
    if now is None:
        return None
    before = await latency.read_api(queries, segment.before(), api)
    began = datetime.fromtimestamp(since_s, UTC).replace(tzinfo=None)
    later = msgspec.structs.replace(segment, since=min(max(segment.since, began), segment.until - timedelta(seconds=1)))
    since = await latency.read_api(queries, later, api)
    return CallsThere(
        api=api,
        calls=now.calls,
        calls_before=before.calls if before else 0,
        failed_share=now.failed / now.calls,
        failed_share_since=since.failed / since.calls if since else None,
        failed_share_before=before.failed / before.calls if before else None,
        p95_ms=now.percentiles().p95,
        p95_ms_since=since.percentiles().p95 if since else None,
        p95_ms_before=before.percentiles().p95 if before else None,
    )


def to_row(one: Finding, scored: int, label: str | None, calls: CallsThere | None) -> FindingRow:
    """A finding with its ways to the sessions."""
    place = {"cause": one.cause, "place_kind": one.place_kind, "place": one.place}
    if one.place_kind == "element":
        place["place_screen"] = one.place_screen
    return FindingRow(
        place_kind=one.place_kind,
        place=one.place,
        place_screen=one.place_screen or None,
        label=label,
        cause=one.cause,
        grade=one.grade,
        change=to_difference(one.change),
        q=one.q,
        sessions=one.sessions,
        share_of_sessions=one.sessions / scored,
        since=datetime.fromtimestamp(one.since, UTC),
        release=one.release or None,
        for_whom=[to_part(part) for part in one.for_whom],
        why=[
            ReasonRow(
                type=reason.type,
                api=reason.api or None,
                element=reason.element or None,
                points=reason.points,
                points_before=reason.points_before,
                filter={"place_type": reason.type},
            )
            for reason in one.why
        ],
        calls=calls,
        course=one.course,
        level_before=one.level_before,
        level_after=one.level_after,
        filter=place,
    )


def to_part(part: ForWhom) -> Part:
    return Part(part.dimension, part.value, to_difference(part.contrast), {part.dimension: part.value})


def to_difference(one: Contrast) -> Difference:
    return Difference(one.points, one.other, one.difference, one.low, one.high, one.sessions, one.other_sessions)


HANDLERS = (findings,)
