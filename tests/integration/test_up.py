"""What `mien up` watches over: the embedded server at its one address, the worker; errors do not end the watch."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from mien.cli import up
from mien.config import Settings
from mien.postgres import EmbeddedPostgres
from tests.support.running import running_mien
from tests.support.servers import FAST, scratch_folder


@pytest.fixture
def data() -> Iterator[Path]:
    with scratch_folder() as folder:
        yield folder / "data"


@pytest.fixture
def server(data: Path) -> Iterator[EmbeddedPostgres]:
    embedded = EmbeddedPostgres(data, shared_buffers="32MB", settings=FAST)
    with embedded:
        yield embedded


def keeper_of(server: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch) -> up.ServerKeeper:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return up.ServerKeeper(server.dsn(), Settings(data=server.data, postgres_shared_buffers="32MB"))


def kill_and_take_port(server: EmbeddedPostgres) -> socket.socket:
    """kill -9 for the server; a stranger then listens at its port."""
    os.kill(int((server.cluster / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    stranger = socket.socket()
    stranger.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    port = urlsplit(server.dsn()).port
    for _ in range(100):
        try:
            stranger.bind(("127.0.0.1", port))
            stranger.listen()
            return stranger
        except OSError:
            signal.sigtimedwait([], 0.1)
    raise AssertionError(f"port {port} stayed taken")


async def test_the_server_comes_back_at_its_address_or_not_at_all(
    server: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    keeper = keeper_of(server, monkeypatch)
    await keeper.look()
    assert capfd.readouterr().err == "", "nothing to say of a server that runs"
    with kill_and_take_port(server):
        for _ in range(2):
            await keeper.look()
    said = capfd.readouterr().err
    assert said.count("The database ended") == 1 and said.count("could not be started again") == 1
    assert f"Port {urlsplit(server.dsn()).port}" in said
    for _ in range(50):
        await keeper.look()
        if not keeper.said:
            break
        await asyncio.sleep(0.1)
    with psycopg.connect(keeper.dsn) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


async def test_a_server_that_another_command_started_elsewhere_is_said_once(
    server: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    keeper = keeper_of(server, monkeypatch)
    with kill_and_take_port(server):
        other = EmbeddedPostgres(server.data, shared_buffers="32MB", settings=FAST)
        with other as running:
            assert running.dsn != keeper.dsn
            for _ in range(2):
                await keeper.look()
            said = capfd.readouterr().err
    assert said.count(f"on port {running.port}") == 1 and "start it again" in said


async def test_a_look_that_fails_is_not_the_last(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(up, "RESTART_WAIT_S", 0.0)
    looks, enough = 0, asyncio.Event()

    async def look() -> None:
        nonlocal looks
        looks += 1
        if looks == 3:
            enough.set()
        raise OSError("planted")

    watch = asyncio.create_task(up.again_and_again(look))
    await asyncio.wait_for(enough.wait(), 5)
    watch.cancel()
    with pytest.raises(asyncio.CancelledError):
        await watch
    assert "planted" in caplog.text


def test_a_clean_stop_says_nothing_but_that() -> None:
    with running_mien() as mien:
        mien.process.terminate()
        assert mien.process.wait(30) == 0
        log = mien.log.read_text()
    assert log.rstrip().endswith("Stopped."), log
    assert "never retrieved" not in log and "Traceback" not in log
