"""What the heatmap calls answer, and the numbers in it that come of others: shares with their bounds."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Literal, TypeAlias
from uuid import UUID

import msgspec

from mien.store.filters import Width
from mien.store.freshness import Freshness
from mien.store.heat_cells import Cell, Mode
from mien.store.heat_drift import Clicked, Release, changes_of
from mien.store.heat_elements import ElementRow
from mien.store.heatmap import Audience, PageRow, ScreenRow
from mien.store.rollups import AnsweredFrom
from mien.store.wilson import wilson_95

Layer: TypeAlias = Literal["click", "rage", "dead", "move", "scroll", "attention"]
REFERENCE_SHARE = 0.99


class Rate(msgspec.Struct, frozen=True):
    """A share of views, 0 to 1, with its 95 % interval (Wilson)."""

    share: float
    low: float
    high: float


class HeatScreens(msgspec.Struct, frozen=True):
    """`screens`: at most `limit` of `screen_count`, the most viewed first."""

    since: datetime
    until: datetime
    screens: list[ScreenRow]
    screen_count: int
    answered_from: AnsweredFrom
    freshness: Freshness


class WidthRow(msgspec.Struct, frozen=True):
    """`width` null: of these views nobody knows it. `filter`: see HeatElement."""

    width: Width | None
    views: int
    sessions: int
    visitors: int
    filter: dict[str, str] | None


class HeatCell(msgspec.Struct, frozen=True):
    """Of the page: `x` per cent of the width, `y` rows of 16 px, from the window's top where it is `fixed`. Of an
    `element`: `x` and `y` twentieths of its box. `amount`: clicks, or seconds of rest; `views` with anything there;
    `low`, `high`: 95 % interval of their share of all views.
    """

    x: int
    y: int
    amount: float
    views: int
    low: float
    high: float
    fixed: bool
    element: str | None


class HeatRow(msgspec.Struct, frozen=True):
    """A row of 16 px, `y` from 0. `reach`: share of views that saw it. `attention_ms`: per view whose page has it."""

    y: int
    reach: Rate
    attention_ms: float | None


class Heatmap(msgspec.Struct, frozen=True):
    """`views`, `sessions`, `visitors`: of the screen at `width` (null: all widths). `filter`: see HeatElement.

    `cells`: at most `limit` of `cell_count`, the fullest first; `hidden_cells` with `hidden_amount` held fewer than
    `min_people` people. `reference`: amount of the 99th percentile of the shown cells, the full colour. `rows`: of the
    layers scroll and attention, as far down as `min_people` people went. `fold_px`, `page_px`: medians.
    """

    screen: str
    layer: Layer
    mode: Mode
    width: Width | None
    views: int
    sessions: int
    visitors: int
    filter: dict[str, str]
    widths: list[WidthRow]
    fold_px: float | None
    page_px: float | None
    min_people: int
    cells: list[HeatCell]
    cell_count: int
    hidden_cells: int
    hidden_amount: float
    reference: float
    rows: list[HeatRow]
    answered_from: AnsweredFrom
    freshness: Freshness


class HeatElement(msgspec.Struct, frozen=True):
    """`element` empty: what nobody named. `label`: the usual one. `rate`: share of the views with a click on it.
    `dead`, `rage`: share of those in which one got no answer, or was of a rage click.

    `filter`, `dead_filter`, `rage_filter`: with these parameters beside those of this call the list of sessions holds
    exactly `sessions`, `dead_sessions`, `rage_sessions`. `x`, `y`: its usual place on the page, in the units of a cell;
    null without `width`, where it is not known, and of fixed elements.
    """

    element: str
    label: str | None
    fixed: bool
    clicks: int
    clicks_per_1000: float
    views: int
    sessions: int
    visitors: int
    rate: Rate
    dead_clicks: int
    dead_sessions: int
    dead: Rate
    rage_clicks: int
    rage_sessions: int
    rage: Rate
    filter: dict[str, str]
    dead_filter: dict[str, str]
    rage_filter: dict[str, str]
    x: int | None
    y: int | None


class HeatElements(msgspec.Struct, frozen=True):
    """`elements`: at most `limit` of `element_count`, the most clicked first."""

    screen: str
    width: Width | None
    views: int
    sessions: int
    visitors: int
    elements: list[HeatElement]
    element_count: int
    answered_from: AnsweredFrom
    freshness: Freshness


class HeatPage(msgspec.Struct, frozen=True):
    """`events`: rrweb's meta event, full snapshot and changes up to this time; all null where nothing was recorded."""

    session_id: UUID | None
    taken_at: datetime | None
    width_px: int | None
    height_px: int | None
    events: list[Any] | None


