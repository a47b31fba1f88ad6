"""Migrations: Alembic runs them, one version table per schema; the DDL is SQL.

An upgrade of a database that holds data is preceded by a pg_dump (the specification asks for it); the caller passes
how. Projects are migrated one by one, each in one transaction, under lock and statement timeouts.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import sqlalchemy
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from mien.errors import SetupError
from mien.store.database import CONTROL
from mien.store.statements import quoted

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK_TIMEOUT = "10s"
STATEMENT_TIMEOUT = "30min"
ADVISORY_LOCK = 7_405_201_511
"""One upgrade at a time, whoever starts it."""


def _engine(dsn: str) -> sqlalchemy.Engine:
    url = dsn.replace("postgresql://", "postgresql+psycopg://", 1).replace("postgres://", "postgresql+psycopg://", 1)
    # A fresh connection per use: migrations change search_path and timeouts.
    return sqlalchemy.create_engine(url, poolclass=sqlalchemy.NullPool, connect_args={"options": "-c timezone=UTC"})


def _connected(dsn: str) -> sqlalchemy.Connection:
    try:
        return _engine(dsn).connect()
    except sqlalchemy.exc.DBAPIError as error:
        # The driver's own words, without SQLAlchemy's link to its manual.
        raise SetupError(f"The database cannot be reached: {str(error.orig).strip()}") from None
    except sqlalchemy.exc.ArgumentError:
        raise SetupError("DATABASE_URL is not a database address.") from None


def _config(kind: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("version_locations", str(MIGRATIONS / kind).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    return config


def _head(kind: str) -> str | None:
    return ScriptDirectory.from_config(_config(kind)).get_current_head()


def _current(connection: sqlalchemy.Connection, schema: str) -> str | None:
    return MigrationContext.configure(connection, opts={"version_table_schema": schema}).get_current_revision()


def _project_schemas(connection: sqlalchemy.Connection) -> list[str]:
    if _current(connection, CONTROL) is None:
        return []
    return [f"p_{slug}" for slug in connection.scalars(text("SELECT slug FROM mien.projects ORDER BY project_id"))]


def pending(dsn: str) -> list[str]:
    """Schemas that are behind; empty when all is current. Raises SetupError when a schema is newer than this Mien."""
    with _connected(dsn) as connection:
        wanted = [(CONTROL, "control")] + [(schema, "project") for schema in _project_schemas(connection)]
        behind = []
        for schema, kind in wanted:
            current = _current(connection, schema)
            known = {script.revision for script in ScriptDirectory.from_config(_config(kind)).walk_revisions()}
            if current is not None and current not in known:
                raise SetupError(f"Schema {schema} was made by a newer Mien (migration {current}). Update Mien first.")
            if current != _head(kind):
                behind.append(schema)
        return behind


def holds_data(dsn: str) -> bool:
    """Whether any project has a session or a user: only then is a dump worth taking."""
    with _engine(dsn).connect() as connection:
        for schema in _project_schemas(connection):
            for table in ("sessions", "users", "events"):
                exists = connection.scalar(text("SELECT to_regclass(:name)"), {"name": f"{quoted(schema)}.{table}"})
                if exists and connection.scalar(
                    text(f"SELECT EXISTS (SELECT FROM {quoted(schema)}.{table})")  # noqa: S608 schema is quoted
                ):
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
    with _engine(dsn).connect() as guard:
        guard.execute(text("SELECT pg_advisory_lock(:key)"), {"key": ADVISORY_LOCK})
        try:
            for schema in behind:
                migrate_schema(dsn, schema, "control" if schema == CONTROL else "project")
        finally:
            guard.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": ADVISORY_LOCK})
    return behind


def migrate_schema(dsn: str, schema: str, kind: str) -> None:
    """Create `schema` if needed and run the migrations of `kind` ("control" or "project") in it, in one transaction.

    Only `schema` is on the search path, so that a stranger's `users` elsewhere is never mistaken for ours.
    """
    config = _config(kind)
    with _engine(dsn).begin() as connection:
        connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'"))
        connection.execute(text(f"SET LOCAL statement_timeout = '{STATEMENT_TIMEOUT}'"))
        connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {quoted(schema)}"))
        connection.execute(text(f"SET LOCAL search_path = {quoted(schema)}"))
        config.attributes.update(connection=connection, schema=schema)
        command.upgrade(config, "head")
