"""Heatmaps of one screen: the screens to choose from, the map, its elements, and the recorded page to draw it on."""

from __future__ import annotations

from datetime import UTC
from typing import Annotated

from litestar import get
from litestar.datastructures import State
from litestar.params import Parameter

from mien.api.errors import ERRORS
from mien.api.filters import MAX_TEXT, check_text
from mien.api.heatmap_shapes import (
    HeatDrift,
    HeatElements,
    Heatmap,
    HeatPage,
    HeatScreens,
    Layer,
    reference_of,
    screen_filter,
    to_cell,
    to_drift,
    to_element,
    to_rows,
    to_width_row,
)
from mien.api.recorded_pages import PageDesk
from mien.config import Settings
from mien.errors import InvalidRequest
from mien.store.database import Database, Queries
from mien.store.filters import Segment, Width, segment_snapshot
from mien.store.freshness import read_freshness
from mien.store.heat_cells import Cells, Mode, read_clicks, read_moves
from mien.store.heat_drift import read_clicked, read_releases
from mien.store.heat_elements import read_elements
from mien.store.heatmap import Audience, read_audiences, read_rows, read_screens
from mien.store.projects import Project
from mien.store.rollups import answered_from

MAX_SCREENS = 500
MAX_CELLS = 20_000
MAX_ELEMENTS = 500
GROWTH = 4
"""A replay chunk may be a little longer than the collector's limit (replay.py)."""

Screen = Annotated[str, Parameter(query="on", max_length=MAX_TEXT, description="The screen of the map.")]
AtWidth = Annotated[Width | None, Parameter(description="Only views at this width band, in CSS pixels.")]
NO_CELLS = Cells([], 0, 0, 0.0)


@get("/projects/{slug:str}/heatmaps", operation_id="heatmaps", responses=ERRORS, summary="Screens that have heatmaps")
async def heatmaps(
    project: Project,
    database: Database,
    segment: Segment,
    limit: Annotated[int, Parameter(ge=1, le=MAX_SCREENS, description="Screens at most.")] = 100,
) -> HeatScreens:
    """The most viewed first."""
    async with segment_snapshot(database, project.schema) as queries:
        screens, screen_count = await read_screens(queries, segment, limit)
        return HeatScreens(
            since=segment.since.replace(tzinfo=UTC),
            until=segment.until.replace(tzinfo=UTC),
            screens=screens,
            screen_count=screen_count,
            answered_from=answered_from(queries),
            freshness=await read_freshness(queries),
        )


@get("/projects/{slug:str}/heatmap", operation_id="heatmap", responses=ERRORS, summary="The heatmap of a screen")
async def heatmap(
    project: Project,
    database: Database,
    settings: Settings,
    segment: Segment,
    on: Screen,
    layer: Annotated[Layer, Parameter(description="What is counted.")] = "click",
    mode: Annotated[
        Mode, Parameter(description="Cells of elements, or of the page; move, scroll and attention are the page's.")
    ] = "element",
    width: AtWidth = None,
    limit: Annotated[int, Parameter(ge=1, le=MAX_CELLS, description="Cells at most.")] = 5000,
) -> Heatmap:
    """Cells of the page are of one width band: without `width`, of the one with the most views."""
    screen = required(on)
    min_people = settings.heatmap_min_people
    if layer in ("move", "scroll", "attention"):
        mode = "page"
    async with segment_snapshot(database, project.schema) as queries:
        everyone = await read_audiences(queries, segment, screen)
        width = width or (usual_width(everyone) if mode == "page" else None)
        audience = audience_of(everyone, width)
        cells = await read_cells(queries, segment, screen, layer, mode, width, min_people, limit)
        rows = []
        if width is not None and layer in ("scroll", "attention"):
            rows = await read_rows(queries, segment, screen, width, min_people, layer == "attention")
        return Heatmap(
            screen=screen,
            layer=layer,
            mode=mode,
            width=width,
            views=audience.views,
            sessions=audience.sessions,
            visitors=audience.visitors,
            filter=screen_filter(screen, width),
            widths=[to_width_row(one, screen) for one in everyone if not one.is_all],
            fold_px=audience.fold_px,
            page_px=audience.page_px,
            min_people=min_people,
            cells=[to_cell(cell, audience.views) for cell in cells.cells],
            cell_count=cells.cell_count,
            hidden_cells=cells.hidden_cells,
            hidden_amount=cells.hidden_amount,
            reference=reference_of(cells.cells),
            rows=to_rows(rows, audience.views, min_people, layer == "attention"),
            answered_from=answered_from(queries),
            freshness=await read_freshness(queries),
        )


