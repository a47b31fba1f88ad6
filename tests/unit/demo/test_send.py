"""The recorded visits go out over HTTP with fresh times, each once, and again only when the collector asks for it."""

from __future__ import annotations

import gzip
import time
from collections import Counter
from typing import Any

import msgspec
import pytest
from litestar import Litestar, Request, Response, post

from mien.demo.record import serving
from mien.demo.send import send_visits
from mien.demo.visit_file import read_visit, visit_paths
from mien.errors import SetupError

DAY_MS = 86_400_000


class Collector:
    """Answers with the statuses of `first`, one after the other, then 200, and keeps what it answered 200 to."""

    def __init__(self, *first: int) -> None:
        self.first = list(first)
        self.bodies: list[dict[str, Any]] = []
        self.agents: set[str] = set()

    def app(self) -> Litestar:
        @post("/v1/batch")
        async def batch(request: Request[Any, Any, Any]) -> Response[dict[str, str]]:
            if self.first:
                return Response({"error": "no"}, status_code=self.first.pop(0))
            self.bodies.append(msgspec.json.decode(gzip.decompress(await request.body())))
            self.agents.add(request.headers["user-agent"])
            return Response({"status": "stored"}, status_code=200)

        return Litestar([batch], openapi_config=None)


async def send(collector: Collector, seed: str = "2026-11-25", now: float | None = None) -> list[tuple[int, int, str]]:
    told: list[tuple[int, int, str]] = []
    async with serving(collector.app()) as address:
        count = await send_visits(address, "mk_live", now or time.time(), lambda *step: told.append(step), seed=seed)
    assert count == len(visit_paths())
    return told


async def test_every_visit_arrives_once_with_times_of_the_last_seven_days() -> None:
    collector, now = Collector(), time.time()
    told = await send(collector, now=now)
    recorded = [read_visit(path) for path in visit_paths()]
    assert len(collector.bodies) == sum(len(visit.batches) for visit in recorded)
    assert collector.agents == {visit.user_agent for visit in recorded}
    assert [done for done, _, _ in told] == list(range(1, len(recorded) + 1))

    now_ms = now * 1000
    for body in collector.bodies:
        assert abs(body["sent_at"] - time.time() * 1000) < 60_000
        times = [item["at"] for kind in ("events", "latency", "errors", "replay") for item in body.get(kind, [])]
        assert all(now_ms - 7 * DAY_MS < at < now_ms for at in times)
    starts = {body["session"]["session_id"]: body["session"]["started_at"] for body in collector.bodies}
    assert len(starts) == len(recorded)
    assert len({int((now_ms - start) // DAY_MS) for start in starts.values()}) == 7


async def test_a_second_run_with_the_same_seed_repeats_the_batch_ids() -> None:
    first, second, other = Collector(), Collector(), Collector()
    await send(first)
    await send(second)
    await send(other, seed="2026-11-26")
    ids = [Counter(body["batch_id"] for body in collector.bodies) for collector in (first, second, other)]
    assert ids[0] == ids[1]
    assert set(ids[0].values()) == {1}
    assert not set(ids[0]) & set(ids[2])


async def test_a_busy_collector_is_asked_again() -> None:
    collector = Collector(503, 503)
    await send(collector)
    assert len({body["batch_id"] for body in collector.bodies}) == len(collector.bodies) > 0


async def test_a_refusal_stops_with_the_collector_s_words() -> None:
    with pytest.raises(SetupError, match=r"did not take a demo visit: 401 .*no"):
        await send(Collector(*[401] * 10))


async def test_without_recordings_it_says_how_to_make_them(tmp_path: Any) -> None:
    with pytest.raises(SetupError, match="demo record"):
        await send_visits("http://127.0.0.1:1", "mk", 0.0, lambda *step: None, seed="s", folder=tmp_path)
