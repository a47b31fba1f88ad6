"""A gate between browsers and a Mien: passes everything on, or fails in the ways in which servers and networks do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import httpx

from tests.support.http_server import Answer, Handler, serving

PASSED_ON = ("origin", "content-type", "user-agent")
PASSED_BACK = ("content-type", "cache-control", "retry-after", "vary")


class Gate:
    """`mode` for batches: "open"; "busy": 503 from a proxy; "deaf": stored, but the answer is lost on its way back."""

    def __init__(self, mien_url: str) -> None:
        self.mien = httpx.Client(base_url=mien_url, timeout=20)
        self.mode: Literal["open", "busy", "deaf"] = "open"
        self.retry_after_s = 20
        self.address = ""

    def answer(self, handler: Handler, body: bytes) -> Answer | None:
        is_batch = handler.command == "POST"
        if is_batch and self.mode == "busy":
            headers = {
                "access-control-allow-origin": handler.headers.get("origin", "*"),
                "access-control-expose-headers": "Retry-After",
                "retry-after": str(self.retry_after_s),
            }
            return 503, headers, b"busy"
        given = {name: handler.headers[name] for name in PASSED_ON if name in handler.headers}
        answer = self.mien.request(handler.command, handler.path, content=body, headers=given)
        if is_batch and self.mode == "deaf":
            handler.close_connection = True
            return None
        passed = {n: v for n, v in answer.headers.items() if n in PASSED_BACK or n.startswith("access-control-")}
        return answer.status_code, passed, answer.content


@contextmanager
def open_gate(mien_url: str) -> Iterator[Gate]:
    """Open at first, at an address of its own."""
    gate = Gate(mien_url)
    with gate.mien, serving(gate.answer) as gate.address:
        yield gate
