"""The stage 0 emotion model: published priors and points, a softmax, a filter over time, abstention. Pure arithmetic.

Nothing here was learnt from data: priors and points are guesses with a reason; results say `calibrated = false`.
The model, its words and its limits: docs/analyzers/emotion.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import exp, log

import msgspec

PRIOR: dict[str, float] = {
    "neutral": 0.62, "engaged": 0.20, "hesitant": 0.06, "confused": 0.05, "frustrated": 0.05, "disengaged": 0.02,
}  # fmt: skip
"""What a moment is likely to be before anything is known. A guess; to be replaced by self-reports."""

UNKNOWN = "unknown"

POINTS: dict[str, tuple[str, dict[str, float]]] = {
    "rage_click": ("rage", {"frustrated": 2.2, "confused": 0.4}),
    "error_click": ("error", {"frustrated": 1.5, "confused": 0.5}),
    "failed_request": ("request", {"frustrated": 1.2}),
    "dead_click": ("dead_click", {"frustrated": 0.8, "confused": 1.0}),
    "slow_response": ("slowness", {"frustrated": 0.9}),
    "nav_loop": ("loop", {"frustrated": 0.6, "confused": 1.6}),
    "search_struggle": ("search", {"frustrated": 0.7, "confused": 1.4}),
    "validation_loop": ("validation", {"frustrated": 1.5, "confused": 1.0}),
    "quick_back": ("quick_back", {"confused": 0.9, "disengaged": 0.4}),
    "excessive_scroll": ("scroll", {"confused": 1.1}),
    "pause_before_submit": ("pause", {"hesitant": 1.8}),
    "input_correction": ("correction", {"hesitant": 1.3, "confused": 0.6}),
    "idle": ("idle", {"disengaged": 2.4}),
    "reading": ("reading", {"engaged": 1.2}),
    "task_success": ("success", {"engaged": 1.3, "frustrated": -0.8}),
}
"""Per kind of evidence: its family and its points in log-odds. A family votes once, with its largest points."""

FAMILY_FACTOR = 0.8  # stands in, with one vote per family, for evidence that is not independent
STAY_PER_STEP, STEP_S = 0.9, 30.0  # what is kept of a moment's probabilities after 30 s; Feild 2009: frustration lasts
MIN_PROBABILITY = 0.5
MIN_MARGIN = 0.15  # ahead of the second label
MAX_CONFIDENCE = 0.75  # an uncalibrated model may not sound surer
CANDIDATES_HOLD = 0.9  # an `unknown` keeps the labels that hold this much of the probability


class Evidence(msgspec.Struct, frozen=True, gc=False):
    """One reason. `kind` is a key of POINTS; `known_at` is when it could be known (seconds since the epoch)."""

    kind: str
    known_at: float
    what: str


class Verdict(msgspec.Struct, frozen=True, gc=False):
    """`emotion` is a label or `unknown`; `probability` that of the likeliest label; `candidates` what it may be."""

    emotion: str
    probability: float
    candidates: tuple[str, ...]
    strength: str


Families = Mapping[str, Mapping[str, float]]
"""Per family the log-odds points that it gives each label."""


@lru_cache(maxsize=1024)
def votes(kinds: frozenset[str]) -> Families:
    """Per family the applied points of each label: the largest among its kinds of evidence, times FAMILY_FACTOR.

    Families come in the order of POINTS. The result is shared: nobody may change it.
    """
    families: dict[str, dict[str, float]] = {}
    for kind, (family, points) in POINTS.items():
        if kind in kinds:
            vote = families.setdefault(family, {})
            for label, value in points.items():
                vote[label] = max(vote.get(label, value * FAMILY_FACTOR), value * FAMILY_FACTOR)
    return families


def posterior(before: Mapping[str, float], families: Families) -> dict[str, float]:
    """The labels' probabilities: `before` (sums to 1), moved by the families' points, normalised."""
    raw: dict[str, float] = {}
    for label, probability in before.items():
        points = 0.0
        for vote in families.values():
            points += vote.get(label, 0.0)
        raw[label] = probability * exp(points)
    total = sum(raw.values())
    return {label: value / total for label, value in raw.items()}


def carried(state: Mapping[str, float], seconds: float) -> dict[str, float]:
    """`state` after some time (0 or more): 0.9 of it stays per 30 s, the rest returns to the prior."""
    stay = STAY_PER_STEP ** (max(seconds, 0.0) / STEP_S)
    return {label: stay * state[label] + (1 - stay) * prior for label, prior in PRIOR.items()}


def decide(state: Mapping[str, float], families: Families, calm: bool = False) -> Verdict:
    """A label only when it is likely, well ahead and some family voted for it; else `unknown`.

    `neutral` needs no vote but a `calm` stretch (docs/analyzers/emotion.md), and never stands beside evidence.
    """
    ranked = sorted(state, key=lambda label: (-state[label], label))
    best, second = ranked[0], ranked[1]
    supporters = sum(1 for vote in families.values() if vote.get(best, 0.0) > 0)
    backed = (calm and not families) if best == "neutral" else supporters > 0
    named = backed and state[best] >= MIN_PROBABILITY and state[best] - state[second] >= MIN_MARGIN
    return Verdict(
        emotion=best if named else UNKNOWN,
        probability=state[best],
        candidates=(best,) if named else candidates(state, ranked),
        strength=strength(supporters),
    )


def candidates(state: Mapping[str, float], ranked: Sequence[str]) -> tuple[str, ...]:
    """The likeliest labels that together hold CANDIDATES_HOLD of the probability."""
    held = 0.0
    for count, label in enumerate(ranked, start=1):
        held += state[label]
        if held >= CANDIDATES_HOLD:
            return tuple(ranked[:count])
    return tuple(ranked)


def strength(supporters: int) -> str:
    """Words, not a percentage: by the families that voted for the likeliest label."""
    return "strong" if supporters >= 3 else "moderate" if supporters == 2 else "weak"


def log_ratio(state: Mapping[str, float]) -> dict[str, float]:
    """How far `state` is from the prior, per label in log-odds points."""
    return {label: log(state[label] / prior) for label, prior in PRIOR.items()}


def _model_version() -> str:
    numbers = [PRIOR, POINTS, FAMILY_FACTOR, STAY_PER_STEP, STEP_S, MIN_PROBABILITY, MIN_MARGIN, MAX_CONFIDENCE]
    return "stage0-" + hashlib.sha256(msgspec.json.encode(numbers, order="deterministic")).hexdigest()[:8]


MODEL_VERSION = _model_version()
"""`stage0-` and eight hexadecimal digits of every number above."""
