"""The six causes of lost points, and which kind of signal or issue belongs to which: the pages' one colour code.

Scores are explained, listed and filtered by cause. One table, used in Python and handed to SQL as two arrays.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, TypeAlias, get_args

Cause: TypeAlias = Literal["wait", "fail", "noans", "circle", "form", "restless"]
CAUSES: tuple[Cause, ...] = get_args(Cause)
"""In the order in which they are always shown."""

_TYPES: dict[Cause, tuple[str, ...]] = {
    "wait": (
        "slow_api", "unfinished_wait", "slow_click",
        "web_vital_lcp", "web_vital_inp", "web_vital_cls", "web_vital_fcp", "web_vital_ttfb",
    ),
    "fail": (
        "failed_request", "failed_request_background", "error_click", "js_error", "js_error_background", "crash",
    ),
    "noans": ("rage_click", "rage_click_unconfirmed", "multi_click", "dead_click"),
    "circle": ("nav_loop", "quick_back", "reload_burst", "search_struggle"),
    "form": ("form_abandon", "validation_loop", "input_correction"),
    "restless": ("excessive_scroll", "thrashed_cursor"),
}  # fmt: skip

CAUSE_OF: Mapping[str, Cause] = MappingProxyType({name: cause for cause, names in _TYPES.items() for name in names})
"""Kind of signal or issue -> cause. The issue `minor` collects several and has none."""
UNSORTED: Cause = "restless"
"""A kind that nobody has sorted yet counts as the mildest cause rather than vanish from a sum."""


JUDGED_CAUSES: frozenset[Cause] = frozenset(CAUSES)
"""Causes that some analyzer looks for; any other would be not measured, which is not the same as none. A test compares
this with the registry of analyzers."""


def sorting() -> dict[str, object]:
    """The parameters `types`, `causes` and `unsorted`, by which SQL finds the cause of a kind (places_rows.sql)."""
    return {"types": list(CAUSE_OF), "causes": list(CAUSE_OF.values()), "unsorted": UNSORTED}


def cause_of(kind: str) -> Cause:
    """The cause of a kind of signal."""
    return CAUSE_OF.get(kind, UNSORTED)


def kinds_of(cause: Cause) -> list[str]:
    """The kinds that belong to a cause."""
    return list(_TYPES[cause])
