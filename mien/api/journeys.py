"""Journeys: the flow from or to a screen, and the loops. Each count comes with the filter of its sessions."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import msgspec
from litestar import get
from litestar.params import Parameter

from mien.api.errors import ERRORS
from mien.api.filters import MAX_TEXT, check_text
from mien.store.before import Seen
from mien.store.database import Database
from mien.store.difference import Difference
from mien.store.filters import Segment, segment_snapshot
from mien.store.freshness import Freshness, read_freshness
from mien.store.journeys import (
    Direction,
    Edge,
    Figures,
    Flow,
    FlowQuestion,
    Loop,
    Node,
    count_sessions,
    flow_path,
    read_flow,
    read_loops,
)
from mien.store.projects import Project
from mien.store.rollups import AnsweredFrom, answered_from
from mien.store.wilson import rise_95

MAX_DEPTH, MAX_NODES, MAX_LOOPS = 5, 12, 50
LEAST_COMPARED = 100
"""Sessions at a node in each period, for a claim about leaving there (visual.md 5.7)."""

Filter = dict[str, str]


class FlowEdge(msgspec.Struct, frozen=True):
    """From `screen` at `depth` to `next_screen` at the depth after it; null is the node of the other screens.

    `score`: mean of the exact scores of its `scored` sessions. `seen`: sessions with each kind of trouble in the minute
    before they went over. `filter`: the list's parameters that give exactly these `sessions`.
    """

    depth: int
    screen: str | None
    next_screen: str | None
    sessions: int
    scored: int
    score: float | None
    seen: Seen
    filter: Filter


class FlowEnd(msgspec.Struct, frozen=True):
    """Those that left at a node; backwards those whose first screen it is.

    `seen`: in the minute before they left (null backwards); with `before` set to one of its kinds beside `filter` the
    list holds exactly that many sessions. `share_before`: of leaving here in the period before; `rose`: the share is
    clearly higher now (its 95 % interval excludes zero, with 100 sessions here in both periods).
    """

    sessions: int
    scored: int
    score: float | None
    seen: Seen | None
    share_before: float | None
    rose: bool
    filter: Filter


class FlowNode(msgspec.Struct, frozen=True):
    """A screen at a depth, or with null all others there.

    `sessions` = those of the edges that go out + those of `end` + `beyond` (of the last depth: those that went on).
    """

    depth: int
    screen: str | None
    sessions: int
    scored: int
    score: float | None
    end: FlowEnd | None
    beyond: int
    filter: Filter


class FlowEnds(msgspec.Struct, frozen=True):
    """All that left at a depth, whatever the screen; backwards all that came in there."""

    depth: int
    sessions: int
    filter: Filter


class FlowPage(msgspec.Struct, frozen=True):
    """`sessions` are in the flow, of `segment_sessions`: the others never saw `start`, or no screen at all."""

    since: datetime
    until: datetime
    direction: Direction
    start: str | None
    depth: int
    segment_sessions: int
    sessions: int
    nodes: list[FlowNode]
    edges: list[FlowEdge]
    ends: list[FlowEnds]
    freshness: Freshness
    answered_from: AnsweredFrom


@get("/projects/{slug:str}/journeys/flow", operation_id="flow", responses=ERRORS, summary="Where sessions go")
async def flow(
    project: Project,
    database: Database,
    segment: Segment,
    direction: Annotated[
        Direction, Parameter(description="forwards, or backwards: where they came from.")
    ] = "forwards",
    start: Annotated[
        str | None,
        Parameter(max_length=MAX_TEXT, description="From the first visit of this screen; default: the entry."),
    ] = None,
    depth: Annotated[int, Parameter(ge=1, le=MAX_DEPTH, description="Steps after the start.")] = MAX_DEPTH,
    nodes: Annotated[int, Parameter(ge=1, le=MAX_NODES, description="Screens at each step; the rest is one node.")] = 8,
    compare: Annotated[bool, Parameter(description="With leaving in the period before.")] = False,
) -> FlowPage:
    """Each session counts once at each step. What comes into a node is what goes out of it and what ends there."""
    question = FlowQuestion(direction=direction, start=check_text("start", start), depth=depth, max_nodes=nodes)
    async with segment_snapshot(database, project.schema) as queries:
        found = await read_flow(queries, segment, question)
        earlier = await read_flow(queries, segment.before(), question, like=found) if compare else None
        return FlowPage(
            since=segment.since.replace(tzinfo=UTC),
            until=segment.until.replace(tzinfo=UTC),
            direction=direction,
            start=question.start,
            depth=depth,
            segment_sessions=await count_sessions(queries, segment),
            sessions=sum(node.sessions for node in found.nodes if node.depth == 0),
            nodes=[_node_of(found, question, node, earlier) for node in found.nodes],
            edges=[_edge_of(found, question, edge) for edge in found.edges],
            ends=_ends_of(found, question),
            freshness=await read_freshness(queries),
            answered_from=answered_from(queries),
        )


def _edge_of(found: Flow, question: FlowQuestion, edge: Edge) -> FlowEdge:
    assert edge.seen is not None  # only ends may be without
    return FlowEdge(
        depth=edge.depth,
        screen=edge.screen,
        next_screen=edge.next_screen,
        sessions=edge.sessions,
        scored=edge.scored,
        score=edge.score,
        seen=edge.seen,
        filter={"path": flow_path(found, question, edge.depth, (edge.screen, edge.next_screen))},
    )


def _node_of(found: Flow, question: FlowQuestion, node: Node, earlier: Flow | None) -> FlowNode:
    then = (
        next((one for one in earlier.nodes if (one.depth, one.screen) == (node.depth, node.screen)), None)
        if earlier
        else None
    )
    return FlowNode(
        depth=node.depth,
        screen=node.screen,
        sessions=node.sessions,
        scored=node.scored,
        score=node.score,
        end=_end_of(found, question, node, node.end, then) if node.end else None,
        beyond=node.beyond,
        filter={"path": flow_path(found, question, node.depth, (node.screen,))},
    )


def _end_of(found: Flow, question: FlowQuestion, node: Node, end: Figures, then: Node | None) -> FlowEnd:
    ended_before = then.end.sessions if then and then.end else 0
    is_comparable = then is not None and min(then.sessions, node.sessions) >= LEAST_COMPARED
    return FlowEnd(
        sessions=end.sessions,
        scored=end.scored,
        score=end.score,
        seen=end.seen,
        share_before=ended_before / then.sessions if then else None,
        rose=is_comparable and then is not None
        and rise_95(end.sessions, node.sessions, ended_before, then.sessions)[0] > 0,
        filter={"path": flow_path(found, question, node.depth, (node.screen,), is_end=True)},
    )  # fmt: skip


def _ends_of(found: Flow, question: FlowQuestion) -> list[FlowEnds]:
    return [
        FlowEnds(depth, sessions, {"path": flow_path(found, question, depth + 1, (), is_end=True)})
        for depth in range(question.depth + 1)
        if (sessions := sum(node.end.sessions for node in found.nodes if node.depth == depth and node.end))
    ]


class LoopRow(msgspec.Struct, frozen=True):
    """Sessions that went from one of `screens` to the other and straight back; the first is the one come back to more.

    `returns`: how often, in all of them; `away_ms`: mean time of a session on the screen between. `difference`: their
    mean `score` minus `others_score`, that of the sessions which saw both screens and did not go back and forth, with
    its 95 % interval; null with under ten scored sessions on either side. Seen together, not proven to be the cause.
    """

    screens: list[str]
    sessions: int
    returns: int
    away_ms: int
    scored: int
    score: float | None
    others_scored: int
    others_score: float | None
    difference: Difference | None
    filter: Filter


class Loops(msgspec.Struct, frozen=True):
    """`rows`: at most `limit` of `row_count` pairs, those of most sessions first."""

    since: datetime
    until: datetime
    segment_sessions: int
    row_count: int
    rows: list[LoopRow]
    answered_from: AnsweredFrom
    freshness: Freshness


@get("/projects/{slug:str}/journeys/loops", operation_id="loops", responses=ERRORS, summary="Back and forth")
async def loops(
    project: Project,
    database: Database,
    segment: Segment,
    limit: Annotated[int, Parameter(ge=1, le=MAX_LOOPS, description="Rows at most.")] = 10,
) -> Loops:
    """Screens that sessions go back and forth between, and how their scores differ."""
    async with segment_snapshot(database, project.schema) as queries:
        rows, row_count = await read_loops(queries, segment, limit)
        return Loops(
            since=segment.since.replace(tzinfo=UTC),
            until=segment.until.replace(tzinfo=UTC),
            segment_sessions=await count_sessions(queries, segment),
            row_count=row_count,
            rows=[_loop_of(row) for row in rows],
            answered_from=answered_from(queries),
            freshness=await read_freshness(queries),
        )


def _loop_of(loop: Loop) -> LoopRow:
    return LoopRow(
        screens=list(loop.screens),
        sessions=loop.sessions,
        returns=loop.returns,
        away_ms=min(round(loop.away_s * 1000), 10**12),
        scored=loop.scored,
        score=loop.score,
        others_scored=loop.others_scored,
        others_score=loop.others_score,
        difference=loop.difference,
        filter=loop.filter,
    )


HANDLERS = (flow, loops)
