"""The analyzers: pure functions that turn one session's Timeline into rows and signals.

`ANALYZERS` is the registry: to add one, write its file and add it here. `CONCLUSIONS` run after them, on the merged
incidents. `mien.analyzers.run.run` does one session.
"""

from __future__ import annotations

import hashlib

from mien.analyzers.api_latency import API_LATENCY
from mien.analyzers.crash import CRASH
from mien.analyzers.dead_click import DEAD_CLICK
from mien.analyzers.emotion import EMOTION
from mien.analyzers.error_click import ERROR_CLICK
from mien.analyzers.error_group import ERROR_GROUP
from mien.analyzers.excessive_scroll import EXCESSIVE_SCROLL
from mien.analyzers.experience_score import EXPERIENCE_SCORE
from mien.analyzers.form_abandon import FORM_ABANDON
from mien.analyzers.heatmap import HEATMAP
from mien.analyzers.heatmap_click import HEATMAP_CLICK
from mien.analyzers.heatmap_view import HEATMAP_VIEW
from mien.analyzers.incidents import INCIDENTS_VERSION
from mien.analyzers.input_correction import INPUT_CORRECTION
from mien.analyzers.journey import JOURNEY
from mien.analyzers.js_error import JS_ERROR
from mien.analyzers.nav_loop import NAV_LOOP
from mien.analyzers.quick_back import QUICK_BACK
from mien.analyzers.rage_click import RAGE_CLICK
from mien.analyzers.reload_burst import RELOAD_BURST
from mien.analyzers.search_struggle import SEARCH_STRUGGLE
from mien.analyzers.slow_click import SLOW_CLICK
from mien.analyzers.thrashed_cursor import THRASHED_CURSOR
from mien.analyzers.validation_loop import VALIDATION_LOOP

ANALYZERS = (
    RAGE_CLICK,
    DEAD_CLICK,
    SLOW_CLICK,
    ERROR_CLICK,
    CRASH,
    HEATMAP,
    HEATMAP_VIEW,
    HEATMAP_CLICK,
    JOURNEY,
    API_LATENCY,
    JS_ERROR,
    ERROR_GROUP,
    FORM_ABANDON,
    INPUT_CORRECTION,
    VALIDATION_LOOP,
    SEARCH_STRUGGLE,
    THRASHED_CURSOR,
    QUICK_BACK,
    EXCESSIVE_SCROLL,
    NAV_LOOP,
    RELOAD_BURST,
)

CONCLUSIONS = (EMOTION, EXPERIENCE_SCORE)

METADATA_READ = frozenset[str]().union(*(part.reads for part in (*ANALYZERS, *CONCLUSIONS)))
"""The event types whose metadata some analyzer reads: the store need not load any other."""


def _version_key() -> str:
    versions = [f"{part.name}={part.version}" for part in (*ANALYZERS, *CONCLUSIONS)]
    text = " ".join([*versions, f"incidents={INCIDENTS_VERSION}"])
    return hashlib.sha256(text.encode()).hexdigest()[:12]


VERSION_KEY = _version_key()
"""Twelve hexadecimal digits that change with any analyzer's or conclusion's version.

Numbers are not in it: a session's results stand under this key and the version of the Baselines together.
"""
