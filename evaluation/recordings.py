"""rrweb recordings as batches of Mien's wire format: one recording is one session.

Clicks are rrweb's own (source 2, type 2); their element and whether it answers to clicks come from the recorded page.
A click is answered by the first change, scroll or input that the recording holds within 3 s after it. Mouse moves are
left out: rrweb keeps places, Mien cells. What was typed is not read.
"""

from __future__ import annotations

import gzip
import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from evaluation.envelope import envelope

ANSWER_MS = 3000  # as the SDK waits; signals.md A.2
CHUNK_CHARACTERS = 400_000  # of replay; a chunk may have 1 MiB
NAMESPACE = uuid.UUID("6f7c1a7e-3f0e-4c59-9a56-0d1f7f3f2d12")
FULL, INCREMENTAL, META = 2, 3, 4  # rrweb's event types
MUTATION, MOUSE, SCROLL, INPUT = 0, 2, 3, 5  # rrweb's sources
CLICK = 2  # of a mouse interaction
ANSWERS = {MUTATION: "mutation", SCROLL: "scroll", INPUT: "input"}
NATIVE = frozenset(("a", "button", "label", "summary", "option", "input", "textarea", "select"))
FIELDS = frozenset(("input", "textarea", "select"))

Record = dict[str, Any]


@dataclass
class Recording:
    """`name`: of the file. `events`: rrweb's, oldest first, times in epoch ms."""

    name: str
    events: list[Record]

    @property
    def session_id(self) -> str:
        return str(uuid.uuid5(NAMESPACE, self.name))


@dataclass
class Page:
    """What is known of the recorded document while its events are gone through."""

    nodes: dict[int, Record] = field(default_factory=dict)
    parents: dict[int, int] = field(default_factory=dict)
    document_id: int = 0
    screen: str = "/"
    scroll_y: float = 0.0
    size: Record = field(default_factory=dict)

    def add(self, node: Record, parent: int | None) -> None:
        self.nodes[node["id"]] = node
        if parent is not None:
            self.parents[node["id"]] = parent
        for child in node.get("childNodes") or ():
            self.add(child, node["id"])

    def path(self, node_id: int) -> Iterator[Record]:
        """The node and its ancestors, outwards."""
        at: int | None = node_id
        while at is not None and at in self.nodes:
            yield self.nodes[at]
            at = self.parents.get(at)

    def clicked(self, node_id: int) -> tuple[Record | None, str]:
        """The nearest element that a click is meant for, and why it is taken for one, as the SDK says it."""
        elements = [node for node in self.path(node_id) if node.get("tagName")]
        for element in elements:
            attributes = element.get("attributes") or {}
            if element["tagName"] in NATIVE and (element["tagName"] != "a" or attributes.get("href")):
                return element, "native"
            if attributes.get("role") == "button" or ("role" in attributes and "tabindex" in attributes):
                return element, "aria"
        return (elements[0] if elements else None), "none"

    def selector(self, element: Record) -> str:
        """Its id or test id, else the tags and recorded numbers of the way to it: stable within one recording."""
        for name in ("data-mien-id", "id", "data-testid", "data-test", "data-cy"):
            value = (element.get("attributes") or {}).get(name)
            if value:
                return f"#{value}" if name == "id" else f'[{name}="{value}"]'
        return f"{element['tagName']}[{element['id']}]"


def find_events(value: object) -> list[Record] | None:
    """The first list of rrweb events in a JSON value, however it is wrapped; None where there is none."""
    if isinstance(value, list) and value and all(isinstance(one, dict) and "timestamp" in one for one in value):
        return value
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return next((found for child in children if (found := find_events(child))), None)


def read_recordings(folder: Path) -> list[Recording]:
    """All files that hold a page (type 2) and what happened on it (type 3); others are parts of recordings or mocks."""
    found = []
    for path in sorted(folder.glob("*.json*")):
        text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        events = sorted(find_events(json.loads(text)) or [], key=lambda one: float(one["timestamp"]))
        if {FULL, INCREMENTAL} <= {event.get("type") for event in events}:
            found.append(Recording(path.name.split(".")[0], events))
    return found


