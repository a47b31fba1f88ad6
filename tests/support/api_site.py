"""A project with sessions written by SQL, and a signed-in client of the whole application. For tests of the API."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import msgspec
from litestar import Litestar

from mien.api.app import create_app, state_of
from mien.config import Settings
from mien.store.accounts import create_account
from mien.store.causes import CAUSE_OF
from mien.store.database import Database

SCHEMA = "p_default"
NAME, PASSWORD = "ada", "correct horse"
NOON = datetime(2026, 11, 20, 12, 0)
"""Naive UTC, as the columns hold it."""
PERIOD = {"since": "2026-11-14T00:00:00Z", "until": "2026-11-21T00:00:00Z"}


class Lost(msgspec.Struct, frozen=True):
    """One issue to be: what it costs is its hazard. `at_s`: its signal's start after the session's."""

    type: str
    hazard: float
    page: str | None = "/cart"
    element: str | None = None
    api: str | None = None
    at_s: float = 10.0
    evidence: dict[str, Any] = {}


class Site:
    """The project "default", and a client that is signed in."""

    def __init__(self, database: Database, client: httpx.AsyncClient, csrf: str) -> None:
        self.database = database
        self.client = client
        self.csrf = csrf

    async def get(self, path: str, /, status: int = 200, **params: Any) -> Any:
        """The JSON of a page of the project; asserts the status."""
        answer = await self.client.get(f"/api/projects/default{path}", params=params)
        assert answer.status_code == status, f"{answer.status_code}: {answer.text[:500]}"
        return answer.json()

    async def run(self, sql: str, *values: Any) -> None:
        """One statement in the project's schema."""
        async with self.database.writing(SCHEMA) as queries:
            await queries.connection.execute(sql, *values)

    async def value(self, sql: str, *values: Any) -> Any:
        """The first column of a statement's first row."""
        async with self.database.writing(SCHEMA) as queries:
            return await queries.connection.fetchval(sql, *values)

    async def session(
        self,
        at: datetime = NOON,
        lost: Sequence[Lost] | None = (),
        *,
        length_s: float = 60,
        device: str = "desktop",
        screens: Sequence[str] = ("/", "/cart"),
        user: str | None = None,
        is_bot: bool = False,
        waited_ms: int = 0,
        session_id: UUID | None = None,
    ) -> UUID:
        """A session as collector and worker leave it. `lost` None: too little to judge, so no score."""
        session_id = session_id or uuid4()
        user_id = None
        if user is not None:
            user_id = await self.value(
                "INSERT INTO users (external_user_id, email) VALUES ($1, $2) RETURNING user_id",
                user,
                f"{user}@example.org",
            )
        await self.run(
            "INSERT INTO sessions (session_id, user_id, device_id, started_at, ended_at, duration_ms)"
            " VALUES ($1, $2, $3, $4, $5, $6)",
            session_id, user_id, f"device-{session_id}", at, at + timedelta(seconds=length_s), round(length_s * 1000),
        )  # fmt: skip
        await self.run(
            "INSERT INTO session_facts (session_id, device_type, is_bot) VALUES ($1, $2, $3)",
            session_id, device, is_bot,
        )  # fmt: skip
        for number, screen in enumerate(screens, start=1):
            entered = at + timedelta(seconds=length_s * (number - 1) / len(screens))
            await self.run(
                "INSERT INTO journey_steps (session_id, step_num, screen, occurred_at) VALUES ($1, $2, $3, $4)",
                session_id, number, screen, entered,
            )  # fmt: skip
        await self._score(session_id, at, lost, waited_ms, len(set(screens)))
        return session_id

    async def _score(
        self, session_id: UUID, at: datetime, lost: Sequence[Lost] | None, waited_ms: int, screen_count: int
    ) -> None:
        hazard = sum(one.hazard for one in lost or ())
        exact = None if lost is None else 100 * math.exp(-hazard)
        issues, by_cause, counts = [], dict.fromkeys(set(CAUSE_OF.values()), 0.0), {}
        for number, one in enumerate(lost or (), start=1):
            assert exact is not None
            points = (100 - exact) * one.hazard / hazard
            by_cause[CAUSE_OF[one.type]] += points
            counts[one.type] = counts.get(one.type, 0) + 1
            issues.append({
                "type": one.type, "incident_ids": [number], "page": one.page, "element": one.element, "api": one.api,
                "count": 1, "confidence": 0.9, "hazard": one.hazard, "points": points,
                "gain_if_fixed": exact * math.expm1(one.hazard), "evidence": one.evidence, "also": [],
            })  # fmt: skip
            started = at + timedelta(seconds=one.at_s)
            await self.run(
                "INSERT INTO signals (session_id, type, confidence, started_at, ended_at, screen, element_id, api,"
                " incident, evidence) VALUES ($1, $2, 0.9, $3, $4, $5, $6, $7, $8, $9)",
                session_id, one.type, started, started + timedelta(seconds=1), one.page, one.element, one.api, number,
                one.evidence,
            )  # fmt: skip
        await self.run(
            "INSERT INTO experience_scores (session_id, score, issues) VALUES ($1, $2, $3)",
            session_id, None if exact is None else math.floor(exact + 0.5), issues,
        )  # fmt: skip
        await self.run(
            "INSERT INTO score_facts (session_id, score_version, weights_hash, score_exact, score_low, score_high,"
            " hazard, coverage, points_by_cause, signal_counts, screen_count, click_count, call_count, error_count,"
            " waited_ms)"
            " VALUES ($1, 1, 'abc', $2, $2, $2, $3, $4, $5, $6, $7, 3, 2, 1, $8)",
            session_id, exact, hazard, {"sufficient": exact is not None}, by_cause, counts, screen_count, waited_ms,
        )  # fmt: skip


_resting: list[Litestar] = []
"""Applications that no client uses now: to register all handlers takes longer than most tests."""


@contextmanager
def application(database: Database, settings: Settings, **options: Any) -> Iterator[Litestar]:
    """An application as `create_app` makes it. Without options it may have served before: its state, which is all that
    it keeps of a database, is a new one."""
    if options:
        yield create_app(database, settings, **options)
        return
    app = _resting.pop() if _resting else create_app(database, settings)
    app.state = state_of(database, settings)
    try:
        yield app
    finally:
        _resting.append(app)


@asynccontextmanager
async def api_client(
    database: Database, settings: Settings | None = None, **options: Any
) -> AsyncIterator[httpx.AsyncClient]:
    """A client that is not signed in."""
    # In this event loop, which the pool belongs to; Litestar's own client runs the application in another one.
    with application(database, settings or Settings(), **options) as app:
        transport = httpx.ASGITransport(app=app, client=("203.0.113.77", 4711))  # type: ignore[arg-type]
        async with httpx.AsyncClient(transport=transport, base_url="http://mien.test") as client:
            yield client


@asynccontextmanager
async def site_of(database: Database, static: Path | None = None) -> AsyncIterator[Site]:
    """A signed-in client."""
    await create_account(database, NAME, PASSWORD)
    options: dict[str, Any] = {"static": static} if static else {}
    async with api_client(database, **options) as client:
        answer = await client.post("/api/login", json={"name": NAME, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        yield Site(database, client, answer.json()["csrf"])


def iso(moment: datetime) -> str:
    """A naive UTC time as the API takes it."""
    return moment.replace(tzinfo=UTC).isoformat()
