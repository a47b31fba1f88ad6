"""What may have got worse: each screen, API, element and error with each cause that took points there. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mien.findings.contrast import Losses
from mien.store.causes import Cause, cause_of
from mien.store.filters import PlaceKind
from mien.store.finding import Loss

MAX_CANDIDATES = 60
"""Own choice: the costliest over both periods. What costs less is not worth a sentence."""


@dataclass(frozen=True)
class Candidate:
    """`parts`: indices of the losses that make it up."""

    place_kind: PlaceKind
    place: str
    place_screen: str
    cause: Cause
    parts: frozenset[int]
    losses: Losses


def candidates_of(losses: Sequence[Loss]) -> list[Candidate]:
    """Costliest first. Chosen by what they cost in all, which says nothing about what changed."""
    places: dict[tuple[PlaceKind, str, str, Cause], list[int]] = {}
    for index, loss in enumerate(losses):
        cause = cause_of(loss.type)
        named: list[tuple[PlaceKind, str, str]] = [
            ("screen", loss.page, ""), ("api", loss.api, ""), ("element", loss.element, loss.page),
            ("error", loss.error, ""),
        ]  # fmt: skip
        for kind, name, screen in named:
            if name:
                places.setdefault((kind, name, screen, cause), []).append(index)
    cost = {key: sum(sum(losses[index].points) for index in parts) for key, parts in places.items()}
    costliest = sorted(places, key=lambda key: (-cost[key], key))[:MAX_CANDIDATES]
    return [
        Candidate(*key, frozenset(places[key]), Losses.joined([as_losses(losses[index]) for index in places[key]]))
        for key in costliest
    ]


def as_losses(loss: Loss) -> Losses:
    """The numbers and points alone."""
    return Losses(loss.numbers, loss.points)
