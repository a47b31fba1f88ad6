"""Form abandonment: a form that was begun, never accepted, and left.

Reads inputs, submits, screens, the clicks and calls around them; emits signals only. Pure.
Rule and limits: docs/analyzers/form_abandon.md.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Never

import msgspec

from mien.analyzers.analyzer import Analyzer, Findings, Signal
from mien.analyzers.baselines import Baselines
from mien.analyzers.form_names import is_success_screen, says_away
from mien.analyzers.forms import (
    ACCEPTED,
    REFUSED,
    REQUEST_START_S,
    UNKNOWN,
    FormAct,
    FormKey,
    forms,
    is_accepted,
    is_write,
)
from mien.analyzers.screen_names import clean_screen
from mien.analyzers.thresholds import Thresholds
from mien.timeline import OVER_AFTER_S, ClickInfo, Event, Timeline, during, seconds_between

RETURN_S = OVER_AFTER_S  # who comes back to the form or finishes it elsewhere within this has not abandoned it
SETTLES_S = RETURN_S + REQUEST_START_S
AUTOSAVE_S = 2.0  # a writing call so soon after an input saves it; docs/analyzers/form_abandon.md
AUTOSAVES = 2  # as many inputs saved by one API show that the form saves itself
BLUR_S = 0.5  # a press comes a little before the input that it ends
ANSWER_S = 3.0  # a click changes the screen within this, or did not; as the SDK watches clicks
MAX_CLICKS = 200  # after the last input; keeps the work linear whatever a session holds
MIN_NAMELESS_FIELDS = 2  # without a form's name, one field alone is no form


class Use(msgspec.Struct, gc=False):
    """One stretch of doing something in a form: until it is accepted, or left for good."""

    key: FormKey
    acts: list[FormAct]
    done: bool = False


class Views:
    """The session's screens, prepared for two questions. Screens without a name are no others and are left out."""

    def __init__(self, events: Sequence[Event]) -> None:
        self.events = [event for event in events if event.screen is not None]
        self.times = [event.at for event in self.events]
        self.pages = [clean_screen(event.screen or "") for event in self.events]
        self.success_times = [at for at, page in zip(self.times, self.pages, strict=True) if is_success_screen(page)]
        self.next_other = [len(self.events)] * len(self.events)
        for index in range(len(self.events) - 2, -1, -1):
            is_other = self.pages[index + 1] != self.pages[index]
            self.next_other[index] = index + 1 if is_other else self.next_other[index + 1]

    def left(self, page: str | None, since: float) -> Event | None:
        """The first view of a screen other than `page` at or after `since`."""
        index = bisect_left(self.times, since)
        if page is not None and index < len(self.pages) and self.pages[index] == page:
            index = self.next_other[index]
        return self.events[index] if page is not None and index < len(self.events) else None

    def succeeded_between(self, since: float, until: float) -> bool:
        """Whether a screen that says success was seen."""
        index = bisect_left(self.success_times, since)
        return index < len(self.success_times) and seconds_between(self.success_times[index], until) >= 0


def find_form_abandons(timeline: Timeline, baselines: Baselines) -> Findings[Never]:
    """One signal per use of a form that was begun and left without being accepted."""
    by_form = forms(timeline)
    if not any(act.kind == "input" for acts in by_form.values() for act in acts):
        return Findings()
    views = Views(timeline.of_type("screen_view"))
    sent = submits_by_name(by_form)
    found = (
        judge(use, timeline, views, sent, baselines.thresholds)
        for key, acts in by_form.items()
        for use in uses(key, acts, views)
    )
    return Findings(signals=[signal for signal in found if signal is not None])


def submits_by_name(by_form: dict[FormKey, list[FormAct]]) -> dict[str, list[float]]:
    """Per form name, on whatever screen: when it was submitted and not known to have failed, oldest first."""
    sent: dict[str, list[float]] = {}
    for (_, name), acts in by_form.items():
        if name is not None:
            submits = [act for act in acts if is_submit(act)]
            sent.setdefault(name, []).extend(act.at for act in submits if act.outcome in (ACCEPTED, UNKNOWN))
    return {name: sorted(times) for name, times in sent.items()}


def is_submit(act: FormAct) -> bool:
    return act.kind == "submit"


def uses(key: FormKey, acts: Sequence[FormAct], views: Views) -> Iterator[Use]:
    """The uses of one form, oldest first. `acts` must be oldest first."""
    use = Use(key, [])
    submitted_at = float("-inf")
    for act in acts:
        if act.kind == "input" and act.began < submitted_at:
            continue  # typed before the submit and told when the field lost its focus
        if use.acts and is_another_use(use, act, views):
            yield use
            use = Use(key, [])
        use.acts.append(act)
        if is_submit(act):
            submitted_at = act.at
            if act.outcome == ACCEPTED:
                use.done = True
                yield use
                use = Use(key, [])
    if use.acts:
        yield use


def is_another_use(use: Use, act: FormAct, views: Views) -> bool:
    """Whether the form had been left for longer than RETURN_S when this was done."""
    last_at = use.acts[-1].at
    if seconds_between(last_at, act.at) <= RETURN_S:
        return False
    left = views.left(use.key[0], last_at)
    return left is not None and seconds_between(left.at, act.at) > RETURN_S


def judge(
    use: Use, timeline: Timeline, views: Views, sent: dict[str, list[float]], thresholds: Thresholds
) -> Signal | None:
    """The signal of a use, if the form was begun, is one that counts, and was left unfinished."""
    filled_ms = thresholds.input_correction.filled_within_ms
    if use.done or any(act.is_lookup for act in use.acts):
        return None
    fields = begun_fields(use, filled_ms)
    last = use.acts[-1]
    if not fields:
        return None
    left = views.left(use.key[0], last.at)
    if left is None and not timeline.is_over:
        return None
    if is_submit(last) and last.outcome == UNKNOWN and not is_given_up(use, left):
        return None
    ended_at = max(timeline.ended_at, last.at) if left is None else left.at
    if is_completed(use, views, sent, ended_at) or is_sent_otherwise(use, timeline, ended_at, left is not None):
        return None
    return signal_of(use, fields, ended_at, left, thresholds)


