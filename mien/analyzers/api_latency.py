"""API calls as signs of friction: failed requests, waits that never ended, slow answers.

Reads `latency_metrics` and what the person did before each call; emits signals only. Pure.
Rule and limits: docs/analyzers/api_latency.md.
"""

from __future__ import annotations

from typing import Never

from mien.analyzers.analyzer import Analyzer, Findings, Signal
from mien.analyzers.baselines import Baselines
from mien.analyzers.curve import accepted_share
from mien.analyzers.requests import Request, ended_at, is_failed, requests
from mien.analyzers.thresholds import Thresholds
from mien.timeline import Timeline

LEAST_CONFIDENCE = 0.0001  # of a slow call that a project's own curve hardly minds: a confidence is above 0


def find_slow_and_failed_calls(timeline: Timeline, baselines: Baselines) -> Findings[Never]:
    """One signal per call that failed, or that the person waited on and that was slow or never ended."""
    thresholds = baselines.thresholds
    judged = (judge(request, thresholds) for request in requests(timeline, thresholds))
    return Findings(signals=[signal for signal in judged if signal is not None])


def judge(request: Request, thresholds: Thresholds) -> Signal | None:
    call, score = request.call, thresholds.score
    if is_failed(call):
        return call_signal("failed_request", request, thresholds.requests.failed_confidence)
    if not request.waited_on:
        return None
    if call.status is None:
        return call_signal("unfinished_wait", request, 1 - score.min_accepted_share)
    if call.latency_ms is not None and call.latency_ms > thresholds.requests.slow_ms:
        put_up_with = accepted_share(call.latency_ms, score.latency_good_ms, score.latency_median_ms)
        return call_signal("slow_api", request, max(1 - put_up_with, LEAST_CONFIDENCE))
    return None


def call_signal(signal_type: str, request: Request, confidence: float) -> Signal:
    """The signal of a call; the place is that of the click or submit that asked for it, if one did."""
    call, cause = request.call, request.cause
    acted = cause if cause is not None and cause.event_type != "screen_view" else None
    return Signal(
        type=signal_type,
        confidence=round(confidence, 4),
        started_at=call.at,
        ended_at=ended_at(call),
        screen=request.screen,
        element_id=acted.element_id if acted else None,
        x=acted.x if acted else None,
        y=acted.y if acted else None,
        event_id=cause.event_id if cause else None,
        api=call.api,
        evidence={
            "api": call.api,
            "latency_ms": call.latency_ms,
            "status": call.status,
            "foreground": request.waited_on,
            "after": cause.event_type if cause else None,
        },
    )


API_LATENCY = Analyzer(
    "api_latency",
    version=2,
    reads=frozenset(("visibility",)),
    analyze=find_slow_and_failed_calls,
    signal_types=frozenset(("failed_request", "unfinished_wait", "slow_api")),
)
