"""The load client: batches over kept connections, as cheap as Python can: it takes part of the machine it measures.

Whole requests are made beforehand; answers are only searched for their status and length. Runs on uvloop.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter, deque
from collections.abc import Callable, Coroutine, Iterator
from typing import Any, TypeVar

import uvloop

ResultT = TypeVar("ResultT")
_LENGTH = b"content-length: "


def requests_of(bodies: list[bytes]) -> list[bytes]:
    """Each body with the head of its request."""
    head = "POST /v1/batch HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n"
    return [head.format(len(body)).encode() + body for body in bodies]


def run(work: Coroutine[Any, Any, ResultT]) -> ResultT:
    """asyncio.run on uvloop."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)


class Link(asyncio.Protocol):
    """One kept connection with one request at a time; `on_answer` is told each answer's status, 0 when it broke."""

    def __init__(self) -> None:
        self.received = b""
        self.on_answer: Any = None
        self.transport: Any = None

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def connection_lost(self, error: Exception | None) -> None:
        if self.on_answer is not None:
            self.on_answer(0)

    def data_received(self, data: bytes) -> None:
        data = self.received = self.received + data if self.received else data
        end = data.find(b"\r\n\r\n")
        if end < 0:
            return
        at = data.find(_LENGTH, 0, end) + len(_LENGTH)
        if len(data) < end + 4 + int(data[at : data.find(b"\r", at)]):
            return
        self.received = b""
        self.on_answer(int(data[9:12]))


async def connect(port: int, count: int) -> list[Link]:
    """`count` open connections to the collector on this machine."""
    loop = asyncio.get_running_loop()
    return [(await loop.create_connection(Link, "127.0.0.1", port))[1] for _ in range(count)]


async def post_all(port: int, requests: list[bytes], connections: int) -> Counter[int]:
    """Closed loop: each connection sends its next request when the last was answered. Counts answers by status."""
    waiting: Iterator[bytes] = iter(requests)
    statuses: Counter[int] = Counter()
    all_done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    busy = 0

    def go_on(link: Link) -> None:
        nonlocal busy
        request = next(waiting, None)
        if request is None:
            busy -= 1
            if not busy and not all_done.done():
                all_done.set_result(None)
        else:
            link.transport.write(request)

    def answered(link: Link, status: int) -> None:
        if not status:
            _fail(all_done)
            return
        statuses[status] += 1
        go_on(link)

    links = await connect(port, connections)
    busy = len(links)
    for link in links:
        link.on_answer = lambda status, link=link: answered(link, status)
        go_on(link)
    await all_done
    _close(links)
    return statuses


async def post_evenly(
    port: int, requests: list[bytes], every_s: float, connections: int, tell: Callable[[int, int, float], None]
) -> None:
    """Open loop: a request every `every_s` seconds, whether or not the former are answered, if a connection is free.

    `tell(number, status, due)` is called when it is answered; `due` is of `time.monotonic`.
    """
    links = await connect(port, connections)
    free = deque(links)
    overdue: deque[tuple[int, float]] = deque()
    all_done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    left = len(requests)

    def send(number: int, due: float) -> None:
        if not free:
            overdue.append((number, due))
            return
        link = free.popleft()
        link.on_answer = lambda status: answered(link, number, due, status)
        link.transport.write(requests[number])

    def answered(link: Link, number: int, due: float, status: int) -> None:
        nonlocal left
        if not status:
            _fail(all_done)
            return
        tell(number, status, due)
        link.on_answer = None
        free.append(link)
        left -= 1
        if overdue:
            send(*overdue.popleft())
        elif not left:
            all_done.set_result(None)

    began = time.monotonic()
    for number in range(len(requests)):
        due = began + number * every_s
        if (early := due - time.monotonic()) > 0:
            await asyncio.sleep(early)
        send(number, due)
    await all_done
    _close(links)


def _fail(all_done: asyncio.Future[None]) -> None:
    if not all_done.done():
        all_done.set_exception(ConnectionError("the collector closed a connection"))


def _close(links: list[Link]) -> None:
    for link in links:
        link.on_answer = None
        link.transport.close()
