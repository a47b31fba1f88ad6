"""The data folder: whose it is, who uses it, what it remembers.

`mien-data` marks it, `postgres.json` holds password and port, `lock`, `in-use` and `instance` are flocks, which vanish
with a killed process.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from mien.errors import SetupError

FORMAT = 1
"""Version of the folder's layout and of postgres.json."""
MARKER = "mien-data"
"""A file that says: this folder is Mien's."""
HARMLESS = {"lost+found", ".DS_Store", "backups"}
"""Found in new volumes, or left by a Mien that used DATABASE_URL until now."""
ROLE = "mien"
"""PostgreSQL's superuser, who owns everything."""


class Remembered(msgspec.Struct):
    """What postgres.json holds. `initialized` tells a cluster that went missing from one that was never finished."""

    format: int
    password: str
    port: int = 0
    initialized: bool = False

    def dsn(self, database: str) -> str:
        return f"postgresql://{ROLE}:{self.password}@127.0.0.1:{self.port}/{database}"


class FileLock:
    """A flock on `path`, held from the constructor until `release` or the end of the process.

    Raises BlockingIOError when others still hold it after `wait_s` seconds.
    """

    def __init__(self, path: Path, *, shared: bool = False, wait_s: float = 0.0) -> None:
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        mode = fcntl.LOCK_NB | (fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        deadline = time.monotonic() + wait_s
        try:
            give_to_owner_of(path.parent, self.descriptor)
            while True:
                try:
                    fcntl.flock(self.descriptor, mode)
                    return
                except BlockingIOError:
                    if time.monotonic() >= deadline:
                        raise
                time.sleep(0.02)
        except BaseException:
            self.release()
            raise

    def release(self) -> None:
        """Give the lock back; a repeat does nothing."""
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1

    def __enter__(self) -> FileLock:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def claim_folder(data: Path) -> None:
    """Make `data`, or see that it is empty or Mien's, and mark it. Raises SetupError for a stranger's folder."""
    try:
        data.mkdir(parents=True)
    except FileExistsError:
        if not data.is_dir():
            raise SetupError(f"{data} is not a folder. Choose another with --data or MIEN_DATA.") from None
    else:
        # The account of the server must be able to pass; what is inside has modes of its own.
        data.chmod(0o711 if os.geteuid() == 0 else 0o700)
    names = sorted({entry.name for entry in os.scandir(data)} - HARMLESS)
    if names and MARKER not in names and "postgres.json" not in names:
        raise SetupError(
            f"{data} is not empty and was not made by Mien (it holds {', '.join(names[:3])}). "
            "Choose a new or empty folder with --data or MIEN_DATA."
        )
    if MARKER not in names:
        # Not by another name and a rename: a process that looks in between would see a stranger's file.
        marker = os.open(data / MARKER, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW, 0o644)
        give_to_owner_of(data, marker)
        os.write(marker, b"This folder belongs to Mien: its database, backups and locks.\n")
        os.close(marker)


def claim_instance(data: Path) -> FileLock:
    """Be the only `mien up` on `data` until the lock is released. SetupError names the process that is it already."""
    with explained(data):
        claim_folder(data)
        path = data / "instance"
        try:
            lock = FileLock(path)
        except BlockingIOError:
            holder = path.read_text().strip()
            raise SetupError(
                f"Mien is already running on {data} (process {holder or 'unknown'}). "
                "Stop it first, or choose another folder with --data."
            ) from None
        os.ftruncate(lock.descriptor, 0)
        os.pwrite(lock.descriptor, f"{os.getpid()}\n".encode(), 0)
        return lock


def recall(data: Path) -> Remembered | None:
    path = data / "postgres.json"
    try:
        remembered = msgspec.json.decode(path.read_bytes(), type=Remembered)
    except FileNotFoundError:
        return None
    except msgspec.DecodeError as error:
        raise SetupError(
            f"{path} is damaged ({error}). It holds the database's password: put it back from a copy of the folder."
        ) from None
    if remembered.format != FORMAT:
        raise SetupError(f"{data} was made by another version of Mien (format {remembered.format}, not {FORMAT}).")
    return remembered


def write_file(path: Path, text: str, owner: tuple[int, int] | None = None) -> None:
    """Replace a file as a whole, readable for its owner only.

    Root never writes through a link that the server's account may have put there.
    """
    new = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(descriptor, "w") as file:
            if owner is None:
                give_to_owner_of(path.parent, descriptor)
            else:
                os.fchown(descriptor, *owner)
            file.write(text)
            file.flush()
            os.fsync(descriptor)
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def give_to_owner_of(folder: Path, descriptor: int) -> None:
    """What root makes in another account's folder must not lock that account out."""
    if os.geteuid() == 0:
        owner = folder.stat()
        os.fchown(descriptor, owner.st_uid, owner.st_gid)


@contextlib.contextmanager
def explained(data: Path) -> Iterator[None]:
    """Operating system errors (permission, no space, read-only) become one sentence with the path."""
    try:
        yield
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        raise SetupError(f"The data folder {data} cannot be used: {error.strerror or error}{where}.") from error
