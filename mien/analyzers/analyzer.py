"""What an analyzer is: data and one pure function.

An analyzer turns a Timeline into rows for the table it owns and into signals; it knows no database, clock or setting.
How to add one: ARCHITECTURE.md, "I want to add an analyzer".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import msgspec

from mien.analyzers.baselines import Baselines
from mien.timeline import Timeline


class Signal(msgspec.Struct, frozen=True, gc=False):
    """One detected sign of friction. `confidence` is in (0, 1]; `evidence` says in plain fields what was seen.

    `started_at`, `ended_at`: seconds since the epoch, UTC. `x`, `y`: document pixels, where there is a place.
    `event_id`: the event at which it became certain, if one did.
    """

    type: str
    confidence: float
    started_at: float
    ended_at: float
    screen: str | None = None
    element_id: str | None = None
    x: int | None = None
    y: int | None = None
    event_id: int | None = None
    api: str | None = None
    evidence: Mapping[str, object] = {}
    incident_id: int | None = None
    """Set when the signals are merged (`incidents.py`): counts from 1 within the session. None: part of no incident."""


RowT_co = TypeVar("RowT_co", covariant=True)


class Findings(msgspec.Struct, Generic[RowT_co], frozen=True, gc=False):
    """What an analyzer concluded: rows for its table (in the order in which they are stored), and signals."""

    rows: Sequence[RowT_co] = ()
    signals: Sequence[Signal] = ()


@dataclass(frozen=True, slots=True)
class Analyzer(Generic[RowT_co]):
    """`name` is also its file, docs page and test; raise `version` when results change: sessions are then run again."""

    name: str
    version: int
    reads: frozenset[str]
    """Event types it needs the metadata of; the store loads no other metadata."""
    analyze: Callable[[Timeline, Baselines], Findings[RowT_co]]
    table: str | None = None
    """The derived table it owns, if any. Fields of a row are the table's columns, without id and session_id."""
    signal_types: frozenset[str] = field(default_factory=frozenset)
    settles_s: float = 0.0
    """A signal can still change, or vanish, by rows up to this long after its `ended_at`; by later ones never."""
