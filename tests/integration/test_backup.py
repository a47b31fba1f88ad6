"""A backup comes back whole, replaces only what is Mien's, and a bad one changes nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from mien.errors import SetupError
from mien.postgres import tools
from mien.store import backup
from tests.support import servers
from tests.support.database import with_name

TABLES = """
    CREATE SCHEMA mien; CREATE SCHEMA p_default; CREATE SCHEMA "p_Ö d";
    CREATE TABLE mien.projects (project_id INT PRIMARY KEY, slug TEXT);
    CREATE TABLE p_default.sessions (session_id UUID PRIMARY KEY, note TEXT);
    CREATE TABLE p_default.events (event_id BIGSERIAL PRIMARY KEY, metadata JSONB, raw BYTEA,
        session_id UUID REFERENCES p_default.sessions ON DELETE CASCADE);
    CREATE TABLE "p_Ö d".events (n INT);
    INSERT INTO mien.projects VALUES (1, 'default');
    INSERT INTO p_default.sessions SELECT gen_random_uuid(), E'a\\tb\\n\\\\.\\nSET transaction_timeout = 0;\\n' || n
        FROM generate_series(1, 500) n;
    INSERT INTO p_default.events (metadata, raw, session_id)
        SELECT '{"grüße": [1.5, null]}', '\\x00ff', session_id FROM p_default.sessions;
"""
STRANGERS = "CREATE TABLE public.users (n INT); CREATE SCHEMA pets; CREATE TABLE pets.events (n INT);"
CONTENT = """
    SELECT (SELECT string_agg(s::text, '|' ORDER BY s) FROM p_default.sessions s),
           (SELECT string_agg(e::text, '|' ORDER BY e) FROM p_default.events e),
           (SELECT string_agg(p::text, '|' ORDER BY p) FROM mien.projects p),
           (SELECT count(*) FROM pg_constraint WHERE connamespace = 'p_default'::regnamespace),
           (SELECT count(*) FROM "p_Ö d".events),
           nextval('p_default.events_event_id_seq') > 500
"""


def run(dsn: str, sql: str) -> list[tuple[object, ...]]:
    """Run SQL in a transaction of its own; the rows of the last statement."""
    with psycopg.connect(dsn) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture(scope="module", params=servers.bin_directories(), ids=lambda path: f"{path.parent.name}-{path.name}")
def server(request: pytest.FixtureRequest) -> Iterator[str]:
    """A server of each version that is here."""
    with servers.test_server(request.param) as dsn:
        yield dsn


@pytest.fixture
def fresh(server: str) -> Iterator[str]:
    """An empty database."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE fresh TEMPLATE template0")
        yield with_name(server, "fresh")
        connection.execute("DROP DATABASE fresh WITH (FORCE)")


