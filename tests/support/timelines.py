"""A session written as text, so that a test of an analyzer can be read and reviewed by anybody.

One row a line, oldest first; two or more spaces separate the columns, `-` stands for NULL, an empty line or one that
begins with `//` is skipped. Times are seconds after START.

    0.0  screen_view  /cart
    1.2  click        /cart  #pay  10,20  unanswered  label=Pay
    1.3  call         POST /api/pay  312ms  500
    1.9  error        /cart  TypeError: x is undefined  at pay.js:7

- event: `time  type  screen  element  x,y  words...`. Words become metadata: `unanswered` is `response_ms: null`,
  `answered=300` is `response_ms: 300`, `key=value` anything else (JSON where it can be read as JSON, else text).
- call: `time  call  api  312ms  status`, where status is a number, or `unfinished`. `-` for the time leaves it NULL.
- error: `time  error  screen  message  stack`.
"""

from __future__ import annotations

import json
import re
from typing import Any
from uuid import UUID

import msgspec

from mien.timeline import ApiCall, ErrorLog, Event, Timeline

START = 1_795_342_790.0
SESSION_ID = UUID("00000000-0000-4000-8000-000000000001")


def timeline(text: str = "", **fields: Any) -> Timeline:
    """The Timeline that `text` describes; `fields` are those of the session (`device_type="mobile"`)."""
    events: list[Event] = []
    calls: list[ApiCall] = []
    errors: list[ErrorLog] = []
    for line in text.splitlines():
        columns = re.split(r"\s{2,}", line.strip())
        if not columns[0] or columns[0].startswith("//"):
            continue
        at, kind, *rest = START + float(columns[0]), *columns[1:]
        if kind == "call":
            calls.append(parse_call(len(calls) + 1, at, rest))
        elif kind == "error":
            screen, message, stack = padded(rest, 3)
            errors.append(ErrorLog(len(errors) + 1, screen, message, stack, at))
        else:
            events.append(parse_event(len(events) + 1, kind, at, rest))
    times = [row.at for rows in (events, calls, errors) for row in rows] or [START]
    session = {"session_id": SESSION_ID, "started_at": min(times), "ended_at": max(times), **fields}
    return Timeline(events=events, calls=calls, errors=errors, **session)


def parse_event(event_id: int, event_type: str, at: float, columns: list[str]) -> Event:
    screen, element_id, place = padded(columns[:3], 3)
    x, y = (int(number) for number in place.split(",")) if place else (None, None)
    metadata = dict(parse_word(word) for word in columns[3:])
    return Event(
        event_id=event_id,
        event_type=event_type,
        at=at,
        screen=screen,
        element_id=element_id,
        x=x,
        y=y,
        metadata=json.dumps(metadata) if metadata else None,
    )


def parse_word(word: str) -> tuple[str, object]:
    if word == "unanswered":
        return "response_ms", None
    key, _, value = word.partition("=")
    try:
        parsed = json.loads(value)
    except json.JSONDecodeError:
        parsed = value
    return ("response_ms" if key == "answered" else key), parsed


def parse_call(call_id: int, at: float, columns: list[str]) -> ApiCall:
    api, latency, status = padded(columns, 3)
    latency_ms = int(latency.removesuffix("ms")) if latency else None
    return ApiCall(call_id, api, latency_ms, None if status in (None, "unfinished") else int(status), at)


def padded(columns: list[str], count: int) -> list[str | None]:
    """Exactly `count` columns; `-` and missing ones are None."""
    if len(columns) > count:
        raise ValueError(f"too many columns: {columns}")
    return [None if column == "-" else column for column in columns] + [None] * (count - len(columns))


def shifted(original: Timeline, seconds: float) -> Timeline:
    """The same session at another time, to the microsecond that the database keeps."""

    def moved(rows: Any) -> list[Any]:
        return [msgspec.structs.replace(row, at=round(row.at + seconds, 6)) for row in rows]

    return Timeline(
        session_id=original.session_id,
        started_at=round(original.started_at + seconds, 6),
        ended_at=round(original.ended_at + seconds, 6),
        device_type=original.device_type,
        events=moved(original.events),
        calls=moved(original.calls),
        errors=moved(original.errors),
        has_replay=original.has_replay,
        truncated=original.truncated,
        is_over=original.is_over,
    )
