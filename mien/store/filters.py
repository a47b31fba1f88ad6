"""What a page looks at: a period and a segment. The one translation of filters into SQL parameters.

Every figure and every list of sessions starts with the same common table expression, sql/fragments/picked.sql, so that
a number and the list it opens always agree. A session belongs to the period in which it started.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

import msgspec

from mien.store.before import Before, signals_of
from mien.store.causes import Cause, kinds_of
from mien.store.database import Database, Queries
from mien.store.having import Having, arguments, expressions, scores
from mien.store.latency_filters import ANY_CALL, ANY_VITAL, CallFilter, VitalFilter
from mien.store.paths import Path, Step, expression, loop_expression
from mien.store.sign_filter import ANY_SIGN, SignFilter

Device: TypeAlias = Literal["desktop", "tablet", "phone"]
PlaceKind: TypeAlias = Literal["screen", "api", "element", "error"]
"""Where points are lost. `error`: a group of errors by its key, wherever it was met."""
ErrorOrigin: TypeAlias = Literal["own", "foreign"]


class Funnel(msgspec.Struct, frozen=True, kw_only=True):
    """Sessions that came to step `reached` of `steps`; with `is_dropped` no further.

    `steps`: in order, each `screen:NAME` or `event:TYPE`; all within `within_s` seconds, None: within the session.
    """

    steps: tuple[str, ...]
    within_s: int | None = None
    reached: int = 1
    is_dropped: bool = False

    @property
    def screens(self) -> list[str]:
        """The screens among the steps."""
        return [step.removeprefix("screen:") for step in self.steps if step.startswith("screen:")]

    @property
    def event_types(self) -> list[str]:
        """The types of events among the steps."""
        return [step.removeprefix("event:") for step in self.steps if step.startswith("event:")]


ElementSignal: TypeAlias = Literal["rage", "dead"]
Width: TypeAlias = Literal["0-479", "480-767", "768-1199", "1200-"]
WIDTHS: tuple[Width, ...] = ("0-479", "480-767", "768-1199", "1200-")
"""Width bands by their number in `heatmap_views.band`; layouts of one band look alike."""


def band_number(width: Width | None) -> int | None:
    """The number under which `heatmap_views` holds a width band."""
    return None if width is None else WIDTHS.index(width)


class Segment(msgspec.Struct, frozen=True, kw_only=True):
    """`since`, `until`: half-open, naive UTC as the columns hold it. Everything else None: not narrowed.

    `min_score` (included) and `max_score` (excluded, but 100 is included) are of the rounded score.
    `place` with `place_kind`: sessions that lost points there, through `cause` when that is given as well;
    `place_screen` tells elements of the same name apart, "" asks for those whose screen is not known.
    `place_type`: lost there to issues of this type alone.
    `release`, `device_type`, `browser`, `country`, `locale`: exactly this one, "" for sessions of which it is unknown.
    `error_group`: with an error of this group; `error_screen`: on that screen, "" where it is not known.
    `error_origin`: with an error of the site's own, or one of a foreign script.
    `having`: conditions that hold as well, whatever the others say (having.py).
    `q_kinds`: kinds of signals whose words match `q`. `call`, `vital`: by API calls and by web vitals. `sign`: by
    signals at a place, points lost on a screen, moments, former scores (sign_filter.py).
    `path`: that went this way; `left_at`: whose last screen is this; `loop`: that went back and forth between the two.
    `seen_before`: with this in the last minute of the session, or before the window of `funnel` closed.
    `element_screen` (cleaned): sessions that saw this screen, at `element_width` when that is given too; with `element`
    (its id, "" for clicks on what nobody named) or `element_signal` those that clicked it there, in a rage or in vain.
    """

    since: datetime
    until: datetime
    device: Device | None = None
    screen: str | None = None
    cause: Cause | None = None
    signal: str | None = None
    place_kind: PlaceKind | None = None
    place: str | None = None
    place_screen: str | None = None
    place_type: str | None = None
    release: str | None = None
    device_type: str | None = None
    browser: str | None = None
    country: str | None = None
    locale: str | None = None
    error_group: str | None = None
    error_screen: str | None = None
    error_origin: ErrorOrigin | None = None
    element: str | None = None
    element_screen: str | None = None
    element_width: Width | None = None
    element_signal: ElementSignal | None = None
    min_score: int | None = None
    max_score: int | None = None
    user: str | None = None
    q: str | None = None
    q_kinds: tuple[str, ...] = ()
    path: Path | None = None
    left_at: str | None = None
    loop: tuple[str, str] | None = None
    funnel: Funnel | None = None
    seen_before: Before | None = None
    include_bots: bool = False
    call: CallFilter = ANY_CALL
    vital: VitalFilter = ANY_VITAL
    sign: SignFilter = ANY_SIGN
    having: Having = ()

    @property
    def length(self) -> timedelta:
        """How long the period is; above zero."""
        return self.until - self.since

    def before(self) -> Segment:
        """The same segment in the equally long period before."""
        return msgspec.structs.replace(self, since=self.since - self.length, until=self.since)

    @property
    def slice(self) -> str | None:
        """The slice of the roll-ups (rollups.py) that is this segment; None: there is none."""
        whole = Segment(since=self.since, until=self.until)
        if self == whole:
            return ""
        if self.screen and self == msgspec.structs.replace(whole, screen=self.screen):
            return f"s:{self.screen}"
        if self.release is not None and self == msgspec.structs.replace(whole, release=self.release):
            return f"r:{self.release}"
        if self.device is not None and self == msgspec.structs.replace(whole, device=self.device):
            return f"d:{self.device}"
        if self.device_type is not None and self == msgspec.structs.replace(whole, device_type=self.device_type):
            return f"d:{self.device_type}"
        return None

    def arguments(self) -> dict[str, object]:
        """The parameters of `picked`, for all of the period."""
        types = kinds_of(self.cause) if self.cause is not None else None
        if self.place_type is not None:
            types = [self.place_type]
        place_kind = self.place_kind if self.place is not None else None
        min_score, max_score = scores(self.having, self.min_score, self.max_score)
        return {
            "since": self.since,
            "until": self.until,
            "head_until": self.until,
            "tail_since": self.until,
            "dirty_since": self.since,
            "dirty_until": self.until,
            "loose_hours": [],
            "loose_since": self.until,
            "loose_until": self.until,
            "step_s": 0,
            "include_bots": self.include_bots,
            "device": self.device,
            "screen": self.screen,
            "cause": self.cause,
            "signal": self.signal,
            "place_kind": place_kind,
            "place": self.place,
            "place_screen": self.place_screen,
            "place_types": types,
            "release": self.release,
            "device_type": self.device_type,
            "browser": self.browser,
            "country": self.country,
            "locale": self.locale,
            "error_group": self.error_group,
            "error_screen": self.error_screen,
            "error_origin": self.error_origin,
            "element": self.element,
            "element_screen": self.element_screen,
            "element_band": band_number(self.element_width),
            "element_signal": f"{self.element_signal}_click" if self.element_signal is not None else None,
            "min_score": min_score,
            "max_score": max_score,
            "person": self.user,
            "words": self.q,
            "kinds": list(self.q_kinds),
            **self.call.arguments(),
            **self.vital.arguments(),
            **self.sign.arguments(types, place_kind, self.place),
            **arguments(self.having),
            **self._ways(),
        }

    def _ways(self) -> dict[str, object]:
        """The parameters for where sessions went, and what came before they left."""
        paths = [expression(self.path)] if self.path else []
        if self.left_at is not None:
            paths.append(expression(Path(steps=(Step(names=(self.left_at,)),), to_end=True)))
        if self.loop is not None:
            paths.append(loop_expression(*self.loop))
        paths += expressions(self.having)
        funnel, before = self.funnel, self.seen_before
        reached = funnel.reached if funnel else None
        return {
            "paths": paths or None,
            "funnel": list(funnel.steps) if funnel else None,
            "funnel_screens": funnel.screens or None if funnel else None,
            "funnel_events": funnel.event_types or None if funnel else None,
            "within_s": funnel.within_s if funnel else None,
            "reached_from": reached,
            "reached_to": reached if funnel is None or funnel.is_dropped else len(funnel.steps),
            "before_types": signals_of(before) if before else None,
            "is_before": before != "nothing" if before else None,
        }


@asynccontextmanager
async def segment_snapshot(database: Database, schema: str) -> AsyncIterator[Queries]:
    """A snapshot for statements over `picked`, planned for the filters that are given.

    PostgreSQL would settle on one plan for all filters after five calls; measured over 100,000 sessions it is three
    times slower.
    """
    async with database.snapshot(schema) as queries:
        await queries.fetch_value("segment.plan_for_values")
        yield queries
