"""Roll-ups: figures by hour and day of the sessions' starts, kept by the worker, and what of a question they answer.

A hour is dirty from the moment in which anything of its sessions changes (dirty_hours) until it is rolled up again.
Pages add what is rolled up for clean hours and days to the same rows computed of the sessions in all other hours
(sql/fragments/..._rows.sql is used for both), so that they are exact at any time, and fast once the hours are clean.
docs/adr/0013-roll-ups.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

import msgspec

from mien.store.database import Queries
from mien.store.filters import Segment

AnsweredFrom: TypeAlias = Literal["rollup", "raw", "rollup and raw"]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TABLES = ("sessions", "summary", "visitors", "causes", "places", "segments")
"""Each `rollup_<name>`."""


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Where the answer to a question about a segment comes from: roll-ups of `days` and `hours` (their starts), and the
    sessions that started in `raw` (since, until), or with None in all of the period. `step_s`: how finely sessions are
    told apart in time, 0 not at all.
    """

    segment: Segment
    days: tuple[datetime, ...] = ()
    hours: tuple[datetime, ...] = ()
    raw: tuple[tuple[datetime, datetime], ...] | None = None
    step_s: int = 0

    @property
    def answered_from(self) -> AnsweredFrom:
        """Which of the two, or both."""
        if not self.days and not self.hours:
            return "raw"
        return "rollup and raw" if self.raw else "rollup"

    def arguments(self) -> dict[str, object]:
        """The parameters of `picked` and of `buckets`."""
        return {
            **self.segment.arguments(),
            "slice": self.segment.slice,
            "bucket_hours": [24] * len(self.days) + [1] * len(self.hours),
            "bucket_at": [*self.days, *self.hours],
            "raw_since": None if self.raw is None else [since for since, _ in self.raw],
            "raw_until": None if self.raw is None else [until for _, until in self.raw],
            "step_s": self.step_s,
        }


class _Extent(msgspec.Struct, frozen=True):
    first_at: datetime | None
    last_at: datetime | None


async def read_source(queries: Queries, segment: Segment, bucket_s: int | None = None) -> Source:
    """What to read for a segment now. `bucket_s`: the answer is told apart by buckets of so many seconds.

    Call inside a `segment_snapshot`: the dirty hours must be those of the statements that follow.
    """
    step_s = 0 if bucket_s is None else min(bucket_s, 3600)
    source = Source(segment=segment, step_s=step_s)
    if segment.slice is not None and step_s in (0, 3600):
        days, hours, raw = split_period(
            segment.since, segment.until, await _dirty_hours(queries, segment), await _extent(queries), step_s == 0
        )
        if days or hours:
            source = Source(segment=segment, days=days, hours=hours, raw=raw, step_s=step_s)
    answered: set[str] = queries.notes.setdefault("answered_from", set())
    answered.add(source.answered_from)
    return source


def answered_from(queries: Queries) -> AnsweredFrom:
    """What answered the questions of this snapshot so far, all together."""
    answered: set[AnsweredFrom] = queries.notes.get("answered_from", set())
    return next(iter(answered)) if len(answered) == 1 else "rollup and raw" if answered else "raw"


async def _dirty_hours(queries: Queries, segment: Segment) -> set[datetime]:
    known: dict[object, set[datetime]] = queries.notes.setdefault("dirty_hours", {})
    period = (segment.since, segment.until)
    if period not in known:
        known[period] = set(await queries.fetch_values("rollup.dirty", since=segment.since, until=segment.until))
    return known[period]


async def _extent(queries: Queries) -> tuple[datetime, datetime] | None:
    if "extent" not in queries.notes:
        found = await queries.fetch_one(_Extent, "rollup.extent")
        is_there = found is not None and found.first_at is not None and found.last_at is not None
        queries.notes["extent"] = (found.first_at, found.last_at + DAY) if is_there and found else None  # type: ignore[operator]
    extent: tuple[datetime, datetime] | None = queries.notes["extent"]
    return extent


Parts: TypeAlias = tuple[tuple[datetime, ...], tuple[datetime, ...], tuple[tuple[datetime, datetime], ...]]


def split_period(
    since: datetime, until: datetime, dirty: set[datetime], extent: tuple[datetime, datetime] | None, with_days: bool
) -> Parts:
    """A period as whole clean days, whole clean hours and the rest, which has to be counted session by session. Pure.

    Outside of `extent` nothing is rolled up: clean hours there have no sessions, and are left out.
    """
    first, last = since + (floor_hour(since) - since) % HOUR, floor_hour(until)
    if first >= last:
        return (), (), ((since, until),)
    raw = [(since, first)] if since < first else []
    days: list[datetime] = []
    hours: list[datetime] = []
    raw += [(hour, hour + HOUR) for hour in sorted(dirty) if first <= hour < last]
    raw += [(last, until)] if last < until else []
    low, high = (max(first, extent[0]), min(last, extent[1])) if extent else (last, last)
    dirty_days = {floor_day(hour) for hour in dirty}
    hour = low
    while hour < high:
        if with_days and hour == floor_day(hour) and hour + DAY <= last and hour not in dirty_days:
            days.append(hour)
            hour += DAY
            continue
        if hour not in dirty:
            hours.append(hour)
        hour += HOUR
    return tuple(days), tuple(hours), joined(raw)


def joined(ranges: Sequence[tuple[datetime, datetime]]) -> tuple[tuple[datetime, datetime], ...]:
    """Ranges in order of time, those that touch made one."""
    found: list[tuple[datetime, datetime]] = []
    for since, until in ranges:
        if found and found[-1][1] == since:
            found[-1] = (found[-1][0], until)
        else:
            found.append((since, until))
    return tuple(found)


def floor_hour(moment: datetime) -> datetime:
    """The start of its hour."""
    return moment.replace(minute=0, second=0, microsecond=0)


def floor_day(moment: datetime) -> datetime:
    """The start of its day."""
    return floor_hour(moment).replace(hour=0)
