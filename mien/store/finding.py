"""What findings are made of: all scored sessions of a segment and what each lost where, as columns."""

from __future__ import annotations

import msgspec

from mien.store.database import Queries
from mien.store.filters import Segment


class History(msgspec.Struct, frozen=True):
    """Sessions oldest first; all lists are equally long, and a session's place in them is its number.

    `started_at` in seconds since the epoch, UTC. `visitor`: equal numbers are one person. `lost`: 100 minus the exact
    score. The others "" where not known.
    """

    started_at: list[float]
    visitor: list[int]
    lost: list[float]
    release: list[str]
    device_type: list[str]
    browser: list[str]
    country: list[str]
    locale: list[str]


class Loss(msgspec.Struct, frozen=True):
    """One kind of issue at one place: `points` (above 0) that the sessions of these `numbers` lost there.

    `error`: key of the group of an error. "" where there is no such place.
    """

    type: str
    page: str
    api: str
    element: str
    error: str
    numbers: list[int]
    points: list[float]


async def read_history(queries: Queries, segment: Segment) -> tuple[History, list[Loss]]:
    """Call inside a `segment_snapshot`: the numbers of both belong together."""
    history = await queries.fetch_one(History, "finding.sessions", **segment.arguments())
    assert history is not None  # an aggregate always has a row
    return history, await queries.fetch_all(Loss, "finding.losses", **segment.arguments())
