"""The queries that a person put to a search: typing, submitting and the screen that follows are one query. Pure.

A query is known by the length of its text, by its submit, or by a screen whose name holds it. Its text is never stored
by the SDK; what that costs: docs/analyzers/search_struggle.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from mien.analyzers.form_names import is_search_screen
from mien.analyzers.forms import FormAct, form_acts
from mien.analyzers.screen_names import clean_screen
from mien.timeline import Event, Timeline, during, json_object, seconds_between

PAUSE_S = 180.0  # after a longer pause a new search begins; three minutes, as in the rule
TYPING_S = 2.0  # inputs of a field closer together are one: some senders tell of every change
LANDING_S = 10.0  # the screen of a search comes this soon after it; as long as a page may load
PRESS_S = 1.0  # a click this long before a submit sent it
QUERY_PARAMETER = re.compile(r"[?&](?:q|query|s|k|search|term|keywords?)=([^&#]*)", re.IGNORECASE)


class Query(msgspec.Struct, gc=False):
    """One query. `at`: when it was first seen, seconds since the epoch. `length`, `text`: of it, where known.

    `sent_at`: when it was last submitted. `differs`: its text is known not to be that of the query before.
    """

    at: float
    latest_at: float
    screen: str | None
    element_id: str | None
    event_id: int
    length: int | None = None
    text: str | None = None
    sent_at: float | None = None
    differs: bool = False

    @property
    def page(self) -> str | None:
        return None if self.screen is None else clean_screen(self.screen)


def find_queries(timeline: Timeline, min_gap_s: float) -> list[Query]:
    """The session's queries, oldest first. `min_gap_s`: a search sent again sooner is the same one."""
    acts = [act for act in form_acts(timeline) if act.is_query]
    views = timeline.of_type("screen_view")
    landings = [index for index, view in enumerate(views) if shows_search(view)]
    reader = _Reader(timeline, min_gap_s)
    position = 0
    for index in landings:
        while position < len(acts) and acts[position].at <= views[index].at:
            reader.see(acts[position])
            position += 1
        reader.see_screen(views[index], index > 0 and shows_search(views[index - 1]))
    for act in acts[position:]:
        reader.see(act)
    return reader.found


def shows_search(view: Event) -> bool:
    """Whether the screen searches or lists what was found."""
    return view.screen is not None and is_search_screen(clean_screen(view.screen))


class _Reader:
    """Joins what belongs to one query, in order of time; it knows only what came before."""

    def __init__(self, timeline: Timeline, min_gap_s: float) -> None:
        self.clicks: Sequence[Event] = timeline.of_type("click")
        self.min_gap_s = min_gap_s
        self.found: list[Query] = []
        self.fields: set[str | None] = set()
        self.has_acts = False
        self.has_lengths = False
        self.is_retyped = False

    def see(self, act: FormAct) -> None:
        self.has_acts = True
        if act.kind == "submit":
            self.see_submit(act)
            return
        self.fields.add(act.element_id)
        self.has_lengths = self.has_lengths or act.length is not None
        if act.length != 0:
            self.see_input(act)

    def see_input(self, act: FormAct) -> None:
        latest = self.latest
        if latest is None:
            self.add(act)
        elif latest.sent_at is not None and act.began < latest.sent_at:
            if latest.length is None and seconds_between(latest.sent_at, act.at) <= PAUSE_S:
                self.measure(act.length)  # typed before it was sent, told when the field lost its focus
        elif latest.sent_at is None and seconds_between(latest.latest_at, act.at) <= TYPING_S:
            latest.latest_at = act.at
            self.measure(act.length)
        elif act.length is not None and act.length == latest.length:
            self.is_retyped = True  # the same text, or another one of its length: the next submit counts as a query
        else:
            self.add(act)

    def see_submit(self, act: FormAct) -> None:
        latest = self.latest
        if latest is None or (not self.is_same(act, latest) if latest.sent_at is not None else self.is_retyped):
            self.add(act)
        self.found[-1].sent_at = self.found[-1].latest_at = act.at
        self.is_retyped = False

    def is_same(self, act: FormAct, latest: Query) -> bool:
        """Whether the same text was sent again: at once, or by a click after which a changed field would have told."""
        if seconds_between(latest.latest_at, act.at) < self.min_gap_s:
            return True
        if self.is_retyped or not self.has_lengths:
            return False
        presses = during(self.clicks, act.at - PRESS_S, act.at)
        return any(click.screen == act.screen and click.element_id not in self.fields for click in presses)

    def see_screen(self, view: Event, follows_search: bool) -> None:
        latest = self.latest
        match = QUERY_PARAMETER.search(view.screen or "")
        is_landing = latest is not None and seconds_between(latest.latest_at, view.at) <= LANDING_S
        if match is not None:
            text = match.group(1)
            if latest is None or latest.text not in (None, text) or (latest.text is None and not is_landing):
                self.add(view)
                self.found[-1].differs = latest is not None and latest.text is not None
            self.found[-1].text = text
        elif not self.has_acts and follows_search and not is_back(view):
            # Screens are all that there is: each that follows another search screen may be another query.
            if latest is None or seconds_between(latest.latest_at, view.at) >= self.min_gap_s:
                self.add(view)
        elif not is_landing:
            return
        self.found[-1].latest_at = view.at
        if self.found[-1].sent_at is None:
            self.found[-1].sent_at = view.at

    @property
    def latest(self) -> Query | None:
        return self.found[-1] if self.found else None

    def add(self, seen: FormAct | Event) -> None:
        self.found.append(Query(seen.at, seen.at, seen.screen, seen.element_id, seen.event_id))
        self.is_retyped = False
        if isinstance(seen, FormAct):
            self.measure(seen.length)

    def measure(self, length: int | None) -> None:
        """Note the length of the latest query, and whether it tells it from the one before."""
        self.found[-1].length = length
        before = self.found[-2].length if len(self.found) > 1 else None
        self.found[-1].differs = before is not None and length is not None and before != length


def is_back(view: Event) -> bool:
    """A return by the browser's own buttons: it asks nothing new."""
    return json_object(view.metadata).get("load") == "back_forward"
