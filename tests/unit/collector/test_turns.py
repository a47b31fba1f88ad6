"""Turns: between the work of two batches the event loop gets to everything else."""

from __future__ import annotations

import asyncio
from itertools import pairwise

from mien.collector.turns import Turns


async def batch(turns: Turns, log: list[str], name: str) -> None:
    await turns.take()
    log.append(name)


async def other_work(log: list[str]) -> None:
    """Stands for a flush: one answer of the database in each pass of the loop."""
    for _ in range(4):
        log.append("flush")
        await asyncio.sleep(0)


async def test_batches_that_come_at_once_leave_room_between_them() -> None:
    turns, log = Turns(), list[str]()
    await asyncio.gather(*(batch(turns, log, f"batch {number}") for number in range(4)), other_work(log))
    batches = [name for name in log if name != "flush"]
    assert batches == ["batch 0", "batch 1", "batch 2", "batch 3"]
    assert not any(first != "flush" != second for first, second in pairwise(log[:6]))


async def test_a_sender_that_went_away_keeps_nobody_waiting() -> None:
    turns, log = Turns(), list[str]()
    waiting = [asyncio.create_task(batch(turns, log, f"batch {number}")) for number in range(3)]
    await asyncio.sleep(0)
    waiting[0].cancel()
    waiting[1].cancel()
    await asyncio.wait_for(waiting[2], 1)
    await batch(turns, log, "batch 3")
    assert log == ["batch 2", "batch 3"]
