"""Golden sessions: what all analyzers find in the visits that real browsers made to the demo shop.

`./run golden` rewrites tests/sessions/golden.json; a change of behaviour then shows as a difference in review.
"""

from __future__ import annotations

import json
import sys
import uuid
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec

from mien.analyzers.baselines import NO_BASELINES
from mien.analyzers.run import Outcome, run
from mien.batch import Batch, Client
from mien.collector.receivers.sdk import parse
from mien.collector.steps import STEPS
from mien.config import Settings
from mien.demo.visit_file import VisitFile, read_visit, visit_paths
from mien.timeline import ApiCall, ErrorLog, Event, Timeline

GOLDEN = Path(__file__).resolve().parents[1] / "sessions" / "golden.json"
WRITE_KEY = "mk_golden"


def timeline_of(visit: VisitFile) -> Timeline:
    """The Timeline that the store would load of this visit: the same steps, the same order (timeline.sql)."""
    events: list[tuple[Any, ...]] = []
    calls: list[ApiCall] = []
    errors: list[ErrorLog] = []
    device_type: str | None = None
    for number, recorded in enumerate(visit.batches):
        body = {**recorded.body, "write_key": WRITE_KEY, "batch_id": str(uuid.UUID(int=number + 1))}
        envelope = parse(json.dumps(body).encode(), Counter())
        latest = max([item.at for item in envelope.events] or [envelope.sent_at or 0])
        batch = Batch(envelope, latest, Client(None, visit.user_agent), is_backfill=True)
        for step in STEPS:
            step(batch, Settings())
        device_type = device_type or batch.device.device_type
        for event in envelope.events:
            metadata = bytes(event.metadata).decode() or None
            seq = msgspec.json.decode(metadata).get("seq", 0) if metadata else 0
            events.append(
                (event.at / 1000, seq, event.type, event.screen or "", event.element_id or "", event, metadata)
            )
        calls += [
            ApiCall(
                0, call.api, round(call.latency_ms), None if call.status is None else round(call.status), call.at / 1000
            )
            for call in envelope.latency
        ]
        errors += [ErrorLog(0, error.screen, error.message, error.stack, error.at / 1000) for error in envelope.errors]
    events.sort(key=lambda one: one[:5])
    rows = [
        Event(number, event.type, at, event.screen, event.element_id, _whole(event.x), _whole(event.y), None, metadata)
        for number, (at, _, _, _, _, event, metadata) in enumerate(events, 1)
    ]
    calls.sort(key=lambda call: (call.at, call.api or "", call.latency_ms or 0))
    errors.sort(key=lambda error: (error.at, error.message or ""))
    started = min([row.at for row in rows] + [call.at for call in calls])
    ended = max([row.at for row in rows] + [call.at for call in calls])
    return Timeline(uuid.UUID(int=1), started, ended, device_type, rows, calls, errors, has_replay=True)


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)


def summary(timeline: Timeline, outcome: Outcome) -> dict[str, Any]:
    """What a reviewer wants to see change: counts, signals, moments, score and its parts; times from the start."""
    score: Any = outcome.rows["experience_scores"][0]
    moments: Any = outcome.rows["emotion_predictions"]
    return {
        "rows": {table: len(rows) for table, rows in sorted(outcome.rows.items())},
        "failed": outcome.failed,
        "signals": [
            f"{signal.started_at - timeline.started_at:.1f} {signal.type} {signal.confidence:.2f} "
            f"{signal.screen or '-'} {signal.element_id or signal.api or '-'}"
            for signal in outcome.signals
        ],
        "moments": [
            f"{one.occurred_at - timeline.started_at:.1f} {one.emotion} {one.confidence:.2f}" for one in moments
        ],
        "score": score.score,
        "issues": [f"{issue['type']} x{issue['count']} -{issue['points_shown']}" for issue in score.issues],
    }


def found() -> dict[str, Any]:
    """The summary of every recorded visit, by its name."""
    result = {}
    for path in sorted(visit_paths()):
        timeline = timeline_of(read_visit(path))
        result[path.name.removesuffix(".json.gz")] = summary(timeline, run(timeline, NO_BASELINES))
    return result


if __name__ == "__main__":
    GOLDEN.parent.mkdir(exist_ok=True)
    GOLDEN.write_text(json.dumps(found(), indent=1, ensure_ascii=False) + "\n")
    print(GOLDEN, file=sys.stderr)
