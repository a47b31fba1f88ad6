"""What of Mien's own state is told, and that each warning says what to do."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from mien.api.system_warnings import Disk, Facts, find_warnings
from mien.store.freshness import Arrivals
from mien.store.system import Backup, DayOfBatches, DroppedItems, FailedAnalyzer, ProjectState, Queue, Server

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
GB = 10**9


def facts(**changes: Any) -> Facts:
    """All is well, but for what is given."""
    queue = changes.pop("queue", Queue(3, 1, 1, 2.0))
    losses, dropped, failed = (changes.pop(name, []) for name in ("losses", "dropped", "failed"))
    without = changes.pop("without", 0)
    received = changes.pop("received", NOW)
    values: dict[str, Any] = {
        "state": ProjectState([], Server("18.0", GB, NOW, 3, 100), queue, losses, [], dropped, failed),
        "freshness": Arrivals(2.0, 3, received, NOW, 0, 10, 0, without),
        "backups": [Backup("mien.dump", GB, NOW - timedelta(days=1))], "disk": Disk(50 * GB, 100 * GB, True),
        "worker": True, "unmigrated": [], "has_sessions": True, "now": NOW, **changes,
    }  # fmt: skip
    return Facts(**values)


def names(**changes: Any) -> list[str]:
    return [one.name for one in find_warnings(facts(**changes))]


def test_nothing_is_said_when_all_is_well() -> None:
    assert names() == []
    assert names(worker=None, disk=None) == [], "a part that runs elsewhere is no failure"
    assert names(has_sessions=False, backups=[], received=None) == [], "an empty installation has nothing to lose"


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"unmigrated": ["shop"]}, "not_migrated"),
        ({"worker": False}, "worker_stopped"),
        ({"queue": Queue(9, 9, 0, 60.0)}, "behind"),
        ({"received": None}, "nothing_received"),
        ({"disk": Disk(GB, 4 * GB, True)}, "disk_short"),
        ({"disk": Disk(9 * GB, 100 * GB, False)}, "disk_short"),
        ({"backups": []}, "no_backup"),
        ({"backups": [Backup("old.dump", 1, NOW - timedelta(days=8))]}, "old_backup"),
        ({"failed": [FailedAnalyzer("journey", 2, NOW, "KeyError", uuid4())]}, "analyzer_failed"),
        ({"losses": [DayOfBatches(date(2026, 11, 19), 9, 1)]}, "lost"),
        ({"dropped": [DroppedItems("too_old", 1, date(2026, 11, 19))]}, "dropped"),
        ({"without": 1}, "without_start"),
    ],
)
def test_each_trouble_is_told_with_what_to_do(changes: dict[str, Any], name: str) -> None:
    (found,) = find_warnings(facts(**changes))
    assert found.name == name and found.sentence.endswith(".") and found.todo.endswith(".")


@pytest.mark.parametrize(
    "changes",
    [{"queue": Queue(9, 9, 0, 59.9)}, {"disk": Disk(10 * GB, 100 * GB, True)},
     {"backups": [Backup("week.dump", 1, NOW - timedelta(days=7))]},
     {"losses": [DayOfBatches(date(2026, 11, 19), 9, 0)]}],
)  # fmt: skip
def test_what_is_just_within_bounds_is_not_told(changes: dict[str, Any]) -> None:
    assert names(**changes) == []


def test_the_most_urgent_comes_first() -> None:
    assert names(worker=False, backups=[], without=2) == ["worker_stopped", "no_backup", "without_start"]
