"""What the page Latency answers, and how it is made of the store's figures."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from mien.store.clock import offset_ms, to_datetime
from mien.store.dose import WaitBand
from mien.store.filters import Segment
from mien.store.freshness import Freshness
from mien.store.latency import LEAST_CALLS, ApiFigures, CallingScreen, Formerly, LatencyBar, SlowCall
from mien.store.latency_bins import Percentiles
from mien.store.latency_filters import VitalName
from mien.store.latency_trend import Bucket
from mien.store.releases import ReleaseStart
from mien.store.rollups import AnsweredFrom
from mien.store.vitals import ScreenVitals, VitalRow


class ByStatus(msgspec.Struct, frozen=True):
    """Calls by class of status; they sum to all calls. Each is a value of the list's `api_status`: 2xx, 3xx, 4xx, 5xx,
    network (no answer arrived), unfinished (aborted, superseded or left), other.
    """

    ok: int
    redirected: int
    refused: int
    broken: int
    network: int
    unfinished: int
    other: int


class ApiRow(msgspec.Struct, frozen=True):
    """`sessions` is the list's total with this `api`. `failed`: network and 5xx; shares are of all calls, 0 to 1.

    `finished`: calls of which a latency is known, those of the percentiles (milliseconds). `points`: mean over the
    segment's scored sessions of what they lost there; `points_sessions` is the total with `place_kind=api`.

    Before is the equally long period before: null unless `compare` is asked for, and where the API had fewer than 20
    calls then. Its p95 needs 20 finished ones.
    """

    api: str
    calls: int
    calls_per_minute: float
    sessions: int
    finished: int
    latency_ms: Percentiles
    status: ByStatus
    failed: int
    failed_share: float
    unfinished_share: float
    apdex: float
    points: float
    points_by_cause: dict[str, float]
    points_sessions: int
    calls_before: int | None
    latency_ms_before: Percentiles | None
    failed_share_before: float | None


class ApiList(msgspec.Struct, frozen=True):
    """`calls` and `sessions` (that made one) of the whole segment; `rows` of `row_count` APIs.

    `sessions_before`: that made a call in the period before; null unless `compare` is asked for.
    """

    since: datetime
    until: datetime
    calls: int
    sessions: int
    sessions_before: int | None
    row_count: int
    apdex_ms: int
    rows: list[ApiRow]
    next_cursor: str | None
    freshness: Freshness
    answered_from: AnsweredFrom


class LatencyPoint(msgspec.Struct, frozen=True):
    """The calls of the sessions that started in the bucket from `at` on."""

    at: datetime
    calls: int
    sessions: int
    failed: int
    unfinished: int
    latency_ms: Percentiles


class FirstByte(msgspec.Struct, frozen=True):
    """Time to the first byte, of the `calls` of which the browser said it."""

    calls: int
    ttfb_ms: Percentiles


class SlowestCall(msgspec.Struct, frozen=True):
    """`offset_ms`: from the start of its session. `status` null: unfinished, `latency_ms` is how long it was waited."""

    session_id: UUID
    at: datetime
    offset_ms: int
    latency_ms: int
    status: int | None
    screen: str


class ApiDetail(msgspec.Struct, frozen=True):
    """`row` null: none of the segment's sessions called it. `distribution`: finished calls, fastest first.

    `screens`: those that call it most, at most 50; `slowest`: at most 20. `sessions`, `sessions_before`: of the whole
    segment, as of the list of APIs. `bucket_s`: wider than the overview's where a bucket had too few calls for a p95.
    `releases`: those that began within the period.
    """

    since: datetime
    until: datetime
    sessions: int
    sessions_before: int | None
    row: ApiRow | None
    apdex_ms: int
    bucket_s: int
    trend: list[LatencyPoint]
    releases: list[ReleaseStart]
    distribution: list[LatencyBar]
    first_byte: FirstByte
    screens: list[CallingScreen]
    slowest: list[SlowestCall]
    answered_from: AnsweredFrom


class Dose(msgspec.Struct, frozen=True):
    """`sessions` made a call (of `api`); `unbanded` of them finished none. `left`: nothing more happened
    `left_within_s` after the end of the slowest call. All intervals are 95 %.
    """

    api: str | None
    left_within_s: int
    sessions: int
    unbanded: int
    bands: list[WaitBand]
    answered_from: AnsweredFrom


class VitalLine(msgspec.Struct, frozen=True):
    """Good up to `good`, poor above `poor`."""

    name: VitalName
    good: float
    poor: float


class VitalPage(msgspec.Struct, frozen=True):
    """`rows`: at most `limit` of `row_count`, most views first. `all`: over all screens and devices."""

    lines: list[VitalLine]
    all: list[VitalRow]
    row_count: int
    rows: list[ScreenVitals]
    answered_from: AnsweredFrom


def to_api_row(row: ApiFigures, segment: Segment, scored: int, formerly: Formerly | None) -> ApiRow:
    """Shares, rates and means of the counts; `scored`: sessions of the segment with a score."""
    then = formerly if formerly and formerly.calls >= LEAST_CALLS else None
    return ApiRow(
        api=row.api,
        calls=row.calls,
        calls_per_minute=row.calls / (segment.length.total_seconds() / 60),
        sessions=row.sessions,
        finished=row.finished,
        latency_ms=row.percentiles(),
        status=ByStatus(row.ok, row.redirected, row.refused, row.broken, row.network, row.unfinished, row.other),
        failed=row.failed,
        failed_share=row.failed / row.calls,
        unfinished_share=row.unfinished / row.calls,
        apdex=row.apdex,
        points=row.points / scored if scored else 0.0,
        points_by_cause={cause: points / scored for cause, points in row.by_cause.items()} if scored else {},
        points_sessions=row.lost_sessions,
        calls_before=then.calls if then else None,
        latency_ms_before=then.percentiles() if then else None,
        failed_share_before=then.failed / then.calls if then else None,
    )


def to_trend(bucket: Bucket) -> LatencyPoint:
    """A bucket with its percentiles."""
    return LatencyPoint(
        at=to_datetime(bucket.at),
        calls=bucket.calls,
        sessions=bucket.sessions,
        failed=bucket.failed,
        unfinished=bucket.unfinished,
        latency_ms=bucket.percentiles(),
    )


def to_slow_call(call: SlowCall) -> SlowestCall:
    """A call with its moment in the session."""
    return SlowestCall(
        session_id=call.session_id,
        at=to_datetime(call.at),
        offset_ms=offset_ms(call.at, call.started_at if call.started_at is not None else call.at),
        latency_ms=call.latency_ms,
        status=call.status,
        screen=call.screen,
    )
