"""Errors of a project, grouped: who met them, since when, and one of them with the moments to watch."""

from __future__ import annotations

from typing import Annotated

from litestar import get
from litestar.params import Parameter

from mien.api.error_shapes import (
    ErrorGroupPage,
    ErrorGroups,
    ErrorOccurrences,
    example_of,
    group_of,
    occurrence_of,
    part_of,
)
from mien.api.errors import ERRORS
from mien.api.filters import MAX_TEXT, check_text
from mien.errors import NotFound
from mien.store import error_groups as store
from mien.store.cursor import encode
from mien.store.database import Database
from mien.store.error_groups import GroupSort, Order
from mien.store.filters import ErrorOrigin, Segment, segment_snapshot
from mien.store.freshness import read_freshness
from mien.store.overview import bucket_seconds
from mien.store.projects import Project
from mien.store.rollups import answered_from

MAX_PAGE = 100
MAX_PARTS, RELEASES_SHOWN = 50, 3
TREND_BUCKETS = 30

Cursor = Annotated[str | None, Parameter(max_length=400, description="`next_cursor` of the page before.")]
Compare = Annotated[bool, Parameter(description="Also give the period before.")]
Key = Annotated[str, Parameter(max_length=64, description="`key` of the group.")]


@get("/projects/{slug:str}/errors", operation_id="errors", responses=ERRORS, summary="The error groups of a segment")
async def errors(
    project: Project,
    database: Database,
    segment: Segment,
    origin: Annotated[
        ErrorOrigin, Parameter(description="own: of the site. foreign: of scripts of other origins and extensions.")
    ] = "own",
    q: Annotated[str | None, Parameter(max_length=MAX_TEXT, description="Text in type, title or place.")] = None,
    sort: Annotated[GroupSort, Parameter(description="Groups without a value come last.")] = "sessions",
    order: Annotated[Order, Parameter(description="asc or desc.")] = "desc",
    limit: Annotated[int, Parameter(ge=1, le=MAX_PAGE, description="Rows a page.")] = 50,
    cursor: Cursor = None,
    compare: Compare = False,
) -> ErrorGroups:
    """In a stable order: no gaps and no repeats for equal values."""
    after = store.group_position(cursor, sort, order) if cursor else None
    words = check_text("q", q)
    async with segment_snapshot(database, project.schema) as queries:
        totals = await store.read_totals(queries, segment, origin)
        rows, ended = await store.read_groups(
            queries, segment, origin, words.strip() if words else None, sort, order, limit, after
        )
        keys = [row.group_key for row in rows]
        bucket_s = bucket_seconds(segment, TREND_BUCKETS)
        trends = await store.read_group_trend(queries, segment, keys, bucket_s)
        releases = await store.read_parts(queries, segment, keys, "release", RELEASES_SHOWN)
        before = await store.read_groups_before(queries, segment.before(), keys) if compare else None
        all_before = await store.read_totals(queries, segment.before(), origin) if compare else None
        return ErrorGroups(
            total=rows[0].row_count if rows else 0,
            all_sessions=totals.all_sessions,
            all_sessions_before=all_before.all_sessions if all_before else None,
            sessions=totals.sessions,
            users=totals.users,
            errors=totals.errors,
            bucket_s=bucket_s,
            rows=[group_of(row, trends[row.group_key], releases[row.group_key], segment.since, before) for row in rows],
            next_cursor=encode(ended) if ended else None,
            freshness=await read_freshness(queries),
            answered_from=answered_from(queries),
        )


@get(
    "/projects/{slug:str}/errors/{group_key:str}",
    operation_id="error_group",
    responses=ERRORS,
    summary="One error group",
)
async def error_group(
    project: Project,
    database: Database,
    segment: Segment,
    group_key: Key,
    compare: Compare = False,
) -> ErrorGroupPage:
    """With zeros when nobody met it in the segment; NotFound when nobody ever did."""
    key = known_key(group_key)
    async with segment_snapshot(database, project.schema) as queries:
        row = await store.read_group(queries, segment, key)
        if row is None:
            raise NotFound("There is no such error group in this project.")
        bucket_s = bucket_seconds(segment)
        trend = (await store.read_group_trend(queries, segment, [key], bucket_s))[key]
        releases, browsers, screens = [
            (await store.read_parts(queries, segment, [key], by, MAX_PARTS))[key]
            for by in ("release", "browser", "screen")
        ]
        example = await store.read_example(queries, key)
        origin: ErrorOrigin = "foreign" if row.kind == "foreign" else "own"
        totals = await store.read_totals(queries, segment, origin)
        before = await store.read_groups_before(queries, segment.before(), [key]) if compare else None
        all_before = await store.read_totals(queries, segment.before(), origin) if compare else None
        return ErrorGroupPage(
            group=group_of(row, trend, releases[:RELEASES_SHOWN], segment.since, before),
            all_sessions=totals.all_sessions,
            all_sessions_before=all_before.all_sessions if all_before else None,
            bucket_s=bucket_s,
            releases=[part_of(one, {"release": one.name}) for one in releases],
            browsers=[part_of(one, {"browser": one.name}) for one in browsers],
            screens=[part_of(one, {"error_screen": one.name}) for one in screens],
            example=example_of(example) if example else None,
            freshness=await read_freshness(queries),
            answered_from=answered_from(queries),
        )


@get(
    "/projects/{slug:str}/errors/{group_key:str}/occurrences",
    operation_id="error_occurrences",
    responses=ERRORS,
    summary="Sessions that met an error group",
)
async def error_occurrences(
    project: Project,
    database: Database,
    segment: Segment,
    group_key: Key,
    limit: Annotated[int, Parameter(ge=1, le=MAX_PAGE, description="Rows a page.")] = 20,
    cursor: Cursor = None,
) -> ErrorOccurrences:
    """One row per session, with its first error of the group; newest first. Empty when nobody met it in the segment."""
    after = store.occurrence_position(cursor) if cursor else None
    key = known_key(group_key)
    async with segment_snapshot(database, project.schema) as queries:
        rows, ended = await store.read_occurrences(queries, segment, key, limit, after)
    return ErrorOccurrences(rows=[occurrence_of(row) for row in rows], next_cursor=encode(ended) if ended else None)


def known_key(group_key: str) -> str:
    """Raises NotFound for what can be no key."""
    if not group_key.isascii() or not group_key.isalnum():
        raise NotFound("There is no such error group in this project.")
    return group_key


HANDLERS = (errors, error_group, error_occurrences)
