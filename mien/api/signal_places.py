"""The page Signals: how many of each kind and where, what people said of them, examples to look at."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import get
from litestar.datastructures import State
from litestar.params import Parameter

from mien.api import words
from mien.api.context import tuning_of
from mien.api.errors import ERRORS
from mien.api.filters import MAX_TEXT, check_key, check_text
from mien.errors import InvalidRequest
from mien.store.baselines import read_newest
from mien.store.causes import Cause, cause_of
from mien.store.clock import to_datetime
from mien.store.database import Database
from mien.store.dimension import read_total
from mien.store.element_labels import read_usual_labels
from mien.store.filters import Segment, segment_snapshot
from mien.store.freshness import Freshness, read_freshness
from mien.store.projects import Project
from mien.store.rollups import AnsweredFrom, answered_from
from mien.store.signal_places import (
    PlaceFigures,
    SignalExample,
    read_examples,
    read_formerly,
    read_kinds,
    read_signal_places,
)
from mien.store.verdicts import VerdictCounts

MAX_ROWS = 500
MAX_EXAMPLES = 50


class Judged(msgspec.Struct, frozen=True):
    """What people said of such signals, in all sessions there are. `precision`: the share that they called frustration,
    `low` and `high` its 95 % interval (Wilson)."""

    verdicts: int
    frustration: int
    precision: float
    low: float
    high: float


class SignalKind(msgspec.Struct, frozen=True):
    """Signals of one type. `points`: mean over the scored sessions of what issues cost whose main sign it is. `judged`
    null: nobody said anything yet. `filter`: of exactly the `sessions`. Before: in the equally long period before; null
    unless `compare` is asked for."""

    type: str
    cause: Cause
    signals: int
    sessions: int
    places: int
    points: float
    signals_before: int | None
    sessions_before: int | None
    judged: Judged | None
    filter: dict[str, str]


class SignalPlace(msgspec.Struct, frozen=True):
    """Signals of one type at one element of one screen (its cleaned name); empty where either is not known.

    `label`: the usual words on the element, null where they are not known. `is_muted`: left out from the next analysis
    of each session on. `is_proposed`: enough people said that it is none. Before: as of kinds.
    """

    type: str
    cause: Cause
    element_id: str
    label: str | None
    screen: str
    signals: int
    sessions: int
    points: float
    signals_before: int | None
    sessions_before: int | None
    judged: Judged | None
    is_muted: bool
    is_proposed: bool
    filter: dict[str, str]


class SignalList(msgspec.Struct, frozen=True):
    """`sessions`, `scored`: of the whole segment. `kinds`: all; `places`: at most `limit` of `place_count`, of the
    asked type or of all."""

    since: datetime
    until: datetime
    sessions: int
    sessions_before: int | None
    scored: int
    signals: int
    kinds: list[SignalKind]
    places: list[SignalPlace]
    place_count: int
    answered_from: AnsweredFrom
    freshness: Freshness


class SignalInstance(msgspec.Struct, frozen=True):
    """One signal, by the natural key that a verdict takes: `type`, `started_at`, `element_id`, `screen`. `at_ms`: after
    the start of its session. `label`, `detail`: what was seen, in words. `verdict` null: nothing was said."""

    session_id: UUID
    session_started_at: datetime
    score: int | None
    type: str
    started_at: datetime
    element_id: str | None
    screen: str | None
    at_ms: int
    confidence: float
    label: str
    detail: str
    verdict: bool | None


class SignalExamples(msgspec.Struct, frozen=True):
    """Newest sessions first, of each its surest signal."""

    rows: list[SignalInstance]


@get("/projects/{slug:str}/signals", operation_id="signals", responses=ERRORS, summary="Signals by kind and place")
async def signal_list(
    project: Project,
    database: Database,
    segment: Segment,
    state: State,
    kind: Annotated[str | None, Parameter(max_length=64, description="Places of this type only.")] = None,
    limit: Annotated[int, Parameter(ge=1, le=MAX_ROWS, description="Places at most.")] = 50,
    compare: Annotated[bool, Parameter(description="Also give the period before.")] = False,
) -> SignalList:
    """How many, in how many sessions, what they cost, and how often people called them frustration."""
    tuning = tuning_of(state)
    async with segment_snapshot(database, project.schema) as queries:
        total = await read_total(queries, segment)
        kinds = await read_kinds(queries, segment)
        only_type = check_text("kind", kind)
        places = await read_signal_places(queries, segment, only_type, limit)
        before = await read_total(queries, segment.before()) if compare else None
        kinds_then = {row.type: row for row in await read_kinds(queries, segment.before())} if compare else {}
        places_then = await read_formerly(queries, segment.before(), only_type, places) if compare else {}
        labels = await read_usual_labels(queries, [(row.element_id, row.screen) for row in places])
        held = await read_newest(queries)
        said = await tuning.read_precision(queries)
        answered = answered_from(queries)
        freshness = await read_freshness(queries)
    by_place = {(one.type, one.element_id or "", one.screen or ""): one for one in said}

    def to_place(row: PlaceFigures) -> SignalPlace:
        found = by_place.get((row.type, row.element_id, row.screen))
        counts = found or VerdictCounts(row.type, row.element_id or None, row.screen or None, 0, 0)
        then = places_then.get((row.type, row.element_id, row.screen))
        is_muted = held is not None and tuning.is_muted(held, counts)
        return SignalPlace(
            type=row.type,
            cause=cause_of(row.type),
            element_id=row.element_id,
            label=labels.get((row.element_id, row.screen)),
            screen=row.screen,
            signals=row.signals,
            sessions=row.sessions,
            points=row.points,
            signals_before=(then.signals if then else 0) if compare else None,
            sessions_before=(then.sessions if then else 0) if compare else None,
            judged=judged_of([found] if found else []),
            is_muted=is_muted,
            is_proposed=found is not None and found.is_to_be_muted and not is_muted,
            filter={"signal_type": row.type, "signal_element": row.element_id, "signal_screen": row.screen},
        )

    return SignalList(
        since=segment.since.replace(tzinfo=UTC),
        until=segment.until.replace(tzinfo=UTC),
        sessions=total.sessions,
        sessions_before=before.sessions if before else None,
        scored=total.scored,
        signals=sum(row.signals for row in kinds),
        kinds=[
            SignalKind(
                type=row.type,
                cause=cause_of(row.type),
                signals=row.signals,
                sessions=row.sessions,
                places=row.places,
                points=row.points,
                signals_before=(kinds_then[row.type].signals if row.type in kinds_then else 0) if compare else None,
                sessions_before=(kinds_then[row.type].sessions if row.type in kinds_then else 0) if compare else None,
                judged=judged_of(one for one in said if one.type == row.type),
                filter={"signal_type": row.type},
            )
            for row in kinds
        ],
        places=[to_place(row) for row in places],
        place_count=places[0].row_count if places else 0,
        answered_from=answered,
        freshness=freshness,
    )


def judged_of(said: Iterable[VerdictCounts]) -> Judged | None:
    """All of these verdicts together; None when there are none."""
    rows = list(said)
    counts = VerdictCounts("", None, None, sum(one.verdicts for one in rows), sum(one.frustration for one in rows))
    if not counts.verdicts:
        return None
    low, high = counts.interval
    return Judged(counts.verdicts, counts.frustration, counts.precision, low, high)


@get(
    "/projects/{slug:str}/signals/examples",
    operation_id="signalExamples",
    responses=ERRORS,
    summary="Signals of one kind to look at",
)
async def signal_examples(
    project: Project,
    database: Database,
    segment: Segment,
    kind: Annotated[str, Parameter(max_length=64, description="The type of signal.")],
    element_id: Annotated[
        str | None, Parameter(max_length=MAX_TEXT, description="At this element; empty: at none that is known.")
    ] = None,
    on: Annotated[
        str | None, Parameter(max_length=MAX_TEXT, description="On this (cleaned) screen; empty: it is not known.")
    ] = None,
    limit: Annotated[int, Parameter(ge=1, le=MAX_EXAMPLES, description="Rows at most.")] = 10,
) -> SignalExamples:
    """Of the newest sessions the surest signal each, with what was said of it."""
    wanted = check_text("kind", kind)
    if wanted is None:
        raise InvalidRequest("kind: name the type of signal.")
    async with segment_snapshot(database, project.schema) as queries:
        rows = await read_examples(
            queries, segment, wanted, check_key("element_id", element_id), check_key("on", on), limit
        )
    return SignalExamples([to_instance(row) for row in rows])


def to_instance(row: SignalExample) -> SignalInstance:
    """A signal in words."""
    told = row.label or row.evidence.get("label")
    name = words.element_name(row.element_id, told if isinstance(told, str) else None)
    return SignalInstance(
        session_id=row.session_id,
        session_started_at=to_datetime(row.session_started_at),
        score=row.score,
        type=row.type,
        started_at=to_datetime(row.at),
        element_id=row.element_id,
        screen=row.screen,
        at_ms=max(0, round((row.at - row.session_started_at) * 1000)),
        confidence=round(row.confidence, 3),
        label=words.label(row.type, name, row.screen, row.api),
        detail=words.detail(row.type, row.evidence),
        verdict=row.is_frustration,
    )


HANDLERS = (signal_list, signal_examples)
