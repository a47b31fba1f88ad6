"""The three terms of the experience score's hazard: web vitals, API latency, incidents. Shared shapes, pure.

Each term gives charges; `experience_score.py` adds them up and explains them. Docs: docs/analyzers/experience_score.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import isfinite

import msgspec

from mien.analyzers.hazard import FLOOR_LOSS, curve_loss, incident_hazards
from mien.analyzers.incidents import Incident
from mien.analyzers.requests import Request
from mien.analyzers.score_weights import LATENCY_FACTOR, LATENCY_POINTS, VITAL_POINTS, VITAL_WEIGHTS, VITALS_FACTOR
from mien.timeline import Timeline, json_object


class Charge(msgspec.Struct, frozen=True, gc=False):
    """One thing that cost something. Charges with equal `type`, `page`, `element` and `api` are listed as one issue."""

    type: str
    page: str | None
    element: str | None
    api: str | None
    hazard: float
    confidence: float
    incident_id: int | None = None
    evidence: Mapping[str, object] = {}
    also: tuple[str, ...] = ()


def device_class(device_type: str | None) -> str:
    """Which of the vitals' two tables holds; a device that is not known counts as a desktop."""
    return "mobile" if (device_type or "").lower() in ("mobile", "tablet", "phone", "smartphone") else "desktop"


def measured_vitals(timeline: Timeline) -> dict[str, list[tuple[str | None, float]]]:
    """Per vital its (screen, value) of every screen view that reported it; a later report replaces an earlier one."""
    reports: dict[tuple[str, int], tuple[str | None, float]] = {}
    view = 0
    for event in timeline.of_type("screen_view", "web_vital"):
        if event.event_type == "screen_view":
            view += 1
            continue
        fields = json_object(event.metadata)
        name, value = str(fields.get("name")).upper(), fields.get("value")
        if name not in VITAL_WEIGHTS or isinstance(value, bool) or not isinstance(value, int | float):
            continue
        if isfinite(value) and value >= 0:
            reports[name, view] = (event.screen, float(value))
    measured: dict[str, list[tuple[str | None, float]]] = {}
    for (name, _), report in reports.items():
        measured.setdefault(name, []).append(report)
    return measured


def vital_charges(timeline: Timeline) -> list[Charge]:
    """Term 1: the mean over screen views of each measured vital; weights re-normalised over the measured ones."""
    measured = measured_vitals(timeline)
    points = VITAL_POINTS[device_class(timeline.device_type)]
    total_weight = sum(VITAL_WEIGHTS[name] for name in measured)
    charges: list[Charge] = []
    for name in sorted(measured):
        share = VITALS_FACTOR * VITAL_WEIGHTS[name] / total_weight / len(measured[name])
        for screen, value in measured[name]:
            hazard = share * curve_loss(value, *points[name])
            seen = {"name": name, "value": value, "good": points[name][0], "poor": points[name][1]}
            charges.append(Charge("web_vital_" + name.lower(), screen, None, None, hazard, 1.0, evidence=seen))
    return charges


def is_measured(request: Request) -> bool:
    """Whether a call enters the latency term: waited on, and its time known or never finished."""
    return request.waited_on and (request.call.status is None or request.call.latency_ms is not None)


def order_of(request: Request) -> tuple[float, str, int]:
    """By start; calls of one instant by what they say, since their ids depend on the order of arrival."""
    call = request.call
    return call.at, call.api or "", call.latency_ms or 0


def latency_charges(requests: Iterable[Request]) -> list[Charge]:
    """Term 2: the mean over the calls that the person waited on; an unfinished wait takes the floor."""
    waited = sorted((request for request in requests if is_measured(request)), key=order_of)
    charges: list[Charge] = []
    for request in waited:
        call = request.call
        unfinished = call.status is None
        loss = FLOOR_LOSS if unfinished else curve_loss(call.latency_ms or 0, *LATENCY_POINTS)
        charge_type = "unfinished_wait" if unfinished else "slow_api"
        hazard = LATENCY_FACTOR * loss / len(waited)
        seen = {"latency_ms": call.latency_ms, "status": call.status, "of_calls": len(waited)}
        charges.append(Charge(charge_type, request.screen, None, call.api, hazard, 1.0, evidence=seen))
    return charges


def incident_charges(incidents: Sequence[Incident]) -> list[Charge]:
    """Term 3: per type the incidents by falling confidence, each repeat counting less. In order of incident id."""
    by_type: dict[str, list[Incident]] = {}
    for incident in sorted(incidents, key=lambda incident: incident.id):
        by_type.setdefault(incident.type, []).append(incident)
    charges: list[Charge] = []
    for incident_type, group in by_type.items():
        hazards = incident_hazards(incident_type, [incident.confidence for incident in group])
        for incident, hazard in zip(group, hazards, strict=True):
            charges.append(
                Charge(
                    type=incident_type,
                    page=incident.screen,
                    element=incident.element_id,
                    api=incident.api,
                    hazard=hazard,
                    confidence=incident.confidence,
                    incident_id=incident.id,
                    evidence=incident.evidence,
                    also=incident.also,
                )
            )
    return charges
