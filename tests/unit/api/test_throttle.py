"""The wait after failed sign-ins grows, ends, and is nobody else's."""

from __future__ import annotations

import asyncio

import pytest

from mien.api.throttle import (
    FORGET_AFTER_S,
    FREE_FAILURES,
    LONGEST_WAIT_S,
    MAX_CHECKED,
    MAX_KNOWN,
    MAX_WAITING,
    Slots,
    Throttle,
)
from mien.errors import Busy


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def wait_of(throttle: Throttle, name: str = "ada", address: str = "1.2.3.4") -> int:
    """Seconds that a try must wait; 0: it was let through, and counted."""
    try:
        throttle.begin(name, address)
    except Busy as busy:
        return busy.retry_after_s
    return 0


def test_some_failures_are_free_then_the_wait_doubles() -> None:
    clock = Clock()
    throttle = Throttle(clock)
    waits = []
    for _ in range(FREE_FAILURES + 12):
        waits.append(wait_of(throttle))
        clock.now += waits[-1]
        if waits[-1]:
            assert wait_of(throttle) == 0
    assert waits[: FREE_FAILURES + 4] == [0] * FREE_FAILURES + [2, 4, 8, 16]
    assert waits[-1] == LONGEST_WAIT_S


def test_tries_at_once_are_as_many_as_tries_in_turn() -> None:
    throttle = Throttle(Clock())
    waits = [wait_of(throttle) for _ in range(100)]
    assert waits == [0] * FREE_FAILURES + [2] * (100 - FREE_FAILURES)


def test_a_wait_ends_and_success_forgets() -> None:
    clock = Clock()
    throttle = Throttle(clock)
    for _ in range(FREE_FAILURES):
        throttle.begin("ada", "1.2.3.4")
    with pytest.raises(Busy):
        throttle.begin("ada", "1.2.3.4")
    assert wait_of(throttle, address="5.6.7.8") == wait_of(throttle, name="bob") == 0
    clock.now += 2
    assert wait_of(throttle) == 0
    throttle.succeeded("ada", "1.2.3.4")
    assert [wait_of(throttle) for _ in range(FREE_FAILURES)] == [0] * FREE_FAILURES


def test_a_try_that_came_to_no_end_is_taken_back() -> None:
    throttle = Throttle(Clock())
    for _ in range(3 * FREE_FAILURES):
        throttle.begin("ada", "1.2.3.4")
        throttle.take_back("ada", "1.2.3.4")
    throttle.take_back("nobody", "1.2.3.4")
    assert wait_of(throttle) == 0


def test_old_failures_are_forgotten() -> None:
    clock = Clock()
    throttle = Throttle(clock)
    for _ in range(FREE_FAILURES):
        throttle.begin("ada", "1.2.3.4")
    clock.now += FORGET_AFTER_S + 1
    assert [wait_of(throttle) for _ in range(FREE_FAILURES)] == [0] * FREE_FAILURES


def test_memory_is_bounded() -> None:
    throttle = Throttle(Clock())
    for number in range(MAX_KNOWN + 10):
        throttle.begin(f"name {number}", "1.2.3.4")
    assert len(throttle._failures) == MAX_KNOWN


async def test_few_are_checked_at_once_and_few_wait() -> None:
    slots, go = Slots(), asyncio.Event()
    running = most = refused = 0

    async def check() -> None:
        nonlocal running, most, refused
        try:
            async with slots.one():
                running += 1
                most = max(most, running)
                await go.wait()
                running -= 1
        except Busy:
            refused += 1

    tasks = [asyncio.create_task(check()) for _ in range(100)]
    await asyncio.sleep(0)
    assert refused == 100 - MAX_CHECKED - MAX_WAITING
    go.set()
    await asyncio.gather(*tasks)
    assert most == MAX_CHECKED
    await asyncio.wait_for(check(), 1)