def is_given_up(use: Use, left: Event | None) -> bool:
    """Whether a last submit whose end is not known was no success: refused before, and no screen came of it."""
    was_refused = any(act.outcome == REFUSED for act in use.acts)
    return was_refused and (left is None or seconds_between(use.acts[-1].at, left.at) > ANSWER_S)


def begun_fields(use: Use, filled_ms: float) -> list[str | None]:
    """The fields that a person left with something in them, by their first input."""
    latest: dict[str | None, FormAct] = {
        act.field: act for act in use.acts if act.kind == "input" and not act.is_filled_by_machine(filled_ms)
    }
    return [field for field, act in latest.items() if act.length != 0]


def is_completed(use: Use, views: Views, sent: dict[str, list[float]], ended_at: float) -> bool:
    """Whether the same form was sent on another screen, or a screen said success, within RETURN_S after leaving."""
    last_at = use.acts[-1].at
    until = ended_at + RETURN_S
    if views.succeeded_between(last_at, until):
        return True
    times = sent.get(use.key[1] or "", [])
    later = bisect_right(times, last_at)
    return later < len(times) and seconds_between(times[later], until) >= 0


def is_sent_otherwise(use: Use, timeline: Timeline, ended_at: float, was_left: bool) -> bool:
    """Whether a form that was never submitted saved itself, or was sent by a button of the page's own making."""
    if any(is_submit(act) for act in use.acts):
        return False
    return saves_itself(use, timeline) or was_sent_by_click(use, timeline, ended_at, was_left)


def saves_itself(use: Use, timeline: Timeline) -> bool:
    """Whether one API took what was entered, right after an input, at least AUTOSAVES times."""
    saved: Counter[str | None] = Counter()
    for act in use.acts:
        calls = during(timeline.calls, act.at, act.at + AUTOSAVE_S)
        saved.update({call.api for call in calls if is_write(call) and is_accepted(call)})
        if saved and max(saved.values()) >= AUTOSAVES:
            return True
    return False


def was_sent_by_click(use: Use, timeline: Timeline, ended_at: float, was_left: bool) -> bool:
    """Whether a control on the form's screen, clicked after the last input, wrote something or led on by itself."""
    last = use.acts[-1]
    clicks = timeline.clicks()
    first = bisect_left(clicks, round(last.at - BLUR_S, 6), key=lambda click: click[0].at)
    for click, info in clicks[first : first + MAX_CLICKS]:
        if click.at > ended_at:
            return False
        if click.screen != last.screen or (click.element_id is not None and click.element_id == last.element_id):
            continue
        if not leads_on(click, info):
            continue
        if was_left and seconds_between(click.at, ended_at) <= ANSWER_S:
            return True
        calls = during(timeline.calls, click.at, click.at + REQUEST_START_S)
        if any(is_write(call) and is_accepted(call) for call in calls):
            return True
    return False


def leads_on(click: Event, info: ClickInfo) -> bool:
    """Whether it may be the form's own button: no plain link, and no name that says that it leads away."""
    if info.tag == "a" and info.role != "button":
        return False
    return not says_away(click.element_id) and not says_away(info.label)


def signal_of(
    use: Use, fields: Sequence[str | None], ended_at: float, left_to: Event | None, thresholds: Thresholds
) -> Signal | None:
    """The signal, placed at the last field that was touched; None where a form cannot be told from loose fields."""
    limits = thresholds.form_abandon
    inputs = [act for act in use.acts if act.kind == "input"]
    failed = sum(is_submit(act) and act.outcome == REFUSED for act in use.acts)
    errors = sum(min(act.invalid, 1) for act in inputs) + sum(act.invalid for act in use.acts if is_submit(act))
    corrections = corrections_in(inputs)
    is_sure = failed > 0 or errors > 0 or corrections >= limits.sure_corrections
    confidence = limits.sure_confidence if is_sure else limits.confidence
    if use.key[1] is None:
        is_loose = any(act.has_field_name for act in inputs)
        if not is_sure and (is_loose or len(fields) < MIN_NAMELESS_FIELDS):
            return None
        confidence *= limits.unknown_factor
    last = inputs[-1]
    return Signal(
        type="form_abandon",
        confidence=round(confidence, 4),
        started_at=use.acts[-1].at,
        ended_at=ended_at,
        screen=last.screen,
        element_id=last.element_id,
        event_id=left_to.event_id if left_to is not None else use.acts[-1].event_id,
        evidence={
            "form": use.key[1],
            "fields": len(fields),
            "last_field": last.field,
            "errors": errors,
            "corrections": corrections,
            "failed_submits": failed,
            "spent_ms": round(seconds_between(inputs[0].began, use.acts[-1].at) * 1000),
            "left_to": left_to.screen if left_to is not None else None,
        },
    )


def corrections_in(inputs: Sequence[FormAct]) -> int:
    """Returns and refills of all fields; coming back to a field to fill it anew is one correction."""
    most: dict[str | None, int] = {}
    for act in inputs:
        most[act.field] = max(most.get(act.field, 0), act.returns, act.refills)
    return sum(most.values())


FORM_ABANDON = Analyzer(
    "form_abandon",
    version=1,
    reads=frozenset(("input", "submit", "click")),
    analyze=find_form_abandons,
    signal_types=frozenset(("form_abandon",)),
    settles_s=SETTLES_S,
)
