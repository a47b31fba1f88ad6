"""Error groups: which errors are one mistake, whoever meets it, in whatever browser and build.

Reads `error_logs`; owns `grouped_errors`. Pure. Rule and limits: docs/analyzers/error_group.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec

from mien.analyzers.analyzer import Analyzer, Findings
from mien.analyzers.baselines import Baselines
from mien.analyzers.error_text import Kind, text_of
from mien.analyzers.screen_names import clean_screen
from mien.analyzers.stack_frames import Frame, frames_of
from mien.timeline import ErrorLog, Timeline

MAX_FRAMES = 2  # docs/analyzers/error_group.md
MIN_PREFIX = 60  # characters that a cut stack has at least: one line


class GroupedErrorRow(msgspec.Struct, frozen=True, gc=False):
    """A row of `grouped_errors`. `place`: the innermost function and file that count, None where there is no stack.

    `errors`: how many equal ones of that instant it stands for.
    """

    error_id: int
    group_key: str
    kind: str
    type: str
    title: str
    place: str | None
    screen: str | None
    occurred_at: float
    errors: int = 1


class Group(msgspec.Struct, frozen=True, gc=False):
    """What the errors of a group have in common; `key` stands for the rest."""

    key: str
    kind: Kind
    type: str
    title: str
    place: str | None


def group_errors(timeline: Timeline, baselines: Baselines) -> Findings[GroupedErrorRow]:
    """One row per error of the Timeline, by time."""
    whole = whole_stacks(timeline.errors)
    known: dict[tuple[str | None, str | None], Group] = {}
    rows: list[GroupedErrorRow] = []
    for error in timeline.errors:
        says = (error.message, whole.get((error.message, error.stack), error.stack))
        group = known.get(says)
        if group is None:
            group = known[says] = group_of(msgspec.structs.replace(error, stack=says[1]))
        screen = clean_screen(error.screen) if error.screen is not None else None
        rows.append(
            GroupedErrorRow(
                error.id, group.key, group.kind, group.type, group.title, group.place, screen, error.at, error.count
            )
        )
    return Findings(rows)


def whole_stacks(errors: Sequence[ErrorLog]) -> dict[tuple[str | None, str | None], str]:
    """For each message with a cut stack, the longest stack of the same message in this session that begins like it.

    Repeats of an error may be sent with the beginning of its stack only.
    """
    found: dict[tuple[str | None, str | None], str] = {}
    said = sorted({(error.message or "", error.stack, error.message) for error in errors if error.stack}, key=_text)
    for (_, stack, message), (_, longer, other) in zip(reversed(said[:-1]), reversed(said[1:]), strict=True):
        if message == other and len(stack or "") >= MIN_PREFIX and (longer or "").startswith(stack or ""):
            found[message, stack] = found.get((other, longer), longer or "")
    return found


def _text(said: tuple[str, str | None, str | None]) -> tuple[str, str]:
    return said[0], said[1] or ""


def group_of(error: ErrorLog) -> Group:
    """The group of one error, by its kind, class, message and the innermost calls of the site's own."""
    text = text_of(error)
    places = [] if text.kind in ("foreign", "resource") else [place_of(one) for one in telling_frames(error.stack)]
    says = "\0".join((text.kind, text.type, text.text, *places))
    key = hashlib.blake2b(says.encode("utf-8", "replace"), digest_size=8).hexdigest()
    return Group(key, text.kind, text.type, text.text, places[0] if places else None)


def telling_frames(stack: str | None) -> Sequence[Frame]:
    """The innermost calls of the site's own that have a name, MAX_FRAMES at most.

    Without such a one the innermost of its own, else the innermost at all, else nothing.
    """
    named: list[Frame] = []
    others: list[Frame] = []
    for frame in frames_of(stack):
        if frame.is_library or not frame.function:
            others.append(frame)
            continue
        named.append(frame)
        if len(named) == MAX_FRAMES:
            break
    return named or sorted(others, key=lambda frame: frame.is_library)[:1]


def place_of(frame: Frame) -> str:
    return f"{frame.function} in {frame.file}" if frame.function else frame.file


ERROR_GROUP = Analyzer("error_group", version=2, reads=frozenset(), analyze=group_errors, table="grouped_errors")
