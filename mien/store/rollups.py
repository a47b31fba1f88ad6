"""Roll-ups: figures by hour and day of the sessions' starts, kept by the worker, and what of a question they answer.

A hour is dirty from the moment in which anything of its sessions changes (dirty_hours) until it is rolled up again.
Pages add what is rolled up for clean hours and days to the same rows computed of the sessions in all other hours
(sql/fragments/..._rows.sql is used for both), so that they are exact at any time, and fast once the hours are clean.
docs/adr/0013-roll-ups.md.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal, TypeAlias

import msgspec

from mien.store.database import Queries
from mien.store.filters import Segment

AnsweredFrom: TypeAlias = Literal["rollup", "raw", "rollup and raw"]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BLOCK = timedelta(hours=6)
"""Heatmaps are rolled up by blocks instead of hours, and not for the slices of screens: their vectors and cells are as
many in an hour as in a day. In sql/fragments/block.sql as well."""
TABLES = (
    "sessions",
    "summary",
    "visitors",
    "causes",
    "places",
    "segments",
    "calls",
    "apis",
    "errors",
    "error_parts",
    "vitals",
    "flows",
    "loops",
    "routes",
    "waits",
    "screens",
    "signals",
    "moments",
    "views",
    "reach",
    "cells",
    "elements",
)
"""Each `rollup_<name>`."""


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Where the answer to a question about a segment comes from: roll-ups of `days` and of `hours`, or whatever else
    `grain` is (their starts), and the sessions before `head_until`, from `tail_since` on, and between these in the
    `dirty` hours and in clean ones that share a block with them (`loose`). `step_s`: how finely sessions are told apart
    in time, 0 not at all.
    """

    segment: Segment
    days: tuple[datetime, ...] = ()
    hours: tuple[datetime, ...] = ()
    head_until: datetime
    tail_since: datetime
    dirty: tuple[datetime, ...]
    loose: tuple[datetime, ...] = ()
    grain: timedelta = HOUR
    step_s: int = 0

    @property
    def answered_from(self) -> AnsweredFrom:
        """Which of the two, or both."""
        if not self.days and not self.hours:
            return "raw"
        is_whole = self.head_until == self.segment.since and self.tail_since == self.segment.until
        return "rollup" if is_whole and not self.dirty else "rollup and raw"

    def arguments(self) -> dict[str, object]:
        """The parameters of `picked` and of `buckets`."""
        since, until = self.segment.since, self.segment.until
        return {
            **self.segment.arguments(),
            "slice": self.segment.slice,
            "bucket_hours": [24] * len(self.days) + [self.grain // HOUR] * len(self.hours),
            "bucket_at": [*self.days, *self.hours],
            "head_until": self.head_until,
            "tail_since": self.tail_since,
            "dirty_since": max(since, self.dirty[0]) if self.dirty else until,
            "dirty_until": min(until, self.dirty[-1] + HOUR) if self.dirty else until,
            "loose_hours": list(self.loose),
            "loose_since": self.loose[0] if self.loose else until,
            "loose_until": self.loose[-1] + HOUR if self.loose else until,
            "step_s": self.step_s,
        }


class _Extent(msgspec.Struct, frozen=True):
    first_at: datetime | None
    last_at: datetime | None


async def read_source(
    queries: Queries,
    segment: Segment,
    bucket_s: int | None = None,
    *,
    is_rolled: bool = True,
    grain: timedelta = HOUR,
) -> Source:
    """What to read for a segment now. `bucket_s`: the answer is told apart by buckets of so many seconds.
    `is_rolled` False: no roll-up has what is asked for. `grain`: HOUR, or BLOCK where that is rolled up.

    Call inside a `segment_snapshot`: the dirty hours must be those of the statements that follow.
    """
    step_s = 0 if bucket_s is None else min(bucket_s, 3600)
    dirty = await dirty_hours(queries, segment)
    source = Source(
        segment=segment,
        head_until=segment.until,
        tail_since=segment.until,
        dirty=dirty,
        step_s=step_s,
    )
    if is_rolled and segment.slice is not None and step_s in (0, 3600):
        head_until, tail_since = whole_buckets(segment.since, segment.until, grain)
        days, hours, loose = clean_buckets(
            head_until, tail_since, set(dirty), await _extent(queries), step_s == 0, grain
        )
        if days or hours:
            source = msgspec.structs.replace(
                source,
                days=days,
                hours=hours,
                loose=loose,
                grain=grain,
                head_until=head_until,
                tail_since=tail_since,
            )
    answers(queries, source.answered_from)
    return source


def answers(queries: Queries, source: AnsweredFrom) -> None:
    """Note that this answers a question of the snapshot; for those that ask no Source."""
    answered: set[str] = queries.notes.setdefault("answered_from", set())
    answered.add(source)


def answered_from(queries: Queries, *, also_raw: bool = False) -> AnsweredFrom:
    """What answered the questions of this snapshot so far, all together. `also_raw`: some of them were asked of the
    sessions themselves, without a Source."""
    answered: set[AnsweredFrom] = queries.notes.get("answered_from", set()) | ({"raw"} if also_raw else set())
    return next(iter(answered)) if len(answered) == 1 else "rollup and raw" if answered else "raw"


async def dirty_hours(queries: Queries, segment: Segment) -> tuple[datetime, ...]:
    """The hours of the segment's period that have to be counted session by session, oldest first."""
    known: dict[object, tuple[datetime, ...]] = queries.notes.setdefault("dirty_hours", {})
    period = (segment.since, segment.until)
    if period not in known:
        known[period] = tuple(await queries.fetch_values("rollup.dirty", since=segment.since, until=segment.until))
    return known[period]


async def _extent(queries: Queries) -> tuple[datetime, datetime] | None:
    if "extent" not in queries.notes:
        found = await queries.fetch_one(_Extent, "rollup.extent")
        is_there = found is not None and found.first_at is not None and found.last_at is not None
        queries.notes["extent"] = (found.first_at, found.last_at + DAY) if is_there and found else None  # type: ignore[operator]
    extent: tuple[datetime, datetime] | None = queries.notes["extent"]
    return extent


def whole_buckets(since: datetime, until: datetime, grain: timedelta) -> tuple[datetime, datetime]:
    """The first start of an hour (or what else `grain` is) in a period and the last one; with none `until` twice: all
    of it is before. Pure."""
    first, last = floor_to(since, grain), floor_to(until, grain)
    first = first if first == since else first + grain
    return (first, last) if first < last else (until, until)


def clean_buckets(
    first: datetime,
    last: datetime,
    dirty: set[datetime],
    extent: tuple[datetime, datetime] | None,
    with_days: bool,
    grain: timedelta,
) -> tuple[tuple[datetime, ...], tuple[datetime, ...], tuple[datetime, ...]]:
    """The starts of clean days, of clean hours (or what else `grain` is) beside them, and of the clean hours in those
    that are not, between two starts of them. Pure.

    Outside of `extent` nothing is rolled up: clean hours there have no sessions, and are left out.
    """
    days: list[datetime] = []
    buckets: list[datetime] = []
    loose: list[datetime] = []
    dirty_days = {floor_day(hour) for hour in dirty}
    at, high = (max(first, extent[0]), min(last, extent[1])) if extent else (last, last)
    while at < high:
        if with_days and at == floor_day(at) and at + DAY <= last and at not in dirty_days:
            days.append(at)
            at += DAY
            continue
        clean = [hour for hour in (at + HOUR * number for number in range(grain // HOUR)) if hour not in dirty]
        if len(clean) == grain // HOUR:
            buckets.append(at)
        else:
            loose += clean
        at += grain
    return tuple(days), tuple(buckets), tuple(loose)


def floor_to(moment: datetime, grain: timedelta) -> datetime:
    """The start of its hour, or of its block: of what parts a day evenly."""
    return moment - (moment - floor_day(moment)) % grain


def floor_hour(moment: datetime) -> datetime:
    """The start of its hour."""
    return moment.replace(minute=0, second=0, microsecond=0)


def floor_day(moment: datetime) -> datetime:
    """The start of its day."""
    return floor_hour(moment).replace(hour=0)
