"""What Mien finds in recordings of people, who by all that is known were not angry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from evaluation.importing import imported, scores_of, signals_of
from evaluation.recordings import Recording, batch_of, events_of

ROBOTS = frozenset(("chalk-25131bfa",))  # "apparently an automated run": README of the data


@dataclass(frozen=True)
class Judged:
    """A recording, and what Mien says of it. `score`: unrounded, 0 to 100, None for too little data."""

    recording: Recording
    score: float | None
    signals: Counter[str]

    @property
    def is_human(self) -> bool:
        return self.recording.name not in ROBOTS


async def judge(recordings: Sequence[Recording]) -> list[Judged]:
    """The recordings as sessions, and what Mien says of each."""
    async with imported(lambda key: [batch_of(one, key) for one in recordings]) as database:
        scores, signals = await scores_of(database), await signals_of(database)
    return [
        Judged(one, scores.get(UUID(one.session_id)), signals.get(UUID(one.session_id), Counter()))
        for one in recordings
    ]


def report(rows: Sequence[Judged]) -> str:
    """The figures as Markdown."""
    human = [row for row in rows if row.is_human]
    angry = sum(row.signals["rage_click"] for row in human)
    lines = [
        f"Rage clicks in {len(human)} recordings of people: **{angry}** (target: none).",
        "",
        "| Recording | By | Minutes | Clicks | Score | Signals |",
        "|---|---|---|---|---|---|",
    ]
    for row in rows:
        events = row.recording.events
        minutes = (float(events[-1]["timestamp"]) - float(events[0]["timestamp"])) / 60_000
        clicks = sum(event["type"] == "click" for event in events_of(row.recording))
        signals = ", ".join(f"{count} `{kind}`" for kind, count in sorted(row.signals.items())) or "none"
        lines.append(
            f"| {row.recording.name} | {'a person' if row.is_human else 'a robot'} | {minutes:.1f} | {clicks} | "
            f"{'-' if row.score is None else f'{row.score:.1f}'} | {signals} |"
        )
    return "\n".join(lines)
