"""What findings find: `./run bench findings [--seeds N --sessions N]`.

For each seed a fortnight of made-up visits (mien/demo/synthetic.py) with one planted incident, written, analysed by the
worker, and compared as the API does it; then as many fortnights in which nothing changes. Reported: the share of
incidents found as the first finding and at all, how far the time is off, whether the group and the release are right,
and in how many of the quiet periods something is said.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.support import passable_folder
from mien.cli.bench import write_visits
from mien.demo.synthetic import DAY_S, Plan, planted
from mien.findings.apart import read_findings
from mien.findings.shapes import Finding, Findings
from mien.postgres import EmbeddedPostgres
from mien.store import migrate, work_queue
from mien.store.database import Database
from mien.store.filters import Segment
from mien.store.projects import create_project, find_project
from mien.worker import Worker

DAYS = 14
PLACES = {
    "bad_release": (("api", "POST /api/orders"), ("element", "#pay"), ("screen", "/payment")),
    "slow_api": (("api", "GET /api/search"), ("screen", "/list")),
    "dead_button": (("element", "#to-cart"), ("screen", "/p/:id")),
}
"""Where an incident can be said to be: each names it, the first most exactly."""


@dataclass
class Result:
    """What was found of one planted incident; None: nothing of it."""

    kind: str
    finding: Finding | None
    is_first: bool
    error_h: float
    is_whom_right: bool
    is_release_right: bool
    others: int


async def compare(database: Database, plan: Plan, name: str) -> Findings:
    """A project of its own for the plan; the later week against the one before."""
    await create_project(database, name, name)
    schema = (await find_project(database, name)).schema
    await write_visits(database.dsn, schema, plan)
    async with database.writing(schema) as queries:
        await work_queue.enqueue(queries)
    await Worker(database).drain(schema)
    middle = (plan.since + plan.until) / 2
    since, until = (datetime.fromtimestamp(at, UTC).replace(tzinfo=None) for at in (middle, plan.until))
    return await read_findings(database, schema, Segment(since=since, until=until))


def judge(plan: Plan, found: Findings) -> Result:
    """The planted incident beside what was said."""
    [incident] = plan.incidents
    matches = [one for one in found.findings if (one.place_kind, one.place) in PLACES[incident.kind]]
    match = matches[0] if matches else None
    named = {(part.dimension, part.value) for part in match.for_whom} if match else set()
    whom = {("device_type", incident.for_whom)} if incident.for_whom else set()
    return Result(
        kind=incident.kind,
        finding=match,
        is_first=bool(found.findings) and found.findings[0] is match,
        error_h=abs(match.since - incident.at) / 3600 if match else 0.0,
        is_whom_right={one for one in named if one[0] == "device_type"} == whom,
        is_release_right=bool(match and match.release == plan.release(incident.at)) == (incident.kind == "bad_release"),
        others=len(found.findings) - len(matches),
    )


async def measure(dsn: str, seeds: int, quiet_seeds: int, sessions: int) -> None:
    """All seeds, printed as they come, then together."""
    migrate.upgrade(dsn)
    database = await Database.connect(dsn)
    until = time.time() // 3600 * 3600
    since = until - DAYS * DAY_S
    print(f"{'seed':>4} {'kind':12} {'found':>6} {'off by h':>9} {'for whom':>9} {'release':>8} {'others':>7}")
    results = []
    for seed in range(seeds):
        plan = Plan(sessions, since, until, seed, (planted(seed, since, until),))
        one = judge(plan, await compare(database, plan, f"planted_{seed}"))
        results.append(one)
        said = "first" if one.is_first else "yes" if one.finding else "NO"
        print(
            f"{seed:>4} {one.kind:12} {said:>6} {one.error_h:>9.1f} {'right' if one.is_whom_right else 'wrong':>9} "
            f"{'right' if one.is_release_right else 'wrong':>8} {one.others:>7}", flush=True,
        )  # fmt: skip
    quiet = [
        await compare(database, Plan(sessions, since, until, 1_000 + seed), f"quiet_{seed}")
        for seed in range(quiet_seeds)
    ]
    found = [one for one in results if one.finding]
    print(f"found: {len(found)} of {seeds}, as the first: {sum(one.is_first for one in results)}")
    if found:
        errors = [one.error_h for one in found]
        print(
            f"time off by {statistics.mean(errors):.1f} h in the mean, {statistics.median(errors):.1f} h in the median"
        )
        print(f"for whom right: {sum(one.is_whom_right for one in found)} of {len(found)}")
        right = sum(one.is_release_right for one in found)
        print(f"release right (named where there was one, else none): {right} of {len(found)}")
    print(f"further findings beside the planted one: {sum(one.others for one in results)}")
    false = sum(bool(one.findings) for one in quiet)
    print(f"quiet periods with a finding: {false} of {quiet_seeds} (budget 5 %)")
    await database.close()


def main() -> None:
    """Reads the options and runs it on a database of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--quiet-seeds", type=int, default=20)
    parser.add_argument("--sessions", type=int, default=4_000, help="of a fortnight")
    options = parser.parse_args()
    with passable_folder() as folder, EmbeddedPostgres(folder / "data", shared_buffers="256MB") as server:
        asyncio.run(measure(server.dsn, options.seeds, options.quiet_seeds, options.sessions))


if __name__ == "__main__":  # the visits are written by processes of their own, which import this file
    main()
