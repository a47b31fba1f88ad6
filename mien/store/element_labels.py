"""The words on elements, for lists that name them: what people read, beside the selector that the tables hold.

Taken from a bounded number of the worker's `heatmap_clicks`, so that a list costs the same however large a project is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

import msgspec

from mien.store.database import Queries

MAX_CLICKS = 20_000
"""Looked at for one list, shared out among its screens: some 20 ms."""
FEW_CLICKS = 5_000
"""The same for a page of which each millisecond counts."""
MAX_SCREENS = 100
"""Beyond these of a list its elements stay without words: each would get too few clicks to tell."""

MAX_SESSIONS, CLICKS_EACH = 500, 20
"""The newest ones, and clicks of each, looked at for the words on an element whose screen is not known."""

Labels: TypeAlias = Mapping[tuple[str, str], str]
"""(element, cleaned screen) -> the words on it."""


class _Label(msgspec.Struct, frozen=True):
    element: str
    screen: str
    label: str


async def read_usual_labels(
    queries: Queries, places: Iterable[tuple[str, str]], max_clicks: int = MAX_CLICKS
) -> Labels:
    """`places`: (element, cleaned screen) in the order of the list. What nobody clicked, or what has no words, is
    missing. `max_clicks`: looked at in all."""
    wanted = [(element, screen) for element, screen in dict.fromkeys(places) if element and screen]
    screens = list(dict.fromkeys(screen for _, screen in wanted))[:MAX_SCREENS]
    wanted = [place for place in wanted if place[1] in screens]
    if not wanted:
        return {}
    rows = await queries.fetch_all(
        _Label,
        "element_label.usual",
        elements=[element for element, _ in wanted],
        screens=[screen for _, screen in wanted],
        clicks_each=max_clicks // len(screens),
    )
    return {(row.element, row.screen): row.label for row in rows}


async def read_label_of(queries: Queries, element: str, screen: str | None) -> str | None:
    """The words on one element of a cleaned screen, or of any (None); None where these are not known."""
    if screen is not None:
        return (await read_usual_labels(queries, [(element, screen)])).get((element, screen))
    labels = await queries.fetch_values(
        "element_label.anywhere", element=element, max_sessions=MAX_SESSIONS, clicks_each=CLICKS_EACH
    )
    return next(iter(labels), None)
