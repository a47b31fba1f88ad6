"""The error groups of a segment: how many met them, since when, where; and one group with its occurrences.

Counted over `picked` (filters.py), so that the list of sessions with `error_group` has the same count.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import Literal, TypeAlias
from uuid import UUID

import msgspec

from mien.errors import InvalidRequest
from mien.store.cursor import decode
from mien.store.database import Queries
from mien.store.filters import ErrorOrigin, Segment
from mien.store.overview import bucket_starts
from mien.store.rollups import read_source

GroupSort: TypeAlias = Literal["sessions", "errors", "users", "score", "first_seen", "last_seen"]
Order: TypeAlias = Literal["asc", "desc"]
Part: TypeAlias = Literal["release", "browser", "screen"]


class ErrorTotals(msgspec.Struct, frozen=True):
    """Of a segment: `sessions` of `all_sessions` had an error, by `users` users, else devices."""

    all_sessions: int
    sessions: int
    users: int
    errors: int


class KnownGroup(msgspec.Struct, frozen=True):
    """What a group is. `kind`: error, console, resource or foreign. `message`: its newest error's, as the browser said
    it, at most 300 characters.

    `first_seen`, `last_seen`: in all sessions that there are, in seconds since the epoch.
    """

    group_key: str
    kind: str
    type: str
    title: str
    place: str | None
    message: str
    first_seen: float
    last_seen: float


class GroupRow(KnownGroup, frozen=True):
    """A group in a segment. `score`: mean of the exact scores of its `scored` sessions."""

    errors: int
    sessions: int
    users: int
    scored: int
    score: float | None
    sort_key: float | None
    row_count: int


class GroupPosition(msgspec.Struct, frozen=True, array_like=True):
    """Where a page of groups ended."""

    sort: GroupSort
    order: Order
    key: float | None
    group_key: str


class OccurrencePosition(msgspec.Struct, frozen=True, array_like=True):
    """Where a page of occurrences ended."""

    at: float
    session_id: UUID


class GroupPart(msgspec.Struct, frozen=True):
    """A release, browser or screen of a group; `name` empty: it is not known. `part_count`: how many the group has."""

    group_key: str
    name: str
    sessions: int
    errors: int
    part_count: int


class GroupBucket(msgspec.Struct, frozen=True):
    """A bucket of time; `at` in seconds since the epoch."""

    group_key: str
    at: float
    sessions: int
    errors: int


class Example(msgspec.Struct, frozen=True):
    """One error in full; times in seconds since the epoch. `started_at` None: the session's row has no start."""

    session_id: UUID
    at: float
    started_at: float | None
    message: str
    stack: str | None


class OccurrenceRow(msgspec.Struct, frozen=True):
    """A session's first error of a group; times in seconds since the epoch."""

    session_id: UUID
    at: float
    started_at: float
    errors: int
    score: int | None
    screen: str | None
    message: str
    browser: str | None
    release: str | None
    device_type: str | None
    has_replay: bool


async def read_totals(queries: Queries, segment: Segment, origin: ErrorOrigin) -> ErrorTotals:
    """Call inside a `segment_snapshot`, like all of these."""
    source = await read_source(queries, segment)
    totals = await queries.fetch_one(
        ErrorTotals, "error_groups.totals", **source.arguments(), origin=origin, group_keys=None
    )
    assert totals is not None  # an aggregate always has a row
    return totals


async def read_groups(
    queries: Queries,
    segment: Segment,
    origin: ErrorOrigin,
    words: str | None,
    sort: GroupSort,
    order: Order,
    limit: int,
    after: GroupPosition | None,
) -> tuple[list[GroupRow], GroupPosition | None]:
    """One page in order, and where it ended when there are more."""
    source = await read_source(queries, segment)
    rows = await queries.fetch_all(
        GroupRow,
        "error_groups.page",
        **source.arguments(),
        origin=origin,
        group_words=words,
        group_keys=None,
        sort=sort,
        direction=1 if order == "asc" else -1,
        after_group=after.group_key if after else None,
        after_key=after.key if after else None,
        max_groups=limit + 1,
    )
    page = rows[:limit]
    ended = GroupPosition(sort, order, page[-1].sort_key, page[-1].group_key) if len(rows) > limit else None
    return page, ended


