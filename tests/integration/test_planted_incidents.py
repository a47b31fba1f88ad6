"""A made-up shop whose authors planted incidents at its checkout, and say when: found by the evaluation, the product's
findings and the funnel."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from evaluation import shop_findings, shop_report
from evaluation.importing import imported
from evaluation.shop import Visit, batch_of, read_visits
from mien.store.database import Database
from mien.store.filters import Device, Segment, segment_snapshot
from mien.store.funnel import FunnelStep, read_funnel
from mien.store.wilson import rise_95

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "ecom-journeys-planted"
pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(not DATA.is_dir(), reason="needs ../shared/data, which this clone has not beside it"),
]
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


@pytest.fixture(scope="module")
def visits() -> list[Visit]:
    return read_visits(DATA)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shop(visits: list[Visit]) -> AsyncIterator[Database]:
    """The visits, stored and analysed; the tests only read."""
    async with imported(lambda key: [batch_of(visit, key) for visit in visits]) as database:
        yield database


async def test_the_planted_incidents_are_found_and_nothing_else(shop: Database, visits: list[Visit]) -> None:
    judged = await shop_report.judge_stored(shop, visits)
    assert {finding.says for finding in judged.findings} == {what for _, what, *_ in shop_report.PLANTED}
    for finding in judged.findings:
        assert set(finding.weeks) <= shop_report.planted_weeks(finding.says), finding
    # And what the product says of itself: each incident once, since when and for whom, and nothing of quiet months.
    assert [(one.name, one.finding.place_kind, one.finding.cause) for one in judged.said] == [
        ("Error: payment_error", "error", "fail"),
        ("Error: checkout_bug", "error", "fail"),
    ]
    for one in judged.said:
        since, _ = shop_findings.PLANTED[one.name.removeprefix("Error: ")]
        assert one.since == since and abs(one.changed_at - since) < timedelta(days=5)
        assert one.finding.change.sessions and not one.finding.release
    assert [[part.value for part in one.finding.for_whom] for one in judged.said] == [[], ["phone"]]


async def test_the_funnel_shows_the_planted_incidents_of_the_checkout(shop: Database, visits: list[Visit]) -> None:
    for period in (BEFORE, INCIDENT, AFTER):
        for steps in (PAYMENT, TROUBLE, ("screen:/cart", "screen:/shipping_details", *PAYMENT)):
            found = await funnel_of(shop, period, steps)
            assert [row.sessions for row in found] == counted(visits, period, steps)

    before, incident, after = [(await funnel_of(shop, period, PAYMENT))[0] for period in (BEFORE, INCIDENT, AFTER)]
    rise, _ = rise_95(incident.dropped, incident.sessions, before.dropped, before.sessions)
    assert rise > 0, "fewer come from payment to purchase while the incident lasts"
    rise, _ = rise_95(after.dropped, after.sessions, before.dropped, before.sessions)
    assert rise < 0, "and as many as before when it is over"
    for calm in (before, after):
        rise, _ = rise_95(incident.seen.error, incident.dropped, calm.seen.error, calm.dropped)
        assert rise > 0, "what came just before dropping out is an error, far more often than in calm weeks"

    bugs = {device: (await funnel_of(shop, BUG, TROUBLE, device))[1].sessions for device in DEVICES}
    assert bugs["phone"] >= 10 and bugs["desktop"] == bugs["tablet"] == 0
    for period in WITHOUT_BUG:
        assert (await funnel_of(shop, period, TROUBLE))[1].sessions == 0
