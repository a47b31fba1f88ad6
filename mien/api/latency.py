"""Latency: how long each API took, one API in depth, what waiting goes together with, web vitals."""

from __future__ import annotations

from datetime import UTC
from typing import Annotated

import msgspec
from litestar import get
from litestar.params import Parameter

from mien.api.errors import ERRORS
from mien.api.filters import check_key
from mien.api.latency_filters import MAX_API
from mien.api.latency_shapes import (
    ApiDetail,
    ApiList,
    Dose,
    FirstByte,
    VitalLine,
    VitalPage,
    to_api_row,
    to_slow_call,
    to_trend,
)
from mien.errors import InvalidRequest
from mien.store import latency as store
from mien.store.cursor import encode
from mien.store.database import Database
from mien.store.dose import read_dose
from mien.store.filters import Segment, segment_snapshot
from mien.store.freshness import read_freshness
from mien.store.latency import APDEX_MS, CHANGES, Sort, from_cursor
from mien.store.latency_filters import LEFT_WITHIN_S, VITAL_LINES, CallFilter
from mien.store.latency_trend import read_trend
from mien.store.projects import Project
from mien.store.releases import read_release_starts
from mien.store.rollups import answered_from
from mien.store.session_list import Order
from mien.store.vitals import read_vitals

MAX_ROWS = 200
Compare = Annotated[bool, Parameter(description="Also give the period before.")]


@get("/projects/{slug:str}/latency", operation_id="latency", responses=ERRORS, summary="The latency of all APIs")
async def latency(
    project: Project,
    database: Database,
    segment: Segment,
    sort: Annotated[Sort, Parameter(description="APIs without a value come last. Changes need `compare`.")] = "points",
    order: Annotated[Order, Parameter(description="asc or desc.")] = "desc",
    limit: Annotated[int, Parameter(ge=1, le=MAX_ROWS, description="Rows a page.")] = 50,
    cursor: Annotated[str | None, Parameter(max_length=1200, description="`next_cursor` of the page before.")] = None,
    compare: Compare = False,
) -> ApiList:
    """One row for each API that the segment's sessions called; percentiles of finished calls, at most 1 % off."""
    if sort in CHANGES and not compare:
        raise InvalidRequest(f"sort: {sort} is told against the period before. Add compare=true.")
    after = from_cursor(cursor, sort, order) if cursor else None
    async with segment_snapshot(database, project.schema) as queries:
        total = await store.read_total(queries, segment)
        before = await store.read_total(queries, segment.before()) if compare else None
        formerly = await store.read_formerly(queries, segment.before()) if compare else store.NOTHING_BEFORE
        rows, ended = await store.read_apis(queries, segment, sort, order, limit, after, formerly)
        return ApiList(
            since=segment.since.replace(tzinfo=UTC),
            until=segment.until.replace(tzinfo=UTC),
            calls=total.calls,
            sessions=total.sessions,
            sessions_before=before.sessions if before else None,
            row_count=rows[0].row_count if rows else 0,
            apdex_ms=APDEX_MS,
            rows=[to_api_row(row, segment, total.scored, formerly.get(row.api)) for row in rows],
            next_cursor=encode(ended) if ended else None,
            freshness=await read_freshness(queries),
            answered_from=answered_from(queries),
        )


@get(
    "/projects/{slug:str}/latency/api",
    operation_id="latencyApi",
    responses=ERRORS,
    summary="The latency of one API",
)
async def latency_api(
    project: Project,
    database: Database,
    segment: Segment,
    api: Annotated[str, Parameter(max_length=MAX_API, description="As stored; empty: calls without a name.")],
    compare: Compare = False,
) -> ApiDetail:
    """Trend, distribution, time to the first byte, screens, slowest calls. An API that nobody called has no row."""
    name = check_key("api", api) or ""
    async with segment_snapshot(database, project.schema) as queries:
        total = await store.read_total(queries, segment)
        row = await store.read_api(queries, segment, name)
        before = await store.read_total(queries, segment.before()) if compare else None
        formerly = await store.read_formerly(queries, segment.before(), name) if compare else store.NOTHING_BEFORE
        trend = await read_trend(queries, segment, name)
        depth = await store.read_depth(queries, segment, name)
        return ApiDetail(
            since=segment.since.replace(tzinfo=UTC),
            until=segment.until.replace(tzinfo=UTC),
            sessions=total.sessions,
            sessions_before=before.sessions if before else None,
            row=to_api_row(row, segment, total.scored, formerly.get(name)) if row else None,
            apdex_ms=APDEX_MS,
            bucket_s=trend.bucket_s,
            trend=[to_trend(bucket) for bucket in trend.buckets],
            releases=await read_release_starts(queries, segment, trend.bucket_s),
            distribution=await store.read_distribution(queries, segment, name),
            first_byte=FirstByte(depth.first_byte.finished, depth.first_byte.percentiles()),
            screens=depth.screens,
            slowest=[to_slow_call(call) for call in depth.slowest],
            answered_from=answered_from(queries),
        )


@get(
    "/projects/{slug:str}/latency/dose",
    operation_id="latencyDose",
    responses=ERRORS,
    summary="What waiting goes together with",
)
async def latency_dose(
    project: Project,
    database: Database,
    segment: Segment,
    api: Annotated[
        str | None, Parameter(max_length=MAX_API, description="Band by the calls of this API alone; default: by all.")
    ] = None,
) -> Dose:
    """Sessions in bands by the p75 of their finished calls: mean score, share that left, share with a rage click."""
    name = check_key("api", api)
    narrowed = msgspec.structs.replace(segment, call=CallFilter(api=name, status="any"))
    async with segment_snapshot(database, project.schema) as queries:
        bands = await read_dose(queries, narrowed)
        if name is None:  # of the segment without its own filter of calls, which roll-ups may answer
            everybody = msgspec.structs.replace(segment, call=CallFilter())
            called = (await store.read_total(queries, everybody)).sessions
        else:
            called = (await store.read_total(queries, narrowed)).period_sessions
        return Dose(
            api=name,
            left_within_s=LEFT_WITHIN_S,
            sessions=called,
            unbanded=called - sum(band.sessions for band in bands),
            bands=bands,
            answered_from=answered_from(queries),
        )


@get("/projects/{slug:str}/latency/vitals", operation_id="vitals", responses=ERRORS, summary="Web vitals")
async def latency_vitals(
    project: Project,
    database: Database,
    segment: Segment,
    limit: Annotated[int, Parameter(ge=1, le=MAX_ROWS, description="Screens with device at most.")] = 50,
) -> VitalPage:
    """The 75th percentile by screen and type of device, and the views by rating; a view counts once for each vital."""
    async with segment_snapshot(database, project.schema) as queries:
        found = await read_vitals(queries, segment, limit)
        return VitalPage(
            lines=[VitalLine(name, lines.good, lines.poor) for name, lines in VITAL_LINES.items()],
            all=found.all,
            row_count=found.row_count,
            rows=found.screens,
            answered_from=answered_from(queries),
        )


HANDLERS = (latency, latency_api, latency_dose, latency_vitals)
