"""The shapes of the error pages' answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Literal, cast
from uuid import UUID

import msgspec

from mien.store.clock import offset_ms, to_datetime
from mien.store.error_groups import Example, GroupBucket, GroupPart, GroupRow, OccurrenceRow
from mien.store.freshness import Freshness
from mien.store.rollups import AnsweredFrom


class ErrorTrendPoint(msgspec.Struct, frozen=True):
    """Sessions that started in a bucket of `bucket_s` and met the group; `errors`: theirs. Empty buckets included."""

    at: datetime
    sessions: int
    errors: int


class ErrorPart(msgspec.Struct, frozen=True):
    """Sessions of a release or browser, or with the error on a screen; `name` empty: it is not known.

    `filter`: with these parameters and `error_group` beside those of this call, the list of sessions holds exactly the
    `sessions` of this row.
    """

    name: str
    sessions: int
    errors: int
    filter: dict[str, str]


class ErrorGroup(msgspec.Struct, frozen=True):
    """What all its errors have in common: `type`, `title` (the message with placeholders), `place` (function and file).
    `message`: the newest one's, as the browser said it, at most 300 characters.

    `kind`: `error` was thrown, `console` logged by the page, `resource` did not load, `foreign` is not the site's own.
    Of the segment: `errors`, `sessions` (the list with `error_group` = `key` has as many), `users` (else devices),
    `score` (mean of the exact scores of the `scored` ones), `trend`, `releases` (most sessions first, at most three of
    `release_count`). Of all sessions that there are: `first_seen`, `last_seen`; `is_new`: the first is within the
    period. Before: in the equally long period before; null unless `compare` is asked for.
    """

    key: str
    kind: Literal["error", "console", "resource", "foreign"]
    type: str
    title: str
    place: str | None
    message: str
    errors: int
    sessions: int
    users: int
    scored: int
    score: float | None
    first_seen: datetime
    last_seen: datetime
    is_new: bool
    errors_before: int | None
    sessions_before: int | None
    releases: list[ErrorPart]
    release_count: int
    trend: list[ErrorTrendPoint]


class ErrorGroups(msgspec.Struct, frozen=True):
    """`total`: groups that match. `next_cursor` null: this was the last page.

    Of the whole segment, whatever `q` asks: `sessions` of `all_sessions` with an error of this origin (the list with
    `error_origin` has as many), `users`, `errors`. `all_sessions_before`: of the period before, null unless `compare`
    is asked for.
    """

    total: int
    all_sessions: int
    all_sessions_before: int | None
    sessions: int
    users: int
    errors: int
    bucket_s: int
    rows: list[ErrorGroup]
    next_cursor: str | None
    freshness: Freshness
    answered_from: AnsweredFrom


class ErrorExample(msgspec.Struct, frozen=True):
    """One error of the group in full, of a newer session, `at_ms` after its start. `stack` null: none was recorded."""

    session_id: UUID
    at: datetime
    at_ms: int
    message: str
    stack: str | None


class ErrorGroupPage(msgspec.Struct, frozen=True):
    """`releases`, `browsers`, `screens`: most sessions first, at most 50. A session may be of several screens."""

    group: ErrorGroup
    all_sessions: int
    all_sessions_before: int | None
    bucket_s: int
    releases: list[ErrorPart]
    browsers: list[ErrorPart]
    screens: list[ErrorPart]
    example: ErrorExample | None
    freshness: Freshness
    answered_from: AnsweredFrom


class ErrorOccurrence(msgspec.Struct, frozen=True):
    """A session's first error of the group: `at_ms` after its start. `errors`: how many of the group it has."""

    session_id: UUID
    at: datetime
    at_ms: int
    errors: int
    message: str
    screen: str | None
    browser: str | None
    release: str | None
    device_type: str | None
    score: int | None
    has_replay: bool


class ErrorOccurrences(msgspec.Struct, frozen=True):
    """Newest first. `next_cursor` null: this was the last page."""

    rows: list[ErrorOccurrence]
    next_cursor: str | None


def group_of(
    row: GroupRow,
    trend: Sequence[GroupBucket],
    releases: Sequence[GroupPart],
    since: datetime,
    before: Mapping[str, GroupRow] | None,
) -> ErrorGroup:
    """A group as it is shown. `since`: naive UTC. `before`: groups of the period before, None: nobody asked."""
    then = before.get(row.group_key) if before else None
    return ErrorGroup(
        key=row.group_key,
        kind=cast(Literal["error", "console", "resource", "foreign"], row.kind),
        type=row.type,
        title=row.title,
        place=row.place,
        message=row.message,
        errors=row.errors,
        sessions=row.sessions,
        users=row.users,
        scored=row.scored,
        score=row.score,
        first_seen=to_datetime(row.first_seen),
        last_seen=to_datetime(row.last_seen),
        is_new=to_datetime(row.first_seen) >= since.replace(tzinfo=UTC),
        errors_before=None if before is None else then.errors if then else 0,
        sessions_before=None if before is None else then.sessions if then else 0,
        releases=[part_of(one, {"release": one.name}) for one in releases],
        release_count=releases[0].part_count if releases else 0,
        trend=trend_of(trend),
    )


def trend_of(buckets: Sequence[GroupBucket]) -> list[ErrorTrendPoint]:
    return [ErrorTrendPoint(to_datetime(one.at), one.sessions, one.errors) for one in buckets]


def part_of(part: GroupPart, narrow_by: Mapping[str, str]) -> ErrorPart:
    """A part with its way to the sessions."""
    return ErrorPart(part.name, part.sessions, part.errors, dict(narrow_by))


def example_of(example: Example) -> ErrorExample:
    after_ms = 0 if example.started_at is None else max(offset_ms(example.at, example.started_at), 0)
    return ErrorExample(example.session_id, to_datetime(example.at), after_ms, example.message, example.stack)


def occurrence_of(row: OccurrenceRow) -> ErrorOccurrence:
    return ErrorOccurrence(
        session_id=row.session_id,
        at=to_datetime(row.at),
        at_ms=max(offset_ms(row.at, row.started_at), 0),
        errors=row.errors,
        message=row.message,
        screen=row.screen,
        browser=row.browser,
        release=row.release,
        device_type=row.device_type,
        score=row.score,
        has_replay=row.has_replay,
    )
