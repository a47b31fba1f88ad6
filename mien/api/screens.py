"""The page Screens: all screens in one table, and one screen with what costs there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import msgspec
from litestar import get
from litestar.params import Parameter

from mien.api.errors import ERRORS
from mien.api.filters import MAX_TEXT, check_text
from mien.errors import InvalidRequest
from mien.store import screens as store
from mien.store.causes import Cause
from mien.store.database import Database
from mien.store.dimension import read_total
from mien.store.element_labels import read_usual_labels
from mien.store.filters import Segment, segment_snapshot
from mien.store.freshness import Freshness, read_freshness
from mien.store.projects import Project
from mien.store.rollups import AnsweredFrom, answered_from
from mien.store.screens import CostKind, CostRow, ScreenFigures, ScreenPaint, Sort
from mien.store.session_list import Order

MAX_ROWS = 500


class ScreenLine(msgspec.Struct, frozen=True):
    """One screen (its cleaned name). `views`: a screen seen again at once is one. `score`: mean over its scored
    sessions. `exits`: sessions that left there, `exit_share` of its sessions. `stay_ms`: median of a view, if known.

    `points`: lost there, as a mean over the scored sessions of the segment, by `points_sessions`. The filters give
    exactly the sessions of `sessions`, `exits`, `points_sessions` and `signal_sessions`. Before: in the equally long
    period before; null unless `compare` is asked for, and points also where no session of it has a score.
    """

    screen: str
    views: int
    sessions: int
    visitors: int
    scored: int
    score: float | None
    exits: int
    exit_share: float | None
    stay_ms: int | None
    points: float
    points_sessions: int
    points_by_cause: dict[Cause, float]
    signals: int
    signal_sessions: int
    sessions_before: int | None
    points_before: float | None
    filter: dict[str, str]
    exit_filter: dict[str, str]
    points_filter: dict[str, str]
    signal_filter: dict[str, str]


class ScreenList(msgspec.Struct, frozen=True):
    """`sessions`, `scored`: of the whole segment. `rows`: at most `limit` of `row_count`."""

    since: datetime
    until: datetime
    sessions: int
    sessions_before: int | None
    scored: int
    row_count: int
    rows: list[ScreenLine]
    answered_from: AnsweredFrom
    freshness: Freshness


class Paint(msgspec.Struct, frozen=True):
    """The 75th percentile of a screen's largest contentful paint, over `views`. `filter`: of exactly the `sessions`
    with such a view; null where events name the screen in several ways."""

    screen: str
    views: int
    sessions: int
    p75_ms: int
    filter: dict[str, str] | None


class Paints(msgspec.Struct, frozen=True):
    """Most views first."""

    rows: list[Paint]


class ScreenCauseLine(msgspec.Struct, frozen=True):
    """What one cause costs on the screen, and the filter of the sessions that lost points so."""

    cause: Cause
    points: float
    sessions: int
    filter: dict[str, str]


class ScreenCost(msgspec.Struct, frozen=True):
    """An element or API that cost points on the screen. `label`: the usual words on an element, null where they are not
    known. `types`: kinds of issues, costliest first."""

    kind: CostKind
    name: str
    label: str | None
    points: float
    sessions: int
    points_by_cause: dict[Cause, float]
    types: list[str]
    filter: dict[str, str]


class ScreenErrorLine(msgspec.Struct, frozen=True):
    """A group of errors that `sessions` met on the screen."""

    group_key: str
    kind: str
    type: str
    title: str
    errors: int
    sessions: int
    filter: dict[str, str]


class ScreenDetail(msgspec.Struct, frozen=True):
    """`row` null: nobody saw the screen, nor lost points there. Of elements, APIs and errors the first eight each,
    of `element_count` and `api_count`."""

    row: ScreenLine | None
    causes: list[ScreenCauseLine]
    elements: list[ScreenCost]
    element_count: int
    apis: list[ScreenCost]
    api_count: int
    errors: list[ScreenErrorLine]


@get("/projects/{slug:str}/screens", operation_id="screens", responses=ERRORS, summary="All screens")
async def screens(
    project: Project,
    database: Database,
    segment: Segment,
    sort: Annotated[Sort, Parameter(description="Without a value: last. exits: by their share.")] = "points",
    order: Annotated[Order, Parameter(description="asc or desc.")] = "desc",
    limit: Annotated[int, Parameter(ge=1, le=MAX_ROWS, description="Rows at most.")] = 50,
    compare: Annotated[bool, Parameter(description="Also give the period before.")] = False,
) -> ScreenList:
    """One row for each screen that the segment's sessions saw or lost points on."""
    async with segment_snapshot(database, project.schema) as queries:
        total = await read_total(queries, segment)
        rows = await store.read_screens(queries, segment, sort, order, limit)
        before = await read_total(queries, segment.before()) if compare else None
        names = [row.screen for row in rows]
        formerly = await store.read_formerly(queries, segment.before(), names) if compare else {}
        return ScreenList(
            since=segment.since.replace(tzinfo=UTC),
            until=segment.until.replace(tzinfo=UTC),
            sessions=total.sessions,
            sessions_before=before.sessions if before else None,
            scored=total.scored,
            row_count=rows[0].row_count if rows else 0,
            rows=[to_line(row, formerly.get(row.screen)) for row in rows],
            answered_from=answered_from(queries),
            freshness=await read_freshness(queries),
        )


