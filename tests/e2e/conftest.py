"""A running Mien and a real Chromium for the tests of this folder."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser as AsyncBrowser
from playwright.async_api import async_playwright
from playwright.sync_api import Browser, Page, sync_playwright

from mien.demo.browser import launch_options
from tests.support.dashboard import signed_in
from tests.support.running import RunningMien, analysed_demo, running_mien
from tests.support.sdk_site import Site, open_site
from tests.support.truth_site import truth_site

pytest.register_assert_rewrite("tests.support.truth_checks")

# Playwright switches the back/forward cache off; visitors have it.
AS_VISITORS_HAVE_IT = {"ignore_default_args": ["--disable-back-forward-cache"]}


@pytest.fixture(scope="module")
def mien() -> Iterator[RunningMien]:
    """`mien up` on a data folder of its own."""
    with running_mien() as running:
        yield running


@pytest.fixture(scope="module")
def dsn(mien: RunningMien) -> str:
    """Of its database."""
    return mien.cli("db", "url")


@pytest.fixture(scope="module")
def truth(mien: RunningMien) -> Iterator[str]:
    """The address of a truth site that sends to it."""
    with truth_site(mien.base_url, mien.cli("key", "create")) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for a module; tests open contexts of their own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options(), **AS_VISITORS_HAVE_IT)  # type: ignore[arg-type]
        yield browser
        browser.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def async_chromium() -> AsyncIterator[AsyncBrowser]:
    """The same for modules of asynchronous tests, which run in one event loop."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(**launch_options(), **AS_VISITORS_HAVE_IT)  # type: ignore[arg-type]
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def site(async_chromium: AsyncBrowser) -> AsyncIterator[Site]:
    """A page and a collector of the tests' own."""
    async with open_site(async_chromium) as opened:
        yield opened


@pytest.fixture(scope="module")
def demo() -> Iterator[RunningMien]:
    """The demo with all recorded visits analysed; of each module its own, for tests change it."""
    with analysed_demo() as running:
        yield running


@pytest.fixture
def page(demo: RunningMien, chromium: Browser) -> Iterator[Page]:
    """Signed in to the demo, on the Overview. No script may fail on the way."""
    opened = signed_in(demo, chromium)
    failures: list[str] = []
    opened.on("pageerror", lambda error: failures.append(str(error)))
    yield opened
    opened.context.close()
    assert failures == []
