"""Query parameters -> Segment: the same period and filters on every page of a project, checked once.

What passes here can be handed to PostgreSQL: no NUL, no lone surrogates, no far dates.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import msgspec
from litestar.params import Parameter

from mien.api.words import kinds_matching
from mien.errors import InvalidRequest
from mien.store.causes import Cause
from mien.store.clock import EARLIEST, LATEST
from mien.store.filters import Device, ElementSignal, PlaceKind, Segment, Width

DEFAULT_PERIOD = timedelta(days=7)
MAX_TEXT = 500

Since = Annotated[
    datetime | None,
    Parameter(query="since", description="Start of the period, included. ISO 8601; default: 7 days before `until`."),
]
Until = Annotated[datetime | None, Parameter(query="until", description="End of the period, excluded. Default: now.")]
Text = Annotated[str | None, Parameter(max_length=MAX_TEXT)]


def as_utc(name: str, moment: datetime | None) -> datetime | None:
    """A time without a zone is UTC. Raises InvalidRequest outside of 1970 to 2200."""
    if moment is None:
        return None
    try:
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:
        raise InvalidRequest(f"{name}: choose a time between 1970 and 2200.") from None
    if not EARLIEST <= moment.replace(tzinfo=None) <= LATEST:
        raise InvalidRequest(f"{name}: choose a time between 1970 and 2200.")
    return moment


def to_period(since: datetime | None, until: datetime | None) -> tuple[datetime, datetime]:
    """Aware UTC, half-open. Raises InvalidRequest when it is empty."""
    end = as_utc("until", until)
    start = as_utc("since", since)
    if end is None:
        # The next whole minute: two calls of one page then ask for the same period, and "now" is inside.
        end = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(minutes=1)
    if start is None:
        start = end - DEFAULT_PERIOD
    if start >= end:
        raise InvalidRequest("since: it must be before until.")
    return start, end


def check_text(name: str, text: str | None) -> str | None:
    """Text that PostgreSQL takes; blank counts as not given."""
    if text is None or not text.strip():
        return None
    try:
        text.encode()
    except UnicodeEncodeError:
        raise InvalidRequest(f"{name}: it holds characters that are no text.") from None
    if "\0" in text:
        raise InvalidRequest(f"{name}: it holds characters that are no text.")
    return text


def check_key(name: str, text: str | None) -> str | None:
    """Like `check_text`, but blank is a value: it asks for what has none."""
    if text is not None and not text.strip():
        return text
    return check_text(name, text)


def provide_segment(
    since: Since = None,
    until: Until = None,
    device: Annotated[Device | None, Parameter(description="Only this kind of device.")] = None,
    screen: Annotated[str | None, Parameter(max_length=MAX_TEXT, description="Sessions that saw this screen.")] = None,
    bots: Annotated[bool, Parameter(description="Include programs and own staff.")] = False,
) -> Segment:
    """The segment of every page of a project."""
    start, end = to_period(since, until)
    return Segment(
        since=start.replace(tzinfo=None),
        until=end.replace(tzinfo=None),
        device=device,
        screen=check_text("screen", screen),
        include_bots=bots,
    )


def provide_list_segment(
    segment: Segment,
    cause: Annotated[Cause | None, Parameter(description="Sessions that lost points to this cause.")] = None,
    signal: Annotated[str | None, Parameter(max_length=64, description="Sessions with a signal of this kind.")] = None,
    place_kind: Annotated[PlaceKind | None, Parameter(description="With `place`: what kind of place it is.")] = None,
    place: Annotated[
        str | None,
        Parameter(max_length=MAX_TEXT, description="Sessions that lost points at this screen, API or element."),
    ] = None,
    place_screen: Annotated[
        str | None, Parameter(max_length=MAX_TEXT, description="Screen of the element; empty: its screen is not known.")
    ] = None,
    release: Annotated[
        str | None, Parameter(max_length=MAX_TEXT, description="Of this release (app_version); empty: it is not known.")
    ] = None,
    device_type: Annotated[
        str | None,
        Parameter(max_length=MAX_TEXT, description="Of this device type, as stored; empty: it is not known."),
    ] = None,
    element: Annotated[
        str | None,
        Parameter(
            max_length=MAX_TEXT, description="With `element_screen`: who clicked it there; empty: it has no name."
        ),
    ] = None,
    element_screen: Annotated[
        str | None, Parameter(max_length=MAX_TEXT, description="Who viewed this screen, or clicked `element` on it.")
    ] = None,
    element_width: Annotated[Width | None, Parameter(description="With `element_screen`: at this width band.")] = None,
    element_signal: Annotated[
        ElementSignal | None, Parameter(description="With `element_screen`: who clicked there in a rage, or in vain.")
    ] = None,
    min_score: Annotated[int | None, Parameter(ge=0, le=100, description="Lowest score, included.")] = None,
    max_score: Annotated[
        int | None, Parameter(ge=0, le=100, description="Highest score, excluded; 100 includes 100.")
    ] = None,
    user: Annotated[str | None, Parameter(max_length=MAX_TEXT, description="External id, e-mail or user id.")] = None,
    q: Annotated[
        str | None, Parameter(max_length=MAX_TEXT, description="Text in screens, issues, user; or a session id.")
    ] = None,
) -> Segment:
    """The segment of a list: everything that its rows may be narrowed by."""
    words = check_text("q", q)
    if (place is None) != (place_kind is None):
        raise InvalidRequest("place: give place and place_kind together.")
    if element_screen is None and any(one is not None for one in (element, element_width, element_signal)):
        raise InvalidRequest("element: give element_screen as well.")
    narrowed: dict[str, Any] = {
        "cause": cause,
        "signal": check_text("signal", signal),
        "place_kind": place_kind,
        "place": check_text("place", place),
        "place_screen": check_key("place_screen", place_screen),
        "release": check_key("release", release),
        "device_type": check_key("device_type", device_type),
        "element": check_key("element", element),
        "element_screen": check_text("element_screen", element_screen),
        "element_width": element_width,
        "element_signal": element_signal,
        "min_score": min_score,
        "max_score": max_score,
        "user": check_text("user", user),
        "q": words.strip() if words else None,
        "q_kinds": kinds_matching(words) if words else (),
    }
    return narrow(segment, **narrowed)


def narrow(segment: Segment, **changes: Any) -> Segment:
    """The segment with further filters."""
    return msgspec.structs.replace(segment, **changes)
