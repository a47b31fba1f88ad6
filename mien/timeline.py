"""One session, as the analyzers see it: typed rows, oldest first.

Stands between `store/` (which fills it) and `analyzers/` (which read it); imports nothing of ours.
Rows are msgspec structs without garbage-collector tracking because they are made by the hundred thousand.
All times are seconds since the epoch, UTC. A field that the database left NULL is None here: rows written by plain
SQL have no metadata, and analyzers must cope.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from operator import lt
from typing import Any, TypeVar
from uuid import UUID

import msgspec

T = TypeVar("T")
RowT = TypeVar("RowT", "Event", "ApiCall", "ErrorLog")
HALF_MICROSECOND = 5e-7
OVER_AFTER_S = 1800.0
"""A session is final this long after its last activity (design.md 4); the SDK begins a new one then."""
FIRST_FAILED_STATUS = 500  # a 4xx is listed but is no failure by itself; docs/analyzers/api_latency.md


class ClickInfo(msgspec.Struct, frozen=True, gc=False):
    """The metadata of a click (design.md 3). Every field may be missing."""

    vw: float | None = None
    vh: float | None = None
    page_h: float | None = None
    rel_x: float | None = None
    rel_y: float | None = None
    fixed: bool | None = None
    tag: str | None = None
    role: str | None = None
    label: str | None = None
    button: int | None = None
    detail: int | None = None
    trusted: bool | None = None
    pointer: str | None = None
    surface: str | None = None
    interactive: str | None = None
    response_ms: float | None = None
    response: str | None = None
    selection: bool | None = None
    link: str | None = None
    answer_known: bool = False
    """Whether `response_ms` stood in the metadata at all: present and null means that nothing answered."""


class Event(msgspec.Struct, frozen=True, gc=False):
    """A row of `events`. `metadata` is its JSON text, or None; `x`, `y` are CSS pixels of the document."""

    event_id: int
    event_type: str | None
    at: float
    screen: str | None = None
    element_id: str | None = None
    x: int | None = None
    y: int | None = None
    scroll: int | None = None
    metadata: str | None = None


class ApiCall(msgspec.Struct, frozen=True, gc=False):
    """A row of `latency_metrics`. `at` is the start; `status` None means unfinished, 0 a network failure."""

    id: int
    api: str | None
    latency_ms: int | None
    status: int | None
    at: float


def has_failed(status: int | None) -> bool:
    """A network failure (0) or a server's error (500 and above); unfinished calls have not failed."""
    return status is not None and (status == 0 or status >= FIRST_FAILED_STATUS)


class ErrorLog(msgspec.Struct, frozen=True, gc=False):
    """Equal rows of `error_logs` of one instant, `count` of them; `id` is the first one's.

    Where a session has more than one analysis reads, `count` has also the later equal ones that were left out.
    """

    id: int
    screen: str | None
    message: str | None
    stack: str | None
    at: float
    count: int = 1


class Derived(dict["str | tuple[str, ...]", Any]):
    """What was computed from a Timeline, kept with it. Two timelines of the same rows are equal whatever it holds."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Derived)

    __hash__ = None


class Timeline(msgspec.Struct, frozen=True, gc=False):
    """Everything known about one session. Each sequence is sorted by time, and rows of one instant by what they say, so
    that neither the order of arrival nor the ids that it gave matter; whoever makes a Timeline may give any order.

    `started_at` and `ended_at` are those of the session row, or of its first and last row where that is NULL.
    `truncated` says that the session has more events, calls or errors than one analysis reads: the newest events and
    calls were kept, and of the errors the first and last of each kind before any other.
    `is_over`: nothing happened for OVER_AFTER_S, or the session is known to have ended: what was begun stays undone.
    """

    session_id: UUID
    started_at: float
    ended_at: float
    device_type: str | None = None
    events: Sequence[Event] = ()
    calls: Sequence[ApiCall] = ()
    errors: Sequence[ErrorLog] = ()
    has_replay: bool = False
    truncated: bool = False
    is_over: bool = True
    derived: Derived = msgspec.field(default_factory=Derived)

    def __post_init__(self) -> None:
        for name, content in (("events", _event_content), ("calls", _call_content), ("errors", _error_content)):
            rows = getattr(self, name)
            if (ordered := in_order(rows, content)) is not rows:
                msgspec.structs.force_setattr(self, name, ordered)

    def once(self, name: str, compute: Callable[[Timeline], T]) -> T:
        """`compute(self)`, done at the first call and shared by all analyzers; nobody may change the value.

        The value must not refer to the Timeline: gc=False structs in a cycle are never freed.
        """
        derived = self.derived
        if name in derived:
            known: T = derived[name]
            return known
        value = derived[name] = compute(self)
        return value

    def of_type(self, *event_types: str) -> Sequence[Event]:
        """Events of these types, oldest first. All events are sorted into types once, whoever asks first."""
        if len(event_types) == 1:
            by_type = self.derived.get("by_type") or self.once("by_type", _events_by_type)
            found: Sequence[Event] = by_type.get(event_types[0], ())
            return found
        known = self.derived.get(event_types)
        if known is None:
            known = self.derived[event_types] = _of_types(self, event_types)
        return known

    def clicks(self) -> Sequence[tuple[Event, ClickInfo]]:
        """Every click with its metadata, decoded once."""
        return self.once("clicks", lambda timeline: [(click, click_info(click)) for click in timeline.of_type("click")])


def in_order(rows: Sequence[RowT], content: Callable[[RowT], tuple[object, ...]]) -> Sequence[RowT]:
    """The rows by time, those of one instant by `content`; the same object when they already are at different times."""
    times = [row.at for row in rows]
    if all(map(lt, times, times[1:])):
        return rows
    ordered = sorted(rows, key=_at)
    start = 0
    for index in range(1, len(ordered) + 1):
        if index == len(ordered) or ordered[index].at != ordered[start].at:
            if index - start > 1:
                ordered[start:index] = sorted(ordered[start:index], key=content)
            start = index
    return ordered


_TURN = {"input": 0, "click": 1, "submit": 3, "screen_view": 4}
"""Of one instant: a field is left by a click, which submits a form, which leads to a new screen."""
_OTHER_TURN = 2


class _Numbered(msgspec.Struct, gc=False):
    seq: float | None = None


_seq_decoder = msgspec.json.Decoder(_Numbered)


def _event_content(event: Event) -> tuple[object, ...]:
    """By the sender's own number where it gave one, then by what usually comes first, then by all columns."""
    try:
        seq = _seq_decoder.decode(event.metadata).seq if event.metadata else None
    except (msgspec.DecodeError, msgspec.ValidationError):
        seq = None
    number = (1, 0.0) if seq is None else (0, seq)
    turn = _TURN.get(event.event_type or "", _OTHER_TURN)
    names = (event.event_type or "", event.screen or "", event.element_id or "")
    return (number, turn, *names, *map(_known, (event.x, event.y, event.scroll)), event.metadata or "", event.event_id)


