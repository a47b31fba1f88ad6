"""Further conditions of a segment, all of which must hold: what a session did, as often as one likes.

    screen:/cart            it saw this screen          signal:rage_click    with a signal of this kind
    path:/cart>>/pay        it went this way            cause:wait           it lost points to this cause
    call:failed:GET /api    it made such a call         error:KEY            with an error of this group
    call:4000:              ... of any API, in 4 s up   element:#pay         it clicked this element
    score:40-60             40 <= score < 60            event:order          it sent an event of this type
    moment:frustrated       with a moment of this kind, as the page Moments counts them
    signal:rage_click:/cart with a signal of this kind, and one of its type on this screen

Each filter of a Segment holds one value; on a page that is narrowed to one screen, the sessions behind the number of
another screen saw both. In SQL: sql/fragments/having.sql.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, TypeAlias, get_args

import msgspec

from mien.errors import InvalidRequest
from mien.store.causes import Cause
from mien.store.latency_filters import CallStatus
from mien.store.paths import expression, read_path

Kind: TypeAlias = Literal[
    "screen", "path", "call", "score", "signal", "cause", "error", "element", "event", "moment"
]  # fmt: skip
MAX_CONDITIONS = 12
MAX_CONDITION = 2000
SCORES = re.compile(r"(\d{1,3})-(\d{1,3})")
CALL = re.compile(r"([a-z0-9]+):(.*)", re.DOTALL)
COUNTS_LESS = re.compile("_(unconfirmed|background)$")
"""Of kinds that are not types of their own in `signals` (the same in sql/fragments/signals_rows.sql)."""
MAX_MS = 2**31 - 1
CAUSES: tuple[Cause, ...] = get_args(Cause)
STATUSES: tuple[CallStatus, ...] = get_args(CallStatus)


class Condition(msgspec.Struct, frozen=True):
    """`value` as `read_having` checked it."""

    kind: Kind
    value: str


Having: TypeAlias = tuple[Condition, ...]


def read_having(texts: Sequence[str]) -> Having:
    """Texts as in the module's words, checked; repeats count once. Raises InvalidRequest, naming the condition."""
    if len(texts) > MAX_CONDITIONS:
        raise InvalidRequest(f"having: at most {MAX_CONDITIONS} conditions.")
    return tuple(dict.fromkeys(_read(text) for text in texts))


def _read(text: str) -> Condition:
    kind, colon, value = text.partition(":")
    if not colon or kind not in get_args(Kind) or len(text) > MAX_CONDITION:
        raise InvalidRequest(f"having: a condition is one of {', '.join(get_args(Kind))}, a colon, and its value.")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise InvalidRequest("having: it holds characters that are no text.") from None
    if "\0" in value or not value.strip():
        raise InvalidRequest(f"having: {kind} needs a value.")
    condition = Condition(kind, value)  # type: ignore[arg-type]
    if kind == "path":
        read_path(value)
    elif kind == "call":
        _call(value)
    elif kind == "score":
        _score(value)
    elif kind == "cause" and value not in CAUSES:
        raise InvalidRequest(f"having: a cause is one of {', '.join(CAUSES)}.")
    return condition


def _score(value: str) -> tuple[int, int]:
    found = SCORES.fullmatch(value)
    if not found or not 0 <= int(found[1]) < int(found[2]) <= 100:
        raise InvalidRequest("having: write score:40-60, from 0 to 100, the first below the second.")
    return int(found[1]), int(found[2])


def _call(value: str) -> tuple[str | None, int | None, str | None]:
    """Status, least milliseconds, API; None is not narrowed."""
    found = CALL.fullmatch(value)
    if found and found[1] in STATUSES:
        return found[1], None, found[2] or None
    if found and found[1].isdecimal() and int(found[1]) <= MAX_MS:
        return None, int(found[1]), found[2] or None
    raise InvalidRequest("having: write call:failed:API or call:4000:API (milliseconds); the API may be left out.")


def _signal(value: str) -> tuple[str, str]:
    """Kind, cleaned screen; "" is any."""
    kind, _, screen = value.partition(":")
    return kind, screen


def arguments(having: Having) -> dict[str, object]:
    """The parameters of the fragment."""

    def values(kind: Kind) -> list[str] | None:
        return [one.value for one in having if one.kind == kind] or None

    calls = [_call(value) for value in values("call") or ()]
    signals = [_signal(value) for value in values("signal") or ()]
    placed = [(kind, screen) for kind, screen in signals if screen]
    return {
        "has_screens": values("screen"),
        "has_signals": [kind for kind, _ in signals] or None,
        "has_signs": bool(placed) or None,
        "has_sign_types": [COUNTS_LESS.sub("", kind) for kind, _ in placed],
        "has_sign_screens": [screen for _, screen in placed],
        "has_causes": values("cause"),
        "has_errors": values("error"),
        "has_elements": values("element"),
        "has_events": values("event"),
        "has_moments": values("moment"),
        "has_calls": bool(calls) or None,
        "has_statuses": [status for status, _, _ in calls],
        "has_least_ms": [least_ms for _, least_ms, _ in calls],
        "has_apis": [api for _, _, api in calls],
    }


def expressions(having: Having) -> list[str]:
    """Of the ways, for the parameter `paths`."""
    return [expression(read_path(one.value)) for one in having if one.kind == "path"]


def scores(having: Having, least: int | None, below: int | None) -> tuple[int | None, int | None]:
    """The range of scores that all of these leave; `below` 100 includes 100."""
    for one in having:
        if one.kind == "score":
            low, high = _score(one.value)
            least = low if least is None else max(least, low)
            below = high if below is None else min(below, high)
    return least, below
