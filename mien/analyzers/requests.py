"""Which API calls a person waits on, which failed, and how long a page was loading. Shared, pure.

One rule for detectors and score: a call is waited on when it starts within `requests.prompt_ms` after a click, submit
or screen_view, or while the page loads; all others, and all while the page is hidden, are background. Calls carry no
tab (the fixed table has no column for it), so the session's tabs are one. Limits: docs/analyzers/api_latency.md.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from mien.analyzers.foreground import is_hidden, screen_at
from mien.analyzers.thresholds import Thresholds
from mien.timeline import HALF_MICROSECOND, ApiCall, Event, Timeline, has_failed

PROMPTS = ("click", "submit", "screen_view")
QUIET_S = 0.1  # a page whose calls have all ended for longer has loaded; Datadog's rule for page activity
MAX_LOAD_S = 10.0  # and no page loads longer than this; Datadog's rule for page activity


class Request(msgspec.Struct, frozen=True, gc=False):
    """A call and its circumstances. `cause`: the latest prompt at most `prompt_ms` before it."""

    call: ApiCall
    waited_on: bool
    cause: Event | None
    screen: str | None


def is_failed(call: ApiCall) -> bool:
    """A network failure (0) or a server's error (500 and above)."""
    return has_failed(call.status)


def ended_at(call: ApiCall) -> float:
    """When the call ended, or, unfinished, when the person stopped waiting. Seconds since the epoch."""
    # To the microsecond: what came at one instant must not be put in order by the noise of a sum.
    return round(call.at + max(call.latency_ms or 0, 0) / 1000, 6)


def requests(timeline: Timeline, thresholds: Thresholds) -> Sequence[Request]:
    """Every call of the session with its circumstances, by start; worked out once."""
    return _judged(timeline, thresholds)[0]


def is_loading(timeline: Timeline, at: float, thresholds: Thresholds) -> bool:
    """Whether the page was loading at `at`: since its screen_view never quiet for QUIET_S, MAX_LOAD_S at most."""
    views = timeline.of_type("screen_view")
    ends = _judged(timeline, thresholds)[1]
    index = bisect_right(views, at, key=lambda view: view.at) - 1
    return index >= 0 and at <= ends[index] + HALF_MICROSECOND


def _judged(timeline: Timeline, thresholds: Thresholds) -> tuple[list[Request], list[float]]:
    # One Timeline may be looked at under two tables, by the laboratory.
    prompt_ms = thresholds.requests.prompt_ms
    return timeline.once(f"requests {prompt_ms}", lambda it: _judge_calls(it, prompt_ms / 1000))


def _judge_calls(timeline: Timeline, prompt_s: float) -> tuple[list[Request], list[float]]:
    """The requests, and per screen_view when its page had loaded."""
    views = timeline.of_type("screen_view")
    prompts = timeline.of_type(*PROMPTS)
    load_ends = [view.at + prompt_s for view in views]
    judged: list[Request] = []
    prompt_index = view_index = -1
    for call in timeline.calls:
        while prompt_index + 1 < len(prompts) and prompts[prompt_index + 1].at <= call.at:
            prompt_index += 1
        while view_index + 1 < len(views) and views[view_index + 1].at <= call.at:
            view_index += 1
        cause = prompts[prompt_index] if prompt_index >= 0 else None
        if cause is not None and call.at - cause.at > prompt_s + HALF_MICROSECOND:
            cause = None
        loading = view_index >= 0 and call.at <= load_ends[view_index] + HALF_MICROSECOND
        if loading:
            latest_end = views[view_index].at + MAX_LOAD_S
            load_ends[view_index] = max(load_ends[view_index], min(ended_at(call) + QUIET_S, latest_end))
        waited_on = (cause is not None or loading) and not is_hidden(timeline, call.at)
        judged.append(Request(call, waited_on, cause, screen_at(timeline, call.at)))
    return judged, load_ends
