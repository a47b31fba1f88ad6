"""Sessions analysed under two baselines: which signals only one of them finds, and what the scores become. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from statistics import fmean
from uuid import UUID

import msgspec

from mien.analyzers.analyzer import Signal
from mien.analyzers.baselines import Baselines
from mien.analyzers.run import run
from mien.store.clock import to_datetime
from mien.timeline import Derived, Timeline

MAX_EXAMPLES = 5


class Example(msgspec.Struct, frozen=True):
    """A signal that only one of the two baselines finds. `t`: seconds after the session's start."""

    session_id: UUID
    at: datetime
    t: float
    screen: str | None
    element_id: str | None
    confidence: float


class TypeTrial(msgspec.Struct, frozen=True):
    """One type of signal: how many were and would be found; `sessions`: in which something changes."""

    type: str
    before: int
    after: int
    gained: int
    lost: int
    sessions: int
    examples_gained: list[Example]
    examples_lost: list[Example]


class _Tally:
    """What is counted for one type."""

    def __init__(self) -> None:
        self.before = self.after = self.sessions = 0
        self.gained: list[Example] = []
        self.lost: list[Example] = []
        self.gained_count = self.lost_count = 0

    def add(self, timeline: Timeline, before: Sequence[Signal], after: Sequence[Signal]) -> None:
        """Signals of this type of one session; they are the same one when start, place and element are."""
        gained, lost = _only(after, before), _only(before, after)
        self.before += len(before)
        self.after += len(after)
        self.gained_count += len(gained)
        self.lost_count += len(lost)
        self.sessions += bool(gained or lost)
        for kept, found in ((self.gained, gained), (self.lost, lost)):
            # One of each session: ten of one session show no more than one does.
            if found and len(kept) < MAX_EXAMPLES:
                kept.append(_example(timeline, found[0]))

    def result(self, name: str) -> TypeTrial:
        """The row."""
        return TypeTrial(
            name, self.before, self.after, self.gained_count, self.lost_count, self.sessions, self.gained, self.lost
        )


def _key(signal: Signal) -> tuple[object, ...]:
    return (signal.started_at, signal.screen or "", signal.element_id or "", signal.api or "")


def _only(these: Sequence[Signal], others: Sequence[Signal]) -> list[Signal]:
    left = Counter(map(_key, others))
    found = []
    for signal in these:
        if left[_key(signal)]:
            left[_key(signal)] -= 1
        else:
            found.append(signal)
    return found


def _example(timeline: Timeline, signal: Signal) -> Example:
    return Example(
        session_id=timeline.session_id,
        at=to_datetime(signal.started_at),
        t=round(max(signal.started_at - timeline.started_at, 0.0), 1),
        screen=signal.screen,
        element_id=signal.element_id,
        confidence=round(signal.confidence, 3),
    )


class Comparison:
    """Sessions under two baselines, counted as they come."""

    def __init__(self, before: Baselines, after: Baselines) -> None:
        self.baselines = (before, after)
        self.types: dict[str, _Tally] = {}
        self.scores: list[tuple[float, float]] = []
        self.sessions = self.changed = 0
        self.failed: Counter[str] = Counter()

    def add(self, timeline: Timeline) -> None:
        """One session, analysed twice, each time as a Timeline of its own: what it keeps may rest on thresholds."""
        other = msgspec.structs.replace(timeline, derived=Derived())
        before, after = run(timeline, self.baselines[0]), run(other, self.baselines[1])
        self.sessions += 1
        self.failed.update(set(before.failed) | set(after.failed))
        is_changed = False
        for name in sorted({one.type for one in (*before.signals, *after.signals)}):
            tally = self.types.setdefault(name, _Tally())
            touched = tally.sessions
            tally.add(
                timeline,
                [one for one in before.signals if one.type == name],
                [one for one in after.signals if one.type == name],
            )
            is_changed |= tally.sessions > touched
        exact = [one.score_facts.score_exact if one.score_facts else None for one in (before, after)]
        if exact[0] is not None and exact[1] is not None:
            self.scores.append((exact[0], exact[1]))
        self.changed += is_changed or exact[0] != exact[1]

    def means(self) -> tuple[float | None, float | None]:
        """Mean scores, of the sessions that have one under both."""
        if not self.scores:
            return None, None
        return fmean(before for before, _ in self.scores), fmean(after for _, after in self.scores)