def answer_to(events: list[Record], number: int) -> tuple[str | None, int | None]:
    """What followed the click that is event `number`, and after how many ms; (None, None) where nothing did."""
    at = float(events[number]["timestamp"])
    for event in events[number + 1 :]:
        delay = float(event["timestamp"]) - at
        if delay > ANSWER_MS:
            break
        if event["type"] == INCREMENTAL and event["data"].get("source") in ANSWERS:
            return ANSWERS[event["data"]["source"]], round(delay)
        if event["type"] in (FULL, META):
            return "navigation", round(delay)
    return None, None


def click_of(page: Page, recording: Recording, number: int, seq: int) -> Record:
    event = recording.events[number]
    data = event["data"]
    element, interactive = page.clicked(data["id"])
    response, response_ms = answer_to(recording.events, number)
    metadata: Record = {"seq": seq, "trusted": True, "button": 0, "detail": 1, "pointer": "mouse", **page.size}
    metadata |= {"interactive": interactive, "response": response, "response_ms": response_ms}
    if element:
        metadata["tag"] = element["tagName"]
    return {
        "type": "click",
        "at": round(float(event["timestamp"])),
        "screen": page.screen,
        "x": round(data["x"]),
        "y": round(data["y"] + page.scroll_y),
        "element_id": page.selector(element) if element else None,
        "metadata": metadata,
    }


def follow(page: Page, event: Record) -> None:
    """What an event changes of what is known of the page."""
    data = event["data"]
    if event["type"] == META:
        page.screen = urlsplit(data.get("href", "")).path or "/"
        page.size = {"vw": data.get("width"), "vh": data.get("height")}
    elif event["type"] == FULL:
        page.nodes, page.parents, page.scroll_y = {}, {}, 0.0
        page.document_id = data["node"]["id"]
        page.add(data["node"], None)
    elif event["type"] == INCREMENTAL and data.get("source") == MUTATION:
        for added in data.get("adds") or ():
            page.add(added["node"], added.get("parentId"))
    elif event["type"] == INCREMENTAL and data.get("source") == SCROLL and data["id"] == page.document_id:
        page.scroll_y = float(data["y"])


def events_of(recording: Recording) -> list[Record]:
    """Screens, clicks, and fields that were changed (how often, never what)."""
    page = Page()
    found: list[Record] = []
    for number, event in enumerate(recording.events):
        if not isinstance(event.get("data"), dict) or not event["data"]:
            continue
        follow(page, event)
        at, data, seq = round(float(event["timestamp"])), event["data"], len(found)
        if event["type"] == META:
            found.append(
                {"type": "screen_view", "at": at, "screen": page.screen, "metadata": {"seq": seq, **page.size}}
            )
        elif event["type"] == INCREMENTAL and data.get("source") == MOUSE and data.get("type") == CLICK:
            found.append(click_of(page, recording, number, seq))
        elif event["type"] == INCREMENTAL and data.get("source") == INPUT:
            element = page.clicked(data["id"])[0]
            if element and element["tagName"] in FIELDS:
                place = {"at": at, "screen": page.screen, "element_id": page.selector(element)}
                length = len(str(data.get("text", "")))
                found.append({"type": "input", **place, "metadata": {"seq": seq, "length": length}})
    return found


def replay_of(recording: Recording) -> list[Record]:
    """The recording itself, in chunks."""
    chunks: list[list[Record]] = [[]]
    room = CHUNK_CHARACTERS
    for event in recording.events:
        size = len(json.dumps(event))
        if chunks[-1] and size > room:
            chunks.append([])
            room = CHUNK_CHARACTERS
        chunks[-1].append(event)
        room -= size
    return [
        {
            "index": index,
            "at": round(float(chunk[0]["timestamp"])),
            "enc": "json",
            "n": len(chunk),
            "data": json.dumps(chunk),
        }
        for index, chunk in enumerate(chunks)
    ]


def batch_of(recording: Recording, write_key: str) -> Record:
    """The recording as one batch."""
    began = round(float(recording.events[0]["timestamp"]))
    user = {"device_type": "desktop"}
    replay = replay_of(recording)
    return envelope(write_key, recording.session_id, recording.name, began, user, events_of(recording), replay=replay)