class HeatChange(msgspec.Struct, frozen=True):
    """The screen from release `before` to `release`, first seen at `at`. `page_px`, `page_px_before`: median heights of
    the page, null where they are much the same. `gone`, `appeared`: elements clicked under the one release only.
    """

    release: str
    before: str
    at: datetime
    page_px: float | None
    page_px_before: float | None
    gone: list[str]
    appeared: list[str]


class HeatDrift(msgspec.Struct, frozen=True):
    """`newest_view_at` null: no view. `changes`: of the layout between releases of the period, oldest first."""

    screen: str
    width: Width | None
    newest_view_at: datetime | None
    changes: list[HeatChange]


def to_drift(screen: str, width: Width | None, releases: list[Release], clicked: list[Clicked]) -> HeatDrift:
    newest = max((one.last_at for one in releases), default=None)
    return HeatDrift(
        screen=screen,
        width=width,
        newest_view_at=None if newest is None else datetime.fromtimestamp(newest, UTC),
        changes=[
            HeatChange(
                one.release, one.before, datetime.fromtimestamp(one.at, UTC), one.page_px, one.page_px_before,
                one.gone, one.appeared,
            )
            for one in changes_of(releases, clicked)
        ],
    )  # fmt: skip


def to_rate(part: int, whole: int) -> Rate:
    """A share; of nothing it is 0, and anything is possible. Never above 1: views come from roll-ups, clicks do not,
    and rows that somebody adds to heatmap_views with SQL alone are known to the clicks only."""
    whole = max(part, whole)
    low, high = wilson_95(part, whole)
    return Rate(part / whole if whole else 0.0, low, high)


def to_cell(cell: Cell, views: int) -> HeatCell:
    low, high = wilson_95(cell.views, max(views, cell.views))
    return HeatCell(
        x=cell.x,
        y=cell.y,
        amount=cell.amount,
        views=cell.views,
        low=round(low, 5),
        high=round(high, 5),
        fixed=cell.fixed,
        element=cell.element,
    )


def reference_of(cells: list[Cell]) -> float:
    """The amount of the 99th percentile of the cells; 0 of none."""
    amounts = sorted(cell.amount for cell in cells)
    return amounts[int(REFERENCE_SHARE * (len(amounts) - 1))] if amounts else 0.0


def to_rows(rows: list[PageRow], views: int, min_people: int, with_attention: bool) -> list[HeatRow]:
    """Rows that enough people reached: people go deeper one by one, so the rest is the page's lower part."""
    return [
        HeatRow(
            y=row.row,
            reach=to_rate(row.reached, views),
            attention_ms=row.attention_ms / row.could if with_attention and row.could else None,
        )
        for row in rows
        if row.people >= min_people
    ]


def screen_filter(screen: str, width: Width | None, **more: str) -> dict[str, str]:
    """The parameters of the list of sessions that give those that viewed a screen, or clicked an element on it."""
    return {**more, "element_screen": screen, **({"element_width": width} if width is not None else {})}


def to_width_row(audience: Audience, screen: str) -> WidthRow:
    return WidthRow(
        width=audience.width,
        views=audience.views,
        sessions=audience.sessions,
        visitors=audience.visitors,
        filter=None if audience.width is None else screen_filter(screen, audience.width),
    )


def to_element(row: ElementRow, screen: str, width: Width | None, views: int) -> HeatElement:
    def link(**more: str) -> dict[str, str]:
        return screen_filter(screen, width, element=row.element, **more)

    return HeatElement(
        element=row.element,
        label=row.label,
        fixed=row.fixed,
        clicks=row.clicks,
        clicks_per_1000=1000 * row.clicks / max(views, row.views),
        views=row.views,
        sessions=row.sessions,
        visitors=row.visitors,
        rate=to_rate(row.views, views),
        dead_clicks=row.dead_clicks,
        dead_sessions=row.dead_sessions,
        dead=to_rate(row.dead_views, row.views),
        rage_clicks=row.rage_clicks,
        rage_sessions=row.rage_sessions,
        rage=to_rate(row.rage_views, row.views),
        filter=link(),
        dead_filter=link(element_signal="dead"),
        rage_filter=link(element_signal="rage"),
        x=None if width is None else row.x,
        y=None if width is None else row.y,
    )
