"""What names say about a field, a form, a screen or a control: that it searches, that it succeeded, that it leads away.

Only for rules that leave something out or call it less sure: no name makes a signal. Shared, pure.
The words are English; docs/analyzers/form_abandon.md tells what other languages cost.
"""

from __future__ import annotations

import re
from functools import lru_cache

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_QUERY = re.compile(r"(?<!re)search|(?<!j)query|\b(q|find|finder|keywords?|lookup)\b")
_QUERY_FIELDS = frozenset(("s", "k", "term", "terms"))
"""Whole names of fields that searches of well-known shop and blog systems have."""
_NARROWING = re.compile(r"filter|\b(sort|sorting|order ?by|facets?|per ?page)\b")
_SUCCESS = re.compile(
    r"^(success|successful|thanks?|thank you|done|complete|completed|confirmation|confirmed|receipt|welcome)$"
    r"|(^| )(success|complete|completed|confirmed|confirmation)$|^thank you"
)
_SEARCH_SCREEN = re.compile(r"(?<!re)search|^(results|find|query)$")
_AWAY = re.compile(
    r"\b(nav|navbar|navigation|header|footer|menu|logo|home|breadcrumbs?|sidebar|back|cancel|close|abort|discard|dismiss)\b"
)
_FORMAT = re.compile(
    r"\b(date|dob|birth|birthday|birthdate|phone|telephone|tel|mobile|card|cc|iban|expiry|expires|exp|cvc|cvv|otp|pin|time)\b"
)


@lru_cache(maxsize=8192)
def plain(name: str) -> str:
    """`#sortBy_field` becomes `sort by field`: words in lower case."""
    return " ".join(re.findall(r"[^\W_]+", _CAMEL.sub(" ", name))).lower()


@lru_cache(maxsize=8192)
def says_query(name: str | None) -> bool:
    """A search: its field or its form."""
    return name is not None and (_QUERY.search(plain(name)) is not None or plain(name) in _QUERY_FIELDS)


@lru_cache(maxsize=8192)
def says_narrowing(name: str | None) -> bool:
    """A filter or an order of a list."""
    return name is not None and _NARROWING.search(plain(name)) is not None


@lru_cache(maxsize=8192)
def says_format(name: str | None) -> bool:
    """A field that scripts often format or fill: dates, telephone and card numbers, codes."""
    return name is not None and _FORMAT.search(plain(name)) is not None


@lru_cache(maxsize=8192)
def says_away(name: str | None) -> bool:
    """A control that leads away: menus, logos, cancelling."""
    return name is not None and _AWAY.search(plain(name)) is not None


@lru_cache(maxsize=8192)
def is_search_screen(screen: str | None) -> bool:
    """A cleaned screen name that says that it searches or lists what was found."""
    return screen is not None and any(_SEARCH_SCREEN.search(plain(part)) for part in screen.split("/"))


@lru_cache(maxsize=8192)
def is_success_screen(screen: str | None) -> bool:
    """A cleaned screen name whose last part says that something was done: `/order/thank-you`."""
    parts = [part for part in (screen or "").split("/") if part and not part.startswith(":")]
    return bool(parts) and _SUCCESS.search(plain(parts[-1])) is not None
