"""Heatmap points: where people clicked and where the pointer rested.

Reads clicks and pointer samples; owns `heatmap_points`. Pure. Rule and limits: docs/analyzers/heatmap.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from mien.analyzers.analyzer import Analyzer, Findings
from mien.analyzers.baselines import Baselines
from mien.timeline import Event, Timeline, json_object

CELL_PX = 16  # the SDK's grid (wire format: `pointer.cells`)
MAX_CELL = 2_097_151.0  # 2^25 CSS pixels, the largest page that browsers lay out; anything beyond is a mistake
MAX_DWELL_MS = 60_000.0  # per cell and sample: longer is a person who went away; cap of docs/analyzers/heatmap.md

MAX_CELLS = 100  # per sample: 5 s, the SDK's, at one look per 50 ms cannot visit more
MAX_POINTS = 20_000  # per session; default, not validated: hours of a moving pointer, but no table filled by one sender


class HeatmapRow(msgspec.Struct, frozen=True, gc=False):
    """A row of `heatmap_points`. `weight`: 1 for a click, seconds of rest for a pointer cell."""

    screen: str
    x: int
    y: int
    weight: float
    occurred_at: float


class _PointerWire(msgspec.Struct, gc=False):
    cells: list[tuple[float, float, float]] = []


_pointer_decoder = msgspec.json.Decoder(_PointerWire)


def weigh_points(timeline: Timeline, baselines: Baselines) -> Findings[HeatmapRow]:
    """One point per click with a place, one per pointer cell; clicks first, each by time; the first MAX_POINTS."""
    points = clicked_points(timeline)
    for sample in timeline.of_type("pointer"):
        if len(points) >= MAX_POINTS:
            break
        if sample.screen is not None:
            points += rested_points(sample.screen, sample)[:MAX_CELLS]
    return Findings(points[:MAX_POINTS])


def clicked_points(timeline: Timeline) -> list[HeatmapRow]:
    return [
        HeatmapRow(click.screen, click.x, click.y, 1.0, click.at)
        for click, info in timeline.clicks()
        if click.screen is not None and click.x is not None and click.y is not None and info.trusted is not False
    ]


def rested_points(screen: str, sample: Event) -> list[HeatmapRow]:
    """The cells of one pointer event as points at their centres."""
    half, at = CELL_PX // 2, sample.at
    return [
        HeatmapRow(
            screen,
            int(column) * CELL_PX + half,
            int(line) * CELL_PX + half,
            (dwell_ms if dwell_ms < MAX_DWELL_MS else MAX_DWELL_MS) / 1000,
            at,
        )
        for column, line, dwell_ms in cells_of(sample)
        # Numbers of one kind on both sides: to compare a float with an integer costs twice as much.
        if 0.0 <= column <= MAX_CELL and 0.0 <= line <= MAX_CELL and dwell_ms > 0.0
    ]


def cells_of(sample: Event) -> Iterable[tuple[float, float, float]]:
    """The cells that can be read; one that is malformed does not hide the others."""
    if not sample.metadata:
        return ()
    try:
        return _pointer_decoder.decode(sample.metadata).cells
    except (msgspec.DecodeError, msgspec.ValidationError):
        cells = json_object(sample.metadata).get("cells")
        return readable_cells(cells) if isinstance(cells, list) else ()


def readable_cells(cells: list[object]) -> Iterator[tuple[float, float, float]]:
    for cell in cells:
        try:
            yield msgspec.convert(cell, tuple[float, float, float])
        except msgspec.ValidationError:
            continue


HEATMAP = Analyzer(
    "heatmap", version=2, reads=frozenset(("click", "pointer")), analyze=weigh_points, table="heatmap_points"
)
