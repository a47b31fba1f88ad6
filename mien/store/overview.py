"""The figures of a segment: score, trend, causes, and the places where points are lost.

All of them are counted over `picked` (filters.py); points are means over the scored sessions, so that those of the
causes sum to 100 minus the score.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from math import ceil
from uuid import UUID

import msgspec

from mien.store.causes import CAUSES, Cause, sorting
from mien.store.clock import to_datetime
from mien.store.database import Queries
from mien.store.difference import mean_95, sample_of
from mien.store.filters import PlaceKind, Segment
from mien.store.rollups import read_source

HISTOGRAM_BINS, BIN_POINTS = 20, 5
MAX_BUCKETS = 60
"""Marks of a line (visual.md 5.13)."""
BUCKETS_S = (60, 300, 900, 1800, 3600, 10800, 21600, 43200, 86400, 7 * 86400, 30 * 86400, 91 * 86400, 365 * 86400)
TOP_PLACES = 5


class Summary(msgspec.Struct, frozen=True):
    """The single figures of a segment. `score` is the mean of exact scores, `poor` counts scores under 50.

    `users`: those that the site named, else devices. `moments`: likely frustrated ones.
    `histogram`: sessions per bin of 5 points, the last one with 100.
    """

    sessions: int
    users: int
    scored: int
    score: float | None
    poor: int
    waited_ms_mean: float | None
    moments: int
    histogram: dict[str, int]

    @property
    def poor_share(self) -> float | None:
        """Of the scored sessions; None when there are none."""
        return self.poor / self.scored if self.scored else None

    @property
    def bins(self) -> list[int]:
        """Sessions per bin, lowest scores first."""
        return [self.histogram.get(str(bin_), 0) for bin_ in range(HISTOGRAM_BINS)]


class TrendPoint(msgspec.Struct, frozen=True):
    """A bucket of time, empty ones included. `score`: mean of its scored sessions; `score_low`, `score_high`: the 95 %
    interval of it, None below LEAST_SESSIONS of them (difference.py)."""

    at: datetime
    score: float | None
    score_low: float | None
    score_high: float | None
    sessions: int


class CauseFigures(msgspec.Struct, frozen=True):
    """What one cause costs; zero when it costs nothing."""

    cause: Cause
    points: float
    gain_if_fixed: float
    sessions: int


class PlaceFigures(msgspec.Struct, frozen=True):
    """What is lost at one place. `screen`: an element's, where known. `example`: a session that lost points there."""

    kind: PlaceKind
    name: str
    screen: str | None
    points: float
    sessions: int
    by_cause: dict[Cause, float]
    example: UUID


class PlacePoints(msgspec.Struct, frozen=True):
    """What was lost at a place, as a mean over the scored sessions."""

    kind: PlaceKind
    name: str
    screen: str | None
    points: float


class Worst(msgspec.Struct, frozen=True):
    """The place and cause that cost most points; of equals the narrower place."""

    kind: PlaceKind
    name: str
    screen: str | None
    cause: Cause
    points: float
    sessions: int
    example: UUID


class Places(msgspec.Struct, frozen=True):
    """Per kind the worst first, at most TOP_PLACES; `worst` None when nothing was lost."""

    by_kind: dict[PlaceKind, list[PlaceFigures]]
    worst: Worst | None


class _TrendRow(msgspec.Struct, frozen=True):
    at: float
    sessions: int
    scored: int
    score_sum: float
    lost_squares: float

    @property
    def point(self) -> TrendPoint:
        """With the interval of its mean."""
        sample = sample_of(self.scored, self.score_sum, self.lost_squares)
        low, high = mean_95(sample) or (None, None)
        return TrendPoint(to_datetime(round(self.at)), sample.mean, low, high, self.sessions)


class _PlaceRow(msgspec.Struct, frozen=True):
    kind: PlaceKind
    name: str
    screen: str | None
    cause: Cause | None
    points: float
    sessions: int
    example: UUID
    place_rank: int
    worst_rank: int | None


