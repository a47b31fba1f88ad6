"""The rated map tasks of the iWeb study as batches of Mien's wire format: one task is one session.

Each finished load is a call; a task in which none finished holds one unfinished call. A load's stamp is its start (as
an end, loads would begin before the presses that caused them). A press is a click: a drag at its Down, when the person
acts, a zoom press (which has no Down) at its up. It is answered by a load that begins or ends within 3 s after it.
"""

from __future__ import annotations

import csv
import gzip
import re
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.envelope import envelope

ANSWER_MS = 3000  # as the SDK waits; signals.md A.2
SCREEN, API = "/map", "GET /map/tiles"
PLACE = re.compile(r"(-?\d+)-(-?\d+)")  # of an up; the map may have been left to the left or above
NAMESPACE = uuid.UUID("6f7c1a7e-3f0e-4c59-9a56-0d1f7f3f2d11")


@dataclass(frozen=True)
class Press:
    """`at`: epoch ms. Coordinates in CSS pixels."""

    at: int
    x: int
    y: int


@dataclass(frozen=True)
class Task:
    """One rated task. `rating`: 1 (bad) to 5. `loads`: (start, ms), finished ones; `begun`: stamps without an end."""

    number: int
    subject: str
    rating: int
    loads: list[tuple[int, int]]
    begun: list[int]
    presses: list[Press]

    @property
    def session_id(self) -> str:
        return str(uuid.uuid5(NAMESPACE, f"iweb {self.number}"))

    @property
    def mean_load_ms(self) -> float:
        """As the data's own `miLT`; 8000 where none finished (README)."""
        return sum(ms for _, ms in self.loads) / len(self.loads) if self.loads else 8000.0


def read_tasks(folder: Path) -> list[Task]:
    """All tasks of `raw_data.csv.gz`. Raises FileNotFoundError when it is not there."""
    with gzip.open(folder / "raw_data.csv.gz", "rt") as file:
        rows = list(csv.DictReader(file))
    return [read_task(number, row) for number, row in enumerate(rows)]


def read_task(number: int, row: dict[str, str]) -> Task:
    loads: list[tuple[int, int]] = []
    begun: list[int] = []
    for part in filter(None, row["iLTs"].split(",")):
        start, _, took = part.partition(":")
        if took:
            loads.append((int(start), int(took)))
        else:
            begun.append(int(start))
    return Task(number, row["subject"], int(float(row["ACR"])), sorted(loads), begun, read_presses(row["mouse_clicks"]))


def read_presses(text: str) -> list[Press]:
    """Downs and ups are each in order; an up without a Down before it is a press of its own."""
    downs: list[Press] = []
    ups: list[Press] = []
    for part in filter(None, text.split(",")):
        fields = part.split(":")
        if len(fields) >= 5 and fields[1] == "Down":
            downs.append(Press(int(fields[2]), int(float(fields[3])), int(float(fields[4]))))
        elif len(fields) >= 3 and fields[0] == "up":
            place = PLACE.fullmatch(fields[2])
            x, y = (int(place[1]), int(place[2])) if place else (0, 0)
            ups.append(Press(int(fields[1]), x, y))
    presses: list[Press] = []
    waiting = sorted(downs, key=lambda press: press.at)
    for up in sorted(ups, key=lambda press: press.at):
        while len(waiting) > 1 and waiting[1].at <= up.at:
            presses.append(waiting.pop(0))  # its up was not logged
        if waiting and waiting[0].at <= up.at:
            # A browser's click has the place of the up.
            presses.append(Press(waiting.pop(0).at, up.x, up.y))
        else:
            presses.append(up)
    presses += waiting
    return sorted(presses, key=lambda press: press.at)


def response_ms(press: Press, loads: list[tuple[int, int]]) -> int | None:
    """Until a load first answered the press within ANSWER_MS; None where none did.

    A load answers when it begins, for the map moves then, and when it ends, whichever comes first.
    """
    instants = [at - press.at for start, took in loads for at in (start, start + took)]
    return min((wait for wait in instants if 0 <= wait <= ANSWER_MS), default=None)


def batch_of(task: Task, write_key: str) -> dict[str, Any]:
    """The task as one batch. The screen begins with the first load that the page made, finished or not."""
    stamps = [start for start, _ in task.loads] + task.begun
    first = min([*stamps, *(press.at for press in task.presses)])
    shown = min(stamps, default=first)
    events: list[dict[str, Any]] = [
        {"type": "screen_view", "at": shown, "screen": SCREEN, "metadata": {"seq": 0, "load": "full"}}
    ]
    for number, press in enumerate(task.presses, 1):
        answer = response_ms(press, task.loads)
        metadata: dict[str, Any] = {"seq": number, "detail": 1, "trusted": True, "button": 0, "response_ms": answer}
        if answer is not None:
            metadata["response"] = "request"
        events.append(
            {"type": "click", "at": press.at, "screen": SCREEN, "x": press.x, "y": press.y, "metadata": metadata}
        )
    latency: list[dict[str, Any]] = [
        {"api": API, "at": start, "latency_ms": took, "status": 200} for start, took in task.loads
    ]
    last = max([event["at"] for event in events] + [start + took for start, took in task.loads])
    if not task.loads:
        latency.append({"api": API, "at": shown, "latency_ms": max(last - shown, 0), "status": None})
    person = f"iweb-{task.subject}"
    user = {"external_user_id": person, "device_type": "desktop"}
    return envelope(write_key, task.session_id, person, first, user, events, latency)
