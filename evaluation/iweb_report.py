"""What Mien says of rated map tasks, beside what people said: score and rage clicks. Nothing is tuned here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from evaluation.agreement import auc, interval, spearman
from evaluation.importing import imported, scores_of, signals_of
from evaluation.iweb import Task, batch_of

BAD = 2  # a rating of 1 or 2; the study's own line (README of the data)
NAIVE_CLICKS, NAIVE_MS, NAIVE_PX = 3, 1000, 30


@dataclass(frozen=True)
class Judged:
    """A task, and what Mien says of it. `score`: unrounded, 0 to 100."""

    task: Task
    score: float
    signals: Counter[str]

    @property
    def is_bad(self) -> bool:
        return self.task.rating <= BAD


async def judge(tasks: Sequence[Task]) -> list[Judged]:
    """The tasks as sessions, and what Mien says of each."""
    async with imported(lambda key: [batch_of(task, key) for task in tasks]) as database:
        scores, signals = await scores_of(database), await signals_of(database)
    return [
        Judged(task, scores[UUID(task.session_id)], signals.get(UUID(task.session_id), Counter())) for task in tasks
    ]


def is_naive_rage(task: Task) -> bool:
    """The plain rule that vendors use: three presses within a second and 30 px."""
    presses = task.presses
    return any(
        third.at - first.at <= NAIVE_MS
        and all(
            (one.x - other.x) ** 2 + (one.y - other.y) ** 2 <= NAIVE_PX**2
            for one, other in ((first, second), (second, third))
        )
        for first, second, third in zip(presses, presses[1:], presses[2:], strict=False)
    )


def share(rows: Sequence[Judged], holds: Callable[[Judged], bool]) -> float:
    return sum(map(holds, rows)) / len(rows) if rows else 0.0


def bad_among(rows: Sequence[Judged], fires: Callable[[Judged], bool]) -> float:
    return share([row for row in rows if fires(row)], lambda row: row.is_bad)


def line(
    rows: Sequence[Judged], says: str, figure: Callable[[Sequence[Judged]], float], beside: str, as_percent: bool
) -> str:
    low, high = interval(rows, lambda row: row.task.subject, figure)
    shown = [f"{100 * one:.1f} %" if as_percent else f"{one:.3f}" for one in (figure(rows), low, high)]
    return f"| {says} | {shown[0]} | {shown[1]} to {shown[2]} | {beside} |"


def fires(row: Judged) -> bool:
    return row.signals["rage_click"] > 0


def fires_naively(row: Judged) -> bool:
    return is_naive_rage(row.task)


def is_bad(row: Judged) -> bool:
    return row.is_bad


def agreement(rows: Sequence[Judged]) -> float:
    return spearman([row.score for row in rows], [row.task.rating for row in rows])


def separation(rows: Sequence[Judged]) -> float:
    return auc([row.score for row in rows], [row.is_bad for row in rows])


def rage_share(rows: Sequence[Judged]) -> float:
    return share(rows, fires)


def rage_bad(rows: Sequence[Judged]) -> float:
    return bad_among(rows, fires)


def lift(rows: Sequence[Judged]) -> float:
    """How much likelier a bad rating is where rage fires."""
    return bad_among(rows, fires) / (share(rows, is_bad) or 1)


def report(rows: Sequence[Judged]) -> str:
    """The figures as Markdown."""
    waits = -spearman([row.task.mean_load_ms for row in rows], [row.task.rating for row in rows])
    naive_share, naive_bad = 100 * share(rows, fires_naively), 100 * bad_among(rows, fires_naively)
    base = share(rows, is_bad)
    people = len({row.task.subject for row in rows})
    lines = [
        f"{len(rows)} tasks of {people} persons; {100 * base:.1f} % rated bad (1 or 2 of 5).",
        "",
        "| Figure | Mien | 95 % interval, by person | Beside it |",
        "|---|---|---|---|",
        line(rows, "Spearman, score with rating", agreement, f"target ≥ 0.65; load time alone {waits:.3f}", False),
        line(
            rows,
            "AUC, score for a bad rating",
            separation,
            "target ≥ 0.84; regression on load times 0.81 (all 479 tasks)",
            False,
        ),
        line(rows, "Tasks with a rage click", rage_share, f"target ≤ 25 %; plain rule {naive_share:.1f} %", True),
        line(rows, "Of these, rated bad", rage_bad, f"target ≥ 70 %; plain rule {naive_bad:.1f} %", True),
        line(rows, "Lift over all tasks", lift, f"plain rule {naive_bad / 100 / (base or 1):.3f}", False),
        "",
        "| Rating | Tasks | Mean score |",
        "|---|---|---|",
    ]
    for rating in range(1, 6):
        scores = [row.score for row in rows if row.task.rating == rating]
        mean = f"{sum(scores) / len(scores):.1f}" if scores else "-"
        lines.append(f"| {rating} | {len(scores)} | {mean} |")
    lines += ["", "| Signal | Tasks in which it fires | Of these, rated bad |", "|---|---|---|"]
    for kind in sorted({kind for row in rows for kind in row.signals}):
        some = [row for row in rows if row.signals[kind]]
        lines.append(f"| `{kind}` | {100 * len(some) / len(rows):.1f} % | {100 * share(some, is_bad):.1f} % |")
    return "\n".join(lines)
