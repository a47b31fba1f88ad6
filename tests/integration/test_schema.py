"""The migrated tables are the specification's, to the last default; a stranger's tables stay a stranger's."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from mien.store import migrate
from mien.store.database import Database
from mien.store.projects import create_project
from mien.store.status import TABLES
from tests.support.database import admin, with_name

SPECIFICATION = Path(migrate.MIGRATIONS) / "project" / "0001_specification.sql"

CATALOG = {
    "columns": """
        SELECT table_name, column_name, ordinal_position, data_type, character_maximum_length, is_nullable,
               replace(column_default, $1 || '.', '') AS column_default
        FROM information_schema.columns WHERE table_schema = $1 AND table_name = ANY($2) ORDER BY 1, 3""",
    "constraints": """
        SELECT c.conrelid::regclass::text AS table_name, c.contype,
               replace(pg_get_constraintdef(c.oid), $1 || '.', '') AS text
        FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
        WHERE t.relnamespace = $1::regnamespace AND t.relname = ANY($2) AND c.contype <> 'n' ORDER BY 1, 2, 3""",
    "indexes": """
        SELECT tablename, replace(indexdef, $1 || '.', '') AS text FROM pg_indexes
        WHERE schemaname = $1 AND tablename = ANY($2) ORDER BY 1, 2""",
}


async def catalog(connection: asyncpg.Connection[Any], schema: str) -> dict[str, list[tuple[Any, ...]]]:
    await connection.execute(f"SET search_path = {schema}")
    found = {}
    for name, sql in CATALOG.items():
        found[name] = [tuple(row) for row in await connection.fetch(sql, schema, list(TABLES))]
    return found


async def test_the_migrated_catalog_is_the_specification(empty_dsn: str) -> None:
    connection = await asyncpg.connect(empty_dsn)
    await connection.execute("CREATE SCHEMA scratch; SET search_path = scratch;" + SPECIFICATION.read_text())
    wanted, found = await catalog(connection, "scratch"), await catalog(connection, "p_default")
    await connection.close()
    assert found["columns"] == wanted["columns"]
    assert found["constraints"] == wanted["constraints"]
    assert set(wanted["indexes"]) <= set(found["indexes"]), "the specification's indexes are all there"
    added = {row[1] for row in set(found["indexes"]) - set(wanted["indexes"])}
    assert all("UNIQUE" not in text for text in added), "added indexes constrain nothing"
    assert len(wanted["columns"]) > 60 and len(wanted["indexes"]) == 22, "the comparison saw all eleven tables"


def test_the_first_migration_is_the_specification_word_for_word(shared: Path) -> None:
    assert SPECIFICATION.read_text() == (shared / "spec" / "schema.sql").read_text()


async def test_a_strangers_tables_in_public_are_left_untouched(server_dsn: str) -> None:
    name = "stranger"
    await admin(server_dsn, f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name} TEMPLATE template0")
    dsn = with_name(server_dsn, name)
    await admin(
        dsn, "CREATE TABLE users (mine text); CREATE TABLE events (mine int); INSERT INTO users VALUES ('keep')"
    )
    await asyncio.to_thread(migrate.upgrade, dsn)
    database = await Database.connect(dsn)
    await create_project(database, "default")
    assert await database.pool.fetchval("SELECT mine FROM public.users") == "keep"
    columns = "SELECT string_agg(column_name, ',') FROM information_schema.columns WHERE table_schema = 'public'"
    assert sorted((await database.pool.fetchval(columns)).split(",")) == ["mine", "mine"]
    assert await database.pool.fetchval("SELECT count(*) FROM p_default.users") == 0
    await database.close()
    await admin(server_dsn, f"DROP DATABASE {name}")


async def test_a_repeated_upgrade_changes_nothing_and_dumps_only_before_a_change(empty_dsn: str) -> None:
    dumps: list[str] = []
    assert await asyncio.to_thread(migrate.upgrade, empty_dsn, lambda: dumps.append("dump")) == []
    await admin(empty_dsn, "INSERT INTO p_default.sessions DEFAULT VALUES")
    await admin(empty_dsn, "DELETE FROM p_default.alembic_version")
    await admin(empty_dsn, "INSERT INTO p_default.alembic_version VALUES ('0001')")
    with pytest.raises(Exception, match="already exists"):  # the second migration meets its own tables again
        await asyncio.to_thread(migrate.upgrade, empty_dsn, lambda: dumps.append("dump"))
    assert dumps == ["dump"], "the database holds data and was about to change"
    version = await _fetchval(empty_dsn, "SELECT version_num FROM p_default.alembic_version")
    assert version == "0001", "a migration that fails leaves nothing half-done"


async def test_a_schema_from_the_future_is_refused(empty_dsn: str) -> None:
    await admin(empty_dsn, "UPDATE p_default.alembic_version SET version_num = '9999'")
    with pytest.raises(Exception, match="newer Mien"):
        await asyncio.to_thread(migrate.upgrade, empty_dsn)


async def _fetchval(dsn: str, sql: str) -> Any:
    connection = await asyncpg.connect(dsn)
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close()


async def test_times_are_utc_whatever_the_servers_zone(server_dsn: str, empty_dsn: str) -> None:
    await admin(empty_dsn, f"ALTER DATABASE {empty_dsn.rsplit('/', 1)[1]} SET timezone = 'America/New_York'")
    database = await Database.connect(empty_dsn)
    async with database.writing("p_default") as queries:
        await queries.connection.execute(
            "INSERT INTO sessions (started_at) VALUES ('2026-01-01 12:00+02'::timestamptz)"
        )
        stored = await queries.connection.fetchval("SELECT started_at::text FROM sessions")
    await database.close()
    assert stored == "2026-01-01 10:00:00"
