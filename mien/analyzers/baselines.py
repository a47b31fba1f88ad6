"""Baselines: what analyzers may know about a project beyond the one session, frozen and versioned.

The same Timeline under the same Baselines always gives the same findings. The store keeps every version that ever held.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import msgspec

from mien.analyzers.thresholds import DEFAULTS, Thresholds

MIN_VIEWS = 200  # below, a screen's own percentiles say too little; docs/analyzers/baselines.md


class ScreenBaseline(msgspec.Struct, frozen=True):
    """What is usual on one screen (its cleaned name), over its last `views` views.

    `dwell_p10_ms`: the tenth percentile of active time, ms. `scroll_ratio_p95`, `scroll_ratio_p99`: percentiles of the
    way scrolled over the span scrolled (1 and more), of views that scrolled at all; None where too few did.
    """

    views: int
    dwell_p10_ms: float | None = None
    scroll_ratio_p95: float | None = None
    scroll_ratio_p99: float | None = None


class Muted(msgspec.Struct, frozen=True):
    """An element on which signals of one type were found to be no frustration."""

    type: str
    element_id: str
    screen: str | None = None
    """None: on every screen."""


class Baselines(msgspec.Struct, frozen=True):
    """`version` stands for all the values: it decides whether a session must be run again."""

    thresholds: Thresholds = DEFAULTS
    screens: Mapping[str, ScreenBaseline] = {}
    muted: frozenset[Muted] = frozenset()
    ignored_screens: frozenset[str] = frozenset()
    """Screens (cleaned names) where no detector looks: games, drawing boards, queues that reload by design."""

    @property
    def version(self) -> str:
        """Twelve hexadecimal digits of all values; equal values have an equal version, in any process."""
        groups = {name: group.numbers() for name, group in msgspec.structs.asdict(self.thresholds).items()}
        muted = sorted(msgspec.json.encode(one).decode() for one in self.muted)
        text = msgspec.json.encode([groups, self.screens, muted, self.ignored_screens], order="deterministic")
        return hashlib.sha256(text).hexdigest()[:12]

    def is_muted(self, signal_type: str, screen: str | None, element_id: str | None) -> bool:
        """Whether somebody said that such a signal there is none."""
        if screen in self.ignored_screens:
            return True
        if not self.muted or element_id is None:
            return False
        return Muted(signal_type, element_id) in self.muted or Muted(signal_type, element_id, screen) in self.muted

    def screen(self, name: str | None) -> ScreenBaseline | None:
        """What is usual on a screen, where at least MIN_VIEWS views say so."""
        found = self.screens.get(name or "")
        return found if found is not None and found.views >= MIN_VIEWS else None


NO_BASELINES = Baselines()
