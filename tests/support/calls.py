"""Sessions with API calls and web vitals for tests, written by SQL, and the plain lists that a test counts over."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any, TypeAlias
from uuid import UUID

import msgspec

from mien.store.database import Database
from tests.support.api_site import NOON, SCHEMA, Lost, Site

APIS = ("GET /api/cart", "POST /api/payments", "GET /api/search", "", None)
STATUSES = (200, 200, 200, 200, 201, 204, 302, 404, 422, 500, 502, 0, None, None, 101, 600)


Call: TypeAlias = tuple[str | None, int | None, int | None, float]
"""API, latency in ms, status, seconds after the session's start."""


class Made(msgspec.Struct):
    """One session as it was written. `steps`: screen, seconds after the start. `views`: screen, and per vital what it
    reported one after the other.
    """

    session_id: UUID
    started_at: datetime
    device: str | None
    visitor: str
    score: float | None
    length_s: float
    has_rage: bool
    steps: list[tuple[str, float]]
    calls: list[Call]
    views: list[tuple[str | None, dict[str, list[float]]]]


async def fill(site: Site, count: int = 40, seed: int = 7, until: datetime = NOON) -> list[Made]:
    """Random sessions of all kinds, spread over the six days before `until`, the same for the same seed; and two that
    do not count."""
    chance = random.Random(seed)
    made = [await _one(site, chance, until - timedelta(hours=144 * number / count)) for number in range(count)]
    robot = await site.session(until, [], is_bot=True)
    before = await site.session(until - timedelta(days=60), [])
    for session_id in (robot, before):
        await site.run(
            "INSERT INTO latency_metrics (session_id, api, latency_ms, status, occurred_at)"
            " VALUES ($1, $2, 5, 200, $3)",
            session_id, APIS[0], NOON,
        )  # fmt: skip
        await _event(site, session_id, "web_vital", "/", NOON, {"name": "LCP", "value": 9000})
    return made


async def _one(site: Site, chance: random.Random, at: datetime) -> Made:
    has_rage = chance.random() < 0.4
    lost = [Lost("slow_api", chance.uniform(0.05, 0.6), api=APIS[0])] if chance.random() < 0.5 else []
    if has_rage:
        lost.append(Lost("rage_click", 0.3, element="#pay"))
    if chance.random() < 0.3:
        lost.append(Lost("failed_request", 0.2, api=APIS[1]))
    scored = chance.random() < 0.9
    length_s = chance.choice([30.0, 90.0, 300.0])
    device = chance.choice(["desktop", "phone", "tablet"])
    screens = chance.sample(["/", "/cart", "/pay", "/search"], chance.randint(1, 3))
    user = f"user-{chance.randint(0, 9)}"
    session_id = await site.session(at, lost if scored else None, length_s=length_s, device=device, screens=screens)
    await site.run("UPDATE sessions SET device_id = $2 WHERE session_id = $1", session_id, user)
    if not scored:
        has_rage = False
    calls = [_call(chance, length_s) for _ in range(chance.choice([0, 1, 4, 9]))]
    await _calls(site.database, session_id, at, calls)
    views: list[tuple[str | None, dict[str, list[float]]]] = []
    for number, screen in enumerate(screens):
        reports = {
            name: [chance.choice([0, 0.08, 0.1, 0.2, 150, 250, 1900, 2600, 4100]) for _ in range(chance.randint(1, 2))]
            for name in ("LCP", "INP", "CLS", "FCP", "TTFB")
            if chance.random() < 0.6
        }
        entered = at + timedelta(seconds=length_s * number / len(screens))
        await _event(site, session_id, "screen_view", screen, entered, {"seq": 0})
        for name, values in reports.items():
            for place, value in enumerate(values, start=1):
                metadata = {"name": name, "value": value, "rating": "good"}
                await _event(site, session_id, "web_vital", screen, entered + timedelta(seconds=place), metadata)
        views.append((screen, reports))
    await _event(site, session_id, "web_vital", screens[-1], at + timedelta(days=1), {"name": "LCP", "value": "fast"})
    await _event(site, session_id, "web_vital", screens[-1], at + timedelta(days=1), {"name": "FID", "value": 3})
    score = await site.value("SELECT score_exact FROM score_facts WHERE session_id = $1", session_id)
    steps = [(screen, length_s * number / len(screens)) for number, screen in enumerate(screens)]
    return Made(session_id, at, device, user, score, length_s, has_rage, steps, calls, views)


def _call(chance: random.Random, length_s: float) -> Call:
    """Mostly ordinary, sometimes what only plain SQL stores."""
    ms = chance.choice([None, 0, -5, 3]) if chance.random() < 0.15 else int(chance.lognormvariate(6.8, 1.3))
    return chance.choice(APIS), ms, chance.choice(STATUSES), chance.uniform(-0.2, 1) * length_s


async def _calls(database: Database, session_id: UUID, at: datetime, calls: list[Call]) -> None:
    rows = [(session_id, api, ms, status, at + timedelta(seconds=after)) for api, ms, status, after in calls]
    async with database.writing(SCHEMA) as queries:
        await queries.connection.executemany(
            "INSERT INTO latency_metrics (session_id, api, latency_ms, status, occurred_at)"
            " VALUES ($1, $2, $3, $4, $5)",
            rows,
        )
        timings = [(row[0], row[1], max(row[2] // 2, 1), row[4]) for row in rows if row[2] and row[2] > 0 and row[3]]
        await queries.connection.executemany(
            "INSERT INTO call_timings (session_id, api, ttfb_ms, occurred_at) VALUES ($1, $2, $3, $4)", timings
        )


async def _event(
    site: Site, session_id: UUID, event_type: str, screen: str | None, at: datetime, metadata: dict[str, Any]
) -> None:
    await site.run(
        "INSERT INTO events (session_id, event_type, screen, occurred_at, metadata) VALUES ($1, $2, $3, $4, $5)",
        session_id, event_type, screen, at, metadata,
    )  # fmt: skip
