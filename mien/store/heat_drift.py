"""Whether a screen's layout changed between releases: then a map of both is drawn on a page that only one of them has.

Counted over `picked` (filters.py) and the worker's heatmap_views and heatmap_clicks, inside a `segment_snapshot`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from mien.store.database import Queries
from mien.store.filters import Segment, Width, band_number

MIN_VIEWS = 20
"""Of a release, before anything is said of it (default, not validated)."""
MIN_HEIGHT_CHANGE = 0.1
"""Of the median height of the page, a share of the former (default, not validated): other texts are less."""
MIN_EXPECTED = 5.0
"""Clicked views that would be expected of an element with its share under the other release. When none came, chance is
no explanation: P(0) = exp(-5), under 1 % (Poisson)."""
MAX_RELEASES, MAX_ELEMENTS, MAX_NAMED = 50, 2000, 10


class Release(msgspec.Struct, frozen=True):
    """`first_at`, `last_at`: of its views, seconds since the epoch. `page_px`: median height of `high_views` pages."""

    release: str
    first_at: float
    last_at: float
    views: int
    high_views: int
    page_px: float | None


class Clicked(msgspec.Struct, frozen=True):
    """`views`: in which the element was clicked under the release. `label`: the words on it."""

    release: str
    element: str
    label: str | None
    views: int


class Change(msgspec.Struct, frozen=True):
    """From release `before` to `release`, first seen `at`. Heights are null where they did not change.

    `gone`, `appeared`: elements that were clicked under the one release only, by their words; at most MAX_NAMED.
    """

    release: str
    before: str
    at: float
    page_px: float | None
    page_px_before: float | None
    gone: list[str]
    appeared: list[str]


async def read_releases(queries: Queries, segment: Segment, screen: str, width: Width | None) -> list[Release]:
    """The first seen first; `release` "" stands for sessions that told none."""
    arguments = {**segment.arguments(), "heat_screen": screen, "band": band_number(width), "max_rows": MAX_RELEASES}
    return await queries.fetch_all(Release, "heat_drift.releases", **arguments)


async def read_clicked(queries: Queries, segment: Segment, screen: str, width: Width | None) -> list[Clicked]:
    """The most clicked first."""
    arguments = {**segment.arguments(), "heat_screen": screen, "band": band_number(width), "max_rows": MAX_ELEMENTS}
    return await queries.fetch_all(Clicked, "heat_drift.elements", **arguments)


def changes_of(releases: Sequence[Release], clicked: Sequence[Clicked]) -> list[Change]:
    """Of each release with enough views against the one before it; only where something changed."""
    told = [one for one in releases if one.release and one.views >= MIN_VIEWS]
    by_release = {one.release: {row.element: row for row in clicked if row.release == one.release} for one in told}
    found = []
    for before, after in pairwise(told):
        then, now = by_release[before.release], by_release[after.release]
        heights = changed_heights(before, after)
        gone, appeared = only_in(then, now, before.views, after.views), only_in(now, then, after.views, before.views)
        if heights or gone or appeared:
            px_before, px = heights or (None, None)
            found.append(Change(after.release, before.release, after.first_at, px, px_before, gone, appeared))
    return found


def changed_heights(before: Release, after: Release) -> tuple[float, float] | None:
    """Both medians where they differ by enough, of enough pages."""
    if before.page_px is None or after.page_px is None or min(before.high_views, after.high_views) < MIN_VIEWS:
        return None
    if abs(after.page_px - before.page_px) <= MIN_HEIGHT_CHANGE * before.page_px:
        return None
    return before.page_px, after.page_px


def only_in(these: dict[str, Clicked], those: dict[str, Clicked], views: int, other_views: int) -> list[str]:
    """Elements of which the other release, with as great a share of its views, would have had clicks and has none."""
    rows = [row for name, row in these.items() if name not in those and row.views / views * other_views >= MIN_EXPECTED]
    return [row.label or row.element for row in rows[:MAX_NAMED]]
