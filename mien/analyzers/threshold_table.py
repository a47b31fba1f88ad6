"""The table of thresholds as a list, and how a project's own values are put into it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta

from mien.analyzers.thresholds import DEFAULTS, Thresholds


class Threshold(msgspec.Struct, frozen=True):
    """One number: `name` is `group.field`; `lowest` and `highest` are allowed themselves."""

    name: str
    value: float
    default: float
    lowest: float
    highest: float
    is_whole: bool
    says: str
    source: str


def list_thresholds(thresholds: Thresholds = DEFAULTS) -> list[Threshold]:
    """Every number of the table, in its order, with the value that it has in `thresholds`."""
    return list(_walk(thresholds))


def _walk(thresholds: Thresholds) -> Iterator[Threshold]:
    for group in msgspec.structs.fields(Thresholds):
        values, defaults = getattr(thresholds, group.name), getattr(DEFAULTS, group.name)
        for field, hint in get_type_hints(type(values), include_extras=True).items():
            if get_origin(hint) is not Annotated:
                continue
            kind, meta = get_args(hint)
            assert isinstance(meta, Meta)
            yield Threshold(
                name=f"{group.name}.{field}",
                value=getattr(values, field),
                default=getattr(defaults, field),
                lowest=float(meta.ge or 0),
                highest=float(meta.le or 0),
                is_whole=kind is int,
                says=meta.description or "",
                source=str((meta.extra or {})["source"]),
            )


def with_overrides(overrides: Mapping[str, float]) -> Thresholds:
    """The defaults with these numbers in their place.

    Raises KeyError (its argument is the name) for a name that the table has not, and ValueError, worded for people, for
    a value outside of its limits or groups that contradict themselves.
    """
    known = {one.name: one for one in list_thresholds()}
    nested: dict[str, dict[str, Any]] = {}
    for name, value in overrides.items():
        row = known[name]
        if isinstance(value, bool) or not row.lowest <= value <= row.highest:
            raise ValueError(f"{name} must be between {row.lowest:g} and {row.highest:g}, not {value:g}.")
        if row.is_whole and value != int(value):
            raise ValueError(f"{name} must be a whole number, not {value:g}.")
        group, field = name.split(".")
        nested.setdefault(group, {})[field] = int(value) if row.is_whole else float(value)
    thresholds = msgspec.convert(nested, Thresholds)
    _check(thresholds)
    return thresholds


def _check(thresholds: Thresholds) -> None:
    """Pairs of numbers that must stand in one order."""
    values = {one.name: one.value for one in list_thresholds(thresholds)}
    pairs = (
        ("score.latency_good_ms", "score.latency_median_ms"),
        ("slow_click.after_ms", "slow_click.median_ms"),
        ("quick_back.min_dwell_ms", "quick_back.max_dwell_ms"),
        ("excessive_scroll.min_confidence", "excessive_scroll.max_confidence"),
        *((name, name.replace("_good", "_poor")) for name in values if name.startswith("vitals_") and "_good" in name),
    )
    for low, high in pairs:
        if values[low] >= values[high]:
            raise ValueError(f"{low} must be below {high}.")
    if not any(value for name, value in values.items() if name.startswith("score.vital_weight_")):
        raise ValueError("At least one of score.vital_weight_* must be above 0.")
