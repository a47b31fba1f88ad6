"""A running Mien and a real Chromium for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from mien.demo.browser import launch_options
from tests.support.running import RunningMien, running_mien


@pytest.fixture(scope="module")
def mien(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningMien]:
    """`mien up` on a data folder of its own."""
    folder: Path = tmp_path_factory.mktemp("mien")
    with running_mien(folder) as running:
        yield running


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for a module; tests open contexts of their own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())  # type: ignore[arg-type]
        yield browser
        browser.close()
