"""The shapes of a session's page. All `_ms` times are milliseconds from the session's start."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, TypeAlias

import msgspec

from mien.api.session_row import SessionRow
from mien.store.causes import Cause

Strength: TypeAlias = Literal["weak", "moderate", "strong"]


class SessionDetail(SessionRow, frozen=True, kw_only=True):
    """The row, and what only the session's own page shows. `lost_batches`: holes in the tabs' sequences."""

    ip_address: str | None
    user_agent: str | None
    screen_resolution: str | None
    device_id: str | None
    referrer: str | None
    utm: dict[str, Any] | None
    lost_batches: int


class Issue(msgspec.Struct, frozen=True):
    """What cost points. `points` are exact and sum to 100 minus `exact`; `points_int` sum to 100 minus `score`.

    `label` and `detail` are sentences. `cause` is null for the entry `minor`, which collects all below half a point.
    `at_ms`: when it happened, where that is known.
    """

    type: str
    cause: Cause | None
    label: str
    detail: str
    page: str | None
    element: str | None
    element_label: str | None
    api: str | None
    count: int
    confidence: float | None
    hazard: float
    points: float
    points_int: int
    gain_if_fixed: float
    incident_ids: list[int]
    also: list[str]
    evidence: dict[str, Any]
    at_ms: list[int]


class CurvePoint(msgspec.Struct, frozen=True):
    """The score as it stood from this moment on."""

    at_ms: int
    score: float


class FormerIssue(msgspec.Struct, frozen=True):
    """What a former score lost points to, heaviest first; the entry `minor` has no place."""

    type: str
    cause: Cause | None
    label: str
    page: str | None
    element: str | None
    api: str | None
    count: int
    points: float


class FormerScore(msgspec.Struct, frozen=True):
    """The score before thresholds, baselines or analyzers changed. `version_key` names what it was made with."""

    version_key: str
    version: int | None
    weights_hash: str | None
    score: int | None
    exact: float | None
    issues: list[FormerIssue]
    calculated_at: datetime | None
    replaced_at: datetime


class Score(msgspec.Struct, frozen=True):
    """`score` null: too little to judge (`coverage.reason`), or not analysed yet (`calculated_at` null).

    `low`: if every incident were certain; `high`: without the uncertain ones. `provisional`: the session is not over
    (30 minutes without activity). `former`: under the last three versions where it was another, the last one first.
    """

    score: int | None
    exact: float | None
    low: float | None
    high: float | None
    version: int | None
    weights_hash: str | None
    coverage: dict[str, Any]
    issues: list[Issue]
    is_final: bool
    provisional: bool
    calculated_at: datetime | None
    curve: list[CurvePoint]
    former: list[FormerScore]


class Event(msgspec.Struct, frozen=True):
    """`answered`: whether the page answered a click; null where the site's script did not say."""

    at_ms: int
    type: str
    screen: str | None
    element_id: str | None
    x: int | None
    y: int | None
    scroll: int | None
    label: str | None
    response_ms: float | None
    answered: bool | None
    response: str | None
    detail: dict[str, Any]


class Screen(msgspec.Struct, frozen=True):
    """A screen from when it was entered to when it was left."""

    at_ms: int
    until_ms: int
    name: str
    title: str | None


class Call(msgspec.Struct, frozen=True):
    """`failed`: a network failure (status 0) or a server's error. `unfinished`: no answer while somebody waited."""

    at_ms: int
    api: str
    latency_ms: int | None
    status: int | None
    failed: bool
    unfinished: bool


class Error(msgspec.Struct, frozen=True):
    """A JavaScript error, met `count` times at once. `group`: `key` of its error group; null: not analysed yet."""

    at_ms: int
    screen: str | None
    message: str
    stack: str | None
    group: str | None
    count: int


class Signal(msgspec.Struct, frozen=True):
    """`incident` null: it explains, but costs nothing. `points`: its part of what was lost.

    `started_at`, with type, element and screen, names it in a verdict: hand it back as it is. `verdict`: whether
    somebody said that it is frustration (true) or is not (false); null: nobody did.
    """

    at_ms: int
    until_ms: int
    started_at: datetime
    verdict: bool | None
    type: str
    cause: Cause
    confidence: float
    screen: str | None
    element_id: str | None
    api: str | None
    label: str
    detail: str
    evidence: dict[str, Any]
    incident: int | None
    points: float


class Moment(msgspec.Struct, frozen=True):
    """A likely moment, an estimate; `emotion` may be `unknown`. `sentence` names the evidence."""

    at_ms: int
    emotion: str
    strength: Strength | None
    sentence: str
    evidence: list[str]


class RageClick(msgspec.Struct, frozen=True):
    """A row of `rage_click_events`."""

    at_ms: int
    until_ms: int
    element_id: str | None
    screen: str | None
    click_count: int


class ReplayPart(msgspec.Struct, frozen=True):
    """A chunk; its events come from the replay call."""

    id: int
    index: int
    at_ms: int | None
    event_count: int | None


class ReplayTab(msgspec.Struct, frozen=True):
    """The chunks of one tab in order; `tab` null for rows that name none."""

    tab: str | None
    chunks: list[ReplayPart]


class Replay(msgspec.Struct, frozen=True):
    """What there is to play; tabs by their first chunk's time."""

    tabs: list[ReplayTab]
    chunk_count: int
    first_at_ms: int | None
    last_at_ms: int | None


class LostSpan(msgspec.Struct, frozen=True):
    """A stretch of which a batch never came, as the numbers of the items before and behind it tell."""

    at_ms: int
    until_ms: int


class SessionPage(msgspec.Struct, frozen=True):
    """One session. `truncated`: it has more events, calls or errors than are given here (5,000, 5,000 and 2,000).

    `lost_spans`: earliest first; empty as well where nothing tells when the lost batches were.
    """

    session: SessionDetail
    score: Score
    events: list[Event]
    truncated: bool
    screens: list[Screen]
    calls: list[Call]
    errors: list[Error]
    signals: list[Signal]
    moments: list[Moment]
    rage_clicks: list[RageClick]
    replay: Replay
    more_like_this: list[SessionRow]
    lost_spans: list[LostSpan]
