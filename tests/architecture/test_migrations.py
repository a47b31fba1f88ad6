"""Migrations are one chain: two that follow the same one would leave a database without a newest version."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from mien.store.migrate import revisions

MIGRATIONS = Path("mien/store/migrations")


@pytest.mark.parametrize("kind", ["control", "project"])
def test_each_migration_follows_another_one_and_only_one_is_the_last(kind: str) -> None:
    texts = [file.read_text() for file in sorted((MIGRATIONS / kind).glob("0*.py"))]
    revisions = [re.search(r'^revision = "(\w+)"', text, re.M)[1] for text in texts]  # type: ignore[index]
    before = [re.search(r"^down_revision = (.+)$", text, re.M)[1].strip('"') for text in texts]  # type: ignore[index]
    assert len(texts) >= 2
    assert len(set(revisions)) == len(revisions) and len(set(before)) == len(before)
    assert set(before) - {"None"} < set(revisions)
    assert before.count("None") == 1


@pytest.mark.parametrize("kind", ["control", "project"])
def test_what_we_read_of_the_chain_is_what_alembic_reads(kind: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("version_locations", str(MIGRATIONS / kind))
    config.set_main_option("path_separator", "newline")
    newest_first = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert revisions(kind) == newest_first[::-1]
