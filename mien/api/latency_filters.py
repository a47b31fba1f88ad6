"""Query parameters -> filters by API calls and web vitals, for the list of sessions."""

from __future__ import annotations

from typing import Annotated

from litestar.params import Parameter

from mien.api.filters import MAX_TEXT, check_key
from mien.errors import InvalidRequest
from mien.store.latency_filters import CallFilter, CallStatus, Rating, VitalFilter, VitalName

MAX_API = 2000
"""Twice what the collector keeps of a name."""
MAX_MS = 2**31 - 1

ApiName = Annotated[
    str | None, Parameter(max_length=MAX_API, description="Sessions that called this API; empty: calls without a name.")
]


def provide_call_filter(
    api: ApiName = None,
    api_status: Annotated[
        CallStatus | None,
        Parameter(description="With a call (of `api`) of this class; failed: network or 5xx; any: with any call."),
    ] = None,
    api_screen: Annotated[
        str | None, Parameter(max_length=MAX_TEXT, description="With a call from this screen; empty: not known.")
    ] = None,
    call_min_ms: Annotated[
        int | None, Parameter(ge=0, le=MAX_MS, description="With a finished call of at least this long.")
    ] = None,
    call_max_ms: Annotated[int | None, Parameter(ge=0, le=MAX_MS, description="... and shorter than this.")] = None,
    wait_min_ms: Annotated[
        int | None,
        Parameter(ge=0, le=MAX_MS, description="The p75 of the session's finished calls (of `api`) at least this."),
    ] = None,
    wait_max_ms: Annotated[int | None, Parameter(ge=0, le=MAX_MS, description="... and below this.")] = None,
    left_soon: Annotated[
        bool, Parameter(description="Left within a minute after the slowest finished call (of `api`).")
    ] = False,
) -> CallFilter:
    """What one call, or all calls, of a session must be. Raises InvalidRequest for an empty range."""
    for least, below, name in ((call_min_ms, call_max_ms, "call_max_ms"), (wait_min_ms, wait_max_ms, "wait_max_ms")):
        if least is not None and below is not None and below <= least:
            raise InvalidRequest(f"{name}: it must be above {name.replace('max', 'min')}.")
    return CallFilter(
        api=check_key("api", api),
        status=api_status,
        screen=check_key("api_screen", api_screen),
        min_ms=call_min_ms,
        max_ms=call_max_ms,
        wait_min_ms=wait_min_ms,
        wait_max_ms=wait_max_ms,
        left_soon=left_soon,
    )


def provide_vital_filter(
    vital: Annotated[
        VitalName | None, Parameter(description="Sessions with a view that reported this web vital.")
    ] = None,
    vital_screen: Annotated[
        str | None, Parameter(max_length=MAX_TEXT, description="... on this screen; empty: not known.")
    ] = None,
    vital_rating: Annotated[Rating | None, Parameter(description="... with this rating.")] = None,
) -> VitalFilter:
    """Raises InvalidRequest when screen or rating are given without the vital."""
    if vital is None and (vital_screen is not None or vital_rating is not None):
        raise InvalidRequest("vital: give it together with vital_screen and vital_rating.")
    return VitalFilter(name=vital, screen=check_key("vital_screen", vital_screen), rating=vital_rating)
