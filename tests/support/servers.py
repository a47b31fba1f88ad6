"""Throw-away PostgreSQL servers for tests: the embedded one, or any installed version by its folder of programs."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mien.postgres import EmbeddedPostgres, tools

FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "max_wal_size": "128MB"}
"""Nothing of a throw-away server has to survive a power cut, and its log must fit into memory."""
IN_MEMORY = Path("/dev/shm")
IN_MEMORY_FREE_BYTES = 4 << 30
"""The servers of all workers take less than a quarter of this."""


def bin_directories() -> list[Path]:
    """The embedded programs, then those of every PostgreSQL from 15 on that is installed here."""
    candidates = list(Path("/usr/lib/postgresql").glob("[0-9]*/bin"))
    on_path = shutil.which("pg_ctl")
    if on_path:
        candidates.append(Path(on_path).resolve().parent)
    found = sorted({folder.resolve() for folder in candidates if (folder / "initdb").exists()})
    return [tools(), *(folder for folder in found if not folder.parent.name.isdigit() or int(folder.parent.name) >= 15)]


def scratch_place() -> Path | None:
    """Where throw-away data go: into memory if there is plenty, for a fresh database is 700 files, ten times as dear
    on a disk. None: where the system keeps temporary files; TMPDIR, if set, is obeyed."""
    if os.environ.get("TMPDIR") or not os.access(IN_MEMORY, os.W_OK) or not os.path.ismount(IN_MEMORY):
        return None
    (available_kib,) = re.findall(r"^MemAvailable: *(\d+) kB$", Path("/proc/meminfo").read_text(), re.MULTILINE)
    free_bytes = min(shutil.disk_usage(IN_MEMORY).free, int(available_kib) * 1024)
    return IN_MEMORY if free_bytes >= IN_MEMORY_FREE_BYTES else None


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder that the server's account can pass through, removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="mien-test-", dir=scratch_place()))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def removed_elsewhere(folder: Path) -> list[Path]:
    """Remove the clusters of data folders below `folder` that root put elsewhere, and name them."""
    links = [link for link in folder.rglob("postgres") if link.is_symlink()]
    clusters = [link.resolve() for link in links]
    for cluster in clusters:
        shutil.rmtree(cluster, ignore_errors=True)
    return clusters


@contextmanager
def test_server(bin_directory: Path | None = None) -> Iterator[str]:
    """A fresh server; yields its DSN. MIEN_TEST_POSTGRES names the programs' folder where none is given."""
    chosen = bin_directory or (Path(os.environ["MIEN_TEST_POSTGRES"]) if os.environ.get("MIEN_TEST_POSTGRES") else None)
    with scratch_folder() as folder:
        server = EmbeddedPostgres(folder / "data", shared_buffers="128MB", bin_directory=chosen, settings=FAST)
        with server as running:
            yield running.dsn


test_server.__test__ = False  # type: ignore[attr-defined]  # its name is no test's
