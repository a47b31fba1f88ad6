"""The demo's second project: a fortnight of made-up visits in which two things break: a drop to explain.

Thirty recorded visits are too few to say that anything got worse. Pure; synthetic.py makes the visits.
"""

from __future__ import annotations

from mien.demo.synthetic import DAY_S, Incident, Plan

PROJECT, NAME = "made_up", "Made-up fortnight"
SESSIONS, DAYS = 4_000, 14
"""Enough that a week has what is told apart from chance, and made within seconds."""


def fortnight(seed: str) -> Plan:
    """Visits of the two weeks that end at `seed`, epoch seconds as text: the same seed, the same visits.

    A release of four days ago fails orders; since two days ago a button is dead on phones.
    """
    until = float(seed)
    incidents = (
        Incident("bad_release", until - 4.2 * DAY_S),
        Incident("dead_button", until - 2.1 * DAY_S, for_whom="phone"),
    )
    return Plan(SESSIONS, until - DAYS * DAY_S, until, seed=int(until), incidents=incidents, has_replay=True)
