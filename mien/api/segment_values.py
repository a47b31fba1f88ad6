"""What the segment builder proposes: the values that sessions of the period have."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import get
from litestar.params import Parameter

from mien.api.errors import ERRORS
from mien.api.filters import check_text
from mien.store.database import Database
from mien.store.filters import Segment, segment_snapshot
from mien.store.projects import Project
from mien.store.segment_values import MAX_SESSIONS, Field, Value, read_values

MAX_VALUES = 100


class SegmentValues(msgspec.Struct, frozen=True):
    """`counted_sessions`: of so many newest sessions of the segment, at most."""

    values: list[Value]
    counted_sessions: int


@get(
    "/projects/{slug:str}/segment-values",
    operation_id="segment_values",
    responses=ERRORS,
    summary="What a segment can be narrowed to",
)
async def segment_values(
    project: Project,
    database: Database,
    segment: Segment,
    of: Annotated[Field, Parameter(description="Of what.")],
    part: Annotated[
        str | None, Parameter(max_length=200, description="Text that the value or its label holds.")
    ] = None,
    limit: Annotated[int, Parameter(ge=1, le=MAX_VALUES, description="At most so many.")] = 20,
) -> SegmentValues:
    """The most frequent first, each with its sessions among those that the segment has."""
    async with segment_snapshot(database, project.schema) as queries:
        values = await read_values(queries, segment, of, (check_text("part", part) or "").strip(), limit)
    return SegmentValues(values, MAX_SESSIONS)


HANDLERS = (segment_values,)
