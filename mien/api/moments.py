"""The page Moments: likely frustrated moments and others, with their evidence in words.

An estimate of the moment, not of the person (signals.md C.5): no list of one person's moments, and none of a part with
too few sessions to hide in.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal, TypeAlias, cast, get_args
from uuid import UUID

import msgspec
from litestar import get
from litestar.params import Parameter

from mien.api import words
from mien.api.errors import ERRORS
from mien.api.session_parts import evidence_words
from mien.api.session_row import Band, band_of
from mien.api.session_shapes import Strength
from mien.errors import InvalidRequest
from mien.store.clock import to_datetime
from mien.store.cursor import encode
from mien.store.database import Database
from mien.store.dimension import read_total
from mien.store.filters import Segment, segment_snapshot
from mien.store.freshness import Freshness, read_freshness
from mien.store.moments import MomentFigures, moment_position, read_moments, read_totals
from mien.store.projects import Project
from mien.store.rollups import AnsweredFrom, answered_from
from mien.store.session_page import MomentFacts

Emotion: TypeAlias = Literal["frustrated", "confused", "hesitant", "disengaged", "engaged", "neutral", "unknown"]
EMOTIONS: tuple[Emotion, ...] = get_args(Emotion)
MIN_SESSIONS = 20
"""Of a segment that is narrowed: below, its moments would be those of people who can be told (visual.md 5.7)."""
MAX_ROWS = 100


class EmotionCount(msgspec.Struct, frozen=True):
    """Moments of one kind and the sessions that have one; `filter` gives exactly these."""

    emotion: str
    moments: int
    sessions: int
    filter: dict[str, str]


class MomentLine(msgspec.Struct, frozen=True):
    """An estimate of a moment. `strength` of the evidence: null for `unknown` and `neutral`. `sentence`: with the
    evidence, in words. `screen`: where the session was then. `at_ms`: after its start."""

    session_id: UUID
    session_started_at: datetime
    at_ms: int
    emotion: str
    strength: Strength | None
    sentence: str
    evidence: list[str]
    screen: str | None
    device_type: str | None
    score: int | None
    score_band: Band | None


class MomentList(msgspec.Struct, frozen=True):
    """`is_few`: the segment has too few sessions for its moments to be shown, so there are no rows and no counts.

    `counts`: all kinds that there are. `rows`: those of the newest sessions first.
    """

    since: datetime
    until: datetime
    sessions: int
    min_sessions: int
    is_few: bool
    counts: list[EmotionCount]
    rows: list[MomentLine]
    next_cursor: str | None
    answered_from: AnsweredFrom
    freshness: Freshness


@get(
    "/projects/{slug:str}/moments",
    operation_id="moments",
    responses=ERRORS,
    summary="Likely moments, the newest sessions first",
)
async def moments(
    project: Project,
    database: Database,
    segment: Segment,
    emotion: Annotated[
        Emotion | None, Parameter(description="Of this kind; default: all but neutral and unknown.")
    ] = None,
    strength: Annotated[Strength | None, Parameter(description="With evidence of this strength.")] = None,
    limit: Annotated[int, Parameter(ge=1, le=MAX_ROWS, description="Rows a page.")] = 50,
    cursor: Annotated[str | None, Parameter(max_length=200, description="`next_cursor` of the page before.")] = None,
) -> MomentList:
    """What the model said of moments, with its evidence; uncalibrated estimates."""
    if segment.user is not None:
        raise InvalidRequest("user: moments are not listed by person.")
    after = moment_position(cursor) if cursor else None
    emotions = (emotion,) if emotion else tuple(one for one in EMOTIONS if one not in ("neutral", "unknown"))
    async with segment_snapshot(database, project.schema) as queries:
        total = await read_total(queries, segment)
        is_few = is_narrowed(segment) and total.sessions < MIN_SESSIONS
        counts = [] if is_few else await read_totals(queries, segment)
        # Only those that there are: the frustrated ones alone are found without reading most sessions.
        there = [one for one in emotions if any(row.emotion == one for row in counts)]
        found = await read_moments(queries, segment, there, strength, limit, after) if there else ([], None)
        rows, ended = found
        return MomentList(
            since=segment.since.replace(tzinfo=UTC),
            until=segment.until.replace(tzinfo=UTC),
            sessions=total.sessions,
            min_sessions=MIN_SESSIONS,
            is_few=is_few,
            counts=[EmotionCount(row.emotion, row.moments, row.sessions, {"moment": row.emotion}) for row in counts],
            rows=[to_line(row) for row in rows],
            next_cursor=encode(ended) if ended else None,
            answered_from=answered_from(queries, also_raw=True),
            freshness=await read_freshness(queries),
        )


def is_narrowed(segment: Segment) -> bool:
    """Whether it is less than all sessions of its period."""
    return segment != Segment(since=segment.since, until=segment.until, include_bots=segment.include_bots)


def to_line(row: MomentFigures) -> MomentLine:
    """A moment in words."""
    evidence = evidence_words(MomentFacts(row.at, row.emotion, row.strength, row.evidence))
    strength = cast(Strength, row.strength) if row.strength in get_args(Strength) else None
    return MomentLine(
        session_id=row.session_id,
        session_started_at=to_datetime(row.session_started_at),
        at_ms=max(0, round((row.at - row.session_started_at) * 1000)),
        emotion=row.emotion,
        strength=None if row.emotion in ("unknown", "neutral") else strength,
        sentence=words.moment(row.emotion, strength, evidence),
        evidence=evidence,
        screen=row.screen,
        device_type=row.device_type,
        score=row.score,
        score_band=band_of(row.score),
    )


HANDLERS = (moments,)
