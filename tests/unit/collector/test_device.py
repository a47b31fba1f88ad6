"""Browser, system and kind of device, checked on real user agents."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
import yaml

from mien.collector.device import describe

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X)"
    " AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1"
)
IPAD = (
    "Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X)"
    " AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1"
)
PIXEL = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8)"
    " AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36"
)
TABLET = (
    "Mozilla/5.0 (Linux; Android 13; SM-X700) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"
)
WINDOWS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"
)
HEADLESS = WINDOWS.replace("Chrome", "HeadlessChrome")
GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


@pytest.mark.parametrize(
    ("agent", "browser", "os", "device_type"),
    [
        (IPHONE, "Mobile Safari", "iOS", "phone"),
        (IPAD, "Mobile Safari", "iOS", "tablet"),
        (PIXEL, "Chrome Mobile", "Android", "phone"),
        (TABLET, "Chrome", "Android", "tablet"),
        (WINDOWS, "Chrome", "Windows", "desktop"),
    ],
)
def test_common_browsers(agent: str, browser: str, os: str, device_type: str) -> None:
    device = describe(agent)
    assert (device.browser, device.os, device.device_type, device.is_bot) == (browser, os, device_type, False)


@pytest.mark.parametrize(
    "agent",
    [
        GOOGLEBOT,
        "Mozilla/5.0 (compatible; SiteExplorer/1.0b; +http://siteexplorer.info/)",
        "Mozilla/5.0 (compatible; Ezooms/1.0; help@moz.com)",
        "Feedfetcher-Google; (+http://www.google.com/feedfetcher.html; 3 subscribers; feed-id=1)",
        "Tiny Tiny RSS/1.11 (http://tt-rss.org/)",
    ],
)
def test_who_names_itself_a_crawler_or_says_where_it_comes_from_is_a_bot(agent: str) -> None:
    assert describe(agent).is_bot


@pytest.mark.parametrize(
    "agent",
    [
        HEADLESS,
        "python-httpx/0.28.1",
        "okhttp/4.12.0",
        "curl/8.5.0",
        f"{IPHONE} (Ecosia ios@8.1.3.72)",
        "MyShop/4.2 (https://shop.example)",
    ],
)
def test_libraries_apps_and_headless_browsers_are_no_bots(agent: str) -> None:
    assert not describe(agent).is_bot


@pytest.mark.parametrize("agent", [None, "", "x", "\x00" * 50, "Mozilla/5.0 " + "a" * 100_000])
def test_nonsense_is_no_error(agent: str | None) -> None:
    describe(agent)


def test_real_user_agents_get_the_system_that_their_collectors_say(shared: Path) -> None:
    """uap-core's own cases: our use of the library must not lose what it knows."""
    text = gzip.decompress((shared / "data" / "user-agents-uap-core" / "test_os.yaml.gz").read_bytes())
    cases = yaml.load(text, Loader=yaml.CSafeLoader)["test_cases"]
    right = sum((describe(case["user_agent_string"]).os or "Other") == case["family"] for case in cases)
    assert right / len(cases) > 0.98, f"{right} of {len(cases)}"
