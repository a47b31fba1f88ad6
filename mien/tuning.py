"""What a project has set and learned, as the value that analyzers take; and how it is changed.

Stands between `store/baselines.py` (plain data) and `analyzers/baselines.py`. Every change is a new version: sessions
that stand under another one are analysed again in the background.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

import msgspec

from mien.analyzers import ANALYZERS, VERSION_KEY
from mien.analyzers.baselines import NO_BASELINES, Baselines, Muted, ScreenBaseline
from mien.analyzers.screen_names import clean_screen
from mien.analyzers.threshold_table import Threshold, list_thresholds, with_overrides
from mien.analyzers.thresholds import Thresholds
from mien.errors import InvalidRequest
from mien.store import baselines as stored
from mien.store.baselines import NO_CHANGES, Changes, StoredMute
from mien.store.database import Database, Queries
from mien.store.verdicts import VerdictCounts, read_counts

log = logging.getLogger("mien.tuning")

MAX_MUTED = 1000
MAX_IGNORED = 200
SIGNAL_TYPES = frozenset[str]().union(*(analyzer.signal_types for analyzer in ANALYZERS))


class Tuned(msgspec.Struct, frozen=True):
    """The baselines that hold, and the row that says so (0: none does). `version_key`: what results stand under."""

    id: int
    baselines: Baselines
    version_key: str


class Changed(msgspec.Struct, frozen=True):
    """What a change came to. `is_new` false: that was how it stood already, and no version was made.

    `id`: the row that holds now (0: the defaults do). `outdated`: sessions that stand under another version.
    """

    is_new: bool
    id: int
    version: str
    outdated: int


def version_key_of(baselines: Baselines) -> str:
    """What results computed with these baselines by this Mien stand under, in `analyzer_runs`."""
    return f"{VERSION_KEY}.{baselines.version}"


DEFAULT_TUNED = Tuned(0, NO_BASELINES, version_key_of(NO_BASELINES))


async def read_tuned(queries: Queries, known: Tuned | None = None) -> Tuned:
    """What holds in this transaction; `known` itself when it still does."""
    newest_id = await stored.read_newest_id(queries)
    if known is not None and known.id == newest_id:
        return known
    row = await stored.read_newest(queries)
    if row is None:
        return DEFAULT_TUNED
    baselines = to_baselines(row)
    return Tuned(row.id, baselines, version_key_of(baselines))


def to_baselines(changes: Changes) -> Baselines:
    """The value that analyzers take.

    What was stored by another Mien and fits this one no longer is left out and logged: it must not stop the analysis.
    """
    return Baselines(
        thresholds=_valid_thresholds(changes.overrides),
        screens={
            name: ScreenBaseline(**msgspec.structs.asdict(screen)) for name, screen in sorted(changes.screens.items())
        },
        muted=frozenset(Muted(one.type, one.element_id, one.screen) for one in changes.muted),
        ignored_screens=frozenset(changes.ignored_screens),
    )


def to_version(changes: Changes) -> str:
    """The version of the baselines that these make, by this Mien."""
    return to_baselines(changes).version


def _valid_thresholds(overrides: Mapping[str, float]) -> Thresholds:
    try:
        return with_overrides(overrides)
    except (KeyError, ValueError):
        kept: dict[str, float] = {}
        for name, value in overrides.items():
            try:
                with_overrides({**kept, name: value})
            except (KeyError, ValueError) as error:
                log.warning("the stored threshold %s = %s does not hold any more: %s", name, value, error)
            else:
                kept[name] = value
        return with_overrides(kept)


def check_overrides(overrides: Mapping[str, float]) -> dict[str, float]:
    """What of these differs from the defaults. Raises InvalidRequest, worded for people, for names and values that the
    table does not take."""
    defaults = {one.name: one.default for one in list_thresholds()}
    try:
        with_overrides(overrides)
    except KeyError as error:
        name = str(error.args[0])
        alike = [known for known in defaults if known.split(".")[0] == name.split(".")[0]]
        hint = f" That group has {', '.join(alike)}." if alike else " `mien signals list` lists all."
        raise InvalidRequest(f"There is no threshold {name!r}.{hint}") from None
    except ValueError as error:
        raise InvalidRequest(str(error)) from None
    return {name: value for name, value in overrides.items() if value != defaults[name]}


def thresholds_of(overrides: Mapping[str, float]) -> list[Threshold]:
    """The whole table with these numbers in it."""
    return list_thresholds(_valid_thresholds(overrides))


def with_values(overrides: Mapping[str, float], values: Mapping[str, float], reset: frozenset[str]) -> dict[str, float]:
    """The overrides with some numbers set and some back at their defaults. Raises InvalidRequest."""
    unknown = sorted(reset - {one.name for one in list_thresholds()})
    if unknown:
        raise InvalidRequest(f"There is no threshold {unknown[0]!r}. `mien signals list` lists all.")
    kept = {name: value for name, value in overrides.items() if name not in reset}
    return check_overrides({**kept, **values})


async def change(
    database: Database, schema: str, made_by: str, reason: str, alter: Callable[[Changes], Changes]
) -> Changed:
    """Make a new version from what holds. Raises whatever `alter` raises, and then changes nothing."""
    async with database.writing(schema) as queries:
        await stored.lock(queries)
        row = await stored.read_newest(queries)
        before = to_changes(row)
        after = alter(before)
        is_new = after != before
        baselines = to_baselines(after)
        held_id = row.id if row is not None else 0
        if is_new:
            held_id = await stored.add(queries, after, baselines.version, made_by, reason)
        outdated = await stored.count_outdated(queries, version_key_of(baselines))
    return Changed(is_new, held_id, baselines.version, outdated)


def to_changes(row: Changes | None) -> Changes:
    """Without who made it and when, so that two can be compared."""
    if row is None:
        return NO_CHANGES
    return Changes(row.overrides, row.screens, sorted_mutes(row.muted), sorted(row.ignored_screens))


def sorted_mutes(muted: list[StoredMute]) -> list[StoredMute]:
    """In one order, each once."""
    return sorted(set(muted), key=lambda one: (one.type, one.element_id, one.screen or ""))


async def set_thresholds(
    database: Database,
    schema: str,
    made_by: str,
    reason: str,
    values: Mapping[str, float],
    reset: frozenset[str] = frozenset(),
) -> Changed:
    """Set some numbers, give others their defaults back. Raises InvalidRequest."""

    def alter(held: Changes) -> Changes:
        return msgspec.structs.replace(held, overrides=with_values(held.overrides, values, reset))

    return await change(database, schema, made_by, reason, alter)


async def replace_thresholds(
    database: Database, schema: str, made_by: str, reason: str, overrides: Mapping[str, float]
) -> Changed:
    """These and no other numbers differ from the defaults. Raises InvalidRequest."""
    checked = check_overrides(overrides)
    return await change(
        database, schema, made_by, reason, lambda held: msgspec.structs.replace(held, overrides=checked)
    )


async def set_muted(
    database: Database, schema: str, made_by: str, reason: str, mute: StoredMute, is_muted: bool
) -> Changed:
    """Mute an element for one type of signal, or take that back. Raises InvalidRequest for a type that is not there."""
    if is_muted and mute.type not in SIGNAL_TYPES:
        raise InvalidRequest(f"There is no signal {mute.type!r}. There are {', '.join(sorted(SIGNAL_TYPES))}.")
    mute = StoredMute(mute.type, mute.element_id, None if mute.screen is None else clean_screen(mute.screen))

    def alter(held: Changes) -> Changes:
        others = [one for one in held.muted if one != mute]
        if is_muted and len(others) >= MAX_MUTED:
            raise InvalidRequest(f"{MAX_MUTED} elements are muted already. Change the threshold instead.")
        return msgspec.structs.replace(held, muted=sorted_mutes([*others, mute] if is_muted else others))

    return await change(database, schema, made_by, reason, alter)


async def set_ignored(
    database: Database, schema: str, made_by: str, reason: str, screen: str, is_ignored: bool
) -> Changed:
    """No detector looks at this screen, or they do again. The name is cleaned as the analyzers do it."""
    name = clean_screen(screen)

    def alter(held: Changes) -> Changes:
        others = [one for one in held.ignored_screens if one != name]
        if is_ignored and len(others) >= MAX_IGNORED:
            raise InvalidRequest(f"{MAX_IGNORED} screens are ignored already.")
        return msgspec.structs.replace(held, ignored_screens=sorted([*others, name] if is_ignored else others))

    return await change(database, schema, made_by, reason, alter)


async def read_precision(queries: Queries) -> list[VerdictCounts]:
    """Verdicts by type, element and cleaned screen, so that they stand under the names that are muted; most first."""
    merged: dict[tuple[str, str | None, str | None], VerdictCounts] = {}
    for row in await read_counts(queries):
        screen = None if row.screen is None else clean_screen(row.screen)
        key = (row.type, row.element_id, screen)
        held = merged.get(key, VerdictCounts(*key, verdicts=0, frustration=0))
        merged[key] = VerdictCounts(
            *key, verdicts=held.verdicts + row.verdicts, frustration=held.frustration + row.frustration
        )
    return sorted(merged.values(), key=lambda row: (-row.verdicts, row.type, row.element_id or "", row.screen or ""))


def is_muted(held: Changes, row: VerdictCounts) -> bool:
    """Whether signals there are left out now."""
    return row.element_id is not None and any(
        (one.type, one.element_id) == (row.type, row.element_id) and one.screen in (None, row.screen)
        for one in held.muted
    )
