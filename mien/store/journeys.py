"""Where sessions go: the flow from or to a screen, step by step, and the loops in which they go back and forth.

Counted over `picked` (filters.py), a session once at each step, so that what comes into a node is what leaves it. Each
count has the filter that gives exactly its sessions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

import msgspec

from mien.store.before import Seen, troubles
from mien.store.database import Queries
from mien.store.difference import Difference, Sample, difference_95, sample_of
from mien.store.filters import Segment
from mien.store.paths import Path, Step, write_name, write_path
from mien.store.rollups import read_source

Direction: TypeAlias = Literal["forwards", "backwards"]
ROLLED_DEPTH = 5
"""Roll-ups hold flows so far."""


class FlowQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """`start` None: from the entry, or backwards from the last screen; else from the session's first visit of it.

    `depth`: steps after the start, from 1. `max_nodes`: screens shown at each step; the others are one node.
    """

    direction: Direction = "forwards"
    start: str | None = None
    depth: int = 5
    max_nodes: int = 8


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """Some sessions and their mean score; `seen`: what came in the minute before they went over."""

    sessions: int
    scored: int
    score: float | None
    seen: Seen | None


class Edge(Figures, frozen=True, kw_only=True):
    """From a node to one at the next depth; None is the node of the others."""

    depth: int
    screen: str | None
    next_screen: str | None


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """`end`: those that left here; backwards those that came in here. `beyond`: of the last depth, those that went on.

    sessions = those of the edges that go out, and of `end`, and of `beyond`.
    """

    depth: int
    screen: str | None
    sessions: int
    scored: int
    score: float | None
    end: Figures | None
    beyond: int


class Flow(msgspec.Struct, frozen=True):
    """Nodes and edges by depth, those of most sessions first, the others last."""

    nodes: list[Node]
    edges: list[Edge]

    def screens_at(self, depth: int) -> tuple[str, ...]:
        """The screens that have a node of their own."""
        return tuple(node.screen for node in self.nodes if node.depth == depth and node.screen is not None)


class _FlowRow(msgspec.Struct, frozen=True):
    depth: int
    node: str | None
    next_node: str | None
    is_end: bool
    sessions: int
    scored: int
    score: float | None
    rage: int
    error: int
    slow: int
    other: int
    nothing: int

    @property
    def seen(self) -> Seen:
        return msgspec.convert(self, Seen, from_attributes=True)


async def read_flow(queries: Queries, segment: Segment, question: FlowQuestion, like: Flow | None = None) -> Flow:
    """Call inside a `segment_snapshot`. `like`: with the nodes of that flow, to compare two periods."""
    named = [(node.depth, node.screen) for node in like.nodes if node.screen is not None] if like else None
    source = await read_source(queries, segment, is_rolled=question.depth <= ROLLED_DEPTH)
    rows = await queries.fetch_all(
        _FlowRow,
        "journeys.flow",
        **source.arguments(),
        **_walking((1 if question.direction == "forwards" else -1,), question.start, question.depth),
        max_nodes=question.max_nodes,
        node_depths=[depth for depth, _ in named] if named is not None else None,
        node_screens=[screen for _, screen in named] if named is not None else None,
    )
    return to_flow(rows, question)


def rolled_flows() -> dict[str, object]:
    """The parameters of sql/fragments/flow_rows.sql for what roll-ups hold."""
    return {**_walking((1, -1), None, ROLLED_DEPTH), "is_every": True}


def _walking(directions: Sequence[int], start: str | None, depth: int) -> dict[str, object]:
    return {
        "directions": list(directions),
        "start": start,
        "is_every": False,
        "max_depth": depth,
        **troubles(),
    }


def to_flow(rows: Sequence[_FlowRow], question: FlowQuestion) -> Flow:
    """Nodes and edges of the rows. Pure."""
    is_backwards = question.direction == "backwards"
    edges = [
        Edge(
            depth=row.depth, screen=row.node, next_screen=row.next_node,
            sessions=row.sessions, scored=row.scored, score=row.score, seen=row.seen,
        )
        for row in rows if not row.is_end and row.depth < question.depth
    ]  # fmt: skip
    by_node: dict[tuple[int, str | None], list[_FlowRow]] = {}
    for row in rows:
        by_node.setdefault((row.depth, row.node), []).append(row)
    nodes = []
    for (depth, screen), parts in by_node.items():
        scored = sum(row.scored for row in parts)
        end = next((row for row in parts if row.is_end), None)
        nodes.append(Node(
            depth=depth, screen=screen, sessions=sum(row.sessions for row in parts), scored=scored,
            score=sum(row.scored * (row.score or 0) for row in parts) / scored if scored else None,
            end=None if end is None else Figures(
                sessions=end.sessions, scored=end.scored, score=end.score,
                # Before the first screen nothing was recorded.
                seen=None if is_backwards else end.seen,
            ),
            beyond=sum(row.sessions for row in parts if not row.is_end) if depth == question.depth else 0,
        ))  # fmt: skip
    nodes.sort(key=lambda node: (node.depth, node.screen is None, -node.sessions, node.screen or ""))
    edges.sort(key=lambda edge: (edge.depth, edge.next_screen is None, -edge.sessions, edge.next_screen or ""))
    return Flow(nodes, edges)


def flow_path(flow: Flow, question: FlowQuestion, depth: int, ends: Sequence[str | None], is_end: bool = False) -> str:
    """The way of the sessions at a node (`ends`: its screen) or on an edge (both screens), for the list's `path`.

    `depth`: of the first of `ends`; `is_end`: of the node those that left, or backwards came in, there.
    """
    is_backwards = question.direction == "backwards"
    steps = [Step(names=(question.start,), is_first=True) if question.start is not None and depth else Step()]
    steps += [Step()] * (depth - 1)
    steps = [
        *steps[:depth],
        *(_step_of(flow, question, depth + number, screen) for number, screen in enumerate(ends)),
    ]
    at_entry, at_exit = question.start is None and not is_backwards, question.start is None and is_backwards
    if is_backwards:
        steps.reverse()
    steps = [msgspec.structs.replace(step, directly=number > 0) for number, step in enumerate(steps)]
    return write_path(Path(
        steps=tuple(steps),
        from_start=at_entry or (is_end and is_backwards),
        to_end=at_exit or (is_end and not is_backwards),
    ))  # fmt: skip


def _step_of(flow: Flow, question: FlowQuestion, depth: int, screen: str | None) -> Step:
    if screen is None:
        return Step(names=flow.screens_at(depth), is_not=True)
    return Step(names=(screen,), is_first=depth == 0 and question.start is not None)


class Loop(msgspec.Struct, frozen=True, kw_only=True):
    """Sessions that went from one screen to the other and straight back, or the other way round.

    `returns`: how often, in all of them. `away_s`: mean time of a session on the screens between. `difference`: their
    mean score minus that of the sessions that saw both screens and did not; None with too few of either.
    """

    screens: tuple[str, str]
    sessions: int
    returns: int
    away_s: float
    scored: int
    score: float | None
    others_scored: int
    others_score: float | None
    difference: Difference | None

    @property
    def filter(self) -> dict[str, str]:
        """The parameters of the list that give exactly its sessions, beside the segment's own."""
        return {"loop": ">".join(map(write_name, self.screens))}


