"""What a finding says. Times in seconds since the epoch, UTC; points are means over the scored sessions of a group."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from mien.store.causes import Cause
from mien.store.filters import PlaceKind

Grade: TypeAlias = Literal["strong", "moderate"]
Dimension: TypeAlias = Literal["release", "device_type", "browser", "country", "locale"]


class Contrast(msgspec.Struct, frozen=True):
    """Points lost per session in a group and in another one. `low`, `high`: 95 % of the difference.

    `p`: two-sided; `sessions`, `other_sessions`: scored ones of the groups.
    """

    points: float
    other: float
    difference: float
    low: float
    high: float
    p: float
    sessions: int
    other_sessions: int


class ForWhom(msgspec.Struct, frozen=True):
    """A part of the sessions that loses clearly more there than the others, since the change."""

    dimension: Dimension
    value: str
    contrast: Contrast


class Reason(msgspec.Struct, frozen=True):
    """A kind of issue that moved with the finding. `api`, `element`: "" where it has none."""

    type: str
    api: str
    element: str
    points: float
    points_before: float


class Finding(msgspec.Struct, frozen=True):
    """One place that loses more to one cause than in the period before.

    `place_screen`: an element's. `change`: this period against the one before. `q`: p after Benjamini and Hochberg,
    over all candidates. `sessions`: that lost points there in this period. `release`: the one it came with, "" when
    none did. `for_whom`: clearest first. `why`: what rose most first. `course`: points of a session by equal steps of
    time over both periods, half of them before this one; None without sessions. `level_before`, `level_after`: of the
    sessions before `since` and from then on.
    """

    place_kind: PlaceKind
    place: str
    place_screen: str
    cause: Cause
    grade: Grade
    change: Contrast
    q: float
    sessions: int
    since: float
    release: str
    for_whom: list[ForWhom]
    why: list[Reason]
    course: list[float | None]
    level_before: float
    level_after: float


class Findings(msgspec.Struct, frozen=True):
    """`findings`: largest rise first. `is_enough` false: too few sessions for any finding, which is not the same as
    none. `scored`, `scored_before`: sessions of the two periods. `candidates`: what was compared. `lost`: all points
    lost, this period against the one before; None where a period has no scored session.
    """

    findings: list[Finding]
    is_enough: bool
    scored: int
    scored_before: int
    candidates: int
    lost: Contrast | None
