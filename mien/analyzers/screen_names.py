"""Screen names made comparable: one page has one name, whatever ids and queries its address held. Shared, pure."""

from __future__ import annotations

import re
from functools import lru_cache

_ID_SEGMENT = re.compile(
    r"\d+"  # 4711
    r"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"  # a UUID
    r"|(?=.*\d)[0-9a-f]{12,}"  # an object id or a hash in hexadecimal
    r"|(?=.*\d)[0-9a-z_-]*(?=[0-9a-z]{20})[0-9a-z_-]+",  # a long token with digits
    re.IGNORECASE,
)
_TEMPLATED = (":", "{", "[", "<", "*")
_ORIGIN = re.compile(r"^[a-z][a-z0-9+.-]*://[^/?#]*", re.IGNORECASE)


@lru_cache(maxsize=8192)
def clean_screen(screen: str) -> str:
    """`/Shop/42/?a=1` becomes `/shop/:id`. Names that are no paths and segments already templated stay as they are."""
    path = _ORIGIN.sub("", screen.strip())
    if path != screen.strip() and not path.startswith("/"):
        path = "/" + path
    if not path.startswith("/"):
        return path
    route = path.find("#/")  # a hash route names the screen; any other fragment is a place on it
    if route >= 0:
        return clean_path(path[:route]).rstrip("/") + "/#" + clean_path(path[route + 1 :])
    return clean_path(path)


def clean_path(path: str) -> str:
    """Query and fragment off, ids to `:id`, lower case, no slash at the end."""
    bare = re.split(r"[?#]", path, maxsplit=1)[0]
    segments = [clean_segment(segment) for segment in bare.split("/") if segment]
    return "/" + "/".join(segments)


def clean_segment(segment: str) -> str:
    if segment.startswith(_TEMPLATED):
        return segment
    return ":id" if _ID_SEGMENT.fullmatch(segment) else segment.lower()
