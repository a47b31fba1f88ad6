"""Scores by release and under former versions, and a session to explain them by. Counted over `picked` (filters.py)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from mien.store.causes import CAUSES, Cause
from mien.store.database import Queries
from mien.store.difference import LEAST_SESSIONS, Difference, Sample, sample_of, student_95
from mien.store.filters import Segment
from mien.store.overview import read_causes
from mien.store.rollups import read_source

MAX_RELEASES = 50
MAX_VERSIONS = 10
EXAMPLES = 5_000
SHARES = (64, 8, 1)
"""Parts of the period, its end, in which an example is looked for; the last one is all of it."""


class _ReleaseRow(msgspec.Struct, frozen=True, kw_only=True):
    release: str
    first_at: float
    sessions: int
    scored: int
    score_sum: float
    lost_squares: float
    row_count: int


class _Example(msgspec.Struct, frozen=True):
    lost: int
    session_id: UUID | None


class _ReleaseCause(msgspec.Struct, frozen=True):
    release: str
    cause: Cause
    points: float


class ReleaseFigures(_ReleaseRow, frozen=True, kw_only=True):
    """`release` "": not known. `first_at`: its first session in the segment, seconds since the epoch.
    `points_by_cause`: means over its scored sessions, which sum to 100 minus its score."""

    points_by_cause: dict[Cause, float]

    @property
    def score(self) -> float | None:
        """The mean of its scores."""
        return self.sample.mean

    @property
    def sample(self) -> Sample:
        """Its scores, for a comparison."""
        return sample_of(self.scored, self.score_sum, self.lost_squares)


class VersionFigures(msgspec.Struct, frozen=True):
    """The sessions that had another score under a former version; `before`, `after`: means of the `compared` ones."""

    version_key: str
    replaced_at: datetime
    sessions: int
    compared: int
    before: float | None
    after: float | None
    variance: float | None

    @property
    def difference(self) -> Difference | None:
        """The mean of after minus before with its 95 % interval (Student's, paired); None below LEAST_SESSIONS."""
        if self.compared < LEAST_SESSIONS or self.before is None or self.after is None:
            return None
        value = self.after - self.before
        half = student_95(self.compared - 1) * ((self.variance or 0.0) / self.compared) ** 0.5
        return Difference(value, value - half, value + half)


async def read_releases(queries: Queries, segment: Segment) -> list[ReleaseFigures]:
    """The newest MAX_RELEASES, newest first. Call inside a `segment_snapshot`, like all of these."""
    source = await read_source(queries, segment)
    rows = await queries.fetch_all(_ReleaseRow, "score_summary.releases", **source.arguments(), max_rows=MAX_RELEASES)
    points = await _release_points(queries, segment, rows)
    return [ReleaseFigures(**msgspec.structs.asdict(row), points_by_cause=points.get(row.release, {})) for row in rows]


async def _release_points(
    queries: Queries, segment: Segment, rows: Sequence[_ReleaseRow]
) -> dict[str, dict[Cause, float]]:
    """By release and cause, means over its scored sessions; of all sessions, or of one release, from the roll-ups."""
    if segment.slice == "" or (segment.slice or "").startswith("r:"):
        found: dict[str, dict[Cause, float]] = {}
        for row in rows:
            figures = await read_causes(queries, msgspec.structs.replace(segment, release=row.release))
            found[row.release] = {one.cause: one.points for one in figures if one.points > 0}
        return found
    sums = await queries.fetch_all(
        _ReleaseCause,
        "score_summary.release_causes",
        **segment.arguments(),
        releases=[row.release for row in rows],
        causes=list(CAUSES),
    )
    scored = {row.release: row.scored for row in rows}
    found = {}
    for one in sums:
        found.setdefault(one.release, {})[one.cause] = one.points / scored[one.release]
    return found


async def read_versions(queries: Queries, segment: Segment) -> list[VersionFigures]:
    """The last MAX_VERSIONS, newest first."""
    return await queries.fetch_all(
        VersionFigures, "score_summary.versions", **segment.arguments(), max_rows=MAX_VERSIONS
    )


async def find_example(queries: Queries, segment: Segment) -> UUID | None:
    """A session with about three issues and a score about 70; None when no session lost points to two.

    Among the newest EXAMPLES that lost some, which most often are in a small part of the period.
    """
    found: _Example | None = None
    for share in SHARES:
        part = msgspec.structs.replace(segment, since=segment.until - segment.length / share)
        found = await queries.fetch_one(_Example, "score_summary.example", **part.arguments(), newest=EXAMPLES)
        if found is not None and found.lost == EXAMPLES:
            break
    return found.session_id if found is not None else None
