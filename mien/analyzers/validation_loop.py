"""Validation loop: one form, sent again and again, refused each time.

Reads submits and the calls that they started; emits signals only. Pure.
Rule and limits: docs/analyzers/validation_loop.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Never

from mien.analyzers.analyzer import Analyzer, Findings, Signal
from mien.analyzers.baselines import Baselines
from mien.analyzers.forms import ACCEPTED, REFUSED, FormAct, forms
from mien.analyzers.thresholds import ValidationLoop
from mien.timeline import Event, Timeline, during, seconds_between

PAUSE_S = 600.0  # after a longer pause the form is tried anew; docs/analyzers/validation_loop.md
PRESS_S = 1.0  # a click this long before a submit sent it; as for the calls of a click


def find_validation_loops(timeline: Timeline, baselines: Baselines) -> Findings[Never]:
    """One signal per run of refused submits of one form."""
    limits = baselines.thresholds.validation_loop
    signals = [
        signal_of(run, timeline.of_type("click"), limits)
        for acts in forms(timeline).values()
        for run in runs(acts, limits.min_gap_ms)
        if len(run) >= limits.min_failures
    ]
    return Findings(signals=signals)


def runs(acts: Sequence[FormAct], min_gap_ms: float) -> Iterator[list[FormAct]]:
    """The refused submits of one form in a row, each run until one was accepted or the person paused.

    Submits whose end is not known neither count nor end a run. `acts` must be oldest first.
    """
    run: list[FormAct] = []
    for act in acts:
        if act.kind != "submit" or act.outcome not in (ACCEPTED, REFUSED):
            continue
        if run and (act.outcome == ACCEPTED or seconds_between(run[-1].at, act.at) > PAUSE_S):
            yield run
            run = []
        if act.outcome == REFUSED and (not run or seconds_between(run[-1].at, act.at) * 1000 >= min_gap_ms):
            run.append(act)
    if run:
        yield run


def signal_of(run: Sequence[FormAct], clicks: Sequence[Event], limits: ValidationLoop) -> Signal:
    first, last = run[0], run[-1]
    told = sum(act.told for act in run) >= limits.min_failures
    press = press_of(last, clicks)
    return Signal(
        type="validation_loop",
        confidence=round(limits.confidence * (1 if told else limits.inferred_factor), 4),
        started_at=first.at,
        ended_at=last.at,
        screen=first.screen,
        element_id=next((act.element_id for act in run if act.element_id is not None), None),
        x=press.x if press else None,
        y=press.y if press else None,
        event_id=last.event_id,
        evidence={
            "form": first.form,
            "failed_submits": len(run),
            "invalid_fields": max(act.invalid for act in run),
            "told_by": "page" if told else "calls",
        },
    )


def press_of(act: FormAct, clicks: Sequence[Event]) -> Event | None:
    """The click that sent it, if one did: it says where."""
    presses = [click for click in during(clicks, act.at - PRESS_S, act.at) if click.screen == act.screen]
    return max(presses, key=lambda click: (click.at, click.element_id or "", click.x or 0, click.y or 0), default=None)


VALIDATION_LOOP = Analyzer(
    "validation_loop",
    version=1,
    reads=frozenset(("submit",)),
    analyze=find_validation_loops,
    signal_types=frozenset(("validation_loop",)),
    settles_s=PAUSE_S,
)
