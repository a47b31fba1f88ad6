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
from mien.store.before import Before
from mien.store.causes import Cause
from mien.store.clock import EARLIEST, LATEST
from mien.store.filters import Device, ElementSignal, ErrorOrigin, Funnel, PlaceKind, Segment, Width
from mien.store.funnel import read_steps
from mien.store.having import read_having
from mien.store.latency_filters import ANY_CALL, ANY_VITAL, CallFilter, VitalFilter
from mien.store.paths import MAX_PATH, read_name, read_path
from mien.store.sign_filter import ANY_SIGN, SignFilter

DEFAULT_PERIOD = timedelta(days=7)
MAX_TEXT = 500

Since = Annotated[
    datetime | None,
    Parameter(query="since", description="Start of the period, included. ISO 8601; default: 7 days before `until`."),
]
Until = Annotated[datetime | None, Parameter(query="until", description="End of the period, excluded. Default: now.")]
Text = Annotated[str | None, Parameter(max_length=MAX_TEXT)]
MAX_WITHIN_S = 30 * 86400
WithinS = Annotated[
    int | None,
    Parameter(
        ge=1, le=MAX_WITHIN_S, description="Seconds from a funnel's first step to its last; default: the whole session."
    ),
]


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
    release: Annotated[
        str | None, Parameter(max_length=MAX_TEXT, description="Of this release (app_version); empty: it is not known.")
    ] = None,
    device_type: Annotated[
        str | None,
        Parameter(max_length=MAX_TEXT, description="Of this device type, as stored; empty: it is not known."),
    ] = None,
    browser: Annotated[
        str | None, Parameter(max_length=MAX_TEXT, description="With this browser; empty: it is not known.")
    ] = None,
    country: Annotated[
        str | None, Parameter(max_length=MAX_TEXT, description="From this country; empty: it is not known.")
    ] = None,
    locale: Annotated[
        str | None, Parameter(max_length=MAX_TEXT, description="In this language (locale); empty: it is not known.")
    ] = None,
    user: Annotated[
        str | None,
        Parameter(
            max_length=MAX_TEXT,
            description="External id, e-mail or user id; `device:` and a device id: of that device, without a user.",
        ),
    ] = None,
    having: Annotated[
        list[str] | None,
        Parameter(description="Further conditions, as often as one likes: `screen:/cart`, `call:failed:GET /api`, ..."),
    ] = None,
) -> Segment:
    """The segment of every page of a project."""
    start, end = to_period(since, until)
    return Segment(
        since=start.replace(tzinfo=None),
        until=end.replace(tzinfo=None),
        device=device,
        screen=check_text("screen", screen),
        include_bots=bots,
        release=check_key("release", release),
        device_type=check_key("device_type", device_type),
        browser=check_key("browser", browser),
        country=check_key("country", country),
        locale=check_key("locale", locale),
        user=check_text("user", user),
        having=read_having(having or ()),
    )


def provide_ways(
    path: Annotated[
        str | None,
        Parameter(
            max_length=MAX_PATH,
            description="Sessions that went this way: `/a>>/b` (later), `/a>/b` (next), `^` first, `$` last.",
        ),
    ] = None,
    left_at: Annotated[
        str | None, Parameter(max_length=MAX_TEXT, description="Sessions whose last screen is this.")
    ] = None,
    loop: Annotated[
        str | None, Parameter(max_length=MAX_PATH, description="Sessions that went back and forth between `/a>/b`.")
    ] = None,
    funnel: Annotated[
        str | None, Parameter(max_length=MAX_PATH, description="Sessions in this funnel: `/a>>/b>>event:name`.")
    ] = None,
    within_s: WithinS = None,
    reached: Annotated[
        int | None, Parameter(ge=1, le=8, description="The funnel's step that they reached; default: the last.")
    ] = None,
    dropped: Annotated[bool, Parameter(description="Only those that came no further than `reached`.")] = False,
    before: Annotated[
        Before | None, Parameter(description="With this in the last minute, or before the funnel's window closed.")
    ] = None,
) -> dict[str, Any]:
    """Where the sessions of a list went, as fields of the segment."""
    return {
        "path": read_path(given) if (given := check_text("path", path)) else None,
        "left_at": check_text("left_at", left_at),
        "loop": _read_loop(given) if (given := check_text("loop", loop)) else None,
        "funnel": to_funnel(check_text("funnel", funnel), within_s, reached, dropped),
        "seen_before": before,
    }