@pytest.fixture
def filled(server: str) -> Iterator[str]:
    """A database with Mien's schemas and a stranger's tables."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE filled TEMPLATE template0")
        run(with_name(server, "filled"), TABLES + STRANGERS)
        yield with_name(server, "filled")
        connection.execute("DROP DATABASE filled WITH (FORCE)")


def test_a_dump_comes_back_whole_in_an_empty_database(filled: str, fresh: str, tmp_path: Path) -> None:
    target = tmp_path / "new folder" / "mien.dump"
    backup.dump(filled, target)
    assert os.listdir(target.parent) == ["mien.dump"]
    assert target.stat().st_mode & 0o777 == 0o600
    backup.restore(fresh, target)
    assert run(fresh, CONTENT) == run(filled, CONTENT)
    assert run(fresh, "SELECT to_regclass('public.users'), to_regclass('pets.events')") == [(None, None)]


def test_force_replaces_only_what_is_ours(filled: str, tmp_path: Path) -> None:
    backup.dump(filled, tmp_path / "mien.dump")
    before = run(filled, CONTENT)
    run(filled, "DELETE FROM p_default.sessions; CREATE SCHEMA p_later; INSERT INTO public.users VALUES (7)")
    changed = run(filled, CONTENT)
    with pytest.raises(SetupError, match=r"holds Mien's schemas already \(mien, p_default, p_later, p_Ö d\).*--force"):
        backup.restore(filled, tmp_path / "mien.dump")
    assert run(filled, CONTENT) == changed
    backup.restore(filled, tmp_path / "mien.dump", force=True)
    assert run(filled, CONTENT) == before
    assert run(filled, "SELECT to_regnamespace('p_later'), n, to_regclass('pets.events')::text FROM public.users") == [
        (None, 7, "pets.events")
    ]


def test_force_does_not_take_a_strangers_view_or_foreign_key_along(filled: str, tmp_path: Path) -> None:
    backup.dump(filled, tmp_path / "mien.dump")
    run(filled, "CREATE VIEW public.latest AS SELECT max(event_id) FROM p_default.events")
    run(filled, "CREATE TABLE pets.kept (session_id UUID REFERENCES p_default.sessions)")
    with pytest.raises(SetupError, match=r"would take the foreign key of pets.kept, the view latest with them"):
        backup.restore(filled, tmp_path / "mien.dump", force=True)
    assert run(filled, "SELECT count(*) FROM public.latest") == [(1,)]


def test_a_damaged_backup_changes_nothing(filled: str, tmp_path: Path) -> None:
    whole, cut, text = tmp_path / "mien.dump", tmp_path / "cut.dump", tmp_path / "text.dump"
    backup.dump(filled, whole)
    text.write_text("not a dump")
    before = run(filled, CONTENT)
    for missing in (1, 2000):
        cut.write_bytes(whole.read_bytes()[:-missing])
        with pytest.raises(SetupError, match="nothing was changed"):
            backup.restore(filled, cut, force=True)
        assert run(filled, CONTENT) == before
    with pytest.raises(SetupError, match="pg_restore failed"):
        backup.restore(filled, text, force=True)
    with pytest.raises(SetupError, match="There is no backup"):
        backup.restore(filled, tmp_path / "none", force=True)
    assert run(filled, CONTENT) == before


def test_a_restore_that_fails_half_way_changes_nothing(filled: str, tmp_path: Path) -> None:
    backup.dump(filled, tmp_path / "mien.dump")
    run(filled, "CREATE TYPE public.kind AS ENUM ('a')")
    run(filled, "CREATE TABLE p_default.more (kind public.kind)")
    backup.dump(filled, tmp_path / "more.dump")
    run(filled, "DROP TABLE p_default.more; DROP TYPE public.kind")
    before = run(filled, CONTENT)
    with pytest.raises(SetupError, match=r'nothing was changed:\n.*type "public.kind" does not exist'):
        backup.restore(filled, tmp_path / "more.dump", force=True)
    assert run(filled, CONTENT) == before


def test_a_failed_dump_leaves_no_file(filled: str, fresh: str, tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="no matching schemas were found"):
        backup.dump(fresh, tmp_path / "empty.dump")
    with pytest.raises(SetupError, match="reach"):
        backup.dump(filled.replace("mien:", "mien:wrong"), tmp_path / "refused.dump")
    (tmp_path / "file").touch()
    with pytest.raises(SetupError, match="cannot be written: "):
        backup.dump(filled, tmp_path / "file" / "below.dump")
    assert os.listdir(tmp_path) == ["file"]


def test_the_password_is_in_no_command_line(filled: str, tmp_path: Path) -> None:
    """Programs that note how they were called stand before the real ones."""
    for name in ("pg_dump", "pg_restore", "psql"):
        script = f'#!/bin/sh\necho "{name} $PGPASSWORD $*" >> {tmp_path}/calls\nexec {tools()}/{name} "$@"\n'
        (tmp_path / name).write_text(script)
        (tmp_path / name).chmod(0o755)
    backup.dump(filled, tmp_path / "mien.dump", tools=tmp_path)
    backup.restore(filled, tmp_path / "mien.dump", tools=tmp_path, force=True)
    password = psycopg.conninfo.conninfo_to_dict(filled)["password"]
    calls = (tmp_path / "calls").read_text().splitlines()
    assert {line.split()[0] for line in calls} == {"pg_dump", "pg_restore", "psql"}
    assert all(line.split()[1] == password and line.count(str(password)) == 1 for line in calls)


def test_tools_older_than_the_server_are_passed_over(
    filled: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pg_dump").write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 14.9 (Debian 14.9-1)'\n")
    (tmp_path / "pg_dump").chmod(0o755)
    for name in ("pg_restore", "psql"):
        (tmp_path / name).symlink_to(tools() / name)
    monkeypatch.setattr(backup, "_candidates", lambda: [tmp_path / "none", tmp_path, tools()])
    assert backup.find_tools(filled) == tools()
    monkeypatch.setattr(backup, "_candidates", lambda: [tmp_path])
    with pytest.raises(SetupError, match=r"Found: 14 in .*; the server is PostgreSQL \d+\..*postgresql-client-\d+"):
        backup.find_tools(filled)
