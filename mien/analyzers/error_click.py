"""Error clicks: a click after which the page breaks or a request that it started fails.

Reads clicks, `error_logs` and `latency_metrics`; emits signals only. Pure.
Rule and limits: docs/analyzers/error_click.md.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Never

import msgspec

from mien.analyzers.analyzer import Analyzer, Findings, Signal
from mien.analyzers.baselines import Baselines
from mien.analyzers.click_answers import any_between, view_times
from mien.analyzers.click_chains import is_pointed
from mien.analyzers.error_text import CONSOLE_PREFIX, RESOURCE_PREFIX
from mien.analyzers.foreground import is_hidden
from mien.analyzers.requests import ended_at, is_failed
from mien.analyzers.third_party import is_third_party
from mien.analyzers.thresholds import ErrorClick
from mien.timeline import HALF_MICROSECOND, ApiCall, ErrorLog, Event, Timeline, seconds_between

ABORTED = "AbortError"


class Failure(msgspec.Struct, frozen=True, gc=False):
    """What may belong to a click, or to `count`: begun at `began_at` at most `within_s` after it, over by `over_s`."""

    known_at: float
    began_at: float
    within_s: float
    over_s: float
    kind: str
    confidence: float
    screen: str | None
    """Of an error: it must be the click's. None where it is not known or does not matter."""
    same_view: bool
    api: str | None
    evidence: dict[str, object]
    count: int = 1

    @property
    def is_sure(self) -> bool:
        """Of the site's own that it did not catch, or of a request."""
        return self.kind in ("error", "request")


def find_error_clicks(timeline: Timeline, baselines: Baselines) -> Findings[Never]:
    """One signal per failure that finds a click; each takes the newest click that none has taken."""
    limits = baselines.thresholds.error_click
    # By when they are known: what is known later takes nothing away from what was known before.
    failures = sorted([*errors_of(timeline, limits), *failed_calls_of(timeline, limits)], key=lambda it: it.known_at)
    if not failures:
        return Findings()
    clicks = [event for event, info in timeline.clicks() if is_pointed(info)]
    untaken = Untaken(clicks)
    signals: list[Signal] = []
    for failure in failures:
        for _ in range(failure.count):
            click = untaken.take(failure, timeline)
            if click is None:
                break
            signals.append(error_signal(click, failure))
    return Findings(signals=signals)


def errors_of(timeline: Timeline, limits: ErrorClick) -> Iterator[Failure]:
    """The errors, by how much they say: foreign ones little, those that the page logged itself half as much."""
    for error in timeline.errors:
        kind = kind_of(error)
        confidence = {
            "error": limits.js_confidence,
            "console": limits.handled_confidence,
            "third_party": limits.third_party_confidence,
        }.get(kind or "", 0.0)
        if kind is not None and confidence > 0:
            within_s = limits.error_ms / 1000
            evidence: dict[str, object] = {"kind": kind, "message": error.message}
            yield Failure(
                error.at,
                error.at,
                within_s,
                within_s,
                kind,
                confidence,
                error.screen,
                True,
                None,
                evidence,
                error.count,
            )


def kind_of(error: ErrorLog) -> str | None:
    """`error`, `console` or `third_party`; None for what is no error of the page: a given up request, a picture."""
    message = error.message or ""
    if message.startswith(RESOURCE_PREFIX) or ABORTED in message:
        return None
    if is_third_party(error):
        return "third_party"
    return "console" if message.startswith(CONSOLE_PREFIX) else "error"


def failed_calls_of(timeline: Timeline, limits: ErrorClick) -> Iterator[Failure]:
    """The calls that failed. Unfinished ones, given up by the page or the person, have not."""
    if limits.network_confidence <= 0:
        return
    for call in timeline.calls:
        if is_failed(call) and not is_hidden(timeline, call.at):
            yield failed_call(call, limits)


def failed_call(call: ApiCall, limits: ErrorClick) -> Failure:
    return Failure(
        known_at=ended_at(call),
        began_at=call.at,
        within_s=limits.request_start_ms / 1000,
        over_s=limits.request_end_ms / 1000,
        kind="request",
        confidence=limits.network_confidence,
        screen=None,
        same_view=False,
        api=call.api,
        evidence={"kind": "request", "api": call.api, "status": call.status, "latency_ms": call.latency_ms},
    )


class Untaken:
    """The clicks that no failure has taken yet, oldest first.

    A sure failure leaves clicks alone that another sure one has taken; the others leave all alone that any has. So a
    foreign script's error does not hide the site's own.
    """

    def __init__(self, clicks: Sequence[Event]) -> None:
        self.clicks = clicks
        self.times = [click.at for click in clicks]
        # Per number of clicks, the number up to the newest free one, found by following; 0: none is free.
        self.free_for_sure = list(range(len(clicks) + 1))
        self.free_for_all = list(range(len(clicks) + 1))

    def take(self, failure: Failure, timeline: Timeline) -> Event | None:
        """The newest free click, if the failure belongs to it."""
        free = self.free_for_sure if failure.is_sure else self.free_for_all
        number = newest(free, bisect_right(self.times, failure.began_at + HALF_MICROSECOND))
        if number == 0 or not belongs(failure, self.clicks[number - 1], timeline):
            return None
        self.free_for_all[number] = number - 1
        if failure.is_sure:
            self.free_for_sure[number] = number - 1
        return self.clicks[number - 1]


def newest(free: list[int], number: int) -> int:
    """Follow to the newest free place, and shorten the way for the next time."""
    while free[number] != number:
        free[number] = free[free[number]]
        number = free[number]
    return number


def belongs(failure: Failure, click: Event, timeline: Timeline) -> bool:
    """Whether it came soon enough after the click and, for an error, in the same view."""
    if seconds_between(click.at, failure.began_at) > failure.within_s:
        return False
    if seconds_between(click.at, failure.known_at) > failure.over_s:
        return False
    if not failure.same_view:
        return True
    if None not in (failure.screen, click.screen) and failure.screen != click.screen:
        return False
    return not any_between(view_times(timeline), click.at + 2 * HALF_MICROSECOND, failure.began_at)


def error_signal(click: Event, failure: Failure) -> Signal:
    after_ms = round(seconds_between(click.at, failure.known_at) * 1000)
    return Signal(
        type="error_click",
        confidence=round(failure.confidence, 4),
        started_at=click.at,
        ended_at=max(failure.known_at, click.at),
        screen=click.screen,
        element_id=click.element_id,
        x=click.x,
        y=click.y,
        event_id=click.event_id,
        api=failure.api,
        evidence={**failure.evidence, "after_ms": max(after_ms, 0)},
    )


ERROR_CLICK = Analyzer(
    "error_click",
    version=2,
    reads=frozenset(("click", "visibility")),
    analyze=find_error_clicks,
    signal_types=frozenset(("error_click",)),
)