class _LoopRow(msgspec.Struct, frozen=True):
    screen: str
    other_screen: str
    sessions: int
    returns: int
    away_s: float
    scored: int
    score_sum: float
    score_squares: float
    both_scored: int
    both_sum: float
    both_squares: float
    row_count: int

    @property
    def looping(self) -> Sample:
        """Of those that went back and forth."""
        return sample_of(self.scored, self.score_sum, self.score_squares)

    @property
    def others(self) -> Sample:
        """Of those that saw both screens and did not."""
        return sample_of(
            self.both_scored - self.scored, self.both_sum - self.score_sum, self.both_squares - self.score_squares
        )


async def read_loops(queries: Queries, segment: Segment, max_rows: int) -> tuple[list[Loop], int]:
    """Those of most sessions first, and how many pairs there are. Call inside a `segment_snapshot`."""
    source = await read_source(queries, segment)
    rows = await queries.fetch_all(_LoopRow, "journeys.loops", **source.arguments(), max_rows=max_rows)
    loops = [
        Loop(
            screens=(row.screen, row.other_screen),
            sessions=row.sessions,
            returns=row.returns,
            away_s=row.away_s / row.sessions,
            scored=row.scored,
            score=row.looping.mean,
            others_scored=row.others.count,
            others_score=row.others.mean,
            difference=difference_95(row.looping, row.others),
        )
        for row in rows
    ]
    return loops, rows[0].row_count if rows else 0


async def count_sessions(queries: Queries, segment: Segment) -> int:
    """How many sessions the segment has. Call inside a `segment_snapshot`."""
    source = await read_source(queries, segment)
    found: int = await queries.fetch_value("journeys.total", **source.arguments())
    return found
