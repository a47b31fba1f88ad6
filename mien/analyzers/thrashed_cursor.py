"""Thrashed cursor: the pointer is thrown to and fro, fast and in a small space.

Reads pointer events and the clicks around them; emits signals only. Pure.
Rule and limits: docs/analyzers/thrashed_cursor.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import atan2, cos, hypot
from typing import Annotated, Never

import msgspec
from msgspec import Meta

from mien.analyzers.analyzer import Analyzer, Findings, Signal
from mien.analyzers.baselines import Baselines
from mien.analyzers.click_targets import is_unobservable
from mien.analyzers.metadata import read
from mien.analyzers.requests import is_loading
from mien.analyzers.thresholds import ThrashedCursor, Thresholds
from mien.timeline import Event, Timeline, during, seconds_between

WINDOW_S = 2.0  # turns and way are those of two seconds; Splunk, and the SDK (captures/pointer.ts)
EVENT_S = 5.0  # the SDK tells of so much time in one event
NEAR_S = 10.0  # a click this near in time says what is under the pointer; default, not validated
CELL_PX = 16  # the SDK's grid
MAX_CELL = 2_097_151  # 2^25 CSS pixels, the largest page that browsers lay out
MAX_CELLS = 200  # twice what the SDK can visit in EVENT_S; what a sender adds is not looked at
SAMPLE_S = 0.016  # positions closer in time are noise; Splunk
DEAD_ZONE_PX = 5.0  # and so are shorter steps; Splunk
MAX_SPEED_PX_S = 5000.0  # faster is a jump, not a movement; Splunk
TURN_COSINE = 0.7071  # a bend of 45 degrees and more; Splunk

FULL_TURNS, BASE_SPEED_PX_S, BOX_PX = 8, 300.0, 200.0  # of the score; Splunk
TURNS_WEIGHT, SPEED_WEIGHT, BOX_WEIGHT = 0.4, 0.3, 0.3  # Splunk


class _PointerWire(msgspec.Struct, gc=False):
    turns: Annotated[float, Meta(ge=0, le=10_000)] = 0
    path_px: Annotated[float, Meta(ge=0, le=1e7)] = 0


class _CellsWire(msgspec.Struct, gc=False):
    cells: list[tuple[float, float, float]] = []


_decoder = msgspec.json.Decoder(_PointerWire, strict=False)
_cells_decoder = msgspec.json.Decoder(_CellsWire, strict=False)


class Movement(msgspec.Struct, frozen=True, gc=False):
    """Two seconds of movement. `box_px`: the longer side of what it covered. `told`: by the row itself."""

    event: Event
    started_at: float
    turns: int
    path_px: float
    box_px: float
    told: bool


def find_thrashed_cursors(timeline: Timeline, baselines: Baselines) -> Findings[Never]:
    """One signal per pointer event whose worst two seconds are thrashing."""
    limits = baselines.thresholds.thrashed_cursor
    rows = timeline.of_type("pointer")
    found = [*told_movements(rows, limits), *seen_movements(rows, limits)]
    signals: list[Signal] = []
    for movement in sorted(found, key=lambda one: one.event.at):
        score = score_of(movement)
        if score >= limits.min_score and not is_excluded(movement, timeline, baselines.thresholds):
            signals.append(signal_of(movement, score, limits))
    return Findings(signals=signals)


def told_movements(rows: Sequence[Event], limits: ThrashedCursor) -> Iterator[Movement]:
    """Those that the SDK measured; only what may be thrashing."""
    for row in rows:
        if not row.metadata:
            continue
        wire = read(row.metadata, _decoder)
        if wire.turns < limits.min_turns or wire.path_px < limits.min_path_px:
            continue
        cells = [cell for cell in read(row.metadata, _cells_decoder).cells[:MAX_CELLS] if is_place(cell)]
        if not cells:
            continue
        columns, lines, stays_ms = zip(*cells, strict=True)
        box = max(max(columns) - min(columns), max(lines) - min(lines)) + 1
        lasted_s = min(sum(stays_ms) / 1000, EVENT_S)
        yield Movement(row, round(row.at - lasted_s, 6), int(wire.turns), wire.path_px, box * CELL_PX, told=True)


def is_place(cell: tuple[float, float, float]) -> bool:
    """Whether the pointer rested in such a cell of a page."""
    return 0 <= cell[0] <= MAX_CELL and 0 <= cell[1] <= MAX_CELL and cell[2] > 0


def seen_movements(rows: Sequence[Event], limits: ThrashedCursor) -> Iterator[Movement]:
    """Those of rows that give one position each, in stretches of WINDOW_S."""
    window: list[Event] = []
    for row in rows:
        if row.metadata or row.x is None or row.y is None:
            continue
        if window and (seconds_between(window[0].at, row.at) > WINDOW_S or row.screen != window[0].screen):
            yield from measure(window, limits)
            window = []
        if not window or seconds_between(window[-1].at, row.at) >= SAMPLE_S:
            window.append(row)
    yield from measure(window, limits)


def measure(window: Sequence[Event], limits: ThrashedCursor) -> Iterator[Movement]:
    """The movement through the positions of one window, if it may be thrashing."""
    if len(window) <= limits.min_turns:
        return
    turns, path, heading = 0, 0.0, None
    for before, row in pairwise(window):
        dx, dy = (row.x or 0) - (before.x or 0), (row.y or 0) - (before.y or 0)
        length = hypot(dx, dy)
        if length > MAX_SPEED_PX_S * seconds_between(before.at, row.at):
            heading = None
            continue
        path += length
        if length < DEAD_ZONE_PX:
            continue
        direction = atan2(dy, dx)
        if heading is not None and cos(direction - heading) < TURN_COSINE:
            turns += 1
        heading = direction
    if turns >= limits.min_turns and path >= limits.min_path_px:
        xs, ys = [row.x or 0 for row in window], [row.y or 0 for row in window]
        box = max(max(xs) - min(xs), max(ys) - min(ys))
        yield Movement(window[-1], window[0].at, turns, round(path), box, told=False)


def score_of(movement: Movement) -> float:
    """Splunk's score of turns, speed and box, 0 to 1."""
    speed = movement.path_px / WINDOW_S
    turned = min(movement.turns / FULL_TURNS, 1)
    fast = min(max((speed - BASE_SPEED_PX_S) / BASE_SPEED_PX_S, 0), 1)
    narrow = 1 / (1 + (movement.box_px / BOX_PX) ** 2)
    return TURNS_WEIGHT * turned + SPEED_WEIGHT * fast + BOX_WEIGHT * narrow


