"""The lanes of a session's page: stored rows as marks on one clock."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast, get_args

from mien.api import words
from mien.api.session_row import label_of_element, screen_spans, to_row
from mien.api.session_shapes import (
    Call,
    Error,
    Event,
    LostSpan,
    Moment,
    RageClick,
    Replay,
    ReplayPart,
    ReplayTab,
    Screen,
    SessionDetail,
    Signal,
    Strength,
)
from mien.store.causes import cause_of
from mien.store.clock import offset_ms, to_datetime
from mien.store.lost_spans import Span
from mien.store.replay import ChunkFacts
from mien.store.session_page import (
    CallFacts,
    ErrorFacts,
    EventFacts,
    MomentFacts,
    PageFacts,
    RageClickFacts,
)
from mien.store.session_rows import SessionFacts, share_points
from mien.store.verdicts import Verdict

MAX_DETAIL_KEYS = 20
MAX_DETAIL_TEXT = 300
SHOWN_APART = frozenset(("label", "response_ms", "response", "seq", "tab"))
"""Metadata keys that stand in fields of their own, or order events only."""


def detail_of(page: PageFacts) -> SessionDetail:
    """The row with what only its own page shows."""
    row = to_row(page.facts)
    fields: dict[str, Any] = {
        name: getattr(row if name in row.__struct_fields__ else page.details, name)
        for name in SessionDetail.__struct_fields__
    }
    return SessionDetail(**fields)


def events_of(events: Sequence[EventFacts], start: float) -> list[Event]:
    """Every event, oldest first."""
    return [event_of(event, start) for event in events]


def event_of(event: EventFacts, start: float) -> Event:
    """An event; a few of its metadata fields, without what is long or nested."""
    metadata = event.metadata or {}
    response_ms = metadata.get("response_ms")
    if not isinstance(response_ms, int | float) or isinstance(response_ms, bool):
        response_ms = None
    knows = event.event_type == "click" and "response_ms" in metadata
    label, response = metadata.get("label"), metadata.get("response")
    return Event(
        at_ms=offset_ms(event.at, start),
        type=event.event_type or "",
        screen=event.screen,
        element_id=event.element_id,
        x=event.x,
        y=event.y,
        scroll=event.scroll,
        label=label if isinstance(label, str) else None,
        response_ms=response_ms,
        answered=(response_ms is not None) if knows else None,
        response=response if isinstance(response, str) else None,
        detail=small_part(metadata),
    )


def small_part(metadata: dict[str, Any]) -> dict[str, Any]:
    """Plain values only, texts cut, at most MAX_DETAIL_KEYS."""
    plain = {
        key: value[:MAX_DETAIL_TEXT] if isinstance(value, str) else value
        for key, value in metadata.items()
        if key not in SHOWN_APART and isinstance(value, str | int | float | bool)
    }
    return dict(list(plain.items())[:MAX_DETAIL_KEYS])


def screens_of(facts: SessionFacts, events: Sequence[EventFacts]) -> list[Screen]:
    """The steps of the journey, each with the title that the page had."""
    titles = {event.at: (event.metadata or {}).get("title") for event in events if event.event_type == "screen_view"}
    spans = screen_spans(facts.steps, facts.start, facts.end)
    screens: list[Screen] = []
    for step, span in zip(facts.steps, spans, strict=True):
        title = titles.get(step.at)
        screens.append(Screen(span.at_ms, span.until_ms, span.name, title if isinstance(title, str) else None))
    return screens


def calls_of(calls: Sequence[CallFacts], start: float) -> list[Call]:
    """API calls by their start."""
    return [
        Call(
            at_ms=offset_ms(call.at, start),
            api=call.api or "",
            latency_ms=call.latency_ms,
            status=call.status,
            failed=call.failed,
            unfinished=call.status is None,
        )
        for call in calls
    ]


def errors_of(errors: Sequence[ErrorFacts], start: float) -> list[Error]:
    """JavaScript errors."""
    return [
        Error(offset_ms(error.at, start), error.screen, error.message or "", error.stack, error.group_key, error.errors)
        for error in errors
    ]


def signals_of(facts: SessionFacts, verdicts: Sequence[Verdict]) -> list[Signal]:
    """Every detected signal, in words, with what people said of it."""
    said = {(one.type, one.at, one.element_id, one.screen): one.is_frustration for one in verdicts}
    points = share_points(facts.issues, facts.signals)
    found: list[Signal] = []
    for signal, lost in zip(facts.signals, points, strict=True):
        element = words.element_name(
            signal.element_id, signal.label or label_of_element(signal.element_id, facts.signals)
        )
        found.append(
            Signal(
                at_ms=offset_ms(signal.at, facts.start),
                until_ms=offset_ms(signal.until, facts.start),
                started_at=to_datetime(signal.at),
                verdict=said.get((signal.type, signal.at, signal.element_id, signal.screen)),
                type=signal.type,
                cause=cause_of(signal.type),
                confidence=round(signal.confidence, 4),
                screen=signal.screen,
                element_id=signal.element_id,
                api=signal.api,
                label=words.label(signal.type, element, signal.screen, signal.api),
                detail=words.detail(signal.type, signal.evidence),
                evidence=signal.evidence,
                incident=signal.incident or None,
                points=lost,
            )
        )
    return found


def moments_of(moments: Sequence[MomentFacts], start: float) -> list[Moment]:
    """Likely moments with what speaks for them."""
    found: list[Moment] = []
    for moment in moments:
        strength = cast(Strength, moment.strength) if moment.strength in get_args(Strength) else None
        evidence = evidence_words(moment)
        found.append(
            Moment(
                at_ms=offset_ms(moment.at, start),
                emotion=moment.emotion,
                strength=None if moment.emotion in ("unknown", "neutral") else strength,
                sentence=words.moment(moment.emotion, strength, evidence),
                evidence=evidence,
            )
        )
    return found


def evidence_words(moment: MomentFacts) -> list[str]:
    """What was seen, one text each, in the order of the model's families; last, and with "despite", what gave the label
    no points."""
    speaks_for: list[str] = []
    speaks_against: list[str] = []
    for family in moment.evidence or []:
        what = family.get("what")
        seen = [words.shortened(text, 120) for text in what if isinstance(text, str)] if isinstance(what, list) else []
        if _gives_nothing(family.get("points"), moment.emotion):
            speaks_against += [f"despite {text}" for text in seen]
        else:
            speaks_for += seen
    return speaks_for + speaks_against


def _gives_nothing(points: object, emotion: str) -> bool:
    """Whether a family gave the label no log-odds points, or less than none. `unknown` and calm never have any."""
    if not isinstance(points, dict) or emotion in ("unknown", "neutral"):
        return False
    own = points.get(emotion, 0)
    return isinstance(own, int | float) and own <= 0


def lost_spans_of(spans: Sequence[Span], start: float) -> list[LostSpan]:
    """Stretches with something lost."""
    return [LostSpan(offset_ms(span.from_at, start), offset_ms(span.until_at, start)) for span in spans]


def rage_clicks_of(rage_clicks: Sequence[RageClickFacts], start: float) -> list[RageClick]:
    """Rows of `rage_click_events`."""
    return [
        RageClick(
            offset_ms(row.at, start), offset_ms(row.until, start), row.element_id, row.screen, row.click_count or 0
        )
        for row in rage_clicks
    ]


def replay_of(chunks: Sequence[ChunkFacts], start: float) -> Replay:
    """The chunks by tab, tabs by the time of their first chunk."""
    by_tab: dict[str | None, list[ReplayPart]] = {}
    for chunk in chunks:
        count = None if chunk.event_count is None else round(chunk.event_count)
        at_ms = None if chunk.at is None else offset_ms(chunk.at, start)
        by_tab.setdefault(chunk.tab, []).append(ReplayPart(chunk.id, chunk.chunk_index, at_ms, count))
    times = [part.at_ms for parts in by_tab.values() for part in parts if part.at_ms is not None]
    tabs = [ReplayTab(tab, parts) for tab, parts in by_tab.items()]
    return Replay(
        tabs=sorted(
            tabs, key=lambda tab: min((part.at_ms for part in tab.chunks if part.at_ms is not None), default=0)
        ),
        chunk_count=len(chunks),
        first_at_ms=min(times, default=None),
        last_at_ms=max(times, default=None),
    )
