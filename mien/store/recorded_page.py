"""The recorded page of a screen, to draw a heatmap on: a snapshot of a replay and what changed until the page stood.

Apps without page loads have few snapshots: the last one before a view, with the changes since, shows its page as well.
A view can be shown when no other page of its session was open then, one tab was recorded, and the window was of the
asked width band. Everything is as recorded, so masked.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec

from mien.store.database import Queries
from mien.store.filters import Segment, Width, band_number
from mien.store.replay import StoredChunk, Unreadable, decode_events

FULL_SNAPSHOT, INCREMENTAL, META = 2, 3, 4
"""rrweb's numbers."""
CHANGES = frozenset((0, 8, 13, 15))
"""Of incremental events: the page itself, rules and declarations of its styles, adopted style sheets."""
MAX_VIEWS = 20
MAX_CHUNKS = 40
"""Read for one view at most; a page that none of them shows is drawn as an outline."""
MAX_BYTES = 8 * 1024 * 1024
"""Of one answer; a page that changes more than this is not shown."""
SETTLE = timedelta(seconds=3)
"""A page is shown as it was so long after the view began: loaded, and before people open dialogs."""
BACK = timedelta(minutes=6)
"""The script takes a snapshot every five minutes at least."""
_BAND_STARTS_PX = (480, 768, 1200)  # as mien/analyzers/widths.py; a test compares them


class RecordedPage(msgspec.Struct, frozen=True):
    """`events`: rrweb's meta event, the snapshot and the changes after it, as raw JSON. `taken_at`: naive UTC."""

    session_id: UUID
    width_px: int
    height_px: int
    taken_at: datetime
    events: list[msgspec.Raw]


class RecordedView(msgspec.Struct, frozen=True):
    """A view of which the page may have been recorded; times are naive UTC."""

    session_id: UUID
    started_at: datetime
    ended_at: datetime

    @property
    def settled_at(self) -> datetime:
        """The moment that is shown."""
        return min(self.ended_at, self.started_at + SETTLE)


class _Data(msgspec.Struct):
    width: float = 0
    height: float = 0
    source: float | None = None


class _Event(msgspec.Struct):
    type: float
    timestamp: float


class _WithData(msgspec.Struct):
    data: _Data


async def read_candidates(queries: Queries, segment: Segment, screen: str, width: Width | None) -> list[RecordedView]:
    """Views that may have been recorded, newest first. Call inside a `segment_snapshot`."""
    return await queries.fetch_all(
        RecordedView,
        "heatmap.recorded_views",
        **segment.arguments(),
        heat_screen=screen,
        band=band_number(width),
        max_views=MAX_VIEWS,
    )


async def read_candidate_chunks(queries: Queries, view: RecordedView, at_most: int) -> list[StoredChunk]:
    """The chunks that lead to the moment that is shown, oldest first; the newest MAX_CHUNKS, `at_most` so many."""
    return await queries.fetch_all(
        StoredChunk,
        "heatmap.recorded_chunks",
        session_id=view.session_id,
        since=view.started_at - BACK,
        until=view.settled_at,
        max_chunks=min(MAX_CHUNKS, at_most),
    )


def find_page(
    view: RecordedView, chunks: Iterable[StoredChunk], width: Width | None, max_bytes: int
) -> RecordedPage | None:
    """The page of the view at the moment that is shown; None where the chunks do not hold it."""
    shown_ms = _ms(view.settled_at)
    meta: tuple[msgspec.Raw, _Data] | None = None
    found: list[msgspec.Raw] = []
    size = _Data()
    tabs = set()
    for chunk in chunks:
        tabs.add(chunk.tab)
        try:
            events, broken = decode_events(chunk.chunk_data, max_bytes)
        except Unreadable:
            events, broken = [], 1
        if broken:
            found = []  # changes that build on what is missing would show a page that never was
        for raw in events:
            event = msgspec.json.decode(raw, type=_Event)
            if event.timestamp > shown_ms:
                continue
            if event.type == META:
                meta = (raw, _data_of(raw))
            elif event.type == FULL_SNAPSHOT and meta is not None:
                found, size = [meta[0], raw], meta[1]
            elif found and event.type == INCREMENTAL and _data_of(raw).source in CHANGES:
                found.append(raw)
    if not found or len(tabs) > 1 or not fits(size, width) or sum(len(bytes(raw)) for raw in found) > MAX_BYTES:
        return None
    return RecordedPage(view.session_id, int(size.width), int(size.height), view.settled_at, found)


def fits(size: _Data, width: Width | None) -> bool:
    """Whether a window is a window, and of the width band."""
    if not (1 <= size.width <= 100_000 and 1 <= size.height <= 100_000):
        return False
    return width is None or bisect_right(_BAND_STARTS_PX, size.width) == band_number(width)


def _data_of(raw: msgspec.Raw) -> _Data:
    try:
        return msgspec.json.decode(raw, type=_WithData).data
    except (msgspec.DecodeError, msgspec.ValidationError, RecursionError):
        return _Data()


def _ms(moment: datetime) -> float:
    return moment.replace(tzinfo=UTC).timestamp() * 1000
