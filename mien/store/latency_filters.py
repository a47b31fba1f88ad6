"""Filters of sessions by their API calls and their web vitals: part of every Segment, so that each count on the page
Latency opens exactly its sessions. In SQL: sql/fragments/call_filter.sql and vital_filter.sql.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

CallStatus: TypeAlias = Literal[
    "any", "2xx", "3xx", "4xx", "5xx", "network", "unfinished", "other", "failed"
]  # fmt: skip
"""`failed`: network or 5xx (docs/analyzers/api_latency.md). `unfinished`: status NULL. `any`: every call."""
VitalName: TypeAlias = Literal["LCP", "INP", "CLS", "FCP", "TTFB"]
Rating: TypeAlias = Literal["good", "needs-improvement", "poor"]

LEFT_WITHIN_S = 60
"""Somebody who does nothing more this long after a call has left; the page's own choice, not validated."""


class VitalLines(msgspec.Struct, frozen=True):
    """`good`: up to here a value is good; above `poor` it is poor. Milliseconds; CLS has no unit."""

    good: float
    poor: float


VITAL_LINES: dict[VitalName, VitalLines] = {
    "LCP": VitalLines(2500, 4000),
    "INP": VitalLines(200, 500),
    "CLS": VitalLines(0.1, 0.25),
    "FCP": VitalLines(1800, 3000),
    "TTFB": VitalLines(800, 1800),
}
"""Google's lines for the 75th percentile: https://web.dev/articles/vitals (LCP, INP, CLS), https://web.dev/articles/fcp
and https://web.dev/articles/ttfb."""


def rating_lines() -> dict[str, object]:
    """The parameters of sql/fragments/vitals.sql."""
    return {
        "vital_names": list(VITAL_LINES),
        "vital_good": [lines.good for lines in VITAL_LINES.values()],
        "vital_poor": [lines.poor for lines in VITAL_LINES.values()],
    }


class CallFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Sessions with one call that is all of this; None is not narrowed, "" is an API or a screen that is not known.

    `min_ms` (included) and `max_ms` (excluded) are of one finished call, `wait_min_ms` and `wait_max_ms` of the p75 of
    the session's finished calls (of `api`, when it is given). `left_soon`: nothing happened any more LEFT_WITHIN_S
    after the slowest of these.
    """

    api: str | None = None
    status: CallStatus | None = None
    screen: str | None = None
    min_ms: int | None = None
    max_ms: int | None = None
    wait_min_ms: int | None = None
    wait_max_ms: int | None = None
    left_soon: bool = False

    def arguments(self) -> dict[str, object]:
        """The parameters of the fragment."""
        one_call = (self.api, self.status, self.screen, self.min_ms, self.max_ms)
        return {
            "call_any": any(value is not None for value in one_call),
            "call_status": self.status,
            "call_screen": self.screen,
            "call_min_ms": self.min_ms,
            "call_max_ms": self.max_ms,
            "wait_any": self.left_soon or self.wait_min_ms is not None or self.wait_max_ms is not None,
            "wait_min_ms": self.wait_min_ms,
            "wait_max_ms": self.wait_max_ms,
            "left_soon": self.left_soon,
            **self.waits(),
        }

    def waits(self) -> dict[str, object]:
        """The parameters of session_waits.sql."""
        return {"call_api": self.api, "left_within_s": float(LEFT_WITHIN_S)}


class VitalFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Sessions with a view that reported this vital, on this screen ("": not known), with this rating."""

    name: VitalName | None = None
    screen: str | None = None
    rating: Rating | None = None

    def arguments(self) -> dict[str, object]:
        """The parameters of the fragment."""
        return {
            "vital": self.name,
            "vital_screen": self.screen,
            "vital_rating": self.rating,
            **rating_lines(),
        }


ANY_CALL, ANY_VITAL = CallFilter(), VitalFilter()
"""Not narrowed."""
