"""The signals of a segment: by type, by place, and examples to look at.

Screens are cleaned names. Counted over `picked` (filters.py), so that the lists that they open have the same counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from mien.store.database import Queries
from mien.store.filters import Segment
from mien.store.rollups import read_source


class KindFigures(msgspec.Struct, frozen=True):
    """Signals of one type. `points`: mean over the scored sessions of what issues cost whose main sign it is."""

    type: str
    signals: int
    sessions: int
    places: int
    points: float


class PlaceFigures(msgspec.Struct, frozen=True):
    """Signals of one type at one element of one screen; "" where either is not known."""

    type: str
    element_id: str
    screen: str
    signals: int
    sessions: int
    points: float
    row_count: int


class PlaceThen(msgspec.Struct, frozen=True):
    """The signals of a place in another period."""

    type: str
    element_id: str
    screen: str
    signals: int
    sessions: int


class SignalExample(msgspec.Struct, frozen=True):
    """One signal; times in seconds since the epoch. `screen` as stored, part of its natural key (verdicts.py). `label`:
    the words on the element, as the click recorded them."""

    session_id: UUID
    session_started_at: float
    at: float
    type: str
    element_id: str | None
    screen: str | None
    confidence: float
    evidence: dict[str, Any]
    api: str | None
    score: int | None
    is_frustration: bool | None
    label: str | None


async def read_kinds(queries: Queries, segment: Segment) -> list[KindFigures]:
    """Most points first. Call inside a `segment_snapshot`, like all of these."""
    source = await read_source(queries, segment)
    return await queries.fetch_all(KindFigures, "signal_places.kinds", **source.arguments(), only_type=None)


async def read_signal_places(
    queries: Queries, segment: Segment, only_type: str | None, max_rows: int
) -> list[PlaceFigures]:
    """Most points first, then most signals."""
    source = await read_source(queries, segment)
    return await queries.fetch_all(
        PlaceFigures, "signal_places.places", **source.arguments(), only_type=only_type, max_rows=max_rows
    )


async def read_formerly(
    queries: Queries, segment: Segment, only_type: str | None, places: Sequence[PlaceFigures]
) -> dict[tuple[str, str, str], PlaceThen]:
    """By type, element and screen these places in the period before, without those that had no signal; `segment`: that
    period's."""
    source = await read_source(queries, segment)
    rows = await queries.fetch_all(
        PlaceThen,
        "signal_places.formerly",
        **source.arguments(),
        only_type=only_type,
        types=[place.type for place in places],
        elements=[place.element_id for place in places],
        screens=[place.screen for place in places],
    )
    return {(row.type, row.element_id, row.screen): row for row in rows}


async def read_examples(
    queries: Queries, segment: Segment, only_type: str, element: str | None, screen: str | None, max_rows: int
) -> list[SignalExample]:
    """Of the newest sessions the surest signal each; `element`, `screen`: "" not known, None any."""
    return await queries.fetch_all(
        SignalExample,
        "signal_places.examples",
        **segment.arguments(),
        only_type=only_type,
        only_element=element,
        only_screen=screen,
        max_rows=max_rows,
    )
