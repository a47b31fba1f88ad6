"""Every SQL statement is prepared by a real PostgreSQL, every name used exists, every statement is used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mien.store.database import Database
from mien.store.statements import FRAGMENTS, SQL, expanded, load_statements

ROOT = Path(__file__).resolve().parents[2]
NAME = re.compile(r"\"([a-z_]+\.[a-z_]+)\"")


async def test_every_statement_is_prepared_by_postgresql(database: Database) -> None:
    async with database.reading("p_default") as queries:
        for statement in load_statements().values():
            prepared = await queries.connection.prepare(statement.sql)
            assert len(prepared.get_parameters()) == len(statement.parameters), statement.name


def test_every_fragment_is_included_and_stands_nowhere_else() -> None:
    texts = [file.read_text() for file in SQL.glob("*.sql")]
    everywhere = [*texts, *(file.read_text() for file in FRAGMENTS.glob("*.sql"))]
    for fragment in FRAGMENTS.glob("*.sql"):
        assert sum(f"-- include: {fragment.stem}\n" in text for text in everywhere), f"{fragment.name} is not used"
        longest = max(fragment.read_text().splitlines(), key=len).strip()
        assert not any(longest in text for text in texts), f"{fragment.name} is copied"
    assert not any("-- include:" in statement.sql for statement in load_statements().values())


def test_an_unknown_fragment_is_told() -> None:
    with pytest.raises(FileNotFoundError):
        expanded("SELECT 1\n-- include: nothing\n")


def test_every_name_used_exists_and_every_statement_is_used() -> None:
    statements = load_statements()
    nouns = {name.split(".")[0] for name in statements}
    used = {
        name
        for path in (ROOT / "mien").rglob("*.py")
        for name in NAME.findall(path.read_text())
        if name.split(".")[0] in nouns
    }
    audit_actions = {
        "account.create", "account.password", "account.remove", "token.create", "token.revoke", "key.create",
        "key.revoke", "project.create", "project.set", "demo.sent", "demo.made_up", "demo.seed",
    }  # fmt: skip
    assert used - audit_actions <= set(statements), "names without a statement"
    assert set(statements) <= used, "statements that nobody uses"
