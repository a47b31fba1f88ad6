"""What a conclusion is: it runs after all analyzers, on the Timeline, the signals and the merged incidents.

Like an analyzer it is data and one pure function. There are two: `emotion` and `experience_score`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import msgspec

from mien.analyzers.analyzer import Signal
from mien.analyzers.baselines import NO_BASELINES, Baselines
from mien.analyzers.incidents import Incident
from mien.timeline import Timeline

RowT_co = TypeVar("RowT_co", covariant=True)
NoteT_co = TypeVar("NoteT_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Case:
    """All that a conclusion may know of one session. `failed` names the analyzers that did not finish, and why."""

    timeline: Timeline
    signals: Sequence[Signal] = ()
    incidents: Sequence[Incident] = ()
    baselines: Baselines = NO_BASELINES
    failed: Mapping[str, str] = field(default_factory=dict)


class Concluded(msgspec.Struct, Generic[RowT_co, NoteT_co], frozen=True, gc=False):
    """Rows for the fixed table, and beside each row (same order, same length) what that table has no column for."""

    rows: Sequence[RowT_co] = ()
    notes: Sequence[NoteT_co] = ()


@dataclass(frozen=True, slots=True)
class Conclusion(Generic[RowT_co, NoteT_co]):
    """`name` is also its file, docs page and test; raise `version` when results change."""

    name: str
    version: int
    reads: frozenset[str]
    """Event types it needs the metadata of."""
    conclude: Callable[[Case], Concluded[RowT_co, NoteT_co]]
    table: str
