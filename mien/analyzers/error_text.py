"""What an error says, without what differs from time to time and from browser to browser. Shared, pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal, TypeAlias

import msgspec

from mien.analyzers.third_party import is_third_party
from mien.timeline import ErrorLog

Kind: TypeAlias = Literal["error", "console", "resource", "foreign"]
"""Thrown and not caught; logged by the page itself; a file that did not load; of a foreign script or an extension."""

CONSOLE_PREFIX = "console.error: "  # so the script for sites marks what a page logs itself
RESOURCE_PREFIX = "Failed to load "  # so it marks what did not load
MAX_READ, MAX_TEXT = 400, 200  # characters of a message that are read, and that are kept
_UNCAUGHT = re.compile(
    r"^(?:uncaught exception: |Uncaught |\(in promise\) |Unhandled Promise Rejection: )+", re.IGNORECASE
)
_TYPE = re.compile(r"^((?:[A-Z]\w*)?(?:Error|Exception|Warning)): *")
_ADDRESS = re.compile(r"\b(?:https?|wss?|blob|file|data):[^\s\"'<>)\]]+")
_PLACEHOLDERS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+"), "<email>"),
    (re.compile(r"\"[^\"]*\"|(?<!\w)'[^']*'(?!\w)|`[^`]*`|\u201c[^\u201d]*\u201d|\u2018[^\u2019]*\u2019"), "<text>"),
    (re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b", re.IGNORECASE), "<id>"),
    (re.compile(r"\b0x[0-9a-f]+\b|\b(?=\w*\d)[0-9a-f]{8,}\b", re.IGNORECASE), "<id>"),
    (re.compile(r"\b(?=\w*[a-z])(?=[^\W\d]*\d[^\W\d]*\d)\w{8,}\b", re.IGNORECASE), "<id>"),
    (re.compile(r"(?<![\w<])[-+]?\d+(?:[.,:]\d+)*(?:ms|s|px|%|[kMG]i?B)?(?!\w)"), "<n>"),
)  # fmt: skip
_SPACE = re.compile(r"\s+")


class ErrorText(msgspec.Struct, frozen=True, gc=False):
    """`type`: the error's class, "Error" where nothing says it. `text`: its message with placeholders, one line."""

    kind: Kind
    type: str
    text: str


def text_of(error: ErrorLog) -> ErrorText:
    """What the error says, comparable."""
    kind: Kind = "foreign" if is_third_party(error) else "error"
    message = (error.message or "")[:MAX_READ].strip()
    if message.startswith(RESOURCE_PREFIX):
        return ErrorText(
            "resource", "Resource", _cut(RESOURCE_PREFIX + _resource(message.removeprefix(RESOURCE_PREFIX)))
        )
    if message.startswith(CONSOLE_PREFIX):
        kind = "console" if kind == "error" else kind
        message = message.removeprefix(CONSOLE_PREFIX)
    line = _UNCAUGHT.sub("", next((line for line in message.splitlines() if line.strip()), "").strip())
    type_, line = _typed(line)
    if type_ is None:
        first_line = (error.stack or "")[:MAX_READ].lstrip().partition("\n")[0]
        type_ = _typed(first_line)[0] or "Error"
    known = _known(line)
    return ErrorText(kind, *known) if known else ErrorText(kind, type_, _cut(placeholders(line)) or "no message")


def _typed(line: str) -> tuple[str | None, str]:
    """The innermost class that a message begins with, and the rest: "Error: TypeError: x" is a TypeError."""
    found: str | None = None
    while (match := _TYPE.match(line)) is not None:
        found, line = match[1], line[match.end() :]
    return found, line


def placeholders(line: str) -> str:
    """Addresses, quoted values, ids and numbers as `<url>`, `<text>`, `<id>`, `<n>`."""
    line = _ADDRESS.sub("<url>", line)
    for pattern, instead in _PLACEHOLDERS:
        line = pattern.sub(instead, line)
    return line


