"""The shapes of the pages of signals."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from mien.api.context import Tuning
from mien.store.baselines import NO_CHANGES, Changes, Learning, StoredBaselines


class Threshold(msgspec.Struct, frozen=True):
    """One number. `lowest` and `highest` are allowed themselves. `says` has its unit."""

    name: str
    value: float
    default: float
    lowest: float
    highest: float
    is_whole: bool
    is_changed: bool
    says: str
    source: str


class Mute(msgspec.Struct, frozen=True):
    """What to mute. `screen` null: on every screen."""

    type: str
    element_id: str
    screen: str | None = None
    reason: str = ""


class Muted(msgspec.Struct, frozen=True):
    """What is muted. `screen` null: on every screen; else its cleaned name."""

    type: str
    element_id: str
    screen: str | None


class Usual(msgspec.Struct, frozen=True):
    """Percentiles of a screen's last `views` views: active time, and the way scrolled over the span scrolled."""

    views: int
    dwell_p10_ms: float | None
    scroll_ratio_p95: float | None
    scroll_ratio_p99: float | None


class Learned(msgspec.Struct, frozen=True):
    """When the percentiles of screens were last computed, and over how much."""

    finished_at: datetime
    session_count: int
    view_count: int
    screen_count: int


class Thresholds(msgspec.Struct, frozen=True):
    """`version` stands for all of it. `made_*`, `reason`: of the last change; null while the defaults hold.

    `screens`: cleaned name -> what is usual there. `learned` null: never yet.
    """

    version: str
    made_at: datetime | None
    made_by: str | None
    reason: str | None
    thresholds: list[Threshold]
    muted: list[Muted]
    ignored_screens: list[str]
    screens: dict[str, Usual]
    learned: Learned | None


def to_thresholds(held: StoredBaselines | None, learned: Learning | None, tuning: Tuning) -> Thresholds:
    """What holds now."""
    changes: Changes = NO_CHANGES if held is None else held
    return Thresholds(
        version=tuning.to_version(changes),
        made_at=held.made_at if held else None,
        made_by=held.made_by if held else None,
        reason=held.reason if held else None,
        thresholds=[
            Threshold(
                name=one.name,
                value=one.value,
                default=one.default,
                lowest=one.lowest,
                highest=one.highest,
                is_whole=one.is_whole,
                is_changed=one.value != one.default,
                says=one.says,
                source=one.source,
            )
            for one in tuning.thresholds_of(changes.overrides)
        ],
        muted=muted_of(changes),
        ignored_screens=changes.ignored_screens,
        screens=msgspec.convert(changes.screens, dict[str, Usual], from_attributes=True),
        learned=None if learned is None else msgspec.convert(learned, Learned, from_attributes=True),
    )


def muted_of(changes: Changes) -> list[Muted]:
    """What is left out."""
    return [Muted(one.type, one.element_id, one.screen) for one in changes.muted]


class Changed(msgspec.Struct, frozen=True):
    """`is_new` false: it stood so already. `outdated`: sessions that stand under another version and will be analysed
    again in the background, the newest first."""

    is_new: bool
    version: str
    outdated: int


class Try(msgspec.Struct, frozen=True):
    """`values`: numbers to try beside what the project has set; `reset`: names to try with their defaults.

    Without a period the last 14 days. `limit`: sessions at most, the newest.
    """

    values: dict[str, float]
    reset: list[str] = []
    since: datetime | None = None
    until: datetime | None = None
    limit: int = 2000


class Example(msgspec.Struct, frozen=True):
    """A signal that only one of both finds. `link`: its session in the dashboard at that time."""

    session_id: UUID
    at: datetime
    t: float
    screen: str | None
    element_id: str | None
    confidence: float
    link: str


class TypeTrial(msgspec.Struct, frozen=True):
    """Signals of one type: found now, found then, only then, only now; `sessions`: in which something changes."""

    type: str
    before: int
    after: int
    gained: int
    lost: int
    sessions: int
    examples_gained: list[Example]
    examples_lost: list[Example]


class Trial(msgspec.Struct, frozen=True):
    """`is_complete` false: time or limit ran out before the whole period was tried, and `says` tells so in a sentence.

    Scores are means over the sessions that have one under both. `failed`: analyzers that did not finish, in how many
    sessions.
    """

    since: datetime
    until: datetime
    sessions: int
    sessions_in_period: int
    sessions_changed: int
    is_complete: bool
    score_before: float | None
    score_after: float | None
    types: list[TypeTrial]
    failed: dict[str, int]
    took_s: float
    says: str


class PrecisionRow(msgspec.Struct, frozen=True):
    """`precision`: the share of judged signals that was frustration; `low`, `high`: its 95 % interval (Wilson).

    `is_proposed`: at least 20 verdicts, and `high` below 0.3: muting is proposed.
    """

    type: str
    element_id: str | None
    screen: str | None
    verdicts: int
    frustration: int
    precision: float
    low: float
    high: float
    is_muted: bool
    is_proposed: bool


class Precision(msgspec.Struct, frozen=True):
    """`rows`: most verdicts first. `muted`: what is left out now."""

    rows: list[PrecisionRow]
    muted: list[Muted]
