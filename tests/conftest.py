"""Fixtures for all tests. Real PostgreSQL, real migrations; nothing of the database is faked."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import argon2
import hypothesis
import pytest

from mien.store import accounts
from mien.store.database import Database
from tests.support.database import copy_template, drop, make_template
from tests.support.servers import removed_elsewhere, test_server

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

# No example is timed: on a busy machine the first one may take longer than any limit.
hypothesis.settings.register_profile("mien", deadline=None)
hypothesis.settings.load_profile("mien")

LONG = (
    "integration/test_rollups", "e2e/test_dashboard.py", "e2e/test_poisoned_pages.py", "integration/test_cli.py",
    "e2e/test_explaining_pages.py", "e2e/test_pages_in_depth.py", "integration/test_cli_signals.py",
    "integration/test_postgres.py", "e2e/", "integration/",
)  # fmt: skip
"""Files and folders in the order in which they are given to workers; what is not named, and short, comes last."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first: one that is begun last keeps one worker busy while the others have nothing left to do."""

    def place(item: pytest.Item) -> int:
        path = item.path.relative_to(ROOT / "tests").as_posix()
        return next((number for number, name in enumerate(LONG) if path.startswith(name)), len(LONG))

    items.sort(key=place)


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """argon2 takes a third of a second of each sign-in, on purpose; processes of their own keep it (test_cli.py)."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "_hasher", argon2.PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
        yield


@pytest.fixture(scope="session", autouse=True)
def nothing_put_elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """pytest's folders are closed to PostgreSQL's account: a database that root starts in one lies elsewhere for ever.
    Tests start theirs in `scratch_folder`."""
    yield
    assert removed_elsewhere(tmp_path_factory.getbasetemp()) == []


@pytest.fixture(scope="session")
def server_dsn() -> Iterator[str]:
    """A throw-away server with the template database. MIEN_TEST_POSTGRES names the bin folder of another version."""
    with test_server() as dsn:
        make_template(dsn)
        yield dsn


@pytest.fixture
async def empty_dsn(server_dsn: str) -> AsyncIterator[str]:
    """DSN of a fresh migrated database with the project "default"."""
    dsn = await copy_template(server_dsn)
    yield dsn
    await drop(server_dsn, dsn)


@pytest.fixture
async def database(empty_dsn: str) -> AsyncIterator[Database]:
    """A pool on a fresh migrated database with the project "default"."""
    made = await Database.connect(empty_dsn, max_size=5)
    yield made
    await made.close()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of specification and data beside the checkout; a clone without it skips, with the reason."""
    if not SHARED.exists():
        pytest.skip("no ../shared beside this checkout")
    return SHARED
