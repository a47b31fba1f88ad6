"""The funnel on a made-up shop whose authors planted two incidents at its checkout, and say when they were."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from evaluation.importing import imported
from evaluation.shop import Visit, batch_of, read_visits
from mien.store.database import Database
from mien.store.filters import Device, Segment, segment_snapshot
from mien.store.funnel import FunnelStep, read_funnel
from mien.store.wilson import rise_95

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "ecom-journeys-planted"
Period = tuple[datetime, datetime]
BEFORE: Period = (datetime(2024, 1, 1), datetime(2024, 5, 19))
INCIDENT: Period = (datetime(2024, 5, 19), datetime(2024, 6, 8))
AFTER: Period = (datetime(2024, 6, 8), datetime(2025, 1, 1))
BUG: Period = (datetime(2024, 4, 9), datetime(2024, 5, 10))
WITHOUT_BUG: Sequence[Period] = (
    (datetime(2024, 1, 1), datetime(2024, 4, 9)),
    (datetime(2024, 5, 10), datetime(2025, 1, 1)),
)
PAYMENT = ("screen:/payment_details", "screen:/purchase")
TROUBLE = ("screen:/cart", "screen:/checkout_bug")
DEVICES: tuple[Device, ...] = ("phone", "desktop", "tablet")


def counted(visits: Sequence[Visit], period: Period, steps: Sequence[str]) -> list[int]:
    """Visits of the file that reach each step, counted without Mien."""
    reached = [0] * len(steps)
    for visit in visits:
        started = datetime.fromtimestamp(visit.steps[0][0] / 1000, UTC).replace(tzinfo=None)
        rest = iter(f"screen:/{name}" for _, name in visit.steps)
        if period[0] <= started < period[1]:
            for number, step in enumerate(steps):
                if step not in rest:
                    break
                reached[number] += 1
    return reached


async def funnel_of(
    database: Database, period: Period, steps: Sequence[str], device: Device | None = None
) -> list[FunnelStep]:
    segment = Segment(since=period[0], until=period[1], device=device)
    async with segment_snapshot(database, "p_default") as queries:
        return await read_funnel(queries, segment, steps, None)


async def judge(visits: Sequence[Visit]) -> None:
    async with imported(lambda key: [batch_of(visit, key) for visit in visits]) as database:
        for period in (BEFORE, INCIDENT, AFTER):
            for steps in (PAYMENT, TROUBLE, ("screen:/cart", "screen:/shipping_details", *PAYMENT)):
                found = await funnel_of(database, period, steps)
                assert [row.sessions for row in found] == counted(visits, period, steps)

        before, incident, after = [
            (await funnel_of(database, period, PAYMENT))[0] for period in (BEFORE, INCIDENT, AFTER)
        ]
        rise, _ = rise_95(incident.dropped, incident.sessions, before.dropped, before.sessions)
        assert rise > 0, "fewer come from payment to purchase while the incident lasts"
        rise, _ = rise_95(after.dropped, after.sessions, before.dropped, before.sessions)
        assert rise < 0, "and as many as before when it is over"
        for calm in (before, after):
            rise, _ = rise_95(incident.seen.error, incident.dropped, calm.seen.error, calm.dropped)
            assert rise > 0, "what came just before dropping out is an error, far more often than in calm weeks"

        bugs = {device: (await funnel_of(database, BUG, TROUBLE, device))[1].sessions for device in DEVICES}
        assert bugs["phone"] >= 10 and bugs["desktop"] == bugs["tablet"] == 0
        for period in WITHOUT_BUG:
            assert (await funnel_of(database, period, TROUBLE))[1].sessions == 0


@pytest.mark.skipif(not DATA.is_dir(), reason="needs ../shared/data, which this clone has not beside it")
def test_the_funnel_shows_the_planted_incidents_of_the_checkout() -> None:
    asyncio.run(judge(read_visits(DATA)))
