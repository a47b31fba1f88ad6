"""Visits of a real web server's log (`apache_logs.gz`, combined format) as batches of Mien's wire format.

A log has requests, not people: the pages that one address asked for with one program, with less than 30 minutes
between, are one visit. The address itself goes no further than a name made of it.
"""

from __future__ import annotations

import gzip
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from evaluation.envelope import envelope
from evaluation.importing import AGENT

NAMESPACE = uuid.UUID("0a4c2a0e-8f39-4d0b-8e0f-1d0d6d2a9f55")
IDLE_MS = 30 * 60 * 1000
LINE = re.compile(
    r'(\S+) \S+ \S+ \[([^\]]+)\] "(?:GET|POST|HEAD) (\S+)[^"]*" (\d{3}) \S+ "((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)*)"'
)
NOT_A_PAGE = re.compile(
    r"\.(?:css|js|png|jpe?g|gif|ico|svg|bmp|xml|txt|rss|atom|pdf|zip|t?gz|bz2|tar|deb|rpm|jar|exe|swf|ogg|mp3|mp4|iso|conf|"
    r"patch|diff|c|h|rb|pl|py|sh|spec)$|^/robots\.txt$|/feed/?$",
    re.IGNORECASE,
)
STYLE_SHEET = re.compile(r"\.css$", re.IGNORECASE)
FOUND = ("200", "206", "304")


@dataclass
class Visit:
    """`pages`: (epoch ms, path, referrer), oldest first. `agent`: "" where the program said nothing.

    `asked_for_rules`: the same address and program have read /robots.txt, as robots do. `loaded_styles`: and have
    loaded style sheets, as browsers do. Neither is known to Mien.
    """

    person: str
    agent: str
    pages: list[tuple[int, str, str]] = field(default_factory=list)
    asked_for_rules: bool = False
    loaded_styles: bool = False

    @property
    def session_id(self) -> str:
        return str(uuid.uuid5(NAMESPACE, f"{self.person} {self.agent} {self.pages[0][0]}"))


def read_visits(folder: Path) -> list[Visit]:
    """All visits with at least one page; lines of another form are left out. FileNotFoundError without the file."""
    with gzip.open(folder / "apache_logs.gz", "rt", errors="replace") as file:
        return visits_of(file)


def visits_of(lines: Iterable[str]) -> list[Visit]:
    """Lines need not be in order: this log's are not, within a minute."""
    pages: dict[tuple[str, str], list[tuple[int, str, str]]] = {}
    robots: set[tuple[str, str]] = set()
    browsers: set[tuple[str, str]] = set()
    for line in lines:
        told = LINE.match(line)
        if not told:
            continue
        address, when, target, status, referrer, agent = told.groups()
        path = target.partition("?")[0]
        who = (str(uuid.uuid5(NAMESPACE, address)), "" if agent == "-" else agent)
        if path == "/robots.txt":
            robots.add(who)
        if STYLE_SHEET.search(path):
            browsers.add(who)
        if status in FOUND and path.startswith("/") and "?flav=" not in target and not NOT_A_PAGE.search(path):
            at = round(datetime.strptime(when, "%d/%b/%Y:%H:%M:%S %z").timestamp() * 1000)
            pages.setdefault(who, []).append((at, path, "" if referrer == "-" else referrer))
    return [
        Visit(person, agent, part, (person, agent) in robots, (person, agent) in browsers)
        for (person, agent), seen in pages.items()
        for part in split(sorted(seen))
    ]


def split(pages: list[tuple[int, str, str]]) -> list[list[tuple[int, str, str]]]:
    """Where 30 minutes passed between two pages, a new visit begins."""
    parts: list[list[tuple[int, str, str]]] = []
    for page in pages:
        if not parts or page[0] - parts[-1][-1][0] > IDLE_MS:
            parts.append([])
        parts[-1].append(page)
    return parts


def batch_of(visit: Visit, write_key: str) -> dict[str, Any]:
    """The visit as one batch, sent by its own program."""
    events = [
        {"type": "screen_view", "at": at, "screen": path, "metadata": {"seq": number, "load": "full"}}
        for number, (at, path, _) in enumerate(visit.pages)
    ]
    return {**envelope(write_key, visit.session_id, visit.person, visit.pages[0][0], {}, events), AGENT: visit.agent}
