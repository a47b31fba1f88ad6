"""Checks score and rage clicks against what people said: `./run evaluate [--data FOLDER] [--out FILE]`.

Imports the rated map tasks of the iWeb study over HTTP, as any client would, analyses them and compares. Data of the
same layout in another folder is judged by the same program. Nothing is tuned here.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import httpx

from bench.support import free_port, start_collector
from evaluation.agreement import auc, interval, spearman
from evaluation.iweb import Task, batch_of, read_tasks
from mien.postgres import EmbeddedPostgres
from mien.store import migrate, work_queue
from mien.store.database import Database
from mien.store.projects import create_key, create_project
from mien.worker import Worker

ROOT = Path(__file__).resolve().parent.parent
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
    """Import over HTTP into a database of its own, analyse, read back."""
    with tempfile.TemporaryDirectory(prefix="mien-evaluate-") as folder:
        embedded = EmbeddedPostgres(Path(folder) / "data")
        with embedded:
            dsn = embedded.dsn()
            await asyncio.to_thread(migrate.upgrade, dsn)
            database = await Database.connect(dsn)
            key = await create_key(database, await create_project(database, "default"), is_backfill=True)
            collector = await asyncio.to_thread(start_collector, dsn, free_port())
            try:
                await send(f"http://127.0.0.1:{collector.port}", [batch_of(task, key) for task in tasks])
            finally:
                await asyncio.to_thread(collector.stop)
            async with database.writing("p_default") as queries:
                await work_queue.enqueue(queries, everything=True)
            await Worker(database).drain("p_default")
            async with database.reading("p_default") as queries:
                scores = dict(await queries.connection.fetch("SELECT session_id, score_exact FROM score_facts"))
                found = await queries.connection.fetch(
                    "SELECT session_id, type, count(*) AS n FROM signals GROUP BY 1, 2"
                )
            await database.close()
    signals: dict[UUID, Counter[str]] = {}
    for row in found:
        signals.setdefault(row["session_id"], Counter())[row["type"]] = row["n"]
    return [
        Judged(task, scores[UUID(task.session_id)], signals.get(UUID(task.session_id), Counter())) for task in tasks
    ]


async def send(base_url: str, batches: Sequence[dict[str, object]]) -> None:
    """Every batch must be accepted whole."""
    async with httpx.AsyncClient(base_url=base_url, timeout=30, trust_env=False) as client:
        for batch in batches:
            answer = await client.post("/v1/batch", json=batch)
            if answer.status_code != 200 or answer.json().get("dropped"):
                raise SystemExit(f"A batch was not accepted whole: {answer.status_code} {answer.text[:300]}")


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="folder with iweb-qoe in it")
    parser.add_argument(
        "--out", type=Path, default=ROOT / "docs" / "evaluation.md", help="where the figures are written"
    )
    options = parser.parse_args()
    folder = options.data / "iweb-qoe"
    if not (folder / "raw_data.csv.gz").is_file():
        raise SystemExit(
            f"There is no iweb-qoe/raw_data.csv.gz in {options.data}. Name the folder of the data: --data FOLDER"
        )
    figures = report(asyncio.run(judge(read_tasks(folder))))
    print(figures)
    text = (ROOT / "evaluation" / "template.md").read_text()
    options.out.write_text(text.replace("{{iweb}}", figures))
    print(f"\nWritten to {options.out}")


if __name__ == "__main__":
    main()