def is_excluded(movement: Movement, timeline: Timeline, thresholds: Thresholds) -> bool:
    """Over a surface where moving fast is the use of it, or while the page loads, which is a wait."""
    began, ended = movement.started_at, movement.event.at
    surfaces = during(timeline.once("surface_clicks", surface_clicks), began - NEAR_S, ended + NEAR_S)
    if any(click.screen == movement.event.screen for click in surfaces):
        return True
    return is_loading(timeline, began, thresholds) or is_loading(timeline, ended, thresholds)


def surface_clicks(timeline: Timeline) -> list[Event]:
    """The clicks on canvas, maps, sliders, editors, videos."""
    return [click for click, info in timeline.clicks() if is_unobservable(info)]


def signal_of(movement: Movement, score: float, limits: ThrashedCursor) -> Signal:
    """Without a place: where in the page it was is known in cells only, and one burst may take several events."""
    event = movement.event
    return Signal(
        type="thrashed_cursor",
        confidence=round(min(score, 1.0) * (1 if movement.told else limits.unknown_factor), 4),
        started_at=movement.started_at,
        ended_at=event.at,
        screen=event.screen,
        event_id=event.event_id,
        evidence={
            "turns": movement.turns,
            "path_px": round(movement.path_px),
            "speed_px_s": round(movement.path_px / WINDOW_S),
            "box_px": round(movement.box_px),
            "told_by": "row" if movement.told else "positions",
        },
    )


THRASHED_CURSOR = Analyzer(
    "thrashed_cursor",
    version=1,
    reads=frozenset(("pointer", "click")),
    analyze=find_thrashed_cursors,
    signal_types=frozenset(("thrashed_cursor",)),
    settles_s=NEAR_S,
)