@get(
    "/projects/{slug:str}/screens/paint",
    operation_id="screenPaint",
    responses=ERRORS,
    summary="Largest contentful paint by screen",
)
async def screen_paint(project: Project, database: Database, segment: Segment) -> Paints:
    """Apart from the table, since it is read from the events of all sessions of the period."""
    async with segment_snapshot(database, project.schema) as queries:
        return Paints([to_paint(row) for row in await store.read_paint(queries, segment, MAX_ROWS)])


@get("/projects/{slug:str}/screens/one", operation_id="screen", responses=ERRORS, summary="What costs on one screen")
async def screen(
    project: Project,
    database: Database,
    segment: Segment,
    on: Annotated[str, Parameter(max_length=MAX_TEXT, description="The screen, by its cleaned name.")],
) -> ScreenDetail:
    """Causes, elements, APIs and errors, each with the filter of exactly its sessions."""
    name = check_text("on", on)
    if name is None:
        raise InvalidRequest("on: name the screen.")
    async with segment_snapshot(database, project.schema) as queries:
        rows = await store.read_screens(queries, segment, "points", "desc", 1, name)
        costs = await store.read_costs(queries, segment, name)
        elements, apis = [row for row in costs if row.kind == "element"], [row for row in costs if row.kind == "api"]
        labels = await read_usual_labels(queries, [(row.name, name) for row in elements])
        return ScreenDetail(
            row=to_line(rows[0]) if rows else None,
            causes=[
                ScreenCauseLine(row.cause, row.points, row.sessions, {"lost_on": name, "cause": row.cause})
                for row in await store.read_causes(queries, segment, name)
            ],
            elements=[to_cost(row, name, labels.get((row.name, name))) for row in elements],
            element_count=elements[0].row_count if elements else 0,
            apis=[to_cost(row, name) for row in apis],
            api_count=apis[0].row_count if apis else 0,
            errors=[
                ScreenErrorLine(
                    **msgspec.structs.asdict(row), filter={"error_group": row.group_key, "error_screen": name}
                )
                for row in await store.read_errors(queries, segment, name)
            ],
        )


def to_line(row: ScreenFigures, formerly: store.ScreenThen | None = None) -> ScreenLine:
    """A row with its ways to the sessions."""
    return ScreenLine(
        screen=row.screen,
        views=row.views,
        sessions=row.sessions,
        visitors=row.visitors,
        scored=row.scored,
        score=row.score,
        exits=row.exits,
        exit_share=row.exits / row.sessions if row.sessions else None,
        stay_ms=None if row.stay_ms is None else round(row.stay_ms),
        points=row.points,
        points_sessions=row.points_sessions,
        points_by_cause=row.points_by_cause,
        signals=row.signals,
        signal_sessions=row.signal_sessions,
        sessions_before=formerly.sessions if formerly else None,
        points_before=formerly.points if formerly else None,
        filter={"screen": row.screen},
        exit_filter={"left_at": row.screen},
        points_filter={"lost_on": row.screen},
        signal_filter={"signal_screen": row.screen},
    )


def to_paint(row: ScreenPaint) -> Paint:
    """A row with its way to the sessions, if there is one."""
    way = None if row.sent is None else {"vital": "LCP", "vital_screen": row.sent}
    return Paint(row.screen, row.views, row.sessions, round(row.p75_ms), way)


def to_cost(row: CostRow, on: str, label: str | None = None) -> ScreenCost:
    """A row with its way to the sessions."""
    return ScreenCost(
        kind=row.kind,
        name=row.name,
        label=label,
        points=row.points,
        sessions=row.sessions,
        points_by_cause=row.points_by_cause,
        types=row.types,
        filter={"lost_on": on, "place_kind": row.kind, "place": row.name},
    )


HANDLERS = (screens, screen_paint, screen)
