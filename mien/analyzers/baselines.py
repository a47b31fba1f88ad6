"""Baselines: what analyzers may know about a project beyond the one session, frozen and versioned.

Now it holds the thresholds' version only; page percentiles, thresholds per project and muted elements join it here.
The same Timeline under the same Baselines always gives the same findings.
"""

from __future__ import annotations

import msgspec


class Baselines(msgspec.Struct, frozen=True):
    """`version` changes whenever any value does; it is part of what decides whether a session must be run again."""

    version: int = 1


NO_BASELINES = Baselines()
