"""The wait after failed sign-ins grows, ends, and is nobody else's."""

from __future__ import annotations

import pytest

from mien.api.throttle import FORGET_AFTER_S, FREE_FAILURES, LONGEST_WAIT_S, MAX_KNOWN, Throttle
from mien.errors import Busy


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def wait_of(throttle: Throttle, name: str = "ada", address: str = "1.2.3.4") -> int:
    try:
        throttle.check(name, address)
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
        throttle.failed("ada", "1.2.3.4")
    assert waits[: FREE_FAILURES + 4] == [0] * FREE_FAILURES + [2, 4, 8, 16]
    assert waits[-1] == LONGEST_WAIT_S


def test_a_wait_ends_and_success_forgets() -> None:
    clock = Clock()
    throttle = Throttle(clock)
    for _ in range(FREE_FAILURES):
        throttle.failed("ada", "1.2.3.4")
    with pytest.raises(Busy):
        throttle.check("ada", "1.2.3.4")
    assert wait_of(throttle, address="5.6.7.8") == wait_of(throttle, name="bob") == 0
    clock.now += 2
    assert wait_of(throttle) == 0
    throttle.succeeded("ada", "1.2.3.4")
    throttle.failed("ada", "1.2.3.4")
    assert wait_of(throttle) == 0


def test_old_failures_are_forgotten() -> None:
    clock = Clock()
    throttle = Throttle(clock)
    for _ in range(FREE_FAILURES):
        throttle.failed("ada", "1.2.3.4")
    clock.now += FORGET_AFTER_S + 1
    throttle.failed("ada", "1.2.3.4")
    assert wait_of(throttle) == 0


def test_memory_is_bounded() -> None:
    throttle = Throttle(Clock())
    for number in range(MAX_KNOWN + 10):
        throttle.failed(f"name {number}", "1.2.3.4")
    assert len(throttle._failures) == MAX_KNOWN
