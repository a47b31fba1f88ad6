"""Visits of a made-up shop (`ecom.csv.gz`) as batches of Mien's wire format: one visit is one session.

Every event is a screen of its name. The three that say that something failed are an error of that message on the screen
before, too. Those that are acts are a choice made on the screen before as well: without an act Mien gives no score.
There are no clicks and no calls in this data.
"""

from __future__ import annotations

import csv
import gzip
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evaluation.envelope import envelope

NAMESPACE = uuid.UUID("6f7c1a7e-3f0e-4c59-9a56-0d1f7f3f2d13")
FAILURES = frozenset(("payment_error", "checkout_bug", "error_page"))
ACTS = frozenset(("search", "filter_results", "add_to_cart", "wishlist_add", "compare", "support_chat", "purchase"))


@dataclass
class Visit:
    """`steps`: (epoch ms, name of the event), oldest first. `platform`: desktop, mobile, tablet."""

    number: str
    person: str
    platform: str
    steps: list[tuple[int, str]] = field(default_factory=list)

    @property
    def session_id(self) -> str:
        return str(uuid.uuid5(NAMESPACE, self.number))


def read_visits(folder: Path) -> list[Visit]:
    """All visits. Raises FileNotFoundError when the file is not there. Times without a zone are taken as UTC."""
    visits: dict[str, Visit] = {}
    with gzip.open(folder / "ecom.csv.gz", "rt") as file:
        for row in csv.DictReader(file):
            visit = visits.setdefault(row["session_id"], Visit(row["session_id"], row["user_id"], row["platform"]))
            at = datetime.fromisoformat(row["timestamp"]).replace(tzinfo=UTC)
            visit.steps.append((round(at.timestamp() * 1000), row["event"]))
    for visit in visits.values():
        visit.steps.sort(key=lambda step: step[0])
    return list(visits.values())


def batch_of(visit: Visit, write_key: str) -> dict[str, Any]:
    """The visit as one batch."""
    events: list[dict[str, Any]] = []
    errors: list[dict[str, Any]] = []
    screen = "/"
    for number, (at, name) in enumerate(visit.steps):
        if name in FAILURES:
            errors.append({"screen": screen, "message": name, "at": at})
        if name in ACTS:
            act = {"type": "select", "at": at, "screen": screen, "element_id": f"#{name}"}
            events.append({**act, "metadata": {"seq": 2 * number}})
        screen = f"/{name}"
        seen = {"seq": 2 * number + 1, "load": "spa"}
        events.append({"type": "screen_view", "at": at, "screen": screen, "metadata": seen})
    user = {"external_user_id": visit.person, "device_type": visit.platform}
    return envelope(write_key, visit.session_id, visit.person, visit.steps[0][0], user, events, errors=errors)
