"""JavaScript errors as signs of friction: uncaught ones, told apart by whether the person could notice.

Reads `error_logs` and what the person did before; emits signals only. Pure.
Rule and limits: docs/analyzers/js_error.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Never

from mien.analyzers.analyzer import Analyzer, Findings, Signal
from mien.analyzers.baselines import Baselines
from mien.analyzers.foreground import interaction_times, is_hidden, latest_before, within
from mien.analyzers.requests import is_loading
from mien.analyzers.third_party import is_third_party
from mien.analyzers.thresholds import Thresholds
from mien.timeline import ErrorLog, Event, Timeline, during, seconds_between


def find_js_errors(timeline: Timeline, baselines: Baselines) -> Findings[Never]:
    """One signal per error, repeats at once counted in it."""
    thresholds = baselines.thresholds
    found = bursts(timeline, thresholds)
    return Findings(signals=[error_signal(burst, foreground, timeline, thresholds) for burst, foreground in found])


def bursts(timeline: Timeline, thresholds: Thresholds) -> list[tuple[list[ErrorLog], bool]]:
    """The same message on the same screen again and again without a gap above `repeat_ms`; by their first error.

    With each burst, whether it is in the foreground: its errors all are or none is.
    """
    found: list[tuple[list[ErrorLog], bool]] = []
    latest: dict[tuple[str | None, str | None, bool], list[ErrorLog]] = {}
    for error in timeline.errors:
        foreground = is_foreground(timeline, error.at, thresholds)
        key = (error.screen, error.message, foreground)
        burst = latest.get(key)
        if burst is None or seconds_between(burst[-1].at, error.at) > thresholds.js_error.repeat_ms / 1000:
            burst = latest[key] = []
            found.append((burst, foreground))
        burst.append(error)
    return found


def error_signal(burst: Sequence[ErrorLog], foreground: bool, timeline: Timeline, thresholds: Thresholds) -> Signal:
    first, last = burst[0], burst[-1]
    third_party = is_third_party(first)
    confidences = thresholds.js_error
    click = click_before(timeline, first, thresholds.js_error.click_ms / 1000)
    return Signal(
        type="js_error",
        confidence=confidences.third_party_confidence if third_party else confidences.confidence,
        started_at=first.at,
        ended_at=last.at,
        screen=first.screen,
        element_id=click.element_id if click else None,
        x=click.x if click else None,
        y=click.y if click else None,
        event_id=click.event_id if click else None,
        evidence={
            "message": first.message,
            "count": sum(error.count for error in burst),
            "foreground": foreground,
            "third_party": third_party,
            "after_click": click is not None,
        },
    )


def is_foreground(timeline: Timeline, at: float, thresholds: Thresholds) -> bool:
    """In a visible page, and within `noticed_ms` after an interaction or while the page loads."""
    if is_hidden(timeline, at):
        return False
    noticed_s = thresholds.js_error.noticed_ms / 1000
    return within(latest_before(interaction_times(timeline), at), at, noticed_s) or is_loading(timeline, at, thresholds)


def click_before(timeline: Timeline, error: ErrorLog, click_s: float) -> Event | None:
    """The newest click at most `click_s` before the error, on the same screen."""
    clicks = during(timeline.of_type("click"), error.at - click_s, error.at)
    if not clicks:
        return None
    click = clicks[-1]
    return click if error.screen is None or click.screen is None or error.screen == click.screen else None


JS_ERROR = Analyzer(
    "js_error",
    version=2,
    reads=frozenset(("visibility",)),
    analyze=find_js_errors,
    signal_types=frozenset(("js_error",)),
    settles_s=5.0,  # `js_error.repeat_ms`: the same error within this belongs to the signal
)