def _resource(what: str) -> str:
    """`img https://host/a/4711.png?x` as `img host/a/<n>.png`: which file it is matters here."""
    element, _, address = what.partition(" ")
    bare = re.split(r"[?#]", re.sub(r"^[a-z]+://", "", address), maxsplit=1)[0]
    folders = [re.sub(r"^\d+$|(?=.*\d)[0-9a-f]{8,}", "<n>", one) for one in bare.split("/")]
    folders[-1] = re.sub(r"\d+", "<n>", re.sub(r"(?=\w*\d)[0-9a-f]{6,}", "<n>", folders[-1]))
    return f"{element} {'/'.join(folders)}".strip()


def _cut(text: str) -> str:
    return _SPACE.sub(" ", text).strip()[:MAX_TEXT]


def _last(expression: str) -> str:
    """The member that an expression ends with: `order.lines[0].total` is `total`. A minifier's names say nothing."""
    name = re.split(r"[.\[]", re.sub(r"\(.*|\]", "", expression.strip("'\" ")))[-1].strip("'\" ?")
    return name if len(name) > 2 and re.fullmatch(r"[\w$#-]+", name) and not name.isdigit() else "…"


def _nothing(match: re.Match[str]) -> tuple[str, str]:
    name = _last(next((group for group in match.groups() if group), ""))
    return "TypeError", f"cannot use {name} of undefined or null"


def _says(type_: str, sentence: str) -> Callable[[re.Match[str]], tuple[str, str]]:
    """The same sentence, with the last member of what the pattern's groups found in place of `{}`."""
    return lambda match: (type_, sentence.format(_last(next((one for one in match.groups() if one), ""))))


_KNOWN: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[str, str]]], ...] = tuple(
    (re.compile(pattern), says)
    for pattern, says in (
        (r"Cannot (?:read|set) properties of (?:undefined|null)(?: \((?:reading|setting) '([^']*)'\))?", _nothing),
        (r"Cannot (?:read|set) property '([^']*)' of (?:undefined|null)", _nothing),
        (r"Cannot destructure property '([^']*)' of", _nothing),
        (r"can't access property \"([^\"]*)\", .* (?:is|are) (?:undefined|null)", _nothing),
        (r"'?(?:undefined|null)'? is not an object(?: \(evaluating '([^']*)'?)?", _nothing),
        (r"Unable to (?:get|set) property '([^']*)' of undefined or null", _nothing),
        (r"(?:[\w$]+(?:[.\[][\w$.\[\]]*)?) is (?:null|undefined)$", _nothing),
        (r"Object doesn't support property or method '([^']*)'", _says("TypeError", "{} is not a function")),
        (r"Object \S+ has no method '([^']*)'", _says("TypeError", "{} is not a function")),
        (r"'?([\w$.\[\]()\"]+)'? is not a function", _says("TypeError", "{} is not a function")),
        (r"Can't find variable: ([\w$]+)", _says("ReferenceError", "{} is not defined")),
        (r"'([\w$]+)' is undefined$", _says("ReferenceError", "{} is not defined")),
        (r"([\w$]+) is not defined$", _says("ReferenceError", "{} is not defined")),
        (r"Failed to fetch dynamically imported module|error loading dynamically imported module"
         r"|Importing a module script failed|Loading (?:CSS )?chunk \S+ failed",
         _says("ChunkLoadError", "a part of the script did not load")),
        (r"(?:Failed to fetch|Load failed|NetworkError when attempting to fetch resource\.?|Network request failed)"
         r"(?: \([\w.:-]+\))?$", _says("TypeError", "a request failed")),
        (r"Maximum call stack size exceeded|too much recursion|Out of stack space",
         _says("RangeError", "too much recursion")),
        (r"JSON\.parse: |JSON Parse error: |Unexpected (?:token|end|non-whitespace|identifier|string|number).* JSON",
         _says("SyntaxError", "this is no JSON")),
    )
)  # fmt: skip
"""What browsers say in words of their own, in one wording. Anchored at the start; the first that fits."""


def _known(line: str) -> tuple[str, str] | None:
    for pattern, says in _KNOWN:
        if (match := pattern.match(line)) is not None:
            return says(match)
    return None
