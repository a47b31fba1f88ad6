"""The three terms of the experience score's hazard: web vitals, API latency, incidents. Shared shapes, pure.

Each term gives charges; `experience_score.py` adds them up and explains them. Docs: docs/analyzers/experience_score.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from math import isfinite

import msgspec

from mien.analyzers.hazard import curve_loss, floor_loss, repeated_hazards
from mien.analyzers.incidents import Incident, weights_of
from mien.analyzers.requests import Request
from mien.analyzers.thresholds import Score, Thresholds
from mien.timeline import Timeline, json_object

VITALS = ("LCP", "INP", "CLS", "FCP", "TTFB")
Lines = tuple[float, float]
"""Where a vital's curve is 0.9, and where it is 0.5."""


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


@lru_cache(maxsize=64)
def vital_weights(score: Score) -> Mapping[str, float]:
    """What each vital weighs among those that were measured."""
    return {name: getattr(score, f"vital_weight_{name.lower()}") for name in VITALS}


def vital_lines(thresholds: Thresholds, device_type: str | None) -> Mapping[str, Lines]:
    """The good and the poor line of each vital on this class of device. Milliseconds; CLS has no unit."""
    lines = thresholds.vitals_mobile if device_class(device_type) == "mobile" else thresholds.vitals_desktop
    return {
        "LCP": (lines.lcp_good_ms, lines.lcp_poor_ms),
        "INP": (lines.inp_good_ms, lines.inp_poor_ms),
        "CLS": (lines.cls_good, lines.cls_poor),
        "FCP": (lines.fcp_good_ms, lines.fcp_poor_ms),
        "TTFB": (lines.ttfb_good_ms, lines.ttfb_poor_ms),
    }


def device_class(device_type: str | None) -> str:
    """Which of the vitals' two tables holds; a device that is not known counts as a desktop."""
    return "mobile" if (device_type or "").lower() in ("mobile", "tablet", "phone", "smartphone") else "desktop"


def measured_vitals(timeline: Timeline) -> dict[str, list[tuple[str | None, float]]]:
    """Per vital its (screen, value) of every screen view that reported it; a later report replaces an earlier one."""
    if not timeline.of_type("web_vital"):
        return {}
    reports: dict[tuple[str, int], tuple[str | None, float]] = {}
    view = 0
    for event in timeline.of_type("screen_view", "web_vital"):
        if event.event_type == "screen_view":
            view += 1
            continue
        fields = json_object(event.metadata)
        name, value = str(fields.get("name")).upper(), fields.get("value")
        if name not in VITALS or isinstance(value, bool) or not isinstance(value, int | float):
            continue
        if isfinite(value) and value >= 0:
            reports[name, view] = (event.screen, float(value))
    measured: dict[str, list[tuple[str | None, float]]] = {}
    for (name, _), report in reports.items():
        measured.setdefault(name, []).append(report)
    return measured


def vital_charges(timeline: Timeline, thresholds: Thresholds) -> list[Charge]:
    """Term 1: the mean over screen views of each measured vital; weights re-normalised over the measured ones."""
    score = thresholds.score
    weights = vital_weights(score)
    measured = {name: seen for name, seen in measured_vitals(timeline).items() if weights[name] > 0}
    if not measured:
        return []
    lines = vital_lines(thresholds, timeline.device_type)
    total_weight = sum(weights[name] for name in measured)
    charges: list[Charge] = []
    for name in sorted(measured):
        share = score.vitals_factor * weights[name] / total_weight / len(measured[name])
        for screen, value in measured[name]:
            hazard = share * curve_loss(value, *lines[name], score.min_accepted_share)
            seen = {"name": name, "value": value, "good": lines[name][0], "poor": lines[name][1]}
            charges.append(Charge("web_vital_" + name.lower(), screen, None, None, hazard, 1.0, evidence=seen))
    return charges


def is_measured(request: Request) -> bool:
    """Whether a call enters the latency term: waited on, and its time known or never finished."""
    return request.waited_on and (request.call.status is None or request.call.latency_ms is not None)


def latency_charges(requests: Iterable[Request], score: Score) -> list[Charge]:
    """Term 2: the mean over the calls that the person waited on; an unfinished wait takes the floor."""
    waited = [request for request in requests if is_measured(request)]
    charges: list[Charge] = []
    for request in waited:
        call = request.call
        share = score.min_accepted_share
        unfinished = call.status is None
        lines = (score.latency_good_ms, score.latency_median_ms)
        loss = floor_loss(share) if unfinished else curve_loss(call.latency_ms or 0, *lines, share)
        charge_type = "unfinished_wait" if unfinished else "slow_api"
        hazard = score.latency_factor * loss / len(waited)
        seen = {"latency_ms": call.latency_ms, "status": call.status, "of_calls": len(waited)}
        charges.append(Charge(charge_type, request.screen, None, call.api, hazard, 1.0, evidence=seen))
    return charges


def incident_charges(incidents: Sequence[Incident], thresholds: Thresholds) -> list[Charge]:
    """Term 3: per type the incidents by falling confidence, each repeat counting less. In order of incident id."""
    weights, repeat_factor = weights_of(thresholds.weight), thresholds.score.repeat_factor
    by_type: dict[str, list[Incident]] = {}
    for incident in sorted(incidents, key=lambda incident: incident.id):
        by_type.setdefault(incident.type, []).append(incident)
    charges: list[Charge] = []
    for incident_type, group in by_type.items():
        confidences = [incident.confidence for incident in group]
        hazards = repeated_hazards(weights[incident_type], confidences, repeat_factor)
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
