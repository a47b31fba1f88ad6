"""Errors of others, as batches of Mien's wire format: one error is one session.

`error-events`: events of error trackers, with their frames; here the stack is written as the browser would have given
it (Firefox and Safari their way, all others as Chrome does, also for programs that are no web pages).
`js-stack-traces`: what browsers themselves gave.
"""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NAMESPACE = uuid.UUID("0d2b1a83-6d55-4d0c-8e0e-5b8e5c3f7a11")
AT_MS = 1_726_558_445_000
TRACES = "tracekit-captured-errors.json"
# Which of the captured errors are one mistake; the data does not say. Read off before the grouping was written: the
# same program (its lines agree) and what it did wrong.
SAME_TRACES = {
    "this.undef() of stacktrace.js": (
        "OPERA_854 OPERA_902 OPERA_927 OPERA_964 OPERA_10 OPERA_11 CHROME_15 FIREFOX_3 FIREFOX_7"
    ),
    "x.undef() in dumpException3": "OPERA_12 FIREFOX_14 SAFARI_6",
    "undef of null in foo, from bar": "OPERA_25 SAFARI_7 SAFARI_8 IE_10 IE_11 IE_9",
    "getExceptionProps in foo": "SAFARI_8_EVAL IE_11_EVAL",
    "evaluated code in baz": "FIREFOX_43_EVAL CHROME_48_EVAL",
    "React Native": "ANDROID_REACT_NATIVE ANDROID_REACT_NATIVE_PROD",
}
OLD_TRACES = frozenset(
    ("OPERA_854", "OPERA_902", "OPERA_927", "OPERA_964", "OPERA_10", "OPERA_11", "OPERA_12", "FIREFOX_3", "FIREFOX_7",
     "IE_9")
)  # fmt: skip
"""Opera before 15, Firefox before 14 and Internet Explorer before 10: other forms of stacks, or none."""


@dataclass(frozen=True)
class Told:
    """An error with what its authors say of it: those with the same `label` are one mistake. None: they do not say."""

    name: str
    label: str | None
    is_web: bool
    message: str
    stack: str | None

    @property
    def session_id(self) -> str:
        return str(uuid.uuid5(NAMESPACE, self.name))


def read_events(folder: Path) -> list[Told]:
    """All events that hold a message or an exception, by file name."""
    found = (read_event(path.stem, json.loads(path.read_text())) for path in sorted(folder.glob("*.json")))
    return [one for one in found if one is not None]


def read_event(name: str, event: dict[str, Any]) -> Told | None:
    """An event as a browser's error; None where it says nothing."""
    values = (event.get("exception") or {}).get("values") or []
    exception = values[-1] if values else {}
    kind, said = exception.get("type") or "Error", exception.get("value")
    message = f"{kind}: {said}" if exception else text_of(event.get("logentry")) or text_of(event.get("message"))
    if not message:
        return None
    frames = (exception.get("stacktrace") or {}).get("frames") or []
    at_sign = name.endswith(("-firefox", "-safari"))
    lines = [line_of(frame, at_sign) for frame in reversed(frames)]
    head = [] if at_sign else [message]
    message = f"Uncaught {message}" if name.endswith("-chrome") else message  # as Chrome alone says
    group = re.search(r"group_\d+|javascript-xbrowser", name)
    is_web = event.get("platform") == "javascript"
    return Told(name, group[0] if group else None, is_web, message, "\n".join(head + lines) if lines else None)


def text_of(logged: Any) -> str:
    """Messages come as texts and as objects."""
    if isinstance(logged, dict):
        return str(logged.get("formatted") or logged.get("message") or "")
    return str(logged or "")


def line_of(frame: dict[str, Any], at_sign: bool) -> str:
    """A frame as a line of a stack."""
    file = frame.get("abs_path") or frame.get("filename") or frame.get("package") or "<anonymous>"
    place = file if file.startswith(("<", "[")) else f"{file}:{frame.get('lineno') or 1}:{frame.get('colno') or 1}"
    function = frame.get("function")
    if at_sign:
        return f"{function or ''}@{place}"
    return f"    at {function} ({place})" if function else f"    at {place}"


def read_traces(folder: Path) -> list[Told]:
    """The captured errors, with the labels given above; one that stands in no line there is a mistake of its own."""
    labels = {name: label for label, names in SAME_TRACES.items() for name in names.split()}
    found = []
    for name, error in json.loads((folder / TRACES).read_text()).items():
        kind, said = error.get("name"), error.get("message") or ""
        message = f"{kind}: {said}" if kind else said
        found.append(Told(name, labels.get(name, name), True, message, error.get("stack") or error.get("stacktrace")))
    return found


def batch_of(told: Told, write_key: str) -> dict[str, Any]:
    """The error as one batch: a visit to one screen."""
    return {
        "write_key": write_key,
        "batch_id": str(uuid.uuid5(NAMESPACE, f"batch {told.name}")),
        "tab": str(uuid.uuid5(NAMESPACE, f"tab {told.name}")),
        "seq": 0,
        "session": {"session_id": told.session_id, "device_id": told.name, "started_at": AT_MS},
        "events": [{"type": "screen_view", "at": AT_MS, "screen": "/", "metadata": {"seq": 0}}],
        "latency": [],
        "errors": [{"screen": "/", "message": told.message, "stack": told.stack, "at": AT_MS + 1000}],
        "replay": [],
    }
