"""When the batches that never came were on their way: stretches of a session of which nothing, or not all, was stored.

A batch that is lost leaves no time behind. What tells is the numbers of what it held: events count up within a tab, so
do the chunks of a recording. A missing number lies between the times of its neighbours. Only tabs that lost batches by
`session_tabs` are looked at, for an item that was refused leaves the same hole. A batch with neither is not placed.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

import msgspec

from mien.store.database import Queries
from mien.store.replay import ChunkFacts, Unreadable, decode_events

MAX_HOLES = 50
MAX_CHUNK_BYTES = 4 << 20
"""A larger chunk is not unpacked for its last second."""


class Span(msgspec.Struct, frozen=True, order=True):
    """A stretch of time in seconds since the epoch; `from_at` is before `until_at`."""

    from_at: float
    until_at: float


class TabLoss(msgspec.Struct, frozen=True):
    """A tab and the number of its batches that never came."""

    tab: str
    lost_batches: int


class ChunkHole(msgspec.Struct, frozen=True):
    """Chunks are missing behind `before`; what comes next begins at `until_at`."""

    before: ChunkFacts
    until_at: float


class _ChunkData(msgspec.Struct, frozen=True):
    id: int
    chunk_data: str | None


class _Timed(msgspec.Struct):
    timestamp: float


async def read_lost_spans(queries: Queries, session_id: UUID, chunks: Sequence[ChunkFacts]) -> list[Span]:
    """The stretches of a session in which something was lost, earliest first, none touching the next; at most MAX_HOLES
    by events and as many by chunks. `chunks`: all of the session, as `replay.read_chunks` gives them."""
    tabs = await queries.fetch_all(TabLoss, "lost_spans.tabs", session_id=session_id)
    lossy = {tab.tab for tab in tabs if tab.lost_batches > 0}
    if not lossy:
        return []
    by_events: list[Span] = []
    if len(tabs) == 1:
        by_events = await queries.fetch_all(Span, "lost_spans.event_holes", session_id=session_id, max_rows=MAX_HOLES)
    holes = chunk_holes([chunk for chunk in chunks if chunk.tab in lossy])[:MAX_HOLES]
    ends: dict[int, float] = {}
    if holes:
        ids = [hole.before.id for hole in holes]
        found = await queries.fetch_all(_ChunkData, "lost_spans.chunks", session_id=session_id, ids=ids)
        ends = {one.id: end for one in found if (end := last_second(one.chunk_data)) is not None}
    return placed(by_events, spans_of(holes, ends))


def chunk_holes(chunks: Sequence[ChunkFacts]) -> list[ChunkHole]:
    """Missing indexes within a tab, tab by tab in the order of the indexes. Chunks without a time are passed over."""
    timed = sorted((one for one in chunks if one.at is not None), key=lambda one: (one.tab or "", one.chunk_index))
    return [
        ChunkHole(before, after.at)
        for before, after in itertools.pairwise(timed)
        if before.tab == after.tab and after.chunk_index - before.chunk_index > 1 and after.at is not None
    ]


def last_second(chunk_data: str | None) -> float | None:
    """When the last event of a chunk was, in seconds since the epoch; None where that cannot be read."""
    try:
        events, _ = decode_events(chunk_data, MAX_CHUNK_BYTES)
    except Unreadable:
        return None
    return max((msgspec.json.decode(event, type=_Timed).timestamp / 1000 for event in events), default=None)


def spans_of(holes: Iterable[ChunkHole], ends: Mapping[int, float]) -> list[Span]:
    """From the last event of the chunk before (where `ends` does not know it, its first) to the first one behind."""
    spans = (Span(ends.get(hole.before.id, hole.before.at or hole.until_at), hole.until_at) for hole in holes)
    return [span for span in spans if span.until_at > span.from_at]


def placed(by_events: Sequence[Span], by_chunks: Sequence[Span]) -> list[Span]:
    """What both say, where they speak of the same time; else what either says. Joined where they touch."""
    both: list[Span] = []
    seen: set[Span] = set()
    for one in by_events:
        for other in by_chunks:
            common = Span(max(one.from_at, other.from_at), min(one.until_at, other.until_at))
            if common.from_at < common.until_at:
                both.append(common)
                seen |= {one, other}
    joined: list[Span] = []
    for span in sorted([*both, *(span for span in (*by_events, *by_chunks) if span not in seen)]):
        if joined and span.from_at <= joined[-1].until_at:
            joined[-1] = Span(joined[-1].from_at, max(joined[-1].until_at, span.until_at))
        else:
            joined.append(span)
    return joined
