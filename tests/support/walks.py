"""Sessions of random screens, signals and events in the database, and the same as plain Python values to count in."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid4

import msgspec

from mien.store.before import BEFORE_S, TROUBLE
from tests.support.api_site import NOON, Site

SCREENS = (
    "/",
    "/list",
    "/item/:id",
    "/cart",
    "/pay",
    "a > b|c^$*!@%",
    "event:fake",
    "/größe [x]+(y).{2}\\d",
    "/PAY",
    " x ",
)
SIGNALS = ("rage_click", "failed_request", "slow_api", "dead_click", "multi_click", "js_error", "web_vital_lcp")
EVENTS = ("order", "add to cart", "a>>b")


class Walk(msgspec.Struct):
    """One session. Times in seconds after its start; `signals`: (type, from, until)."""

    session_id: UUID
    steps: list[tuple[str, float]]
    signals: list[tuple[str, float, float]]
    events: list[tuple[str, float]]
    length_s: float
    score: float | None

    @property
    def screens(self) -> list[str]:
        return [screen for screen, _ in self.steps]

    def kinds_before(self, at_s: float) -> set[str]:
        """Kinds of trouble that overlap the last minute before a time."""
        found = {
            TROUBLE[name] for name, start, end in self.signals
            if name in TROUBLE and start <= at_s and end > at_s - BEFORE_S
        }  # fmt: skip
        return found or {"nothing"}  # type: ignore[return-value]


def random_walk(random: Random, screens: tuple[str, ...] = SCREENS) -> Walk:
    """No screen twice in a row, as the analyzer leaves it; several things may happen at one instant."""
    at, steps = 0.0, list[tuple[str, float]]()
    for _ in range(random.choice((0, 1, 1, 2, 3, 4, 5, 7, 10, 14))):
        allowed = [screen for screen in screens if not steps or screen != steps[-1][0]]
        weights = [1 / (1 + screens.index(screen)) for screen in allowed]
        steps.append((random.choices(allowed, weights)[0], at))
        at += random.choice((0, 1, 5, 20, 61, 200))
    length = at + random.choice((0, 10, 100))
    signals = []
    for _ in range(random.choice((0, 0, 1, 1, 2, 4))):
        start = random.uniform(0, length)
        signals.append((random.choice(SIGNALS), start, start + random.choice((0, 2, 60))))
    events = sorted(
        ((random.choice(EVENTS), float(random.randint(0, int(length)))) for _ in range(random.choice((0, 0, 1, 3)))),
        key=lambda event: event[1],
    )
    score = None if random.random() < 0.2 else random.uniform(0, 100)
    return Walk(uuid4(), steps, signals, events, length, score)


async def store(site: Site, walk: Walk, at: datetime = NOON) -> None:
    """The session as collector and worker leave it."""

    def time(after_s: float) -> datetime:
        return at + timedelta(seconds=after_s)

    async with site.database.writing("p_default") as queries:
        run, many = queries.connection.execute, queries.connection.executemany
        await run(
            "INSERT INTO sessions (session_id, started_at, ended_at) VALUES ($1, $2, $3)",
            walk.session_id, at, time(walk.length_s),
        )  # fmt: skip
        await many(
            "INSERT INTO journey_steps (session_id, step_num, screen, occurred_at) VALUES ($1, $2, $3, $4)",
            [(walk.session_id, number, screen, time(s)) for number, (screen, s) in enumerate(walk.steps, 1)],
        )
        await many(
            "INSERT INTO signals (session_id, type, confidence, started_at, ended_at, evidence)"
            " VALUES ($1, $2, 1, $3, $4, $5)",
            [(walk.session_id, name, time(start), time(end), {}) for name, start, end in walk.signals],
        )
        await many(
            "INSERT INTO events (session_id, event_type, occurred_at) VALUES ($1, $2, $3)",
            [(walk.session_id, name, time(s)) for name, s in walk.events],
        )
        await run(
            "INSERT INTO score_facts (session_id, score_version, weights_hash, score_exact, hazard, coverage,"
            " points_by_cause, signal_counts, screen_count, click_count, call_count, error_count, waited_ms)"
            " VALUES ($1, 2, 'x', $2, 0, '{}', '{}', '{}', 0, 0, 0, 0, 0)",
            walk.session_id, walk.score,
        )  # fmt: skip


async def random_site(site: Site, seed: int, count: int, screens: tuple[str, ...] = SCREENS) -> list[Walk]:
    """That many sessions, stored."""
    random = Random(seed)
    walks = [random_walk(random, screens) for _ in range(count)]
    for number, walk in enumerate(walks):
        await store(site, walk, NOON + timedelta(minutes=number))
    return walks
