"""Input correction: a field to which the person came back again and again, or that was emptied and filled again.

Reads inputs; emits signals only. Pure. Counts and lengths only: never what was typed, never when a key was pressed.
Rule and limits: docs/analyzers/input_correction.md.
"""

from __future__ import annotations

from typing import Never

import msgspec

from mien.analyzers.analyzer import Analyzer, Findings, Signal
from mien.analyzers.baselines import Baselines
from mien.analyzers.form_names import says_format
from mien.analyzers.forms import FormAct, FormKey, form_acts
from mien.analyzers.thresholds import InputCorrection
from mien.timeline import Timeline

FieldKey = tuple[FormKey, str]


class Field(msgspec.Struct, gc=False):
    """A field since its counters began: the SDK's start anew with each page."""

    first: FormAct
    latest: FormAct
    is_told: bool = False


def find_input_corrections(timeline: Timeline, baselines: Baselines) -> Findings[Never]:
    """One signal per field and page, at the input that makes it certain; further corrections add none."""
    limits = baselines.thresholds.input_correction
    fields: dict[FieldKey, Field] = {}
    signals: list[Signal] = []
    for act in form_acts(timeline):
        if (
            act.kind != "input"
            or act.field is None
            or act.is_lookup
            or act.is_filled_by_machine(limits.filled_within_ms)
        ):
            continue
        key = (act.key, act.field)
        field = fields.get(key)
        if field is None or act.returns < field.latest.returns or act.refills < field.latest.refills:
            field = fields[key] = Field(act, act)
        field.latest = act
        if not field.is_told and (act.returns >= limits.min_returns or act.refills >= limits.min_refills):
            field.is_told = True
            signals.append(signal_of(field, limits))
    return Findings(signals=signals)


def signal_of(field: Field, limits: InputCorrection) -> Signal:
    act = field.latest
    confidence = limits.confidence
    is_formatted = says_format(act.field) or says_format(act.element_id)
    if is_formatted:
        confidence *= limits.format_factor
    is_counted_here = act.counted_here and act.refills < limits.min_refills
    if is_counted_here:
        confidence *= limits.unknown_factor
    return Signal(
        type="input_correction",
        confidence=round(confidence, 4),
        started_at=field.first.at,
        ended_at=act.at,
        screen=act.screen,
        element_id=act.element_id,
        event_id=act.event_id,
        evidence={
            "form": act.form,
            "field": act.field,
            "returns": act.returns,
            "refills": act.refills,
            "invalid": act.invalid > 0,
            "formatted": is_formatted,
            "counted": "from order" if is_counted_here else "by the page",
        },
    )


INPUT_CORRECTION = Analyzer(
    "input_correction",
    version=1,
    reads=frozenset(("input", "click")),
    analyze=find_input_corrections,
    signal_types=frozenset(("input_correction",)),
)
