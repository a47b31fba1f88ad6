"""Every number of the experience score, in one place, each with its source.

Read by `incidents.py` (which type wins) and `experience_score.py`. A changed number changes `WEIGHTS_HASH`, and with it
`VERSION_KEY`: old sessions are then run again. The formula: docs/analyzers/experience_score.md.
"""

from __future__ import annotations

import hashlib

import msgspec

CEAPARU = "order: causes of frustration in Ceaparu 2004; size: default, not validated"
DYNATRACE = "order: crash over rage over error as in Dynatrace's score; size: default, not validated"
WEAK_HINT = "default, not validated; weak hints at all their caps together stop at 59"

INCIDENT_SOURCES: dict[str, tuple[float, str]] = {
    "crash": (1.20, DYNATRACE + "; one crash crosses the 50 band"),
    "rage_click": (0.35, DYNATRACE),
    "error_click": (0.25, CEAPARU),
    "failed_request": (0.25, CEAPARU),
    "form_abandon": (0.15, "default, not validated"),
    "rage_click_unconfirmed": (0.12, "default, not validated; whether the page answered is not known"),
    "dead_click": (0.10, "default, not validated"),
    "slow_click": (0.10, "default, not validated; only where it is not in the latency term"),
    "js_error": (0.10, CEAPARU),
    "nav_loop": (0.10, CEAPARU),
    "search_struggle": (0.10, CEAPARU),
    "reload_burst": (0.10, "default, not validated"),
    "validation_loop": (0.08, CEAPARU),
    "thrashed_cursor": (0.06, WEAK_HINT),
    "quick_back": (0.06, WEAK_HINT),
    "excessive_scroll": (0.05, WEAK_HINT),
    "failed_request_background": (0.05, "default, not validated"),
    "input_correction": (0.04, WEAK_HINT),
    "js_error_background": (0.03, "default, not validated"),
}
"""Per incident type: the hazard of one incident of confidence 1, and where the number comes from."""

INCIDENT_WEIGHTS: dict[str, float] = {name: weight for name, (weight, _) in INCIDENT_SOURCES.items()}

REPEAT_FACTOR = 0.6
"""Each further incident of a type counts this much of the one before: a type stops at weight / 0.4. Not validated."""

MIN_ANSWERED_SHARE = 0.02
"""Floor of every curve: no single call or vital weighs more than -ln 0.02. Default, not validated."""

VITALS_FACTOR = 0.6
"""Below 1 because slow is bad but not broken. Default, not validated."""

VITAL_WEIGHTS: dict[str, float] = {"LCP": 0.30, "INP": 0.30, "CLS": 0.15, "FCP": 0.15, "TTFB": 0.10}
"""Sentry's Performance Score; re-normalised over the vitals that a session measured."""

VITAL_POINTS: dict[str, dict[str, tuple[float, float]]] = {
    "desktop": {"LCP": (1200, 2400), "FCP": (900, 1600), "TTFB": (200, 400), "INP": (200, 500), "CLS": (0.1, 0.25)},
    "mobile": {"LCP": (2500, 4000), "FCP": (1800, 3000), "TTFB": (800, 1800), "INP": (200, 500), "CLS": (0.1, 0.25)},
}
"""Per device class: where the curve is 0.9 and where it is 0.5 (milliseconds; CLS has no unit). Sentry's table."""

LATENCY_FACTOR = 0.25
"""Default, not validated; with the floor for unfinished waits it orders real rated tasks best (docs)."""

LATENCY_POINTS: tuple[float, float] = (500, 2000)
"""Milliseconds at which 0.9 and 0.5 of people would put up with a call they wait on. Default, not validated."""

MINOR_BELOW_POINTS = 0.5
"""What costs less than this is listed together as `minor`. A choice of presentation."""

DROPPED_BELOW_CONFIDENCE = 0.7
"""The upper end of the range leaves out incidents of less confidence."""


def _weights_hash() -> str:
    numbers = {
        "incidents": INCIDENT_WEIGHTS, "repeat": REPEAT_FACTOR, "floor": MIN_ANSWERED_SHARE,
        "vitals": [VITALS_FACTOR, VITAL_WEIGHTS, VITAL_POINTS], "latency": [LATENCY_FACTOR, LATENCY_POINTS],
        "shown": [MINOR_BELOW_POINTS, DROPPED_BELOW_CONFIDENCE],
    }  # fmt: skip
    return hashlib.sha256(msgspec.json.encode(numbers, order="deterministic")).hexdigest()[:12]


WEIGHTS_HASH = _weights_hash()
"""Twelve hexadecimal digits of all numbers above."""
