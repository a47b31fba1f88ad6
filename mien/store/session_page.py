"""Everything that one session's page shows, read in one snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from typing import Any
from uuid import UUID

import msgspec

from mien.store.clock import to_datetime
from mien.store.database import Queries
from mien.store.load_timelines import MAX_ERRORS
from mien.store.lost_spans import Span, read_lost_spans
from mien.store.replay import ChunkFacts, read_chunks
from mien.store.session_rows import Issue, SessionFacts, read_rows
from mien.store.verdicts import Verdict, read_verdicts
from mien.timeline import has_failed

MAX_EVENTS = 5000
MAX_CALLS = 5000
MAX_OTHERS = 2000
"""Moments, rage clicks. Errors are as many as the analysis reads, so that each has its group."""
MAX_ALIKE = 5


class Details(msgspec.Struct, frozen=True):
    """What only the session's own page shows."""

    ip_address: str | None
    user_agent: str | None
    screen_resolution: str | None
    device_id: str | None
    referrer: str | None
    utm: dict[str, Any] | None
    lost_batches: int
    score_low: float | None
    score_high: float | None
    score_version: int | None
    weights_hash: str | None
    coverage: dict[str, Any] | None
    calculated_at: float | None


class EventFacts(msgspec.Struct, frozen=True):
    """A row of `events`; `at` in seconds since the epoch."""

    at: float
    event_type: str | None
    screen: str | None
    element_id: str | None
    x: int | None
    y: int | None
    scroll: int | None
    metadata: dict[str, Any] | None


class CallFacts(msgspec.Struct, frozen=True):
    """A row of `latency_metrics`; `at` is its start."""

    at: float
    api: str | None
    latency_ms: int | None
    status: int | None

    @property
    def failed(self) -> bool:
        """As the detectors see it."""
        return has_failed(self.status)


class ErrorFacts(msgspec.Struct, frozen=True):
    """Equal rows of `error_logs` of one instant. `left_out`: the session has more errors than are read."""

    at: float
    screen: str | None
    message: str | None
    stack: str | None
    errors: int
    left_out: bool
    group_key: str | None


class MomentFacts(msgspec.Struct, frozen=True):
    """A row of `emotion_predictions` with its evidence, if any is known."""

    at: float
    emotion: str
    strength: str | None
    evidence: list[dict[str, Any]] | None


class RageClickFacts(msgspec.Struct, frozen=True):
    """A row of `rage_click_events`."""

    at: float
    until: float
    element_id: str | None
    screen: str | None
    click_count: int | None


class FormerScoreFacts(msgspec.Struct, frozen=True):
    """A row of `former_scores`; times in seconds since the epoch."""

    version_key: str
    replaced_at: float
    calculated_at: float | None
    score: int | None
    score_exact: float | None
    issues: Any
    score_version: int | None
    weights_hash: str | None


class PageFacts(msgspec.Struct, frozen=True):
    """All of it. `truncated`: there are more events, calls or errors than are read."""

    facts: SessionFacts
    details: Details
    events: list[EventFacts]
    calls: list[CallFacts]
    errors: list[ErrorFacts]
    moments: list[MomentFacts]
    rage_clicks: list[RageClickFacts]
    chunks: list[ChunkFacts]
    alike: list[SessionFacts]
    truncated: bool
    former: list[FormerScoreFacts]
    verdicts: list[Verdict]
    lost_spans: list[Span]


async def read_page_facts(queries: Queries, session_id: UUID) -> PageFacts | None:
    """None when there is no such session."""
    rows = await read_rows(queries, [session_id])
    details = await queries.fetch_one(Details, "session.details", session_id=session_id)
    if not rows or details is None:
        return None
    facts = rows[0]
    # One more than is shown tells whether there are more.
    events = await queries.fetch_all(EventFacts, "session.events", session_id=session_id, max_rows=MAX_EVENTS + 1)
    calls = await queries.fetch_all(CallFacts, "session.calls", session_id=session_id, max_rows=MAX_CALLS + 1)
    errors = await queries.fetch_all(ErrorFacts, "session.errors", session_ids=[session_id], max_rows=MAX_ERRORS)
    chunks = await read_chunks(queries, session_id)
    others = {"session_id": session_id, "max_rows": MAX_OTHERS}
    return PageFacts(
        facts=facts,
        details=details,
        events=events[:MAX_EVENTS],
        calls=calls[:MAX_CALLS],
        errors=errors,
        moments=await queries.fetch_all(MomentFacts, "session.moments", **others),
        rage_clicks=await queries.fetch_all(RageClickFacts, "session.rage_clicks", **others),
        chunks=chunks,
        alike=await read_alike(queries, facts),
        truncated=len(events) > MAX_EVENTS or len(calls) > MAX_CALLS or any(one.left_out for one in errors),
        former=await queries.fetch_all(FormerScoreFacts, "session.former_scores", session_id=session_id),
        verdicts=await read_verdicts(queries, session_id),
        lost_spans=await read_lost_spans(queries, session_id, chunks) if details.lost_batches > 0 else [],
    )


async def read_alike(queries: Queries, facts: SessionFacts) -> list[SessionFacts]:
    """Other sessions with the same worst issue at the same place."""
    issue = worst_issue(facts.issues)
    if issue is None:
        return []
    key = {"type": issue.type, "page": issue.page, "element": issue.element, "api": issue.api}
    session_ids = await queries.fetch_values(
        "session.alike",
        session_id=facts.row.session_id,
        started_at=to_datetime(facts.start).astimezone(UTC).replace(tzinfo=None),
        issue=[key],
        max_sessions=MAX_ALIKE,
    )
    return await read_rows(queries, session_ids)


def worst_issue(issues: Sequence[Issue]) -> Issue | None:
    """The heaviest that has a place of its own."""
    return next((issue for issue in issues if issue.type != "minor"), None)
