"""Roll-ups checked against the sessions one by one: figure by figure at any time, table by table when all is clean."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from mien.store.database import Database
from tests.support.queue import value
from tests.support.rolled import TELLING, forget, read_all, settle, stored

Answers = dict[str, tuple[Any, str]]
"""Figure -> what was answered, and from what."""


def differences(place: str, one: Any, other: Any) -> list[str]:
    """Where two answers differ; numbers with a fraction by more than the order of a sum can change."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        return [line for key in one for line in differences(f"{place}.{key}", one[key], other[key])]
    if isinstance(one, list | tuple) and isinstance(other, list | tuple) and len(one) == len(other):
        pairs = enumerate(zip(one, other, strict=True))
        return [line for number, pair in pairs for line in differences(f"{place}[{number}]", *pair)]
    is_same = (
        one == pytest.approx(other, rel=1e-9, abs=1e-9)
        if isinstance(one, float) and isinstance(other, float)
        else one == other
    )
    return [] if is_same else [f"{place}: {one} rolled up, {other} one by one"]


async def check_figures(database: Database, names: Sequence[str] = TELLING) -> dict[str, str]:
    """Every figure of these segments (none: of all) as it is answered now is that of the sessions one by one; returns
    what answered each."""
    moment = datetime.now(UTC)
    now = await read_all(database, moment, names)
    await check_one_by_one(database, moment, [now], names)
    return {name: answered for name, (_, answered) in now.items()}


async def check_one_by_one(
    database: Database, moment: datetime, answers: Sequence[Answers], names: Sequence[str] = TELLING
) -> None:
    """All of these, read with `read_all` for this moment, are what the sessions give now; forgets the roll-ups."""
    await forget(database)
    raw = await read_all(database, moment, names)
    wrong = [line for now in answers for name in now for line in differences(name, now[name][0], raw[name][0])]
    assert not wrong, "\n".join(wrong[:20])
    assert {answered for _, answered in raw.values()} == {"raw"}


async def check_tables(database: Database) -> None:
    """What is rolled up is what a rebuild makes of everything."""
    await settle(database)
    kept = await stored(database)
    await forget(database)
    await settle(database)
    assert await stored(database) == kept
    assert await value(database, "SELECT count(*) FROM dirty_hours") == 0
