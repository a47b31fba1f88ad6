"""The page Score: how scores are spread, release by release, version by version, and one that is worked out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal, TypeAlias
from uuid import UUID

import msgspec
from litestar import get

from mien.api.errors import ERRORS
from mien.store.causes import Cause
from mien.store.clock import to_datetime
from mien.store.database import Database
from mien.store.difference import Difference, always_95
from mien.store.filters import Segment, segment_snapshot
from mien.store.freshness import Freshness, read_freshness
from mien.store.overview import BIN_POINTS, read_summary
from mien.store.projects import Project
from mien.store.rollups import AnsweredFrom, answered_from
from mien.store.score_summary import ReleaseFigures, VersionFigures, find_example, read_releases, read_versions

Verdict: TypeAlias = Literal["worse", "better", "alike", "few", "first"]
MIN_SIDE = 100
"""Scored sessions on each side, below which nothing is said (visual.md 5.7)."""


class ScoreRange(msgspec.Struct, frozen=True):
    """Sessions with `low` <= rounded score < `high`; the last one holds 100."""

    low: int
    high: int
    sessions: int
    filter: dict[str, str]


class ScoreDifference(msgspec.Struct, frozen=True):
    """A mean minus another, with its 95 % interval."""

    value: float
    low: float
    high: float


class ReleaseRow(msgspec.Struct, frozen=True):
    """`release` empty: not known. `score`: mean over its `scored` sessions; `points_by_cause` sums to 100 minus it.

    `against`: the release before, by the first sessions in the segment, and `difference` to it (an interval that holds
    at all looks together; null under ten a side). `verdict`: few under 100 scored sessions a side; alike when the
    interval holds zero.
    """

    release: str
    first_seen: datetime
    sessions: int
    scored: int
    score: float | None
    points_by_cause: dict[Cause, float]
    against: str | None
    difference: ScoreDifference | None
    verdict: Verdict
    filter: dict[str, str]


class VersionRow(msgspec.Struct, frozen=True):
    """Sessions whose score was another under a former version of analyzers and thresholds; each keeps three.

    `before`, `after`: means over the `compared` ones, that have a score under both; `difference`: after minus before,
    paired, null under ten.
    """

    version: str
    replaced_at: datetime
    sessions: int
    compared: int
    before: float | None
    after: float | None
    difference: ScoreDifference | None
    filter: dict[str, str]


class ScoreSummary(msgspec.Struct, frozen=True):
    """`score`: mean over the `scored` of `sessions`; `poor`: of scores under 50. `example`: a session whose score is
    worth working out; null when none lost points to two things. `releases`: newest first, of `release_count`."""

    since: datetime
    until: datetime
    sessions: int
    scored: int
    score: float | None
    poor: int
    min_side: int
    histogram: list[ScoreRange]
    releases: list[ReleaseRow]
    release_count: int
    versions: list[VersionRow]
    example: UUID | None
    answered_from: AnsweredFrom
    freshness: Freshness


@get("/projects/{slug:str}/score/summary", operation_id="scoreSummary", responses=ERRORS, summary="The page Score")
async def score_summary(project: Project, database: Database, segment: Segment) -> ScoreSummary:
    """Distribution, releases with intervals, former versions, and a session to explain the formula by."""
    async with segment_snapshot(database, project.schema) as queries:
        summary = await read_summary(queries, segment)
        releases = await read_releases(queries, segment)
        return ScoreSummary(
            since=segment.since.replace(tzinfo=UTC),
            until=segment.until.replace(tzinfo=UTC),
            sessions=summary.sessions,
            scored=summary.scored,
            score=summary.score,
            poor=summary.poor,
            min_side=MIN_SIDE,
            histogram=[to_range(number, sessions) for number, sessions in enumerate(summary.bins)],
            # The last one is the oldest that is known, so it has none to be compared with.
            releases=[to_release(row, before) for row, before in zip(releases, [*releases[1:], None], strict=False)],
            release_count=releases[0].row_count if releases else 0,
            versions=[to_version(row) for row in await read_versions(queries, segment)],
            example=await find_example(queries, segment),
            answered_from=answered_from(queries, also_raw=True),
            freshness=await read_freshness(queries),
        )


def to_range(number: int, sessions: int) -> ScoreRange:
    """A bar of the distribution."""
    low, high = number * BIN_POINTS, (number + 1) * BIN_POINTS
    return ScoreRange(low, high, sessions, {"min_score": str(low), "max_score": str(high)})


def to_release(row: ReleaseFigures, before: ReleaseFigures | None) -> ReleaseRow:
    """A release beside the one before it."""
    found = always_95(row.sample, before.sample) if before else None
    return ReleaseRow(
        release=row.release,
        first_seen=to_datetime(row.first_at),
        sessions=row.sessions,
        scored=row.scored,
        score=row.score,
        points_by_cause=row.points_by_cause,
        against=before.release if before else None,
        difference=difference_of(found),
        verdict=verdict_of(found, min(row.scored, before.scored)) if before else "first",
        filter={"release": row.release},
    )


def verdict_of(difference: Difference | None, least_side: int) -> Verdict:
    """What may be said of a difference when the smaller side has so many scored sessions."""
    if difference is None or least_side < MIN_SIDE:
        return "few"
    if difference.high < 0:
        return "worse"
    return "better" if difference.low > 0 else "alike"


def to_version(row: VersionFigures) -> VersionRow:
    """A former version beside the present one."""
    return VersionRow(
        version=row.version_key,
        replaced_at=row.replaced_at,
        sessions=row.sessions,
        compared=row.compared,
        before=row.before,
        after=row.after,
        difference=difference_of(row.difference),
        filter={"former": row.version_key},
    )


def difference_of(found: Difference | None) -> ScoreDifference | None:
    """As it is sent."""
    return None if found is None else ScoreDifference(found.value, found.low, found.high)


HANDLERS = (score_summary,)
