"""The migration that fills in what roll-ups keep of the spread of scores: as if they were rolled up anew."""

from __future__ import annotations

from pathlib import Path

from mien.store import migrate
from mien.store.database import Database
from tests.support.queue import execute
from tests.support.rolled import SCHEMA, fill, settle, stored

FILE = Path(migrate.__file__).parent / "migrations/project/0031_squares_of_losses.sql"


async def test_old_roll_ups_get_what_new_ones_have(database: Database) -> None:
    await fill(database, 150, seed=11)
    await execute(
        database, "UPDATE sessions SET app_version = NULL WHERE session_id IN (SELECT session_id FROM sessions LIMIT 9)"
    )
    await settle(database)
    new = await stored(database)
    assert sum(row[-1] > 0 for row in new["summary"]) > 50, "there is something to fill in"
    for table in ("summary", "segments"):
        await execute(database, f"ALTER TABLE rollup_{table} DROP COLUMN lost_squares")
    await execute(database, "ALTER TABLE rollup_segments DROP COLUMN first_at")
    async with database.writing(SCHEMA) as queries:
        await queries.connection.execute(FILE.read_text())
    assert await stored(database) == new
