"""The recorded page of a screen: one full snapshot of a replay, to draw a heatmap on. As recorded, so masked.

A snapshot belongs to a view when it was taken in it, no other page of the session was open then, and the window was of
the asked width band.
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

META, FULL_SNAPSHOT = 4, 2
"""rrweb's numbers."""
MAX_VIEWS = 20
MAX_CHUNKS = 4
"""Read for one picture at most; a page that none of them shows is drawn as an outline."""
WINDOW = timedelta(seconds=30)
"""A snapshot of a page that was just opened shows it as people find it; later ones may show a dialog."""
_BAND_STARTS_PX = (480, 768, 1200)  # as mien/analyzers/widths.py; a test compares them


class RecordedPage(msgspec.Struct, frozen=True):
    """`events`: rrweb's meta event and the snapshot after it, as raw JSON. `taken_at`: naive UTC."""

    session_id: UUID
    width_px: int
    height_px: int
    taken_at: datetime
    events: tuple[msgspec.Raw, msgspec.Raw]


class _View(msgspec.Struct, frozen=True):
    session_id: UUID
    started_at: datetime
    ended_at: datetime


class _MetaData(msgspec.Struct):
    width: float = 0
    height: float = 0


class _Event(msgspec.Struct):
    type: float
    timestamp: float


class _Meta(msgspec.Struct):
    data: _MetaData


async def read_candidates(queries: Queries, segment: Segment, screen: str, width: Width | None) -> list[_View]:
    """Views that may have been recorded, newest first. Call inside a `segment_snapshot`."""
    return await queries.fetch_all(
        _View,
        "heatmap.recorded_views",
        **segment.arguments(),
        heat_screen=screen,
        band=band_number(width),
        max_views=MAX_VIEWS,
    )


async def read_candidate_chunks(queries: Queries, view: _View) -> list[StoredChunk]:
    """The chunks in which a snapshot of the view may be."""
    return await queries.fetch_all(
        StoredChunk,
        "heatmap.recorded_chunks",
        session_id=view.session_id,
        since=view.started_at - WINDOW,
        until=min(view.ended_at, view.started_at + WINDOW),
        max_chunks=MAX_CHUNKS,
    )


def find_page(view: _View, chunks: Iterable[StoredChunk], width: Width | None, max_bytes: int) -> RecordedPage | None:
    """The first snapshot of the view in its chunks; None where none is."""
    since, until = _ms(view.started_at), _ms(min(view.ended_at, view.started_at + WINDOW))
    meta: dict[str | None, tuple[msgspec.Raw, _MetaData]] = {}
    for chunk in chunks:
        try:
            events, _ = decode_events(chunk.chunk_data, max_bytes)
        except Unreadable:
            continue
        for raw in events:
            event = msgspec.json.decode(raw, type=_Event)
            if event.type == META and (size := _size(raw)) is not None:
                meta[chunk.tab] = (raw, size)
            elif event.type == FULL_SNAPSHOT and since <= event.timestamp <= until and chunk.tab in meta:
                told, size = meta[chunk.tab]
                if fits(size, width):
                    taken_at = datetime.fromtimestamp(event.timestamp / 1000, UTC).replace(tzinfo=None)
                    return RecordedPage(view.session_id, int(size.width), int(size.height), taken_at, (told, raw))
    return None


def fits(size: _MetaData, width: Width | None) -> bool:
    """Whether a window is of the width band."""
    return width is None or bisect_right(_BAND_STARTS_PX, size.width) == band_number(width)


def _size(raw: msgspec.Raw) -> _MetaData | None:
    try:
        size = msgspec.json.decode(raw, type=_Meta).data
    except (msgspec.DecodeError, msgspec.ValidationError, RecursionError):
        return None
    return size if 1 <= size.width <= 100_000 and 1 <= size.height <= 100_000 else None


def _ms(moment: datetime) -> float:
    return moment.replace(tzinfo=UTC).timestamp() * 1000
