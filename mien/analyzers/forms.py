"""What was done in forms: every `input` and `submit`, with the form that it belongs to and how a submit went.

Shared by the detectors of forms. Pure; counts and lengths only, never what was typed, never when a key was pressed.
Rows without metadata are read as far as they go: the screen stands for the form, visits are counted by us, and how a
submit went is told by the call that it started. Limits: docs/analyzers/form_abandon.md.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from operator import lt
from typing import Annotated

import msgspec
from msgspec import Meta

from mien.analyzers.form_names import is_search_screen, says_narrowing, says_query
from mien.analyzers.metadata import read
from mien.analyzers.screen_names import clean_screen
from mien.timeline import ApiCall, Event, Timeline, during, seconds_between

REQUEST_START_S = 1.0  # a call that starts this long after a submit is its own; as in the SDK (captures/forms.ts)
LATE_BLUR_S = 1.0  # a field that loses its focus because the screen changed tells so within this
READING_METHODS = ("GET ", "HEAD ", "OPTIONS ")
FIRST_REFUSED_STATUS = 400  # a 4xx is no failed request, but it refuses what was submitted

ACCEPTED, REFUSED, UNANSWERED, UNKNOWN = "accepted", "refused", "unanswered", "unknown"
"""How a submit went. Unanswered: its call never ended. Unknown: nothing says."""

Count = Annotated[int, Meta(ge=0, le=1_000_000)]
Duration = Annotated[float, Meta(ge=0, le=86_400_000)]

FormKey = tuple[str | None, str | None]
"""Cleaned screen and the form's name; without a name, all that names no form on that screen."""


class FormInfo(msgspec.Struct, frozen=True, gc=False):
    """The metadata of an `input` or a `submit` (design.md 3). Every field may be missing."""

    form: str | None = None
    field: str | None = None
    returns: Count | None = None
    refills: Count | None = None
    length: Count | None = None
    invalid: Count | None = None
    success: bool | None = None
    duration_ms: Duration | None = None
    seq: int | None = None


class FormAct(msgspec.Struct, frozen=True, gc=False):
    """One visit to a field that changed it, or one submit. Times: seconds since the epoch.

    `began`: when the field got the focus, or `at` where that is not known. `page`: the cleaned screen. `field`: its
    name, or its element where the name is not known. `returns`: how often the person came back to the field;
    `counted_here` says that we counted it, from the order of inputs. `outcome` is that of a submit; `told` says that
    the row itself gave it. `is_query`: it asks a search. `is_lookup`: it searches, filters or sorts.
    """

    kind: str
    at: float
    began: float
    screen: str | None
    page: str | None
    element_id: str | None
    form: str | None
    field: str | None
    has_field_name: bool
    returns: int
    refills: int
    length: int | None
    invalid: int
    counted_here: bool
    outcome: str
    told: bool
    is_query: bool
    is_lookup: bool
    event_id: int

    @property
    def key(self) -> FormKey:
        return (self.page, self.form)

    def is_filled_by_machine(self, within_ms: float) -> bool:
        """Whether text stood in the field faster than anybody types: a password manager, an autocompletion."""
        known = self.length is not None and self.began < self.at
        return known and (self.length or 0) >= 2 and seconds_between(self.began, self.at) * 1000 <= within_ms


_decoder = msgspec.json.Decoder(FormInfo, strict=False)


def form_info(event: Event) -> FormInfo:
    """Decode the metadata; anything unreadable counts as missing, never as an error."""
    return read(event.metadata, _decoder)


def form_acts(timeline: Timeline) -> Sequence[FormAct]:
    """Everything done in forms, oldest first; what came at one time is in an order made of what the rows say."""
    return timeline.once("form_acts", _form_acts)


def forms(timeline: Timeline) -> dict[FormKey, list[FormAct]]:
    """The acts of each form of the session, oldest first; forms by their first act."""
    return timeline.once("forms", _by_form)


def _by_form(timeline: Timeline) -> dict[FormKey, list[FormAct]]:
    by_form: dict[FormKey, list[FormAct]] = {}
    for act in form_acts(timeline):
        by_form.setdefault(act.key, []).append(act)
    return by_form


def _form_acts(timeline: Timeline) -> list[FormAct]:
    events = timeline.of_type("input", "submit")
    if not events:
        return []
    rows = [(event, form_info(event)) for event in events]
    times = [event.at for event in events]
    if not all(map(lt, times, times[1:])):  # seldom: two at one time
        rows.sort(key=_order)
    views = timeline.of_type("screen_view")
    reader = _Reader(timeline, views, [view.at for view in views], _search_boxes(timeline))
    submitted_at = [event.at for event, _ in rows if event.event_type == "submit"]
    return [reader.read(event, info, submitted_at) for event, info in rows]


def _order(row: tuple[Event, FormInfo]) -> tuple[object, ...]:
    event, info = row
    names = (event.event_type or "", event.screen or "", event.element_id or "", info.form or "", info.field or "")
    counts = (info.returns or 0, info.refills or 0, info.length or 0, info.invalid or 0, info.duration_ms or 0)
    return (event.at, info.seq or 0, *names, *counts, -1 if info.success is None else info.success)


def _search_boxes(timeline: Timeline) -> dict[str, float]:
    """Elements that a click showed to be a search box, with the time of the first such click."""
    boxes: dict[str, float] = {}
    for click, info in timeline.clicks():
        if info.role == "searchbox" and click.element_id is not None:
            boxes.setdefault(click.element_id, click.at)
    return boxes


