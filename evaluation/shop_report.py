"""Whether what Mien stores of the made-up shop shows the incidents that its authors planted, and only those.

For each week, error and platform: is its share of visits higher than in all other weeks? Of the visits that reach the
last step before the purchase: is the share that buys lower? And for each error and platform: is its share of visits
higher than on all others? Fisher's exact test, one-sided; Benjamini-Hochberg over all questions at 5 %. The first two
were written before any answer was seen, the third after they had missed the checkout bug, which is spread thinly over
five weeks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import comb
from typing import Any

from evaluation import shop_findings
from evaluation.importing import imported, rows_of, signals_of
from evaluation.shop import Visit, batch_of
from mien.store.database import Database

LEVEL = 0.05
MIN_VISITS = 5  # a week with fewer says nothing
ALL = "all platforms"
PLANTED = (  # README of the data; what it calls mobile is a phone here
    ("payment incident", "no purchase after /payment_details", ALL, date(2024, 5, 19), date(2024, 6, 7)),
    ("payment errors", "error payment_error", ALL, date(2024, 5, 19), date(2024, 6, 7)),
    ("checkout bug", "error checkout_bug", "phone", date(2024, 4, 9), date(2024, 5, 9)),
)
ERRORS = """SELECT s.started_at::date AS day, f.device_type AS platform, e.message
    FROM error_logs e JOIN sessions s USING (session_id) JOIN session_facts f USING (session_id)
    GROUP BY s.session_id, 1, 2, 3"""
VISITS = """SELECT s.started_at::date AS day, f.device_type AS platform,
    bool_or(j.screen = '/payment_details') AS paying, bool_or(j.screen = '/purchase') AS bought
    FROM sessions s JOIN session_facts f USING (session_id) JOIN journey_steps j USING (session_id)
    GROUP BY s.session_id, 1, 2"""


# What is asked, on which platform, of which week (or of all in which it was seen), and the chance of what was seen.
Question = tuple[str, str, date | tuple[date, ...], float]


@dataclass(frozen=True)
class Finding:
    """Weeks (their Mondays) in which `says` held more often than in the others on that platform.

    With `is_contrast`: those in which it was seen at all, where it held more often on that platform than on the others.
    """

    says: str
    platform: str
    weeks: Sequence[date]
    is_contrast: bool = False


@dataclass(frozen=True)
class Judged:
    """`findings`: of the questions asked here; `said`: what the product says of itself."""

    findings: Sequence[Finding]
    signals: Sequence[Counter[str]]
    visits: int
    said: list[shop_findings.Said]


async def judge(visits: Sequence[Visit]) -> Judged:
    """The visits as sessions, and what their rows show."""
    async with imported(lambda key: [batch_of(visit, key) for visit in visits]) as database:
        return await judge_stored(database, visits)


async def judge_stored(database: Database, visits: Sequence[Visit]) -> Judged:
    """What the rows of these visits show."""
    signals = await signals_of(database)
    stored, errors = await rows_of(database, VISITS), await rows_of(database, ERRORS)
    said = await shop_findings.said_of(database)
    quiet = [Counter[str]()] * (len(visits) - len(signals))
    return Judged(find(stored, errors), [*signals.values(), *quiet], len(visits), said)


def week_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def more_often(hits: int, of: int, other_hits: int, others: int) -> float:
    """Fisher's exact test, one-sided: the chance of so many hits or more, if both had one rate. 0 to 1."""
    total, all_hits = of + others, hits + other_hits
    ways = sum(comb(all_hits, k) * comb(total - all_hits, of - k) for k in range(hits, min(of, all_hits) + 1))
    return ways / comb(total, of)


def significant(chances: Sequence[float]) -> list[bool]:
    """Benjamini-Hochberg at LEVEL: which of them may be called found."""
    order = sorted(range(len(chances)), key=lambda index: chances[index])
    last = max(
        (rank for rank, index in enumerate(order, 1) if chances[index] <= LEVEL * rank / len(chances)), default=0
    )
    found = set(order[:last])
    return [index in found for index in range(len(chances))]


