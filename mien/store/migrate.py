"""Migrations: Alembic runs them, one version table per schema; the DDL is SQL.

An upgrade of a database that holds data is preceded by a pg_dump (the specification asks for it); the caller passes
how. Projects are migrated one by one, each in one transaction, under lock and statement timeouts.

Whether there is anything to do is asked of the database and of the migrations' first lines: every command asks, and
Alembic with SQLAlchemy takes half a second to import.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
from psycopg import sql

from mien.errors import Busy, SetupError
from mien.store.database import CONTROL
from mien.store.statements import quoted

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK_TIMEOUT = "10s"
STATEMENT_TIMEOUT = "30min"
REVISION = re.compile(r"^((?:down_)?revision) = (\S+)$", re.MULTILINE)
"""What a migration says of its place in the chain."""
ADVISORY_LOCK = 7_405_201_511
"""One upgrade at a time, whoever starts it."""
SCHEMA_LOCK = 7_405_201
"""With the hash of a schema's name: one process at a time makes or changes it."""
_one_at_a_time = threading.Lock()
"""Alembic keeps what it works on in a module: two threads would migrate into each other's schemas."""


def _connected(dsn: str) -> psycopg.Connection:
    try:
        return psycopg.connect(dsn, autocommit=True)
    except psycopg.ProgrammingError:
        raise SetupError("DATABASE_URL is not a database address.") from None
    except psycopg.Error as error:
        raise SetupError(f"The database cannot be reached: {str(error).strip()}") from None


def revisions(kind: str) -> list[str]:
    """The migrations of `kind` ("control" or "project"), in the order in which they follow each other."""
    after: dict[str, str] = {}
    for file in (MIGRATIONS / kind).glob("[0-9]*.py"):
        named = dict(REVISION.findall(file.read_text()))
        after[named["down_revision"].strip('"')] = named["revision"].strip('"')
    chain = [after["None"]]
    while (following := after.get(chain[-1])) is not None:
        chain.append(following)
    return chain


def _exists(connection: psycopg.Connection, schema: str, table: str) -> bool:
    return connection.execute("SELECT to_regclass(%s)", [f"{quoted(schema)}.{table}"]).fetchone() != (None,)


def _current(connection: psycopg.Connection, schema: str) -> str | None:
    if not _exists(connection, schema, "alembic_version"):
        return None
    version = sql.SQL("SELECT version_num FROM {}").format(sql.Identifier(schema, "alembic_version"))
    found = connection.execute(version).fetchone()
    return found[0] if found else None


def _project_schemas(connection: psycopg.Connection) -> list[str]:
    if _current(connection, CONTROL) is None:
        return []
    return [f"p_{slug}" for (slug,) in connection.execute("SELECT slug FROM mien.projects ORDER BY project_id")]


def pending(dsn: str) -> list[str]:
    """Schemas that are behind; empty when all is current. Raises SetupError when a schema is newer than this Mien."""
    known = {kind: revisions(kind) for kind in ("control", "project")}
    with closing(_connected(dsn)) as connection:
        wanted = [(CONTROL, "control")] + [(schema, "project") for schema in _project_schemas(connection)]
        behind = []
        for schema, kind in wanted:
            current = _current(connection, schema)
            if current is not None and current not in known[kind]:
                raise SetupError(f"Schema {schema} was made by a newer Mien (migration {current}). Update Mien first.")
            if current != known[kind][-1]:
                behind.append(schema)
        return behind


def holds_data(dsn: str) -> bool:
    """Whether any project has a session or a user: only then is a dump worth taking."""
    with closing(_connected(dsn)) as connection:
        for schema in _project_schemas(connection):
            for table in ("sessions", "users", "events"):
                has_row = sql.SQL("SELECT EXISTS (SELECT FROM {})").format(sql.Identifier(schema, table))
                if _exists(connection, schema, table) and connection.execute(has_row).fetchone() == (True,):
                    return True
    return False


def upgrade(dsn: str, before_change: Callable[[], None] | None = None) -> list[str]:
    """Bring the control schema and every project up to date; returns the schemas that were changed.

    `before_change` runs once, before the first change, if the database holds data. A repeat changes nothing.
    """
    behind = pending(dsn)
    if not behind:
        return []
    if before_change is not None and holds_data(dsn):
        before_change()
    with closing(_connected(dsn)) as guard:  # closing it gives the lock back
        guard.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_LOCK])
        for schema in behind:
            migrate_schema(dsn, schema, "control" if schema == CONTROL else "project")
    return behind


def migrate_schema(dsn: str, schema: str, kind: str) -> None:
    """Create `schema` if needed and run the migrations of `kind` ("control" or "project") in it, in one transaction.

    Only `schema` is on the search path, so that a stranger's `users` elsewhere is never mistaken for ours.
    Raises Busy when another process holds what this needs.
    """
    import sqlalchemy  # here, because only a database that is behind needs it
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("version_locations", str(MIGRATIONS / kind).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    url = dsn.replace("postgresql://", "postgresql+psycopg://", 1).replace("postgres://", "postgresql+psycopg://", 1)
    # A fresh connection: migrations change search_path and timeouts.
    engine = sqlalchemy.create_engine(url, poolclass=sqlalchemy.NullPool, connect_args={"options": "-c timezone=UTC"})
    text = sqlalchemy.text
    try:
        with _one_at_a_time, engine.begin() as connection:
            connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'"))
            connection.execute(text(f"SET LOCAL statement_timeout = '{STATEMENT_TIMEOUT}'"))
            connection.execute(
                text("SELECT pg_advisory_xact_lock(:of, hashtext(:schema))"), {"of": SCHEMA_LOCK, "schema": schema}
            )
            connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {quoted(schema)}"))
            connection.execute(text(f"SET LOCAL search_path = {quoted(schema)}"))
            config.attributes.update(connection=connection, schema=schema)
            command.upgrade(config, "head")
    except sqlalchemy.exc.OperationalError as error:
        if isinstance(error.orig, psycopg.errors.LockNotAvailable):
            raise Busy(f"Another process is changing the schema {schema}. Try again.", retry_after_s=10) from None
        raise
