"""What came just before: of a step, of leaving, of dropping out of a funnel. Pure.

Seen together, not proven to be the cause: signals that overlap the last BEFORE_S seconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, TypeAlias, get_args

import msgspec

from mien.store.causes import CAUSE_OF, kinds_of

Before: TypeAlias = Literal["rage", "error", "slow", "other", "nothing"]
BEFORE: tuple[Before, ...] = get_args(Before)
BEFORE_S = 60
"""visual.md 4, Journeys."""
HARMLESS = "multi_click"
"""The one kind that costs nothing: it is no trouble."""


def _kind_of(signal: str) -> Before:
    if signal == "rage_click":
        return "rage"
    return "error" if CAUSE_OF[signal] == "fail" else "slow" if CAUSE_OF[signal] == "wait" else "other"


TROUBLE: Mapping[str, Before] = MappingProxyType({name: _kind_of(name) for name in CAUSE_OF if name != HARMLESS})
"""Kind of signal -> what it counts as here."""


class Seen(msgspec.Struct, frozen=True):
    """Sessions with each kind of trouble just before. One may have several kinds; `nothing` has none of the others."""

    rage: int
    error: int
    slow: int
    other: int
    nothing: int


def signals_of(before: Before) -> list[str]:
    """The kinds of signals that make it; of `nothing` all those that must be absent."""
    if before == "error":
        return kinds_of("fail")
    return [name for name, kind in TROUBLE.items() if before in ("nothing", kind)]


def troubles() -> dict[str, list[str]]:
    """The parameters `types` and `kinds_of`: kinds of signals, and what each counts as."""
    return {"types": list(TROUBLE), "kinds_of": list(TROUBLE.values())}
