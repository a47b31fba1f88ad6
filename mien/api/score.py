"""The score by screen, API, element, release or device: where the points go, and the sessions behind each row."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import msgspec
from litestar import get
from litestar.params import Parameter

from mien.api.errors import ERRORS
from mien.store.database import Database
from mien.store.dimension import ByDimension, Dimension, DimensionRow, list_filter, read_by_dimension
from mien.store.element_labels import Labels, read_usual_labels
from mien.store.filters import Segment, segment_snapshot
from mien.store.freshness import Freshness, read_freshness
from mien.store.projects import Project
from mien.store.rollups import AnsweredFrom, answered_from

MAX_ROWS = 500


class ScoreRow(msgspec.Struct, frozen=True):
    """`score`: mean of the exact scores of the row's `scored` sessions. `points`: the sum of what they lost there;
    `points_per_session`: the same over all scored sessions of the segment.

    `filter`: with these parameters beside those of this call, the list of sessions holds exactly the `sessions` behind
    the row. `name` empty: release or device of these is not known. `label`: the usual words on an element, null where
    they are not known.
    """

    name: str
    label: str | None
    screen: str | None
    sessions: int
    scored: int
    score: float | None
    points: float
    points_per_session: float
    filter: dict[str, str]


class ScoreByDimension(msgspec.Struct, frozen=True):
    """Of the whole segment: `sessions`, `scored`, `score` (mean), `points` (sum of 100 minus the exact scores).

    `rows`: at most `limit` of `row_count`, costliest first. `points_elsewhere`: lost at no row (of places: what has no
    such place, and what is below half a point a session).
    """

    by: Dimension
    since: datetime
    until: datetime
    sessions: int
    scored: int
    score: float | None
    points: float
    points_elsewhere: float
    row_count: int
    rows: list[ScoreRow]
    freshness: Freshness
    answered_from: AnsweredFrom


@get("/projects/{slug:str}/score", operation_id="score", responses=ERRORS, summary="The score by one dimension")
async def score(
    project: Project,
    database: Database,
    segment: Segment,
    by: Annotated[Dimension, Parameter(description="screen, api and element: where points were lost.")],
    limit: Annotated[int, Parameter(ge=1, le=MAX_ROWS, description="Rows at most.")] = 50,
) -> ScoreByDimension:
    """Averages of session scores, never scores of averages."""
    async with segment_snapshot(database, project.schema) as queries:
        found = await read_by_dimension(queries, segment, by, limit)
        elements = [(row.name, row.screen or "") for row in found.rows] if by == "element" else []
        labels = await read_usual_labels(queries, elements)
        return ScoreByDimension(
            by=by,
            since=segment.since.replace(tzinfo=UTC),
            until=segment.until.replace(tzinfo=UTC),
            sessions=found.total.sessions,
            scored=found.total.scored,
            score=found.total.score,
            points=found.total.points,
            points_elsewhere=found.elsewhere,
            row_count=found.row_count,
            rows=[row_of(row, found, by, labels) for row in found.rows],
            freshness=await read_freshness(queries),
            answered_from=answered_from(queries),
        )


def row_of(row: DimensionRow, found: ByDimension, by: Dimension, labels: Labels) -> ScoreRow:
    """A row with its share of the segment and its way to the sessions."""
    return ScoreRow(
        name=row.name,
        label=labels.get((row.name, row.screen or "")),
        screen=row.screen,
        sessions=row.sessions,
        scored=row.scored,
        score=row.score,
        points=row.points,
        points_per_session=row.points / found.total.scored if found.total.scored else 0.0,
        filter=list_filter(by, row.name, row.screen),
    )


HANDLERS = (score,)
