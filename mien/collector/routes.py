"""The collector's doors: an ASGI application for the paths of RECEIVERS, and one for the script's configuration.

Bytes in, counts out. Order: size limits, unpacking, receiver, key, origin, steps, encoding, writer. Status codes are
the retry contract of docs/wire-format.md; every answer carries the CORS headers, errors too, or browsers could not
read them.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter, OrderedDict
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

import msgspec

from mien.batch import Batch, Client, Envelope
from mien.collector.encode import encode
from mien.collector.gunzip import MAGIC, BrokenGzip, gunzip
from mien.collector.receivers import RECEIVERS
from mien.collector.refusals import Refusals
from mien.collector.steps import STEPS
from mien.collector.turns import Turns
from mien.collector.writer import Result, Writers
from mien.config import Settings
from mien.errors import Busy, InvalidBatch, MienError, OriginRefused, TooLarge, UnknownKey
from mien.store.database import Database
from mien.store.projects import KeyOwner, find_key

log = logging.getLogger("mien.collector")

KEY_CACHE_S = 5.0
"""How long a key is believed without asking the database again: a revoked one stops within this."""
MAX_KNOWN = 50_000
LONGEST_KEY = 100
LARGEST_SKEW_MS = 100 * 365 * 86_400_000.0
CONFIG_PATH = "/v1/config/"
CONFIG_CACHE_S = 300


class _SenderGone(Exception):
    """The connection closed before the body was there."""


class Collector:
    """Made once per process; `app` is the ASGI application."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database = database
        self.settings = settings
        self.writers = Writers(database.dsn, settings.max_waiting_batches, settings.flush_wait_ms)
        self.refusals = Refusals(database)
        self.keys: dict[str, tuple[float, KeyOwner | None]] = {}
        self.looking: dict[str, asyncio.Task[KeyOwner | None]] = {}
        self.turns = Turns()
        self.skews: OrderedDict[tuple[str, UUID], float] = OrderedDict()

    async def stop(self) -> None:
        """Write what was accepted, then end."""
        await self.writers.stop()

    async def app(self, scope: Any, receive: Any, send: Any) -> None:
        """Answers OPTIONS and POST; never raises."""
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        origin = headers.get("origin")
        if scope["method"] == "OPTIONS":
            await _respond(send, 204, b"", origin, preflight=headers)
            return
        try:
            if scope["method"] != "POST":
                raise InvalidBatch("send batches with POST")
            answer = await self._take(scope, headers, receive)
        except _SenderGone:
            return
        except MienError as error:
            await _respond(send, error.status, _error_body(error.name, str(error)), origin, error=error)
            return
        except Exception:
            # Anything unforeseen: the batch was not stored, so the sender must keep it. 503 is what all of them retry.
            log.exception("unforeseen error in the collector")
            busy = Busy("The collector failed. Nothing was stored; send it again.", 30)
            await _respond(send, busy.status, _error_body(busy.name, str(busy)), origin, error=busy)
            return
        await _respond(send, 200, answer, origin)

    async def config(self, scope: Any, receive: Any, send: Any) -> None:
        """GET /v1/config/<key>: what the script of this project is told. Never raises; works from any origin."""
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        origin = headers.get("origin")
        try:
            owner = await self._owner(scope["path"].removeprefix(CONFIG_PATH))
        except MienError as error:
            await _respond(send, error.status, _error_body(error.name, str(error)), origin, error=error)
            return
        config = owner.sdk_config
        body = msgspec.json.encode(
            {
                "sampling": config.sampling,
                "captures": config.captures if config.replay else {**config.captures, "replay": False},
                "feedback": None if config.feedback is None else {"enabled": True, "random_rate": config.feedback},
            }
        )
        await _respond(send, 200, body, origin, cache_s=CONFIG_CACHE_S)

    async def _take(self, scope: Any, headers: Mapping[str, str], receive: Any) -> bytes:
        received_ms = time.time() * 1000
        packed = await self._read(headers, receive)
        await self.turns.take()
        body = self._unpack(packed)
        dropped: Counter[str] = Counter()
        envelope = RECEIVERS[scope["path"]](body, dropped)
        owner = await self._owner(envelope.write_key)
        origin = headers.get("origin")
        if owner.origins and origin and origin not in owner.origins:
            await self.refusals.count(owner.schema, origin)
            raise OriginRefused(
                f"project {owner.slug} does not accept {origin}; "
                f"`mien project set {owner.slug} --origin {origin}` adds it"
            )
        batch = Batch(
            envelope=envelope,
            received_ms=received_ms,
            client=self._client(scope, headers),
            is_backfill=owner.is_backfill,
            dropped=dropped,
        )
        batch.skew_ms = await self._skew(owner.schema, envelope, scope, received_ms)
        for step in STEPS:
            step(batch, self.settings)
        encoded = encode(batch, self.settings.max_replay_chunk_bytes)
        # A client that goes away must not cancel what others share.
        result = await asyncio.shield(self.writers.of(owner.schema).submit(encoded))
        return _answer_body(batch, encoded.item_count, result)

    async def _read(self, headers: Mapping[str, str], receive: Any) -> bytes:
        limit = self.settings.max_body_bytes
        declared = headers.get("content-length", "0")
        if declared.isdigit() and int(declared) > limit:
            raise TooLarge(f"the body has {declared} bytes; at most {limit} are accepted")
        parts, size = [], 0
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise _SenderGone
            part = message.get("body", b"")
            size += len(part)
            if size > limit:
                raise TooLarge(f"the body is larger than {limit} bytes")
            parts.append(part)
            if not message.get("more_body"):
                return b"".join(parts)

    def _unpack(self, body: bytes) -> bytes:
        """gzip is known by its first bytes, whatever the headers say; unpacking stops at the limit."""
        if not body:
            raise InvalidBatch("the body is empty")
        if not body.startswith(MAGIC):
            return body
        limit = self.settings.max_batch_bytes
        try:
            data = gunzip(body, limit)
        except BrokenGzip as error:
            raise InvalidBatch(f"broken gzip: {error}") from None
        if len(data) > limit:
            raise TooLarge(f"the batch unpacks to more than {limit} bytes")
        return data

    async def _owner(self, write_key: str) -> KeyOwner:
        # What does not look like a key is neither looked up nor remembered: nonsense costs nothing.
        if not write_key.startswith("mk_") or len(write_key) > LONGEST_KEY or not write_key.isascii():
            raise UnknownKey("no such write key, or it was revoked")
        known = self.keys.get(write_key)
        if known is not None and time.monotonic() <= known[0]:
            found = known[1]
        else:
            # Under load a hundred batches come before the answer: they share one look. One that leaves stops no other.
            looking = self.looking.get(write_key)
            if looking is None:
                looking = self.looking[write_key] = asyncio.create_task(self._look_up(write_key))
            found = await asyncio.shield(looking)
        if found is None:
            raise UnknownKey("no such write key, or it was revoked")
        return found

    async def _look_up(self, write_key: str) -> KeyOwner | None:
        began = time.monotonic()
        try:
            found = await find_key(self.database, write_key)
        finally:
            del self.looking[write_key]
        if len(self.keys) > MAX_KNOWN:
            self.keys.clear()
        self.keys[write_key] = (began + KEY_CACHE_S, found)
        return found

    async def _skew(self, schema: str, envelope: Envelope, scope: Any, received_ms: float) -> float:
        """How far the client's clock is behind, measured once per tab, so that a batch sent again keeps its times."""
        sent_at = envelope.sent_at
        query: bytes = scope.get("query_string", b"")
        if query:
            stamped = parse_qs(query.decode("latin-1")).get("t", [""])[0]
            if stamped.isascii() and stamped.isdigit() and len(stamped) <= 15:
                sent_at = float(stamped)
        measured = 0.0 if sent_at is None else received_ms - sent_at
        if not abs(measured) < LARGEST_SKEW_MS:
            measured = 0.0  # no clock is that wrong: it is no time at all
        tab = envelope.tab
        if tab is None:
            return measured
        key = (schema, tab)
        skew = self.skews.get(key)
        if skew is None and not envelope.seq:
            # The first batch of a tab: nothing can be stored yet, and a look would cost more than the batch.
            skew = self._remember_skew(key, measured)
        if skew is None:
            async with self.database.reading(schema) as queries:
                stored = await queries.fetch_value("collect.tab_skew", tab=tab)
            skew = self._remember_skew(key, measured if stored is None else float(stored))
        return skew

    def _remember_skew(self, key: tuple[str, UUID], skew: float) -> float:
        self.skews[key] = skew
        if len(self.skews) > MAX_KNOWN:
            self.skews.popitem(last=False)
        return skew

    def _client(self, scope: Any, headers: Mapping[str, str]) -> Client:
        ip = scope["client"][0] if scope.get("client") else None
        if self.settings.trust_proxy and headers.get("x-forwarded-for"):
            ip = headers["x-forwarded-for"].split(",")[0].strip()
        country = headers.get(self.settings.country_header.lower(), "") if self.settings.country_header else ""
        is_country = len(country) == 2 and country.isalpha() and country.upper() != "XX"
        return Client(
            ip=ip,
            user_agent=headers.get("user-agent"),
            country=country.upper() if is_country else None,
        )


