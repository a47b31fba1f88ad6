"""Findings in a process of their own, so that they delay no answer and their libraries take no memory afterwards."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import datetime

import msgspec

from mien.errors import Busy, SetupError
from mien.findings.shapes import Findings
from mien.store.database import Database
from mien.store.filters import Segment, segment_snapshot
from mien.store.finding import read_history

MAX_S = 60.0
GRACE_S = 3.0
"""For an interrupted process to cancel its statement in the database, which would go on otherwise."""
BUSY = 3
"""Exit code; the sentence is on standard error."""


class Wish(msgspec.Struct, frozen=True):
    """What the process is asked, as JSON on its standard input: the segment of the later period."""

    schema: str
    segment: Segment
    statement_timeout_ms: int


async def find_apart(database: Database, schema: str, segment: Segment) -> Findings:
    """Of `segment` against the equally long period before. Raises Busy when it takes too long."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "mien.findings",
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "DATABASE_URL": database.dsn},  # not as an argument: others on the machine could read it
    )  # fmt: skip
    try:
        wish = msgspec.json.encode(Wish(schema, segment, database.statement_timeout_ms))
        found, said = await asyncio.wait_for(process.communicate(wish), MAX_S)
    except TimeoutError:
        raise Busy("The findings did not come in time. Choose a shorter period.") from None
    finally:
        if process.returncode is None:
            await _end(process)
    if process.returncode == BUSY:
        raise Busy(said.decode(errors="replace").strip())
    if process.returncode != 0:
        raise RuntimeError(f"findings ended with code {process.returncode}: {said.decode(errors='replace')[-2000:]}")
    return msgspec.json.decode(found, type=Findings)


async def _end(process: asyncio.subprocess.Process) -> None:
    """Interrupt it, so that it takes its statement back; kill it when it does not heed that."""
    process.send_signal(signal.SIGINT)
    try:
        await asyncio.wait_for(process.wait(), GRACE_S)
    except TimeoutError:
        process.kill()
        await process.wait()


async def read_findings(database: Database, schema: str, segment: Segment) -> Findings:
    """The same, here."""
    from mien.findings.find import find  # only where it is done: its libraries take some 100 MB and a second to load

    both = msgspec.structs.replace(segment, since=segment.before().since)
    async with segment_snapshot(database, schema) as queries:
        history, losses = await read_history(queries, both)
    return find(history, losses, (segment.since - datetime(1970, 1, 1)).total_seconds())


async def _answer(wish: Wish) -> bytes:
    database = await Database.connect(
        os.environ["DATABASE_URL"],
        max_size=1,
        statement_timeout_ms=wish.statement_timeout_ms,
        application="mien findings",
    )
    try:
        return msgspec.json.encode(await read_findings(database, wish.schema, wish.segment))
    finally:
        await database.close()


def main() -> None:
    """One wish on standard input, its Findings on standard output; exit code 3 and a sentence to try later."""
    wish = msgspec.json.decode(sys.stdin.buffer.read(), type=Wish)
    try:
        sys.stdout.buffer.write(asyncio.run(_answer(wish)))
    except (Busy, SetupError) as error:
        print(error, file=sys.stderr)
        sys.exit(BUSY)
    except KeyboardInterrupt:
        sys.exit(1)  # whoever interrupted it knows
