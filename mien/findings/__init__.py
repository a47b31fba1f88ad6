"""Findings: what got worse against the period before, since when, for whom and why, as numbers with intervals.

`contrast.py` compares groups of sessions, `change_point.py` says since when, `candidates.py` what may have got worse,
`find.py` puts it together (all pure); `apart.py` runs it in a process of its own for the API.
"""

from mien.findings.apart import find_apart
from mien.findings.shapes import Finding, Findings

__all__ = ["Finding", "Findings", "find_apart"]
