"""A small HTTP server for the pages of tests: one function says what is answered."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeAlias

Answer: TypeAlias = "tuple[int, dict[str, str], bytes]"
Routes: TypeAlias = "Callable[[Handler, bytes], Answer | None]"
"""Request and its body -> status, headers, body; None when `routes` has written the answer, or wants none."""

HTML = {"content-type": "text/html", "cache-control": "max-age=0"}  # "no-store" would keep a page from being kept whole


class Handler(BaseHTTPRequestHandler):
    """Asks `routes`."""

    wbufsize = 0
    protocol_version = "HTTP/1.1"
    routes: Routes

    @property
    def route(self) -> str:
        """The path without its query."""
        return self.path.split("?")[0]

    def handle_one(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        answer = type(self).routes(self, body)
        if answer is None:
            return
        status, headers, content = answer
        self.send_response(status)
        for name, value in {"content-length": str(len(content)), "cache-control": "no-store", **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_OPTIONS = handle_one

    def log_message(self, *args: Any) -> None:
        """Silence."""


class QuietServer(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *args: Any) -> None:
        """Browsers hang up in mid-answer; that is no failure of the test."""


@contextmanager
def serving(routes: Routes) -> Iterator[str]:
    """Answers on a port of its own; yields the address."""
    server = QuietServer(("127.0.0.1", 0), type("Routed", (Handler,), {"routes": staticmethod(routes)}))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
