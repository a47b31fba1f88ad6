"""Findings in a process of their own, so that they delay no answer and their libraries take no memory afterwards."""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import datetime

import msgspec

from mien.errors import Busy
from mien.findings.shapes import Findings
from mien.store.database import Database
from mien.store.filters import Segment, segment_snapshot
from mien.store.finding import read_history

MAX_S = 60.0


class Wish(msgspec.Struct, frozen=True):
    """What the process is asked, as JSON on its standard input: the segment of the later period."""

    schema: str
    segment: Segment


async def find_apart(database: Database, schema: str, segment: Segment) -> Findings:
    """Of `segment` against the equally long period before. Raises Busy when it takes longer than a minute."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "mien.findings",
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "DATABASE_URL": database.dsn},  # not as an argument: others on the machine could read it
    )  # fmt: skip
    try:
        wish = msgspec.json.encode(Wish(schema, segment))
        found, said = await asyncio.wait_for(process.communicate(wish), MAX_S)
    except TimeoutError:
        raise Busy("The findings did not come in time. Choose a shorter period.") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        raise RuntimeError(f"findings ended with code {process.returncode}: {said.decode(errors='replace')[-2000:]}")
    return msgspec.json.decode(found, type=Findings)


async def read_findings(database: Database, schema: str, segment: Segment) -> Findings:
    """The same, here."""
    from mien.findings.find import find  # only where it is done: its libraries take some 100 MB and a second to load

    both = msgspec.structs.replace(segment, since=segment.before().since)
    async with segment_snapshot(database, schema) as queries:
        history, losses = await read_history(queries, both)
    return find(history, losses, (segment.since - datetime(1970, 1, 1)).total_seconds())


async def _answer(wish: Wish) -> bytes:
    database = await Database.connect(os.environ["DATABASE_URL"], max_size=1, application="mien findings")
    try:
        return msgspec.json.encode(await read_findings(database, wish.schema, wish.segment))
    finally:
        await database.close()


def main() -> None:
    """One wish on standard input, its Findings on standard output."""
    wish = msgspec.json.decode(sys.stdin.buffer.read(), type=Wish)
    sys.stdout.buffer.write(asyncio.run(_answer(wish)))
