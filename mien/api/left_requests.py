"""Ends what a viewer has asked for when the viewer leaves: another filter was chosen, "Stop" pressed, the page closed.

Around the API. The task that answers is cancelled, and what it waits for with it: a statement is taken back from the
database (asyncpg), a process of its own interrupted (mien/apart.py). Only readings: what changes something is finished.
"""

from __future__ import annotations

import asyncio

from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPReceiveMessage, Message, Receive, Scope, Send


def ends_with_viewer(app: ASGIApp) -> ASGIApp:
    """`app`, whose answers to GET are given up when nobody waits for them."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP and scope["method"] == "GET":
            await _answer_while_heard(app, scope, receive, send)
        else:
            await app(scope, receive, send)

    return answer


async def _answer_while_heard(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    is_whole = False
    heard: asyncio.Queue[HTTPReceiveMessage] = asyncio.Queue()

    async def watched_send(message: Message) -> None:
        nonlocal is_whole
        await send(message)
        # From here on the server says "disconnect" as well, and nothing is to be given up.
        is_whole = is_whole or (message["type"] == "http.response.body" and not message["more_body"])

    async def listen() -> None:
        # The application may wait for the viewer's leaving, too: a download does.
        while True:
            message = await receive()
            heard.put_nowait(message)  # type: ignore[arg-type]
            if message["type"] == "http.disconnect":
                return

    answering = asyncio.ensure_future(app(scope, heard.get, watched_send))
    listening = asyncio.create_task(listen())
    try:
        await asyncio.wait({answering, listening}, return_when=asyncio.FIRST_COMPLETED)
        if is_whole or answering.done():
            await answering
    finally:
        for task in (answering, listening):
            task.cancel()
        await asyncio.gather(answering, listening, return_exceptions=True)
