"""The demo's made-up project: there once, however often the demo begins, and complete after a start that broke off."""

from __future__ import annotations

import pytest

from mien.cli.demo import make_up
from mien.demo import fortnight
from mien.store.database import Database
from mien.store.projects import list_projects
from tests.support.queue import execute, value

SEED = "1790000000"
SESSIONS = f"SELECT count(*) FROM p_{fortnight.PROJECT}.sessions"


async def test_a_second_start_completes_the_made_up_project_and_adds_nothing(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fortnight, "SESSIONS", 120)
    assert await make_up(database, SEED) == 120
    assert await value(database, SESSIONS) == 120
    waiting = f"SELECT count(*) FROM p_{fortnight.PROJECT}.analysis_queue WHERE ready_at <= now()"
    assert await value(database, waiting) == 120, "the worker begins at once"
    await execute(database, f"DELETE FROM p_{fortnight.PROJECT}.received_batches WHERE ctid IN "
                            f"(SELECT ctid FROM p_{fortnight.PROJECT}.received_batches LIMIT 20)")  # fmt: skip
    assert await make_up(database, SEED) == 120
    assert await value(database, SESSIONS) == 120
    assert [project.slug for project in await list_projects(database)].count(fortnight.PROJECT) == 1
    source = f"SELECT count(*) FROM p_{fortnight.PROJECT}.session_facts WHERE utm ->> 'utm_source' = 'mien-synthetic'"
    assert await value(database, source) == 120, "all of it can be told from what people did"
