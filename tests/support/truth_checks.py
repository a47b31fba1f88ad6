"""What a visit's own listener saw, compared with what the database says."""

from __future__ import annotations

import json

from tests.support.stored import Facts, replay_events, tabs_of
from tests.support.truth_visits import Visit, name_of, of_type

CLICK_MS = 60
REPLAY_MS = 1_000
RRWEB_CLICK = (3, 2, 2)  # an incremental event, of the mouse, that is a click


def check_clicks(visit: Visit, rows: dict[str, list[Facts]], wrong_by_ms: float = 0) -> None:
    """Each once, in order, the element right, within 1 px and 60 ms; answered and unanswered told apart.

    `wrong_by_ms`: how far the clock of the page, and so of the listener, was ahead.
    """
    clicks = of_type(rows, "click")
    truth = sorted(visit.clicks, key=lambda one: one["at"])
    assert [name_of(row) for row in clicks] == [one["id"] for one in truth]
    for row, one in zip(clicks, truth, strict=True):
        assert abs(row["x"] - one["x"]) <= 1 and abs(row["y"] - one["y"]) <= 1, one
        assert abs(_ms(row) - one["at"] + wrong_by_ms) <= CLICK_MS, one
    answered = [row["metadata"].get("response") is not None for row in clicks]
    told = "".join(f"\n{name_of(row)} {row['metadata'].get('response', 'unknown')}" for row in clicks)
    assert answered == [not one["dead"] for one in truth], told


def check_calls(visit: Visit, rows: dict[str, list[Facts]], wrong_by_ms: float = 0) -> None:
    """Each once, with its status, and its time within 30 ms."""
    calls = rows["latency_metrics"]
    truth = sorted(visit.calls, key=lambda one: one["at"])
    assert sorted((row["api"].split("/api/")[1], str(row["status"])) for row in calls) == sorted(
        (_route(one), str(one["status"])) for one in truth
    )
    for one in truth:
        assert any(
            row["api"].endswith(_route(one))
            and abs(row["latency_ms"] - one["ms"]) <= 30
            and abs(_ms(row) - one["at"] + wrong_by_ms) <= 30
            for row in calls
        ), (one, [(row["api"], row["latency_ms"]) for row in calls])


def check_errors(visit: Visit, rows: dict[str, list[Facts]], wrong_by_ms: float = 0) -> None:
    """Each once and within 60 ms."""
    truth = sorted(one["at"] for one in visit.errors)
    assert len(rows["error_logs"]) == len(truth)
    for row, at in zip(rows["error_logs"], truth, strict=True):
        assert abs(_ms(row) - at + wrong_by_ms) <= CLICK_MS, row["message"]


def check_replay(visit: Visit, rows: dict[str, list[Facts]], wrong_by_ms: float = 0) -> None:
    """Chunks begin with their first event; every click from the recorder's start on is in it, within a second."""
    for row in rows["replay_chunks"]:
        first = replay_events({"replay_chunks": [row]})[0]["timestamp"]
        assert abs(row["recorded_at"].timestamp() * 1000 - first) <= REPLAY_MS
    events = replay_events(rows)
    begin = min(event["timestamp"] for event in events)
    recorded = sorted(event["timestamp"] for event in events if _kind(event) == RRWEB_CLICK)
    truth = [at for one in visit.clicks if (at := one["at"] - wrong_by_ms) > begin]
    assert truth and len(recorded) == len(truth), (recorded, truth)
    assert all(abs(one - at) <= REPLAY_MS for one, at in zip(recorded, sorted(truth), strict=True))


def check_nothing_twice(rows: dict[str, list[Facts]]) -> None:
    """No two rows of a table say the same."""
    for table, all_of_it in rows.items():
        told = [
            json.dumps({name: row[name] for name in row if name not in ("event_id", "id")}, default=str, sort_keys=True)
            for row in all_of_it
        ]
        assert len(set(told)) == len(told), table


def check_nothing_lost(dsn: str, session_id: str) -> None:
    """The loss meter says 100 %: of each tab, every number from 0 to the last was stored once."""
    tabs = tabs_of(dsn, session_id)
    assert tabs and [(first, count) for first, _, count in tabs] == [(0, last + 1) for _, last, _ in tabs], tabs


def _ms(row: Facts) -> float:
    return float(row["occurred_at"].timestamp()) * 1000


def _route(call: Facts) -> str:
    return str(call["path"].split("/api/")[1].split("?")[0])


def _kind(event: Facts) -> tuple[object, ...]:
    data = event["data"]
    return event["type"], data.get("source"), data.get("type")
