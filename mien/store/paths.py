"""Ways through the screens of a session, as text and as a regular expression. Pure.

    /cart>>/pay        /cart, and later /pay
    /cart>/pay         /cart, and /pay as the very next screen
    ^/cart>*>/pay      it began on /cart; any screen; then /pay
    !/cart|/pay$       it ended on neither of the two
    @/cart>/pay        right after its first visit of /cart came /pay

The characters of this language inside of a name are written as in a URL: `%3E` is `>`.
"""

from __future__ import annotations

import re

import msgspec

from mien.errors import InvalidRequest

END = "\x1f"
"""Stands after each screen in the text that the expression is matched with (sql/fragments/picked.sql)."""
MAX_STEPS = 12
MAX_PATH = 20_000
"""Two steps of "none of these twelve", each name of 255 characters that are all written as three."""
SPECIAL = re.compile(r"[%>|!*^$@]|^ | $|(?<=^event):")
ESCAPE = re.compile(r"%(20|21|24|25|2A|3A|3E|40|5E|7C)")
ANY = f"[^{END}]*{END}"


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """`names`: one of these screens, or with `is_not` none of them; empty: any screen.

    `is_first`: the session's first visit of it. `directly`: nothing between it and the step before.
    """

    names: tuple[str, ...] = ()
    is_not: bool = False
    is_first: bool = False
    directly: bool = False


class Path(msgspec.Struct, frozen=True, kw_only=True):
    """`from_start`: the first step is the session's first screen; `to_end`: the last one its last."""

    steps: tuple[Step, ...]
    from_start: bool = False
    to_end: bool = False


def write_name(name: str) -> str:
    """A screen's name inside of a path."""
    return SPECIAL.sub(lambda found: f"%{ord(found[0]):02X}", name)


def read_name(text: str) -> str:
    """What `write_name` wrote."""
    return ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


def write_path(path: Path) -> str:
    """The text that `read_path` reads back."""
    text = "^" if path.from_start else ""
    for number, step in enumerate(path.steps):
        text += "" if number == 0 else ">" if step.directly else ">>"
        text += "@" if step.is_first else "!" if step.is_not else ""
        text += "|".join(map(write_name, step.names)) or "*"
    return text + ("$" if path.to_end else "")


def read_path(text: str) -> Path:
    """Raises InvalidRequest for what is no path."""
    if len(text) > MAX_PATH:
        raise InvalidRequest(f"path: at most {MAX_PATH:,} characters.")
    body = text.removeprefix("^").removesuffix("$")
    parts = re.split(r"(>>?)", body)
    if len(parts) // 2 + 1 > MAX_STEPS:
        raise InvalidRequest(f"path: at most {MAX_STEPS} steps.")
    steps = tuple(
        _read_step(part.strip(" "), directly=number > 0 and parts[number * 2 - 1] == ">")
        for number, part in enumerate(parts[::2])
    )
    if sum(step.is_first for step in steps) > 1:
        raise InvalidRequest("path: only one step can be a first visit (@).")
    return Path(steps=steps, from_start=text.startswith("^"), to_end=text.endswith("$"))


def _read_step(text: str, *, directly: bool) -> Step:
    if text == "*":
        return Step(directly=directly)
    mark = text[:1] if text[:1] in ("@", "!") else ""
    names = tuple(read_name(name) for name in text[len(mark) :].split("|"))
    if not all(names):
        raise InvalidRequest("path: a step has no name. Write * for any screen.")
    return Step(names=names, is_not=mark == "!", is_first=mark == "@", directly=directly)


def expression(path: Path) -> str:
    """The path as a regular expression of PostgreSQL, for the screens of a session with END after each."""
    first = next((number for number, step in enumerate(path.steps) if step.is_first), -1)
    guard = f"(?!{_one_of(path.steps[first].names)})" if first >= 0 else ""
    text = "^"
    for number, step in enumerate(path.steps):
        if not step.directly and not (number == 0 and path.from_start):
            text += f"(?:{guard if number <= first else ''}{ANY})*"
        text += guard if number < first else ""
        if not step.names:
            text += ANY
        else:
            text += f"(?!{_one_of(step.names)}){ANY}" if step.is_not else _one_of(step.names)
    return text + ("$" if path.to_end else "")


def loop_expression(one: str, two: str) -> str:
    """Two screens between which a session went back and forth: from the one to the other, and straight back."""
    first, second = _one_of((one,)), _one_of((two,))
    return f"^(?:{ANY})*(?:{first}{second}{first}|{second}{first}{second})"


def _one_of(names: tuple[str, ...]) -> str:
    escaped = [re.sub(r"([^0-9A-Za-z\u0080-\U0010ffff])", r"\\\1", name.replace(END, " ")) for name in names]
    return f"(?:{'|'.join(escaped)}){END}"
