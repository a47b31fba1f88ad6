"""A trial in a process of its own, so that it never delays an answer of the collector; `python -m mien.laboratory`."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from mien.errors import Busy, InvalidRequest
from mien.laboratory.trial import try_values
from mien.store.database import Database

GRACE_S = 10.0
"""What a process of its own may take beyond its time: to start, and to finish the group in hand."""
WRONG_WISH = 2
"""Exit code; the sentence is on standard error."""


class Wish(msgspec.Struct, frozen=True):
    """What a process of its own is asked, as JSON on its standard input. `since`, `until`: naive UTC."""

    schema: str
    values: dict[str, float]
    reset: list[str]
    since: datetime
    until: datetime
    max_sessions: int
    max_s: float


async def try_apart(
    database: Database,
    schema: str,
    values: Mapping[str, float],
    reset: Sequence[str],
    since: datetime,
    until: datetime,
    max_sessions: int,
    max_s: float,
) -> bytes:
    """`try_values` in a process of its own: the Trial as JSON. Raises InvalidRequest, and Busy when it does not end."""
    wish = Wish(schema, dict(values), list(reset), since, until, max_sessions, max_s)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "mien.laboratory",
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "DATABASE_URL": database.dsn},  # not as an argument: others on the machine could read it
    )  # fmt: skip
    try:
        found, said = await asyncio.wait_for(process.communicate(msgspec.json.encode(wish)), wish.max_s + GRACE_S)
    except TimeoutError:
        raise Busy("The trial did not end in time. Choose a shorter period or a smaller limit.") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode == WRONG_WISH:
        raise InvalidRequest(said.decode(errors="replace").strip())
    if process.returncode != 0:
        raise RuntimeError(f"the trial ended with code {process.returncode}: {said.decode(errors='replace')[-2000:]}")
    return found


async def _answer(wish: Wish) -> bytes:
    database = await Database.connect(os.environ["DATABASE_URL"], max_size=1, application="mien laboratory")
    try:
        trial = await try_values(
            database,
            wish.schema,
            wish.values,
            wish.reset,
            wish.since,
            wish.until,
            max_sessions=wish.max_sessions,
            max_s=wish.max_s,
        )
    finally:
        await database.close()
    return msgspec.json.encode(trial)


def main() -> None:
    """One wish on standard input, its Trial on standard output; exit code 2 and a sentence for a wrong wish."""
    wish = msgspec.json.decode(sys.stdin.buffer.read(), type=Wish)
    try:
        sys.stdout.buffer.write(asyncio.run(_answer(wish)))
    except InvalidRequest as error:
        print(error, file=sys.stderr)
        sys.exit(WRONG_WISH)