async def read_cells(
    queries: Queries,
    segment: Segment,
    screen: str,
    layer: Layer,
    mode: Mode,
    width: Width | None,
    min_people: int,
    limit: int,
) -> Cells:
    """The cells of a layer; scroll and attention have rows instead, and a page of no known width has none."""
    if layer in ("scroll", "attention") or (mode == "page" and width is None):
        return NO_CELLS
    if layer == "move":
        assert width is not None
        return await read_moves(queries, segment, screen, width, min_people, limit)
    assert layer in ("click", "rage", "dead")
    return await read_clicks(queries, segment, screen, width, mode, layer, min_people, limit)


@get(
    "/projects/{slug:str}/heatmap/elements",
    operation_id="heatmap_elements",
    responses=ERRORS,
    summary="The clicked elements of a screen",
)
async def heatmap_elements(
    project: Project,
    database: Database,
    segment: Segment,
    on: Screen,
    width: AtWidth = None,
    limit: Annotated[int, Parameter(ge=1, le=MAX_ELEMENTS, description="Elements at most.")] = 100,
) -> HeatElements:
    """Shares are of views. Without `width`, at all widths."""
    screen = required(on)
    async with segment_snapshot(database, project.schema) as queries:
        audience = audience_of(await read_audiences(queries, segment, screen), width)
        rows, element_count = await read_elements(queries, segment, screen, width, limit)
        return HeatElements(
            screen=screen,
            width=width,
            views=audience.views,
            sessions=audience.sessions,
            visitors=audience.visitors,
            elements=[to_element(row, screen, width, audience.views) for row in rows],
            element_count=element_count,
            answered_from=answered_from(queries),
            freshness=await read_freshness(queries),
        )


@get(
    "/projects/{slug:str}/heatmap/page",
    operation_id="heatmap_page",
    responses=ERRORS,
    summary="The recorded page under a heatmap",
)
async def heatmap_page(
    project: Project,
    database: Database,
    settings: Settings,
    segment: Segment,
    on: Screen,
    state: State,
    width: AtWidth = None,
) -> HeatPage:
    """The page of the newest view that was recorded, 3 s after it began: shown as a replay is, without scripts."""
    screen = required(on)
    desk: PageDesk = state.recorded_pages
    max_bytes = GROWTH * settings.max_replay_chunk_bytes
    page = await desk.find(database, project.schema, segment, screen, width, max_bytes)
    if page is None:
        return HeatPage(None, None, None, None, None)
    taken_at = page.taken_at.replace(tzinfo=UTC)
    return HeatPage(page.session_id, taken_at, page.width_px, page.height_px, [*page.events])


@get(
    "/projects/{slug:str}/heatmap/drift",
    operation_id="heatmap_drift",
    responses=ERRORS,
    summary="Whether a screen changed between releases",
)
async def heatmap_drift(
    project: Project, database: Database, segment: Segment, on: Screen, width: AtWidth = None
) -> HeatDrift:
    """Of releases with at least 20 views: another height of the page, elements clicked under one of them only."""
    screen = required(on)
    async with segment_snapshot(database, project.schema) as queries:
        releases = await read_releases(queries, segment, screen, width)
        clicked = await read_clicked(queries, segment, screen, width) if len(releases) > 1 else []
    return to_drift(screen, width, releases, clicked)


def required(on: str) -> str:
    """The screen as text that PostgreSQL takes."""
    screen = check_text("on", on)
    if screen is None:
        raise InvalidRequest("on: name the screen.")
    return screen


def usual_width(audiences: list[Audience]) -> Width | None:
    """The width band with the most views; None where none is known."""
    known = [one for one in audiences if one.width is not None]
    return max(known, key=lambda one: one.views).width if known else None


def audience_of(audiences: list[Audience], width: Width | None) -> Audience:
    """That of one width band, or of all."""
    for one in audiences:
        if one.is_all if width is None else one.width == width:
            return one
    return Audience(False, width, 0, 0, 0, None, None)


HANDLERS = (heatmaps, heatmap, heatmap_elements, heatmap_page, heatmap_drift)