def _answer_body(batch: Batch, item_count: int, result: Result) -> bytes:
    if not result.is_new:
        return b'{"status":"repeat"}'
    dropped = batch.dropped + result.refused
    stored = item_count - result.refused.total()
    return msgspec.json.encode({"status": "stored", "stored": stored, "dropped": dropped})


def _error_body(name: str, message: str) -> bytes:
    return msgspec.json.encode({"error": name, "message": message})


async def _respond(
    send: Any,
    status: int,
    body: bytes,
    origin: str | None,
    *,
    preflight: Mapping[str, str] | None = None,
    error: MienError | None = None,
    cache_s: int = 0,
) -> None:
    headers = [(b"content-type", b"application/json"), (b"vary", b"Origin")]
    if cache_s:
        headers.append((b"cache-control", f"public, max-age={cache_s}".encode()))
    if origin:
        headers += [
            (b"access-control-allow-origin", origin.encode("latin-1")),
            (b"access-control-allow-credentials", b"true"),
            (b"access-control-expose-headers", b"Retry-After"),
        ]
    if preflight is not None:
        wanted = preflight.get("access-control-request-headers", "")
        headers += [
            (b"access-control-allow-methods", b"POST, OPTIONS"),
            (b"access-control-allow-headers", wanted.encode("latin-1")),
            (b"access-control-max-age", b"86400"),
        ]
    if isinstance(error, Busy):
        headers.append((b"retry-after", str(error.retry_after_s).encode()))
    if status != 204:
        headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
