"""What the product itself says of the made-up shop: its findings, of the planted incidents and of quiet months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from mien.findings import Finding
from mien.findings.apart import read_findings
from mien.store.database import Database
from mien.store.error_groups import read_title
from mien.store.filters import Segment

# README of the data: what happened, and the days (the last one not included). Compared with as many days before.
PLANTED = {
    "payment_error": (datetime(2024, 5, 19), datetime(2024, 6, 8)),
    "checkout_bug": (datetime(2024, 4, 9), datetime(2024, 5, 10)),
}
QUIET = (
    (datetime(2024, 3, 15), datetime(2024, 4, 8)),
    (datetime(2024, 6, 10), datetime(2024, 6, 30)),
)
"""No incident begins in them."""


@dataclass(frozen=True)
class Said:
    """A finding of a period; `name`: its place, of an error the message."""

    since: datetime
    until: datetime
    name: str
    finding: Finding

    @property
    def changed_at(self) -> datetime:
        return datetime.fromtimestamp(self.finding.since, UTC).replace(tzinfo=None)


async def said_of(database: Database) -> list[Said]:
    """All findings of all periods, in their order."""
    said: list[Said] = []
    for since, until in (*PLANTED.values(), *QUIET):
        found = await read_findings(database, "p_default", Segment(since=since, until=until))
        async with database.reading("p_default") as queries:
            for one in found.findings:
                title = await read_title(queries, one.place) if one.place_kind == "error" else None
                said.append(Said(since, until, title or one.place, one))
    return said


def report(said: list[Said]) -> str:
    """A table of the periods."""
    lines = ["| Period, against as many days before | What the product says | Since | For whom |", "|---|---|---|---|"]
    for since, until in (*PLANTED.values(), *QUIET):
        period = f"{since:%d %b} to {until - timedelta(days=1):%d %b}"
        here = [one for one in said if one.since == since]
        lines += [f"| {period} | nothing | | |"] * (not here)
        for one in here:
            what = f"{one.finding.grade}: {one.finding.cause} at {one.finding.place_kind} `{one.name}`"
            whom = ", ".join(part.value for part in one.finding.for_whom) or "everybody"
            lines.append(f"| {period} | {what} | {one.changed_at:%d %b %H:%M} | {whom} |")
    return "\n".join(lines)
