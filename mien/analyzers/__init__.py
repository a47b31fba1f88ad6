"""The analyzers: pure functions that turn one session's Timeline into rows and signals.

`ANALYZERS` is the registry: to add one, write its file and add it here. `CONCLUSIONS` run after them, on the merged
incidents. `mien.analyzers.run.run` does one session.
"""

from __future__ import annotations

import hashlib

from mien.analyzers.api_latency import API_LATENCY
from mien.analyzers.emotion import EMOTION
from mien.analyzers.experience_score import EXPERIENCE_SCORE
from mien.analyzers.heatmap import HEATMAP
from mien.analyzers.incidents import INCIDENTS_VERSION
from mien.analyzers.journey import JOURNEY
from mien.analyzers.js_error import JS_ERROR
from mien.analyzers.rage_click import RAGE_CLICK
from mien.analyzers.score_weights import WEIGHTS_HASH

ANALYZERS = (RAGE_CLICK, HEATMAP, JOURNEY, API_LATENCY, JS_ERROR)

CONCLUSIONS = (EMOTION, EXPERIENCE_SCORE)

METADATA_READ = frozenset[str]().union(*(part.reads for part in (*ANALYZERS, *CONCLUSIONS)))
"""The event types whose metadata some analyzer reads: the store need not load any other."""


def _version_key() -> str:
    versions = [f"{part.name}={part.version}" for part in (*ANALYZERS, *CONCLUSIONS)]
    text = " ".join([*versions, f"incidents={INCIDENTS_VERSION}", f"weights={WEIGHTS_HASH}"])
    return hashlib.sha256(text.encode()).hexdigest()[:12]


VERSION_KEY = _version_key()
"""Twelve hexadecimal digits that change with any analyzer's or conclusion's version and with the score's weights."""
