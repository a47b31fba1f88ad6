"""What arrives: the items of one batch, as wire format v1 names them (docs/wire-format.md).

A receiver makes a Batch from bytes, steps clean it, the writer stores it. Stands between `collector/` and `store/`;
imports nothing of ours but errors. Times are the client's clock in milliseconds until the `clock` step corrected them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import msgspec

NO_JSON = msgspec.Raw(b"")


class Event(msgspec.Struct, gc=False):
    """One interaction. `metadata` is JSON as it came, not parsed: most of it is only stored."""

    type: str
    at: float
    screen: str | None = None
    element_id: str | None = None
    x: float | None = None
    y: float | None = None
    scroll: float | None = None
    metadata: msgspec.Raw = NO_JSON


class Call(msgspec.Struct, gc=False):
    """One API call. `at` is its start; `status` None means unfinished, and `latency_ms` is then the time waited.

    `ttfb_ms`: from the start to the first byte of the answer, where the browser said so.
    """

    api: str
    latency_ms: float
    at: float
    status: float | None = None
    ttfb_ms: float | None = None


class Error(msgspec.Struct, gc=False):
    """One error in the page, or `count` equal ones, the first of them at `at`."""

    message: str
    at: float
    screen: str | None = None
    stack: str | None = None
    count: int = 1


class Chunk(msgspec.Struct, gc=False):
    """A piece of replay. `data` is base64 of gzipped JSON (`enc` "gzip"), a JSON text ("json"), or the array itself."""

    index: int
    at: float
    enc: str = "json"
    n: int | None = None
    data: msgspec.Raw = NO_JSON


class User(msgspec.Struct, gc=False):
    """Who the page says it is."""

    external_user_id: str | None = None
    email: str | None = None
    locale: str | None = None
    device_type: str | None = None


class Session(msgspec.Struct, gc=False):
    """The session that the items belong to; `started_at` in client milliseconds."""

    session_id: UUID
    device_id: str | None = None
    started_at: float | None = None
    screen_resolution: str | None = None
    app_version: str | None = None
    user: User | None = None
    referrer: str | None = None
    utm: dict[str, Any] | None = None
    staff: bool = False


class Envelope(msgspec.Struct, gc=False):
    """A whole batch on the wire, when every item is well formed."""

    write_key: str
    batch_id: UUID
    session: Session
    sent_at: float | None = None
    tab: UUID | None = None
    seq: int | None = None
    events: list[Event] = []
    latency: list[Call] = []
    errors: list[Error] = []
    replay: list[Chunk] = []


class LooseEnvelope(msgspec.Struct, gc=False):
    """The same with items left undecoded, so that one malformed item costs only itself."""

    write_key: str
    batch_id: UUID
    session: Session
    sent_at: float | None = None
    tab: UUID | None = None
    seq: int | None = None
    events: list[msgspec.Raw] = []
    latency: list[msgspec.Raw] = []
    errors: list[msgspec.Raw] = []
    replay: list[msgspec.Raw] = []


@dataclass(slots=True)
class Client:
    """What the request itself tells: already cut to what may be stored by the `privacy` and `device` steps."""

    ip: str | None = None
    user_agent: str | None = None
    country: str | None = None


@dataclass(slots=True)
class Device:
    """What the user agent says."""

    browser: str | None = None
    browser_version: str | None = None
    os: str | None = None
    device_type: str | None = None
    is_bot: bool = False


@dataclass(slots=True)
class Batch:
    """A batch on its way to the database. `dropped` counts refused items by reason."""

    envelope: Envelope
    received_ms: float
    client: Client
    is_backfill: bool = False
    skew_ms: float = 0.0
    device: Device = field(default_factory=Device)
    dropped: Counter[str] = field(default_factory=Counter)
    long_values: dict[str, str] = field(default_factory=dict)

    def drop(self, reason: str, count: int = 1) -> None:
        """Count `count` items as refused for `reason`; the sender is told."""
        self.dropped[reason] += count
