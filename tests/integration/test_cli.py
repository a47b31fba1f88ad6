"""The command line as a script and a stranger use it: real processes on a data folder of their own."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import argon2
import httpx
import psycopg
import pytest

from tests.support.batches import batch, click
from tests.support.running import PASSWORD, ROOT, RunningMien, environment, running_mien, wait_until_healthy


@pytest.fixture(scope="module")
def mien() -> Iterator[RunningMien]:
    with running_mien() as running:
        yield running


def failing(mien: RunningMien, *arguments: str) -> str:
    """Standard error of a command that must fail with one friendly line."""
    done = subprocess.run(
        [sys.executable, "-m", "mien", *arguments], env=environment(mien.data), capture_output=True, text=True
    )
    assert done.returncode == 1, done.stdout
    assert done.stdout == "" and "Traceback" not in done.stderr
    return done.stderr


def test_what_a_script_reads_comes_alone_on_stdout(mien: RunningMien) -> None:
    assert re.fullmatch(r"mk_[\w-]{32}", mien.cli("project", "create", "shop", "--origin", "https://shop.example"))
    assert re.fullmatch(r"mk_[\w-]{32}", mien.cli("key", "create", "--project", "shop"))
    assert re.fullmatch(r"mt_[\w-]{43}", mien.cli("token", "create"))
    assert re.fullmatch(r"[\w-]{16}", mien.cli("account", "create", "ada"))
    assert re.fullmatch(r"[\w-]{16}", mien.cli("account", "password", "ada"))
    assert mien.cli("db", "url").startswith("postgresql://mien:")
    number, project, state = mien.cli("token", "list").splitlines()[-1].split("\t")[:3]
    assert (project, state) == ("all", "valid")
    assert mien.cli("token", "revoke", number) == ""
    assert mien.cli("token", "list").splitlines()[-1].split("\t")[2] == "revoked"
    mien.cli("account", "create", "passing")
    assert mien.cli("account", "remove", "passing") == ""
    assert "passing" not in mien.cli("account", "list")
    assert "shop\tshop\thttps://shop.example" in mien.cli("project", "list").splitlines()


def test_select_from_events_just_works_on_the_printed_dsn(mien: RunningMien) -> None:
    with psycopg.connect(mien.cli("db", "url")) as connection:
        assert connection.execute("SELECT count(*) FROM events").fetchone() is not None


def test_a_password_is_kept_as_a_slow_hash(mien: RunningMien) -> None:
    with psycopg.connect(mien.cli("db", "url")) as connection:
        (kept,) = connection.execute("SELECT password_hash FROM mien.accounts WHERE name = 'tester'").fetchone() or (
            "",
        )
    found = argon2.extract_parameters(kept)
    assert found.type is argon2.Type.ID and found.memory_cost >= 64 * 1024 and found.time_cost >= 3
    assert argon2.PasswordHasher().verify(kept, PASSWORD)


def test_mistakes_get_one_friendly_line(mien: RunningMien) -> None:
    assert "cannot be a project" in failing(mien, "project", "create", "My Shop")
    assert "already" in failing(mien, "project", "create", "default")
    assert "no project 'nope'" in failing(mien, "key", "create", "--project", "nope")
    assert "no such valid key" in failing(mien, "key", "revoke", "mk_nope")
    assert "already" in failing(mien, "account", "create", "tester")
    assert "no account 'nobody'" in failing(mien, "account", "remove", "nobody")
    assert "no token 4711" in failing(mien, "token", "revoke", "4711")
    assert "at least 8" in failing(mien, "account", "create", "short", "--password", "x")


def test_a_second_instance_and_a_taken_port_are_said_clearly(mien: RunningMien) -> None:
    assert "already" in failing(mien, "up", "--port", "0")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "mien", "up", "--port", str(port)],
            env=environment(mien.data.parent / "other"), capture_output=True, text=True,
        )  # fmt: skip
    assert done.returncode == 1 and f"Port {port}" in done.stderr and "--port" in done.stderr


def test_a_revoked_key_stops_and_status_counts(mien: RunningMien) -> None:
    key = mien.cli("key", "create")
    sent = httpx.post(f"{mien.base_url}/v1/batch", json=batch(key, events=[click()]))
    assert sent.json()["status"] == "stored"
    mien.cli("analyze")
    status = json.loads(mien.cli("status", "--json"))
    tables = {row["table_name"]: row["row_count"] for row in status["projects"]["default"]["tables"]}
    assert tables["events"] >= 1 and tables["experience_scores"] >= 1
    assert "events" in mien.cli("status")
    mien.cli("key", "revoke", key)
    assert f"{key}\tdefault\trevoked" in mien.cli("key", "list")


def test_a_backup_restores_into_an_empty_installation(mien: RunningMien, tmp_path: Path) -> None:
    file = Path(mien.cli("db", "backup", str(tmp_path / "all.dump")))
    assert file.exists()
    fresh = environment(mien.data.parent / "fresh")
    command = [sys.executable, "-m", "mien"]
    done = subprocess.run([*command, "db", "restore", str(file)], env=fresh, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    listed = subprocess.run([*command, "account", "list"], env=fresh, capture_output=True, text=True, check=True).stdout
    assert "tester" in listed


def test_killed_with_nine_it_comes_back_with_everything_it_confirmed() -> None:
    with running_mien() as mien:
        key = mien.cli("key", "create")
        confirmed = 0
        for _ in range(20):
            answer = httpx.post(f"{mien.base_url}/v1/batch", json=batch(key, events=[click()] * 5))
            confirmed += answer.json()["stored"]
        postmaster = int((mien.data / "postgres" / "postmaster.pid").read_text().split()[0])
        os.kill(postmaster, signal.SIGKILL)
        mien.process.kill()
        mien.process.wait()
        port = mien.base_url.rsplit(":", 1)[1]
        with mien.log.open("ab") as output:
            restarted = subprocess.Popen(
                [sys.executable, "-m", "mien", "up", "--port", port],
                env=environment(mien.data),
                stdout=output,
                stderr=output,
            )
        try:
            wait_until_healthy(RunningMien(mien.base_url, mien.data, restarted, mien.log))
            with psycopg.connect(mien.cli("db", "url")) as connection:
                stored = connection.execute("SELECT count(*) FROM events").fetchone()
            assert stored == (confirmed,) and confirmed == 100
        finally:
            restarted.terminate()
            restarted.wait(30)


def test_a_database_that_dies_under_a_running_mien_is_started_again(mien: RunningMien) -> None:
    key = mien.cli("key", "create")
    postmaster = int((mien.data / "postgres" / "postmaster.pid").read_text().split()[0])
    os.kill(postmaster, signal.SIGKILL)
    body = batch(key, events=[click()])
    answers = []
    for _ in range(200):
        answers.append(httpx.post(f"{mien.base_url}/v1/batch", json=body, timeout=20).status_code)
        if answers[-1] == 200:
            break
        assert answers[-1] == 503
        time.sleep(0.1)
    assert answers[-1] == 200, answers


def test_an_unreachable_database_is_one_sentence(tmp_path: Path) -> None:
    fresh = {**environment(tmp_path), "DATABASE_URL": "postgresql://mien@127.0.0.1:1/none"}
    done = subprocess.run([sys.executable, "-m", "mien", "status"], env=fresh, capture_output=True, text=True)
    assert done.returncode == 1 and "cannot be reached" in done.stderr and "Traceback" not in done.stderr


def test_a_database_url_that_is_none_is_one_sentence(tmp_path: Path) -> None:
    fresh = {**environment(tmp_path), "DATABASE_URL": "postgresql://mien@[::1/none"}
    done = subprocess.run([sys.executable, "-m", "mien", "status"], env=fresh, capture_output=True, text=True)
    assert done.returncode == 1 and "Traceback" not in done.stderr and len(done.stderr.splitlines()) == 1
    assert "not a database address" in done.stderr


def test_a_command_imports_what_it_needs_and_no_more() -> None:
    found = (
        "print([name for name in ('alembic', 'litestar', 'numpy', 'sqlalchemy', 'ua_parser') if name in sys.modules])"
    )
    ask = f"import sys; sys.argv[1:] = ['db', 'url', '--help']; import atexit; atexit.register(lambda: {found})"
    run = f"{ask}; from mien.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True, check=True)
    assert "Print the DSN" in done.stdout and done.stdout.splitlines()[-1] == "[]"


def test_the_help_names_every_command_and_a_typing_error_finds_its_own() -> None:
    command = [sys.executable, "-m", "mien"]
    told = subprocess.run([*command, "--help"], capture_output=True, text=True, check=True).stdout
    named = re.findall(r"^  (\w+)  +\w", told[told.index("Commands:") :], re.MULTILINE)
    files = {file.stem for file in (ROOT / "mien" / "cli").glob("*.py")} - {"__init__", "context", "garbage"}
    assert set(named) == files and len(named) == len(files)
    wrong = subprocess.run([*command, "accoun"], capture_output=True, text=True)
    assert wrong.returncode == 2 and "Did you mean 'account'" in wrong.stderr