def find(visits: Iterable[Any], errors: Iterable[Any]) -> list[Finding]:
    """All questions, asked of each week on each platform."""
    rows, failed = list(visits), list(errors)
    platforms = [ALL, *sorted({row["platform"] for row in rows})]
    questions: list[Question] = []
    for platform in platforms:
        here = [row for row in rows if platform in (ALL, row["platform"])]
        for message in sorted({row["message"] for row in failed}):
            everywhere = [row for row in failed if row["message"] == message]
            hits = [row for row in everywhere if platform in (ALL, row["platform"])]
            questions += ask(f"error {message}", platform, hits, here)
            if platform != ALL:
                chance = more_often(len(hits), len(here), len(everywhere) - len(hits), len(rows) - len(here))
                questions.append(
                    (f"error {message}", platform, tuple(sorted({week_of(row["day"]) for row in hits})), chance)
                )
        paying = [row for row in here if row["paying"]]
        lost = [row for row in paying if not row["bought"]]
        questions += ask("no purchase after /payment_details", platform, lost, paying)
    return answers(questions)


def answers(questions: Sequence[Question]) -> list[Finding]:
    """What is found of all that was asked; the weeks of one thing on one platform together."""
    weekly: dict[tuple[str, str], list[date]] = {}
    contrasts: list[Finding] = []
    for (says, platform, week, _), is_found in zip(questions, significant([one[3] for one in questions]), strict=True):
        if is_found and isinstance(week, tuple):
            contrasts.append(Finding(says, platform, week, is_contrast=True))
        elif is_found and isinstance(week, date):
            weekly.setdefault((says, platform), []).append(week)
    return [*(Finding(says, platform, sorted(weeks)) for (says, platform), weeks in weekly.items()), *contrasts]


def ask(says: str, platform: str, hits: Sequence[Any], of: Sequence[Any]) -> list[Question]:
    """One question for each week with enough visits."""
    by_week = [Counter(week_of(row["day"]) for row in rows) for rows in (hits, of)]
    return [
        (says, platform, week, more_often(by_week[0][week], count, len(hits) - by_week[0][week], len(of) - count))
        for week, count in by_week[1].items()
        if count >= MIN_VISITS
    ]


def report(judged: Judged) -> str:
    """The findings beside the answer key, as Markdown."""
    lines = [
        f"{judged.visits} visits.",
        "",
        "| Found | Where | Weeks that begin on | Planted then |",
        "|---|---|---|---|",
    ]
    for finding in judged.findings:
        weeks = ", ".join(f"{week:%d %b}" for week in finding.weeks)
        where = f"more on {finding.platform} than elsewhere" if finding.is_contrast else finding.platform
        lines.append(f"| {finding.says} | {where} | {weeks} | {verdict(finding)} |")
    lines += ["", "| Planted | Where | From, to | Weeks found of weeks touched |", "|---|---|---|---|"]
    for name, says, platform, since, until in PLANTED:
        touched = weeks_of(since, until)
        found = {week for one in judged.findings if (one.says, one.platform) == (says, platform) for week in one.weeks}
        lines.append(
            f"| {name} | {platform} | {since:%d %b}, {until:%d %b} | {len(found & touched)} of {len(touched)} |"
        )
    return "\n".join([*lines, "", shop_findings.report(judged.said)])


def weeks_of(since: date, until: date) -> set[date]:
    return {week_of(since + timedelta(days=number)) for number in range((until - since).days + 1)}


def planted_weeks(says: str) -> set[date]:
    return {week for _, what, _, since, until in PLANTED if what == says for week in weeks_of(since, until)}


def verdict(finding: Finding) -> str:
    """How many of the weeks are planted ones of that kind."""
    planted = planted_weeks(finding.says)
    return f"{sum(week in planted for week in finding.weeks)} of {len(finding.weeks)}"
