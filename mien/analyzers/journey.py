"""Journey steps: the screens of a session in order.

Reads screen_view events; owns `journey_steps`. Pure. Rule and limits: docs/analyzers/journey.md.
"""

from __future__ import annotations

import msgspec

from mien.analyzers.analyzer import Analyzer, Findings
from mien.analyzers.baselines import Baselines
from mien.analyzers.screen_names import clean_screen
from mien.timeline import Timeline


class JourneyRow(msgspec.Struct, frozen=True, gc=False):
    """A row of `journey_steps`. `step_num` counts from 1; `occurred_at` is when the screen was entered."""

    step_num: int
    screen: str
    occurred_at: float


def take_steps(timeline: Timeline, baselines: Baselines) -> Findings[JourneyRow]:
    """One step per change of screen; a screen seen again at once is the same step.

    A session without any screen_view (rows by plain SQL) takes the screens that its other events name.
    """
    rows: list[JourneyRow] = []
    current: str | None = None
    for event in timeline.of_type("screen_view") or timeline.events:
        if not event.screen:
            continue
        screen = clean_screen(event.screen)
        if screen != current:
            rows.append(JourneyRow(len(rows) + 1, screen, event.at))
            current = screen
    return Findings(rows)


JOURNEY = Analyzer("journey", version=1, reads=frozenset(), analyze=take_steps, table="journey_steps")
