"""Sessions that hypothesis makes up: episodes such as bursts of clicks, forms, loops and failing calls, and junk.

A session is a list of episodes; each adds rows after the ones before it. Rows may be at one instant, lack any field,
and hold metadata that means nothing. `SESSIONS` gives Timelines; `rebuilt` makes one of the same rows in another order.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from random import Random
from typing import Any

import msgspec
from hypothesis import strategies as st

from mien.timeline import ApiCall, ErrorLog, Event, Timeline
from tests.support.timelines import SESSION_ID, START

SCREENS = st.sampled_from(["/", "/cart", "/shop/42", "/search?q=1", "/login", "/results", None])
ELEMENTS = st.sampled_from(["#pay", "#next", "input[name=q]", "#email", None])
PLACES = st.sampled_from([(10, 10), (12, 11), (10, 45), (400, 900), (None, None)])
STEPS_MS = st.sampled_from([0, 1, 120, 250, 400, 999, 1000, 1001, 2999, 3000, 3001, 5000, 9000, 30_001])
PAUSES_MS = st.sampled_from([0, 100, 1500, 5001, 12_000, 45_000, 700_000])
COUNTS = st.integers(1, 7)
NUMBERS = st.sampled_from([0, 1, 2, 5, 300, 1000, 2999.5, 4000, -1, 1e12])
FLAGS = st.sampled_from([True, False, None])
JUNK_VALUES = st.one_of(
    NUMBERS,
    FLAGS,
    st.sampled_from(["", "x", "hidden", "full", "search"]),
    st.just([]),
    st.just([[1, 2, 3]]),
    st.just({}),
)
KEYS = st.sampled_from(
    [
        "response_ms",
        "response",
        "label",
        "tag",
        "role",
        "surface",
        "selection",
        "detail",
        "trusted",
        "button",
        "pointer",
        "interactive",
        "link",
        "vw",
        "vh",
        "page_h",
        "max_y",
        "min_y",
        "reversals",
        "travel",
        "cells",
        "turns",
        "path_px",
        "form",
        "field",
        "returns",
        "refills",
        "length",
        "invalid",
        "success",
        "duration_ms",
        "state",
        "active_ms",
        "load",
        "url",
        "name",
        "value",
        "seq",
    ]
)
JUNK = st.one_of(
    st.none(),
    st.sampled_from(["", "null", "[]", "7", "{", '{"response_ms": 1e999}', '{"seq": "a"}', '{"cells": [[1]]}']),
    st.dictionaries(KEYS, JUNK_VALUES, max_size=5).map(json.dumps),
)
Row = tuple[int, str, dict[str, Any]]
"""Milliseconds after the start of its episode, the kind of row, and its fields."""


def metadata(**fields: Any) -> str:
    """JSON of the fields; those that are `...` are missing."""
    return json.dumps({name: value for name, value in fields.items() if value is not ...})


@st.composite
def clicks(draw: st.DrawFn) -> list[Row]:
    """A burst on one spot, with one way of answering, and perhaps a call or an error that goes wrong with it."""
    screen, element, (x, y) = draw(SCREENS), draw(ELEMENTS), draw(PLACES)
    info = draw(
        st.sampled_from(
            [
                None,
                metadata(response_ms=None, interactive="native", tag="button", detail=1, trusted=True),
                metadata(response_ms=80, response="mutation", interactive="native"),
                metadata(response_ms=1700, response="request"),
                metadata(response_ms=2000, response="mutation", interactive="cursor"),
                metadata(surface="map", response_ms=None),
                metadata(response_ms=None, interactive="cursor", label="next"),
                metadata(detail=0, response_ms=None),
            ]
        )
    )
    step = draw(st.one_of(st.sampled_from([120, 200, 333]), STEPS_MS))
    fields = {"screen": screen, "element_id": element, "x": x, "y": y, "metadata": info}
    rows: list[Row] = [(index * step, "click", fields) for index in range(draw(COUNTS))]
    went_wrong = draw(st.sampled_from(["", "", "call", "error", "both"]))
    if went_wrong in ("call", "both"):
        call = {"api": "POST /api/pay", "latency_ms": draw(st.sampled_from([300, 4000])), "status": 500}
        rows.append((draw(st.sampled_from([0, 150, 501])), "call", call))
    if went_wrong in ("error", "both"):
        error = {"screen": screen, "message": "TypeError: x", "stack": None}
        rows.append((draw(st.sampled_from([0, 300, 1000, 1001])), "error", error))
    return rows


@st.composite
def views(draw: st.DrawFn) -> list[Row]:
    """Some screens after one another; repeated, they are a loop or a burst of reloads."""
    names = draw(st.lists(SCREENS, min_size=1, max_size=4))
    load = draw(st.sampled_from(["full", "spa", "back_forward", ...]))
    step = draw(STEPS_MS)
    rows: list[Row] = []
    for index in range(len(names) * draw(st.integers(1, 4))):
        name = names[index % len(names)]
        words = draw(
            st.sampled_from(
                [None, metadata(load=load, url=f"https://shop.example{name}", vw=1280, vh=800, page_h=3000)]
            )
        )
        rows.append((index * step, "screen_view", {"screen": name, "metadata": words}))
    return rows


@st.composite
def forms(draw: st.DrawFn) -> list[Row]:
    """Fields of one form, visited again and again, and submits of it."""
    screen, form = draw(SCREENS), draw(st.sampled_from(["checkout", "search", "login", ...]))
    at, rows = 0, []
    for _ in range(draw(COUNTS)):
        field = draw(st.sampled_from(["email", "q", "date", ...]))
        words = metadata(
            form=form,
            field=field,
            returns=draw(st.sampled_from([0, 1, 2, 3, ...])),
            refills=draw(st.sampled_from([0, 2, ...])),
            length=draw(st.sampled_from([0, 8, ...])),
            duration_ms=draw(st.sampled_from([3, 2500, ...])),
        )
        kind = draw(st.sampled_from(["input", "input", "submit"]))
        if kind == "submit":
            success = draw(st.sampled_from([True, False, None, ...]))
            words = metadata(form=form, success=success, invalid=draw(st.sampled_from([0, 2, ...])))
        element = draw(ELEMENTS)
        fields = {"screen": screen, "element_id": element, "metadata": draw(st.sampled_from([words, words, None]))}
        rows.append((at, kind, fields))
        at += draw(STEPS_MS)
    return rows


@st.composite
def calls(draw: st.DrawFn) -> list[Row]:
    rows: list[Row] = []
    for _ in range(draw(st.integers(1, 3))):
        fields = {
            "api": draw(st.sampled_from(["GET /api/cart", "POST /api/pay", "GET /suggest?q=x", None])),
            "latency_ms": draw(st.sampled_from([0, 90, 700, 2001, 9000, -5, None])),
            "status": draw(st.sampled_from([200, 200, 404, 422, 500, 0, None])),
        }
        rows.append((draw(STEPS_MS), "call", fields))
    return rows


@st.composite
def errors(draw: st.DrawFn) -> list[Row]:
    message = draw(
        st.sampled_from(["TypeError: x", "Script error.", "console.error: no", "Failed to load img /a", None])
    )
    fields = {"screen": draw(SCREENS), "message": message, "stack": None}
    step = draw(STEPS_MS)
    return [(index * step, "error", fields) for index in range(draw(st.integers(1, 3)))]


@st.composite
def movements(draw: st.DrawFn) -> list[Row]:
    """Scrolling up and down, and a pointer that is thrown about."""
    screen, kind, step = draw(SCREENS), draw(st.sampled_from(["scroll", "pointer"])), draw(STEPS_MS)
    rows: list[Row] = []
    for index in range(draw(COUNTS)):
        words = (
            metadata(
                max_y=draw(NUMBERS),
                min_y=draw(st.sampled_from([0, 100, ...])),
                vh=800,
                page_h=draw(NUMBERS),
                reversals=draw(st.sampled_from([0, 2, 9])),
                travel=draw(NUMBERS),
            )
            if kind == "scroll"
            else metadata(
                turns=draw(st.sampled_from([0, 8, 20])), path_px=draw(NUMBERS), cells=[[10, 10, 300], [14, 12, 200]]
            )
        )
        scroll = draw(st.sampled_from([0, 900, 4000, None])) if kind == "scroll" else None
        rows.append((index * step, kind, {"screen": screen, "scroll": scroll, "metadata": words}))
    return rows


@st.composite
def odds(draw: st.DrawFn) -> list[Row]:
    """One row of any kind with metadata that means something or nothing."""
    kind = draw(
        st.sampled_from(
            [
                "click",
                "input",
                "submit",
                "select",
                "scroll",
                "pointer",
                "screen_view",
                "visibility",
                "web_vital",
                "crash",
                "feedback",
                "invented",
                None,
            ]
        )
    )
    plausible = {
        "visibility": metadata(state=draw(st.sampled_from(["hidden", "visible"])), active_ms=2000),
        "web_vital": metadata(name=draw(st.sampled_from(["LCP", "CLS", "INP"])), value=draw(NUMBERS)),
    }
    x, y = draw(PLACES)
    fields = {"screen": draw(SCREENS), "element_id": draw(ELEMENTS), "x": x, "y": y}
    words = draw(st.sampled_from([plausible[kind], None])) if kind in plausible and draw(st.booleans()) else draw(JUNK)
    return [(0, kind or "", {**fields, "metadata": words})]


EPISODES = st.one_of(clicks(), clicks(), views(), forms(), forms(), calls(), errors(), movements(), odds(), odds())


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    """A session that is over, with up to a dozen episodes; calls and errors fall among the events before them."""
    events: list[Event] = []
    calls: list[ApiCall] = []
    errors: list[ErrorLog] = []
    now_ms = 0
    for episode in draw(st.lists(EPISODES, max_size=12)):
        latest = now_ms
        for offset_ms, kind, fields in episode:
            at = round(START + (now_ms + offset_ms) / 1000, 6)
            latest = max(latest, now_ms + offset_ms)
            if kind == "call":
                calls.append(ApiCall(len(calls) + 1, at=at, **fields))
            elif kind == "error":
                errors.append(ErrorLog(len(errors) + 1, at=at, **fields))
            else:
                events.append(Event(len(events) + 1, kind or None, at, **fields))
        # Calls and errors do not hold up what the person does next.
        does_something = any(kind not in ("call", "error") for _, kind, _ in episode)
        now_ms = (latest if does_something else now_ms) + draw(PAUSES_MS)
    times = [row.at for rows in (events, calls, errors) for row in rows] or [START]
    return Timeline(SESSION_ID, min(times), max(times), events=events, calls=calls, errors=errors)


SESSIONS = timelines()


def rebuilt(
    session: Timeline, events: Sequence[Event], calls: Sequence[ApiCall], errors: Sequence[ErrorLog], **fields: Any
) -> Timeline:
    """A Timeline with these rows and otherwise like `session`; nothing that was computed is taken over."""
    kept = {name: getattr(session, name) for name in ("started_at", "ended_at", "device_type", "truncated", "is_over")}
    return Timeline(session.session_id, events=events, calls=calls, errors=errors, **{**kept, **fields})


def rearranged(session: Timeline, seed: int) -> Timeline:
    """The same rows as they might have arrived: in any order, with ids in the order of arrival."""
    random = Random(seed)
    events, calls, errors = list(session.events), list(session.calls), list(session.errors)
    for rows in (events, calls, errors):
        random.shuffle(rows)  # type: ignore[arg-type]
    return rebuilt(
        session,
        [msgspec.structs.replace(event, event_id=1000 + number) for number, event in enumerate(events)],
        [msgspec.structs.replace(call, id=1000 + number) for number, call in enumerate(calls)],
        [msgspec.structs.replace(error, id=1000 + number) for number, error in enumerate(errors)],
    )


def cut(session: Timeline, at: float) -> Timeline:
    """The session as it was at `at`: still running, without any row after that."""
    return rebuilt(
        session,
        [event for event in session.events if event.at <= at],
        [call for call in session.calls if call.at <= at],
        [error for error in session.errors if error.at <= at],
        ended_at=at,
        is_over=False,
    )
