"""The stack of an error as frames that compare: the same in Chrome, Edge, Firefox and Safari, and after a new build.

Lines and columns are left out, addresses are cut to paths without host, query and content hash. Shared, pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from mien.analyzers.third_party import EXTENSION_SCHEMES

MAX_STACK, MAX_LINE = 4_000, 400  # characters that are read; of which the first call of the site's own counts
_POSITION = re.compile(r":\d+(?::\d+)?$")
_EVAL_IN_V8 = re.compile(r"\(((?:https?|file|blob|webpack)[^()\s]*?):\d+(?::\d+)?\)")
_EVAL_IN_FIREFOX = re.compile(r" line \d+ > (?:eval|Function)\b.*")
_BARE = re.compile(r"(?:[a-z-]+:/|/)?\S*[/.]\S*:\d+(?::\d+)?")
_SCHEME = re.compile(r"^[a-z][a-z0-9.-]*://?", re.IGNORECASE)
_CALLED = re.compile(r"\((?:[^()]|\([^()]*\))*\)$")
_ALIAS = re.compile(r" \[as [^\]]*\]$")
_EARLIER = re.compile(r"at async |(?:async|[\w ]+ (?:callback|handler))\*")
_WRAPPED = re.compile(r"^(?:new |get |set |bound |static )+")
_WORDS = re.compile(r"[A-Z]?[a-z]+(?:[A-Z][a-z]+)*")
_VERSION = re.compile(r"v?\d+(?:\.\d+)*|(?=.*\d)[0-9a-f]{8,}|[0-9a-f]{8}-[0-9a-f-]{27}", re.IGNORECASE)
_PACKAGE_VERSION = re.compile(r"(?<=.)@v?\d[\w.-]*$")
_LIBRARY_FOLDERS = frozenset(("node_modules", "bower_components", "vendor", "vendors", "~"))
_LIBRARY_HOSTS = re.compile(
    r"^(?:unpkg\.com|cdnjs\.cloudflare\.com|cdn\.jsdelivr\.net|esm\.sh|ajax\.googleapis\.com|code\.jquery\.com"
    r"|(?:www\.)?googletagmanager\.com|www\.google-analytics\.com|connect\.facebook\.net)$"
)
_LIBRARY_FILES = re.compile(
    r"(?:^|[.~_-])(?:vendors?|polyfills?|framework|runtime|jquery|react|preact|vue|angular|zone|lodash|underscore"
    r"|backbone|ember|bootstrap|moment|rxjs|core-js|regenerator|sentry|mien)(?=[.~_-])",
    re.IGNORECASE,
)
_NO_NAMES = frozenset(
    ("", "anonymous", "Anonymous function", "eval", "eval code", "global code", "module code", "(null)", "<anonymous>",
     "<unknown>", "?", "(anonymous function)", "anonymous function", "stripped_application_code")
)  # fmt: skip
_NO_FILES = frozenset(("", "native", "native code", "[native code]", "<anonymous>", "eval code", "unknown"))
PAGE = "the page"
"""Instead of the file of a script that stands in the page itself: pages differ, the script is the same."""


class Frame(msgspec.Struct, frozen=True, gc=False):
    """A call on the stack. `function` empty: it has no name, or one that a minifier made."""

    function: str
    file: str
    is_library: bool


def frames_of(stack: str | None) -> Iterator[Frame]:
    """The calls, innermost first. Those of the browser itself and of its extensions are left out.

    It ends where the browser goes on with what led to the call earlier (`async`): not all browsers tell that.
    """
    lines = [line.strip()[:MAX_LINE] for line in (stack or "")[:MAX_STACK].splitlines()]
    if any(line.startswith("at ") for line in lines):
        lines = [line for line in lines if line.startswith("at ")]  # the others are the message
    for line in lines:
        if _EARLIER.match(line):
            return
        frame = frame_of(line)
        if frame is not None:
            yield frame


@lru_cache(maxsize=4096)
def frame_of(line: str) -> Frame | None:
    """One line of a stack, or None where it is none, or no call of a script of the page."""
    function, place = _split(line)
    if (evaluated := _EVAL_IN_V8.findall(place)) and "eval at " in place:
        place = evaluated[-1] + ":1"
    address = _POSITION.sub("", _EVAL_IN_FIREFOX.sub(":1", place))
    if address == place or address in _NO_FILES or address.startswith(EXTENSION_SCHEMES):
        return None
    file, is_library = _file(address)
    return Frame(_function(function), file, is_library)


def _split(line: str) -> tuple[str, str]:
    """Function and place of a line, both empty when it is no frame."""
    if line.startswith("at "):
        body = line[3:]
        if not body.endswith(")"):
            return "", body
        start = body.find(" (")
        start, skipped = (start, 2) if start >= 0 else (body.find("("), 1)
        return body[:start], body[start + skipped : -1]
    if _SCHEME.match(line):
        return "", line
    if "@" in line:
        function, _, place = line.partition("@")
        return function, place
    return ("", line) if _BARE.fullmatch(line) else ("", "")


def _function(name: str) -> str:
    """The last part of a name, without receiver and arguments: `Foo.prototype.pay` and `Object.pay` are `pay`."""
    name = _WRAPPED.sub("", _ALIAS.sub("", name.strip()))
    if name in _NO_NAMES or name.startswith("<") or name.endswith(("<", ".(anonymous function)")):
        return ""
    name = _CALLED.sub("", name).rpartition("/")[2]
    last = re.split(r"[.#]", name)[-1]
    return "" if last in _NO_NAMES or len(last) <= 2 else last


def _file(address: str) -> tuple[str, bool]:
    """Path without host, query, fragment, versions and content hash; and whether it is a library's."""
    if address.startswith("blob:"):
        return "blob", False
    scheme = _SCHEME.match(address)
    host = ""
    path = re.split(r"[?#]", address, maxsplit=1)[0]
    if scheme:
        host, _, path = path[scheme.end() :].partition("/")
    segments = [
        segment
        for segment in path.replace("\\", "/").split("/")
        if segment not in ("", ".", "..") and not segment.endswith(":")
    ]
    is_library = bool(
        _LIBRARY_HOSTS.match(host) or _LIBRARY_FOLDERS & set(segments) or (segments and _is_library_file(segments[-1]))
    )
    if (
        not segments
        or "." not in segments[-1]
        or segments[-1].lower().endswith((".html", ".htm", ".php", ".aspx", ".jsp"))
    ):
        return PAGE, is_library
    folders = ["*" if _VERSION.fullmatch(one) else _PACKAGE_VERSION.sub("", one) for one in segments[:-1]]
    return "/".join([*folders, _file_name(segments[-1])]), is_library


def _is_library_file(name: str) -> bool:
    return bool(_LIBRARY_FILES.search(name))


def _file_name(name: str) -> str:
    """`index-BX3kd92f.js`, `app.3f2a9c1b.min.js` and `app.js` without what a build adds."""
    stem, _, ending = name.rpartition(".")
    if len(stem) > 9 and stem[-9] in "-." and _is_hash(stem[-8:]):
        stem = stem[:-9]
    parts = re.split(r"([.~_-])", stem)
    kept = parts[0]
    for separator, part in zip(parts[1::2], parts[2::2], strict=True):
        if part not in ("min", "chunk", "bundle") and not _is_hash(part):
            kept += separator + part
    return f"{'*' if _is_hash(kept) or kept.isdigit() else kept}.{ending}"


def _is_hash(text: str) -> bool:
    if re.fullmatch(r"(?=.*\d)[0-9a-f]{6,}|\d+", text):
        return True
    return len(text) >= 8 and not _WORDS.fullmatch(text) and bool(re.search(r"\d|[a-z_-][A-Z]", text))
