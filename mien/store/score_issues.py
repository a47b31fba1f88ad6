"""What costs most, ranked: a place and a cause each, and what the mean score would be without it.

Points come from the roll-ups and sum up; gains do not, and are counted of the sessions themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

import msgspec

from mien.store.causes import Cause, sorting
from mien.store.database import Queries
from mien.store.filters import Segment
from mien.store.rollups import read_source

IssuePlace: TypeAlias = Literal["screen", "api", "element"]


class IssueFigures(msgspec.Struct, frozen=True):
    """`screen`: an element's, "" not known. `points`: the sum of what its `sessions` lost there to the cause."""

    name: str
    screen: str | None
    cause: Cause
    points: float
    sessions: int
    row_count: int


class _Gain(msgspec.Struct, frozen=True):
    number: int
    gain: float


async def read_issues(queries: Queries, segment: Segment, by: IssuePlace, max_rows: int) -> list[IssueFigures]:
    """Costliest first. Call inside a `segment_snapshot`, like the following."""
    source = await read_source(queries, segment)
    return await queries.fetch_all(
        IssueFigures, "score_issues.rows", **source.arguments(), **sorting(), by=by, max_rows=max_rows
    )


async def read_gains(queries: Queries, segment: Segment, by: IssuePlace, issues: Sequence[IssueFigures]) -> list[float]:
    """For each issue what the exact scores of its sessions would rise by without it alone, all together."""
    rows = await queries.fetch_all(
        _Gain,
        "score_issues.gains",
        **segment.arguments(),
        **sorting(),
        by=by,
        names=[issue.name for issue in issues],
        screens=[issue.screen for issue in issues],
        wanted=[issue.cause for issue in issues],
    )
    found = {row.number: row.gain for row in rows}
    return [found.get(number, 0.0) for number in range(1, len(issues) + 1)]
