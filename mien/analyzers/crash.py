"""Crashes: a page that shows nothing after an error, as the sender of the events has seen it.

Reads events of type `crash` and the errors before them; emits signals only. Pure.
Rule and limits: docs/analyzers/crash.md.
"""

from __future__ import annotations

from typing import Never

from mien.analyzers.analyzer import Analyzer, Findings, Signal
from mien.analyzers.baselines import Baselines
from mien.analyzers.foreground import screen_at
from mien.timeline import ErrorLog, Event, Timeline, during


def find_crashes(timeline: Timeline, baselines: Baselines) -> Findings[Never]:
    """One signal per `crash` event."""
    error_s = baselines.thresholds.crash.error_ms / 1000
    return Findings(signals=[crash_signal(event, timeline, error_s) for event in timeline.of_type("crash")])


def crash_signal(event: Event, timeline: Timeline, error_s: float) -> Signal:
    screen = event.screen if event.screen is not None else screen_at(timeline, event.at)
    error = last_error(timeline, event.at, screen, error_s)
    return Signal(
        type="crash",
        confidence=1.0,
        started_at=event.at,
        ended_at=event.at,
        screen=screen,
        element_id=event.element_id,
        x=event.x,
        y=event.y,
        event_id=event.event_id,
        evidence={"message": error.message if error is not None else None},
    )


def last_error(timeline: Timeline, at: float, screen: str | None, error_s: float) -> ErrorLog | None:
    """The last error before the crash on its screen that says something."""
    errors = during(timeline.errors, at - error_s, at)
    fitting = (error for error in reversed(errors) if error.message and (error.screen in (None, screen)))
    return next(fitting, None)


CRASH = Analyzer("crash", version=1, reads=frozenset(), analyze=find_crashes, signal_types=frozenset(("crash",)))