def _call_content(call: ApiCall) -> tuple[object, ...]:
    return (call.api or "", _known(call.latency_ms), _known(call.status), call.id)


def _error_content(error: ErrorLog) -> tuple[object, ...]:
    return (error.message or "", error.screen or "", error.stack or "", error.id)


def _known(value: int | None) -> tuple[int, int]:
    return (0, 0) if value is None else (1, value)


def _events_by_type(timeline: Timeline) -> dict[str | None, list[Event]]:
    by_type: dict[str | None, list[Event]] = {}
    for event in timeline.events:
        found = by_type.get(event.event_type)
        if found is None:
            by_type[event.event_type] = [event]
        else:
            found.append(event)
    return by_type


def _of_types(timeline: Timeline, event_types: tuple[str, ...]) -> list[Event]:
    by_type = timeline.once("by_type", _events_by_type)
    found = [by_type[name] for name in event_types if name in by_type]
    if len(found) < 2:
        return found[0] if found else []
    wanted = frozenset(event_types)
    return [event for event in timeline.events if event.event_type in wanted]


def during(rows: Sequence[RowT], since: float, until: float) -> Sequence[RowT]:
    """The rows (oldest first) from `since` to `until`, both included, to the microsecond."""
    start = bisect_left(rows, since - HALF_MICROSECOND, key=_at)
    return rows[start : bisect_right(rows, until + HALF_MICROSECOND, lo=start, key=_at)]


def _at(row: Event | ApiCall | ErrorLog) -> float:
    return row.at


def seconds_between(earlier: float, later: float) -> float:
    """`later - earlier`, to the microsecond that the database keeps.

    Two floats of today's size differ by up to 0.24 microseconds from what was written: without rounding, a gap of
    exactly one second would be above or below a threshold by chance.
    """
    return round(later - earlier, 6)


class _ClickWire(msgspec.Struct, gc=False):
    response_ms: float | msgspec.UnsetType | None = msgspec.UNSET


_click_decoder = msgspec.json.Decoder(ClickInfo, strict=False)
_presence_decoder = msgspec.json.Decoder(_ClickWire, strict=False)
NO_CLICK_INFO = ClickInfo()


def click_info(event: Event) -> ClickInfo:
    """Decode the metadata of a click; anything unreadable counts as missing, never as an error."""
    if not event.metadata:
        return NO_CLICK_INFO
    try:
        info = _click_decoder.decode(event.metadata)
        # A null answer is told from a missing one by a second look; most metadata does not need it.
        known = info.response_ms is not None or (
            '"response_ms"' in event.metadata
            and _presence_decoder.decode(event.metadata).response_ms is not msgspec.UNSET
        )
    except (msgspec.DecodeError, msgspec.ValidationError):
        return _lenient_click_info(event.metadata)
    # The struct is ours alone until it is returned; a copy of it would cost more than decoding it.
    msgspec.structs.force_setattr(info, "answer_known", known)
    return info


def _lenient_click_info(metadata: str) -> ClickInfo:
    """Field by field: one value of a wrong type must not hide the others."""
    raw = json_object(metadata)
    fields: dict[str, object] = {}
    for field in msgspec.structs.fields(ClickInfo):
        if field.name in raw and field.name != "answer_known":
            try:
                fields[field.name] = msgspec.convert(raw[field.name], field.type, strict=False)
            except msgspec.ValidationError:
                continue
    fields["answer_known"] = "response_ms" in fields
    return msgspec.convert(fields, ClickInfo, strict=False)


def json_object(text: str | None) -> dict[str, object]:
    """The JSON object in `text`, or an empty one when it is missing or something else."""
    if not text:
        return {}
    try:
        value = msgspec.json.decode(text)
    except msgspec.DecodeError:
        return {}
    return value if isinstance(value, dict) else {}