def _read_loop(text: str) -> tuple[str, str]:
    names = [read_name(name.strip(" ")) for name in text.split(">")]
    if len(names) != 2 or not all(names) or names[0] == names[1]:
        raise InvalidRequest("loop: two different screens, with > between them.")
    return names[0], names[1]


def to_funnel(text: str | None, within_s: int | None, reached: int | None, dropped: bool) -> Funnel | None:
    """Raises InvalidRequest for parameters that do not go together."""
    if text is None:
        if within_s is not None or reached is not None or dropped:
            raise InvalidRequest("funnel: within_s, reached and dropped are about a funnel.")
        return None
    steps = read_steps(text)
    if reached is not None and reached > len(steps):
        raise InvalidRequest("reached: the funnel has fewer steps.")
    return Funnel(steps=steps, within_s=within_s, reached=reached or len(steps), is_dropped=dropped)


def provide_list_segment(
    segment: Segment,
    ways: dict[str, Any],
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
    place_type: Annotated[
        str | None, Parameter(max_length=64, description="With `place`: to issues of this type alone.")
    ] = None,
    error_group: Annotated[
        str | None, Parameter(max_length=64, description="Sessions with an error of this group.")
    ] = None,
    error_screen: Annotated[
        str | None,
        Parameter(max_length=MAX_TEXT, description="With `error_group`: on this screen; empty: it is not known."),
    ] = None,
    error_origin: Annotated[
        ErrorOrigin | None,
        Parameter(description="Sessions with an error of the site's own, or one of a foreign script or extension."),
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
    q: Annotated[
        str | None, Parameter(max_length=MAX_TEXT, description="Text in screens, issues, user; or a session id.")
    ] = None,
    call_filter: CallFilter = ANY_CALL,
    vital_filter: VitalFilter = ANY_VITAL,
    sign_filter: SignFilter = ANY_SIGN,
) -> Segment:
    """The segment of a list: everything that its rows may be narrowed by."""
    words = check_text("q", q)
    asked_group, asked_screen = check_text("error_group", error_group), check_text("element_screen", element_screen)
    if (place is None) != (place_kind is None):
        raise InvalidRequest("place: give place and place_kind together.")
    if place_type is not None and place is None:
        raise InvalidRequest("place_type: give place and place_kind as well.")
    if error_screen is not None and asked_group is None:
        raise InvalidRequest("error_screen: give error_group with it.")
    if element_screen is not None and asked_screen is None:
        raise InvalidRequest("element_screen: name the screen.")
    if asked_screen is None and any(one is not None for one in (element, element_width, element_signal)):
        raise InvalidRequest("element: give element_screen as well.")
    narrowed: dict[str, Any] = {
        "cause": cause,
        "signal": check_text("signal", signal),
        "place_kind": place_kind,
        "place": check_text("place", place),
        "place_screen": check_key("place_screen", place_screen),
        "place_type": check_text("place_type", place_type),
        "error_group": asked_group,
        "error_screen": check_key("error_screen", error_screen),
        "error_origin": error_origin,
        "element": check_key("element", element),
        "element_screen": asked_screen,
        "element_width": element_width,
        "element_signal": element_signal,
        "min_score": min_score,
        "max_score": max_score,
        "q": words.strip() if words else None,
        "q_kinds": kinds_matching(words) if words else (),
        "call": call_filter,
        "vital": vital_filter,
        "sign": sign_filter,
        **ways,
    }
    return narrow(segment, **narrowed)


def narrow(segment: Segment, **changes: Any) -> Segment:
    """The segment with further filters."""
    return msgspec.structs.replace(segment, **changes)