async def read_summary(queries: Queries, segment: Segment) -> Summary:
    """The list's total and the overview's sessions are this one number."""
    source = await read_source(queries, segment)
    summary = await queries.fetch_one(Summary, "segment.summary", **source.arguments())
    assert summary is not None  # an aggregate always has a row
    return summary


def bucket_seconds(segment: Segment, max_buckets: int = MAX_BUCKETS) -> int:
    """The finest step that divides the period into at most `max_buckets`."""
    length_s = segment.length.total_seconds()
    return next((step for step in BUCKETS_S if length_s / step <= max_buckets), BUCKETS_S[-1])


async def read_trend(queries: Queries, segment: Segment) -> list[TrendPoint]:
    """Buckets of `bucket_seconds`, aligned to multiples of it in UTC; the first and last may reach over the period."""
    step = bucket_seconds(segment)
    source = await read_source(queries, segment, step)
    rows = await queries.fetch_all(_TrendRow, "segment.trend", **source.arguments(), bucket_s=step)
    found = {round(row.at): row for row in rows}
    points: list[TrendPoint] = []
    for at in bucket_starts(segment, step):
        row = found.get(at)
        points.append(row.point if row else TrendPoint(to_datetime(at), None, None, None, 0))
    return points


def bucket_starts(segment: Segment, step: int) -> range:
    """The starts of all buckets that the period touches, in seconds since the epoch, multiples of `step`."""
    # Naive times are UTC here; a subtraction, since timestamp() would take them as local.
    epoch = datetime(1970, 1, 1)
    first = int((segment.since - epoch).total_seconds() // step * step)
    return range(first, ceil((segment.until - epoch).total_seconds()), step)


async def read_causes(queries: Queries, segment: Segment) -> list[CauseFigures]:
    """All six, in their fixed order."""
    source = await read_source(queries, segment)
    rows = await queries.fetch_all(CauseFigures, "overview.causes", **source.arguments())
    found = {row.cause: row for row in rows}
    return [found.get(cause, CauseFigures(cause, 0.0, 0.0, 0)) for cause in CAUSES]


async def read_places(queries: Queries, segment: Segment, scored: int) -> Places:
    """Where points are lost. `scored`: how many sessions of the segment have a score."""
    source = await read_source(queries, segment)
    rows = await queries.fetch_all(
        _PlaceRow,
        "overview.places",
        **source.arguments(),
        **sorting(),
        scored=scored,
        top_count=TOP_PLACES,
    )
    by_cause: dict[tuple[PlaceKind, str, str | None], dict[Cause, float]] = {}
    for row in rows:
        if row.cause is not None:
            by_cause.setdefault((row.kind, row.name, row.screen), {})[row.cause] = row.points
    by_kind: dict[PlaceKind, list[PlaceFigures]] = {"screen": [], "api": [], "element": []}
    worst = None
    for row in sorted(rows, key=lambda row: row.place_rank):
        split = by_cause.get((row.kind, row.name, row.screen), {})
        if row.cause is None and row.place_rank <= TOP_PLACES:
            by_kind[row.kind].append(
                PlaceFigures(row.kind, row.name, row.screen, row.points, row.sessions, split, row.example)
            )
        elif row.cause is not None and row.worst_rank == 1:
            worst = Worst(row.kind, row.name, row.screen, row.cause, row.points, row.sessions, row.example)
    return Places(by_kind, worst)


async def read_points(
    queries: Queries, segment: Segment, scored: int, places: Sequence[PlaceFigures]
) -> dict[tuple[PlaceKind, str, str | None], float]:
    """By kind, name and screen the points lost at these places in a segment of which they need not be the worst; a
    place where nothing was lost is left out. `scored`: how many of its sessions have a score, above zero."""
    source = await read_source(queries, segment)
    rows = await queries.fetch_all(
        PlacePoints,
        "overview.places_formerly",
        **source.arguments(),
        **sorting(),
        scored=scored,
        place_kinds=[place.kind for place in places],
        names=[place.name for place in places],
        screens=[place.screen for place in places],
    )
    return {(row.kind, row.name, row.screen): row.points for row in rows}
