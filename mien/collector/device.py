"""Which browser, system and kind of device a user agent names, and whether it is a program. Uses ua-parser's data."""

from __future__ import annotations

import re
from functools import lru_cache

import ua_parser

from mien.batch import Device

# ua-parser calls most crawlers "Spider"; these name themselves too, or say by custom where they come from: "+http://..."
# or an e-mail address. Neither HTTP libraries (servers and apps send with them) nor headless browsers (a site's own
# tests) are bots: they would name the people who send on purpose.
_CRAWLERS = re.compile(
    r"bot\b|crawl|spider|slurp|lighthouse|pingdom|uptime|facebookexternalhit|preview|scrapy|flipboardproxy"
    r"|feed(?:fetcher|burner|parser)|\brss\b|\+https?:|\w@(?:[\w-]+\.)+[a-z]{2,}\b",
    re.IGNORECASE,
)
_TABLET = re.compile(r"ipad|tablet|kindle|silk/|playbook|nexus (?:7|9|10)|sm-t\d", re.IGNORECASE)
_PHONE = re.compile(
    r"iphone|ipod|android.*mobile|mobile.*(?:firefox|safari)|windows phone|opera m(?:ini|obi)", re.IGNORECASE
)
_ANDROID = re.compile(r"android", re.IGNORECASE)
_OTHER_SCREEN = re.compile(r"smart-?tv|appletv|googletv|hbbtv|playstation|xbox|nintendo", re.IGNORECASE)


@lru_cache(maxsize=8192)
def describe(user_agent: str | None) -> Device:
    """What is known of `user_agent`; all fields None when there is none."""
    if not user_agent:
        return Device()
    user_agent = user_agent[:1000]
    parsed = ua_parser.parse(user_agent)
    agent, system, device = parsed.user_agent, parsed.os, parsed.device
    is_bot = bool(_CRAWLERS.search(user_agent)) or (device is not None and device.family == "Spider")
    return Device(
        browser=agent.family if agent else None,
        browser_version=agent.major if agent else None,
        os=system.family if system else None,
        device_type=_device_type(user_agent),
        is_bot=is_bot,
    )


def _device_type(user_agent: str) -> str:
    """desktop, tablet, phone or other. An Android without "Mobile" is a tablet: Google's own rule."""
    if _OTHER_SCREEN.search(user_agent):
        return "other"
    if _TABLET.search(user_agent):
        return "tablet"
    if _PHONE.search(user_agent):
        return "phone"
    if _ANDROID.search(user_agent):
        return "tablet"
    return "desktop"
