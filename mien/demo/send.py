"""Sends the recorded visits to a running collector over HTTP, like any client, with times of the last seven days."""

from __future__ import annotations

import asyncio
import gzip
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import httpx
import msgspec

from mien.demo.fresh_visit import duration_s, fresh_batch, start_times
from mien.demo.visit_file import FOLDER, VisitFile, read_visit, visit_paths
from mien.errors import SetupError

AT_ONCE = 4
ATTEMPTS = 6
TIMEOUT_S = 30.0

Progress = Callable[[int, int, str], None]
"""Called with how many visits are sent, of how many, and the title of the last."""


async def send_visits(
    base_url: str,
    write_key: str,
    now: float,
    progress: Progress,
    *,
    seed: str,
    folder: Path = FOLDER,
) -> int:
    """Send every recorded visit once and give back how many there are.

    `now`: epoch seconds; the visits end before it. The same `seed` gives the same ids, so a second run adds nothing;
    to finish a run that broke off, give the same `now` as well, or the rest of a visit gets other times.
    Raises SetupError when there are no recordings or the collector cannot be reached or refuses.
    """
    names = [path.name.removesuffix(".json.gz") for path in visit_paths(folder)]
    if not names:
        raise SetupError("There are no recorded visits. Record them: ./run mien demo record")
    # A shuffle that is the same every time, so that each day of the week sees several kinds of people.
    names.sort(key=lambda name: zlib.crc32(name.encode()))
    visits = [read_visit(folder / f"{name}.json.gz") for name in names]
    starts = start_times([duration_s(visit) for visit in visits], now)
    gate, sent = asyncio.Semaphore(AT_ONCE), 0

    async with httpx.AsyncClient(base_url=base_url, timeout=TIMEOUT_S, trust_env=False) as client:

        async def one(name: str, visit: VisitFile, start: float) -> None:
            nonlocal sent
            async with gate:
                shift_ms = round(start * 1000) - visit.started_at
                for batch in visit.batches:
                    body = await asyncio.to_thread(fresh_batch, batch, name, seed, shift_ms, write_key, base_url)
                    await _post(client, visit, body)
            sent += 1
            progress(sent, len(visits), visit.title)

        try:
            async with asyncio.TaskGroup() as group:
                for name, visit, start in zip(names, visits, starts, strict=True):
                    group.create_task(one(name, visit, start))
        except ExceptionGroup as failures:
            raise failures.exceptions[0] from None
    return len(visits)


async def _post(client: httpx.AsyncClient, visit: VisitFile, body: dict[str, object]) -> None:
    """One batch, tried again while the collector is busy or away. `sent_at` is now: our clock is the right one."""
    headers = {**visit.headers, "user-agent": visit.user_agent, "content-type": "text/plain"}
    why = ""
    for attempt in range(ATTEMPTS):
        content = gzip.compress(msgspec.json.encode({**body, "sent_at": int(time.time() * 1000)}), compresslevel=4)
        wait_s = 0.2 * 2**attempt
        try:
            response = await client.post("/v1/batch", content=content, headers=headers)
        except httpx.TransportError as error:
            why = f"{type(error).__name__}: {error}"
        else:
            if response.status_code == 200:
                return
            why = f"{response.status_code} {response.text[:300]}"
            if response.status_code < 500:
                break
            wait_s = max(wait_s, _retry_after_s(response))
        await asyncio.sleep(wait_s)
    raise SetupError(f"The collector at {client.base_url} did not take a demo visit: {why}")


def _retry_after_s(response: httpx.Response) -> float:
    value = response.headers.get("retry-after", "")
    return min(10.0, float(value)) if value.isdigit() else 0.0
