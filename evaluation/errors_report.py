"""Whether Mien's error groups join the errors that are one mistake, and only those: precision and recall over pairs.

Beside it the plainest grouping that there is: equal messages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from evaluation.errors import OLD_TRACES, Told, batch_of
from evaluation.importing import imported, rows_of

GROUPS = """SELECT g.session_id, g.group_key, e.message FROM grouped_errors g JOIN error_logs e ON e.id = g.error_id"""


@dataclass(frozen=True)
class Grouped:
    """An error with the group that Mien gave it and its message as stored."""

    told: Told
    group: str
    message: str


@dataclass(frozen=True)
class Pairs:
    """Of all pairs of errors: those of one mistake, those that were joined, and those that are both."""

    same: int
    joined: int
    both: int

    @property
    def precision(self) -> float | None:
        """None when nothing was joined."""
        return self.both / self.joined if self.joined else None

    @property
    def recall(self) -> float | None:
        """None when no two errors are one mistake."""
        return self.both / self.same if self.same else None


async def judge(errors: Sequence[Told]) -> list[Grouped]:
    """The errors as sessions, with the groups that are stored. SystemExit when one has none."""
    async with imported(lambda key: [batch_of(told, key) for told in errors]) as database:
        rows = {str(row["session_id"]): row for row in await rows_of(database, GROUPS)}
    missing = [told.name for told in errors if told.session_id not in rows]
    if missing:
        raise SystemExit(f"These errors have no group: {', '.join(missing)}")
    return [Grouped(told, rows[told.session_id]["group_key"], rows[told.session_id]["message"]) for told in errors]


def count_pairs(errors: Iterable[Grouped], key: Callable[[Grouped], str]) -> Pairs:
    """All pairs of these errors; one without a label is a mistake of its own."""
    same = joined = both = 0
    for one, other in combinations(errors, 2):
        is_same = one.told.label is not None and one.told.label == other.told.label
        is_joined = key(one) == key(other)
        same, joined, both = same + is_same, joined + is_joined, both + (is_same and is_joined)
    return Pairs(same, joined, both)


def report_events(errors: Sequence[Grouped]) -> str:
    """Error trackers' events: those of web pages, those that their authors grouped, and all."""
    return table(
        {
            "of web pages": [one for one in errors if one.told.is_web],
            "that their authors grouped, mostly of native programs": [one for one in errors if one.told.label],
            "all; one that nobody grouped counts as a mistake of its own": errors,
        }
    )


def report_traces(errors: Sequence[Grouped]) -> str:
    """Browsers' own errors."""
    newer = [one for one in errors if one.told.name not in OLD_TRACES]
    return table({"of browsers from 2012 on": newer, "all, from 2008 on": errors})


def table(parts: dict[str, Sequence[Grouped]]) -> str:
    """Markdown: Mien beside equal messages."""
    lines = [
        "| Errors | Number | Pairs of one mistake | Precision | Recall | Equal messages: precision | recall |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, errors in parts.items():
        mien = count_pairs(errors, lambda one: one.group)
        plain = count_pairs(errors, lambda one: one.message)
        figures = [mien.precision, mien.recall, plain.precision, plain.recall]
        lines.append(f"| {name} | {len(errors)} | {mien.same} | " + " | ".join(map(percent, figures)) + " |")
    return "\n".join(lines)


def percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f} %"
