"""SQL by name: `sql/<noun>.sql` holds named statements, Python asks for "noun.name".

Loaded with aiosql, which turns `:parameter` into PostgreSQL's `$1`. Values are always parameters. A line
`-- include: picked` is replaced by sql/fragments/picked.sql, so that a rule that several statements share is written
once. A test prepares every statement on a real PostgreSQL and checks that every name used exists and every statement
is used.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import aiosql
import msgspec
from aiosql.adapters.asyncpg import AsyncPGAdapter

SQL = Path(__file__).parent / "sql"
FRAGMENTS = SQL / "fragments"
INCLUDE = re.compile(r"^[ \t]*-- include: (\w+)[ \t]*\n", re.MULTILINE)


class Statement(msgspec.Struct, frozen=True):
    """`parameters` in the order of `$1`, `$2`, ..."""

    name: str
    sql: str
    parameters: tuple[str, ...]

    def arguments(self, values: dict[str, object]) -> list[object]:
        """Positional arguments from named ones. Raises KeyError for a missing and TypeError for a surplus name."""
        if surplus := values.keys() - set(self.parameters):
            raise TypeError(f"{self.name} has no parameter {', '.join(sorted(surplus))}")
        return [values[name] for name in self.parameters]


def expanded(text: str) -> str:
    """The text with each fragment in its place, also those inside fragments. FileNotFoundError for an unknown one."""
    return INCLUDE.sub(lambda line: expanded((FRAGMENTS / f"{line[1]}.sql").read_text()), text)


@cache
def _statements_of(noun: str) -> dict[str, Statement]:
    """Those of one file, by full name. A file is read when it is first asked for: all of them take half a second."""
    statements: dict[str, Statement] = {}
    adapter = AsyncPGAdapter()  # type: ignore[no-untyped-call]
    text = expanded((SQL / f"{noun}.sql").read_text())
    queries = aiosql.from_str(text, lambda: adapter, mandatory_parameters=False)
    for name in queries.available_queries:
        if not name.endswith("_cursor"):
            full_name = f"{noun}.{name}"
            statements[full_name] = Statement(full_name, getattr(queries, name).sql, tuple(adapter.var_sorted[name]))
    return statements


def load_statements() -> dict[str, Statement]:
    """All statements, keyed "noun.name"."""
    return {name: one for file in sorted(SQL.glob("*.sql")) for name, one in _statements_of(file.stem).items()}


@cache
def statement(name: str) -> Statement:
    """The statement "noun.name"; KeyError when there is none."""
    noun = name.partition(".")[0]
    if not (SQL / f"{noun}.sql").exists():
        raise KeyError(name)
    return _statements_of(noun)[name]


def quoted(identifier: str) -> str:
    """An identifier that comes from a registry or from `projects`, quoted for SQL."""
    return '"' + identifier.replace('"', '""') + '"'