class _Visits:
    """Visits to the fields of one form, counted from the order of inputs; a new screen begins anew."""

    def __init__(self, view: int) -> None:
        self.view = view
        self.latest: str | None = None
        self.counts: dict[str | None, int] = {}

    def returns(self, field: str | None) -> int:
        if field != self.latest or field not in self.counts:
            self.counts[field] = self.counts.get(field, -1) + 1
        self.latest = field
        return self.counts[field]


class _Reader:
    """Turns rows, in their order, into acts."""

    def __init__(
        self, timeline: Timeline, views: Sequence[Event], viewed_at: Sequence[float], boxes: dict[str, float]
    ) -> None:
        self.timeline = timeline
        self.views = views
        self.viewed_at = viewed_at
        self.boxes = boxes
        self.visits: dict[FormKey, _Visits] = {}
        self.search_forms: set[FormKey] = set()

    def read(self, event: Event, info: FormInfo, submitted_at: Sequence[float]) -> FormAct:
        is_input = event.event_type == "input"
        began = round(event.at - info.duration_ms / 1000, 6) if is_input and info.duration_ms else event.at
        screen = self.screen_of(event, began)
        page = None if screen is None else clean_screen(screen)
        key = (page, info.form)
        field = (info.field or event.element_id) if is_input else None
        counted = self.count_returns(key, field, event.at) if is_input and info.returns is None else None
        outcome, told = (UNKNOWN, False) if is_input else outcome_of(event, info, self.timeline, submitted_at)
        is_query = self.asks(event, info, key, is_input)
        is_lookup = is_query or is_search_screen(page) or looks_up(info.form, info.field, event.element_id)
        return FormAct(
            kind="input" if is_input else "submit",
            at=event.at,
            began=began,
            screen=screen,
            page=page,
            element_id=event.element_id,
            form=info.form,
            field=field,
            has_field_name=info.field is not None,
            returns=counted if counted is not None else info.returns or 0,
            refills=info.refills or 0,
            length=info.length,
            invalid=info.invalid or 0,
            counted_here=counted is not None,
            outcome=outcome,
            told=told,
            is_query=is_query,
            is_lookup=is_lookup,
            event_id=event.event_id,
        )

    def screen_of(self, event: Event, began: float) -> str | None:
        """The screen on which the field was: one that goes away loses its focus when the next screen is there."""
        index = bisect_right(self.viewed_at, event.at) - 1
        if index < 0 or began >= event.at:
            return event.screen
        view = self.views[index]
        is_late = began < view.at and seconds_between(view.at, event.at) <= LATE_BLUR_S and view.screen == event.screen
        before = bisect_right(self.viewed_at, began) - 1
        return self.views[before].screen if is_late and before >= 0 else event.screen

    def count_returns(self, key: FormKey, field: str | None, at: float) -> int:
        view = bisect_right(self.viewed_at, at)
        visits = self.visits.get(key)
        if visits is None or visits.view != view:
            visits = self.visits[key] = _Visits(view)
        return 0 if field is None else visits.returns(field)

    def asks(self, event: Event, info: FormInfo, key: FormKey, is_input: bool) -> bool:
        """Whether it asks a search: the field is a search field, or the form that is submitted has one."""
        if not is_input:
            named = says_query(info.form) or says_query(event.element_id) or key in self.search_forms
            return named or (not event.metadata and is_search_screen(key[0]))
        name = info.field or event.element_id
        if says_narrowing(name):
            return False
        is_box = bool(self.boxes) and self.boxes.get(event.element_id or "", event.at + 1) <= event.at
        asks = says_query(info.field) or says_query(event.element_id) or is_box
        if asks and info.form is not None:
            self.search_forms.add(key)
        return asks or (not event.metadata and is_search_screen(key[0]))


@lru_cache(maxsize=8192)
def looks_up(*names: str | None) -> bool:
    """Whether a name of a form, field or element says that it searches, filters or sorts."""
    return any(says_query(name) or says_narrowing(name) for name in names)


def outcome_of(event: Event, info: FormInfo, timeline: Timeline, submitted_at: Sequence[float]) -> tuple[str, bool]:
    """How a submit went, and whether its row says so; else the first writing call that it started does."""
    if info.success is not None:
        return (ACCEPTED if info.success else REFUSED), True
    if info.invalid:
        return REFUSED, True
    following = bisect_right(submitted_at, event.at)
    until = event.at + REQUEST_START_S
    if following < len(submitted_at):
        until = min(until, submitted_at[following])
    calls = [call for call in during(timeline.calls, event.at, until) if is_write(call)]
    if not calls:
        return UNKNOWN, False
    first = min(calls, key=lambda call: (call.at, call.api or "", call.latency_ms or 0, call.status or 0))
    if first.status is None:
        return UNANSWERED, False
    return (ACCEPTED if is_accepted(first) else REFUSED), False


def is_write(call: ApiCall) -> bool:
    """A call that may have sent something; one whose method is not known may."""
    return not (call.api or "").upper().startswith(READING_METHODS)


def is_accepted(call: ApiCall) -> bool:
    """A finished call that the server did not refuse."""
    return call.status is not None and 0 < call.status < FIRST_REFUSED_STATUS