async def read_groups_before(queries: Queries, segment: Segment, group_keys: Sequence[str]) -> dict[str, GroupRow]:
    """Of these groups those that were met in the period before; `segment`: that one."""
    source = await read_source(queries, segment)
    rows = await queries.fetch_all(
        GroupRow, "error_groups.page", **source.arguments(), origin="own", group_words=None,
        group_keys=list(group_keys), sort="sessions", direction=1, after_group=None, after_key=None,
        max_groups=len(group_keys),
    )  # fmt: skip
    return {row.group_key: row for row in rows}


async def read_group(queries: Queries, segment: Segment, group_key: str) -> GroupRow | None:
    """One group in the segment: with zeros where nobody met it there, None where nobody ever did."""
    source = await read_source(queries, segment)
    rows = await queries.fetch_all(
        GroupRow,
        "error_groups.page",
        **source.arguments(),
        origin="own",
        group_words=None,
        group_keys=[group_key],
        sort="sessions",
        direction=1,
        after_group=None,
        after_key=None,
        max_groups=1,
    )
    if rows:
        return rows[0]
    known = await queries.fetch_one(KnownGroup, "error_groups.known", group_key=group_key)
    if known is None:
        return None
    nothing = {"errors": 0, "sessions": 0, "users": 0, "scored": 0, "score": None, "sort_key": None, "row_count": 0}
    return msgspec.convert({**msgspec.structs.asdict(known), **nothing}, GroupRow)


async def read_group_trend(
    queries: Queries, segment: Segment, group_keys: Sequence[str], bucket_s: int
) -> dict[str, list[GroupBucket]]:
    """For each group every bucket of the period, empty ones included; aligned to multiples of `bucket_s` in UTC."""
    source = await read_source(queries, segment, bucket_s)
    rows = await queries.fetch_all(
        GroupBucket, "error_groups.trend", **source.arguments(), group_keys=list(group_keys), bucket_s=bucket_s
    )
    found = {(row.group_key, round(row.at)): row for row in rows}
    starts = bucket_starts(segment, bucket_s)
    return {key: [found.get((key, at)) or GroupBucket(key, at, 0, 0) for at in starts] for key in group_keys}


async def read_parts(
    queries: Queries, segment: Segment, group_keys: Sequence[str], by: Part, max_each: int
) -> dict[str, list[GroupPart]]:
    """For each group its releases, browsers or screens, most sessions first, at most `max_each` of `part_count`."""
    source = await read_source(queries, segment)
    rows = await queries.fetch_all(
        GroupPart, "error_groups.parts", **source.arguments(), group_keys=list(group_keys), part=by, max_each=max_each
    )
    found: dict[str, list[GroupPart]] = {key: [] for key in group_keys}
    for row in rows:
        found[row.group_key].append(row)
    return found


async def read_example(queries: Queries, group_key: str) -> Example | None:
    """Of the newest errors of a group the one that says most; None when their rows are gone."""
    return await queries.fetch_one(Example, "error_groups.example", group_key=group_key)


async def read_occurrences(
    queries: Queries, segment: Segment, group_key: str, limit: int, after: OccurrencePosition | None
) -> tuple[list[OccurrenceRow], OccurrencePosition | None]:
    """The sessions that met a group, newest first, one row each; and where the page ended when there are more."""
    rows = await queries.fetch_all(
        OccurrenceRow,
        "error_groups.occurrences",
        **segment.arguments(),
        group_key=group_key,
        after_at=after.at if after else None,
        after_id=after.session_id if after else None,
        max_rows=limit + 1,
    )
    page = rows[:limit]
    return page, OccurrencePosition(page[-1].at, page[-1].session_id) if len(rows) > limit else None


def group_position(cursor: str, sort: GroupSort, order: Order) -> GroupPosition:
    """Raises InvalidRequest for a cursor that is none, or of another order."""
    position = decode(cursor, GroupPosition)
    if (position.sort, position.order) != (sort, order) or not isfinite(position.key or 0):
        raise InvalidRequest("cursor: it belongs to another order of the list. Start again without it.")
    return position


def occurrence_position(cursor: str) -> OccurrencePosition:
    """Raises InvalidRequest for a cursor that is none."""
    position = decode(cursor, OccurrencePosition)
    if not isfinite(position.at):
        raise InvalidRequest("cursor: this is not one that the server gave out.")
    return position


async def read_title(queries: Queries, group_key: str) -> str | None:
    """Type and message of a group as pages write them; None when nobody met it."""
    known = await queries.fetch_one(KnownGroup, "error_groups.known", group_key=group_key)
    if known is None:
        return None
    is_bare = known.kind == "resource" or known.title == known.type
    return known.title if is_bare else f"{known.type}: {known.title}"
