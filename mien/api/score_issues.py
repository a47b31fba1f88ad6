"""Issues by what they cost: a place and a cause each, what the score would be without it, and its sessions."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import msgspec
from litestar import get
from litestar.params import Parameter

from mien.api.errors import ERRORS
from mien.store.causes import Cause
from mien.store.database import Database
from mien.store.dimension import list_filter, read_total
from mien.store.element_labels import read_usual_labels
from mien.store.filters import Segment, segment_snapshot
from mien.store.freshness import Freshness, read_freshness
from mien.store.projects import Project
from mien.store.rollups import AnsweredFrom, answered_from
from mien.store.score_issues import IssuePlace, read_gains, read_issues

MAX_ROWS = 100


class CostlyIssue(msgspec.Struct, frozen=True):
    """`points`: what all scored sessions of the segment lost to it, as a mean; `gain_if_fixed`: what the mean score
    would rise by without it alone, at most the points; null unless `with_gain`. `screen`: an element's, "" not known.
    `label`: the usual words on it. `filter`: beside the parameters of this call, the list holds exactly its `sessions`.
    """

    name: str
    screen: str | None
    label: str | None
    cause: Cause
    points: float
    gain_if_fixed: float | None
    sessions: int
    filter: dict[str, str]


class IssueList(msgspec.Struct, frozen=True):
    """`score`: mean of the `scored` sessions. `rows`: costliest first, of `row_count`."""

    by: IssuePlace
    since: datetime
    until: datetime
    scored: int
    score: float | None
    row_count: int
    rows: list[CostlyIssue]
    freshness: Freshness
    answered_from: AnsweredFrom


@get("/projects/{slug:str}/score/issues", operation_id="scoreIssues", responses=ERRORS, summary="What costs most")
async def score_issues(
    project: Project,
    database: Database,
    segment: Segment,
    by: Annotated[IssuePlace, Parameter(description="Where an issue was: an issue may count at one of each.")],
    limit: Annotated[int, Parameter(ge=1, le=MAX_ROWS, description="Rows at most.")] = 10,
    with_gain: Annotated[bool, Parameter(description="Also what fixing it would gain; reads the sessions.")] = False,
) -> IssueList:
    """Places and causes by the points that were lost to them."""
    async with segment_snapshot(database, project.schema) as queries:
        total = await read_total(queries, segment)
        issues = await read_issues(queries, segment, by, limit)
        gains = await read_gains(queries, segment, by, issues) if with_gain else [None] * len(issues)
        elements = [(issue.name, issue.screen or "") for issue in issues] if by == "element" else []
        labels = await read_usual_labels(queries, elements)
        return IssueList(
            by=by,
            since=segment.since.replace(tzinfo=UTC),
            until=segment.until.replace(tzinfo=UTC),
            scored=total.scored,
            score=total.score,
            row_count=issues[0].row_count if issues else 0,
            rows=[
                CostlyIssue(
                    name=issue.name,
                    screen=issue.screen,
                    label=labels.get((issue.name, issue.screen or "")),
                    cause=issue.cause,
                    points=issue.points / total.scored,
                    gain_if_fixed=None if gain is None else gain / total.scored,
                    sessions=issue.sessions,
                    filter=list_filter(by, issue.name, issue.screen) | {"cause": issue.cause},
                )
                for issue, gain in zip(issues, gains, strict=True)
            ],
            freshness=await read_freshness(queries),
            answered_from=answered_from(queries, also_raw=with_gain),
        )


HANDLERS = (score_issues,)
