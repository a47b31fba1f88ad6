"""Work in a process of its own, so that it delays no answer and takes no memory afterwards: asked and answered in JSON.

The child is `python -m PACKAGE`, whose `main` is `serve`. It ends with 0 and the answer on standard output, or with one
of the codes below and a sentence on standard error.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from typing import TypeVar

import msgspec

from mien.errors import Busy, InvalidRequest, SetupError
from mien.store.database import Database

WRONG_WISH, BUSY = 2, 3
"""Exit codes: the wish cannot be granted as it is; not now."""
GRACE_S = 10.0
"""For an interrupted process to cancel its statement in the database, which would go on otherwise. On a busy machine
that took more than 3 s."""

WishT = TypeVar("WishT", bound=msgspec.Struct)


async def ask_apart(database: Database, package: str, wish: msgspec.Struct, max_s: float, too_long: str) -> bytes:
    """The answer of `python -m PACKAGE` to `wish`, as it wrote it.

    Raises Busy (with `too_long` after `max_s` seconds) and InvalidRequest, with the sentence of the child.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", package,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "DATABASE_URL": database.dsn},  # not as an argument: others on the machine could read it
    )  # fmt: skip
    try:
        answer, said = await asyncio.wait_for(process.communicate(msgspec.json.encode(wish)), max_s)
    except TimeoutError:
        raise Busy(too_long) from None
    finally:
        if process.returncode is None:
            await _end(process)
    sentence = said.decode(errors="replace").strip()
    if process.returncode == BUSY:
        raise Busy(sentence)
    if process.returncode == WRONG_WISH:
        raise InvalidRequest(sentence)
    if process.returncode != 0:
        raise RuntimeError(f"{package} ended with code {process.returncode}: {sentence[-2000:]}")
    return answer


async def _end(process: asyncio.subprocess.Process) -> None:
    """Interrupt it, so that it takes its statement back; kill it when it does not heed that."""
    process.send_signal(signal.SIGINT)
    try:
        await asyncio.wait_for(process.wait(), GRACE_S)
    except TimeoutError:
        process.kill()
        await process.wait()


def serve(
    application: str,
    wish_type: type[WishT],
    timeout_of: Callable[[WishT], int],
    answer: Callable[[Database, WishT], Awaitable[msgspec.Struct]],
) -> None:
    """The child: one wish on standard input, its answer on standard output. `timeout_of`: of a statement, in ms."""
    wish = msgspec.json.decode(sys.stdin.buffer.read(), type=wish_type)

    async def work() -> bytes:
        database = await Database.connect(
            os.environ["DATABASE_URL"], max_size=1, statement_timeout_ms=timeout_of(wish), application=application
        )
        try:
            return msgspec.json.encode(await answer(database, wish))
        finally:
            await database.close()

    try:
        sys.stdout.buffer.write(asyncio.run(work()))
    except InvalidRequest as error:
        _say(error, WRONG_WISH)
    except (Busy, SetupError) as error:
        _say(error, BUSY)
    except KeyboardInterrupt:
        sys.exit(1)  # whoever interrupted it knows


def _say(error: Exception, code: int) -> None:
    print(error, file=sys.stderr)
    sys.exit(code)
