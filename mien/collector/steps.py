"""The cleaning steps between receiver and writer, in order. Each takes the batch and changes it in place.

A step may drop an item, only with a reason: reasons are counted, answered to the sender and shown to the operator.
Add a step: a function here and its line in STEPS.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import replace
from typing import cast

import msgspec

from mien.batch import Batch, Device, Error
from mien.collector.device import describe
from mien.collector.keys import APIS, ELEMENTS, KEY_LENGTH, SCREENS, TYPES, short_key, whole_key
from mien.collector.privacy import (
    LONGEST_ADDRESS,
    cached_secrets,
    cut_ip,
    harmless,
    scrub_address,
    scrub_element,
    scrub_json,
    scrub_text,
    strip_address,
    whole_ip,
)
from mien.config import Settings

USER_AGENT_LENGTH = 1_000
UTM_NAME = re.compile(r"[a-z][a-z_]{0,31}")
INT_MIN, INT_MAX = -(2**31), 2**31 - 1
MESSAGE_LENGTH = 4_000
STACK_LENGTH = 20_000
MAX_REPEATS, MAX_REPEAT_BYTES = 1_000, 2 * 1024 * 1024
"""Rows that stand for equal errors of one batch, and their bytes: packed, they are next to nothing (defaults)."""
REPEATED_STACK_LENGTH = 500  # the top of the stack says where; the first row has all of it
ROW_BYTES = 100
SKEW_IGNORED_MS = 5_000
"""A clock this close is right: the difference is mostly the way through the network (design.md 3)."""
FUTURE_MS = 3_600_000
DAY_MS = 86_400_000

DEVICE_TYPES = {"mobile": "phone", "smartphone": "phone", "phone": "phone", "tablet": "tablet", "desktop": "desktop"}
"""What pages call devices -> what we call them, so that one filter finds all."""

Step = Callable[[Batch, Settings], None]


def clock(batch: Batch, settings: Settings) -> None:
    """Correct the client's clock by the tab's skew, and drop what lies outside the accepted time."""
    shift = batch.skew_ms if abs(batch.skew_ms) > SKEW_IGNORED_MS else 0.0
    oldest = 0.0 if batch.is_backfill else batch.received_ms - settings.max_event_age_days * DAY_MS
    newest = batch.received_ms + FUTURE_MS
    envelope = batch.envelope
    for name in ("events", "latency", "errors", "replay"):
        items = getattr(envelope, name)
        kept = []
        for item in items:
            at = item.at + shift
            if at < oldest:
                batch.drop("too_old")
            elif at > newest or not math.isfinite(at):
                batch.drop("in_the_future")
            else:
                item.at = at
                kept.append(item)
        if len(kept) != len(items):
            setattr(envelope, name, kept)
    started = envelope.session.started_at
    if started is not None:
        started += shift
        envelope.session.started_at = started if oldest - DAY_MS <= started <= newest else None


def limits(batch: Batch, settings: Settings) -> None:
    """Numbers that fit their columns; the rest of the item's text is cut where it is encoded."""
    envelope = batch.envelope
    kept_events = []
    for event in envelope.events:
        # Inlined: this is asked for every event.
        if (
            event.type
            and ((x := event.x) is None or INT_MIN <= x <= INT_MAX)
            and ((y := event.y) is None or INT_MIN <= y <= INT_MAX)
            and ((scroll := event.scroll) is None or INT_MIN <= scroll <= INT_MAX)
        ):
            kept_events.append(event)
        else:
            batch.drop("number_out_of_range" if event.type else "no_type")
    envelope.events = kept_events
    kept_calls = []
    for call in envelope.latency:
        if not 0 <= (call.ttfb_ms or 0) <= INT_MAX:
            call.ttfb_ms = None  # the call itself is known well enough
        if 0 <= call.latency_ms <= INT_MAX and INT_MIN <= (call.status or 0) <= INT_MAX and call.api:
            kept_calls.append(call)
        else:
            batch.drop("number_out_of_range" if call.api else "no_api")
    envelope.latency = kept_calls
    _limit_repeats(batch)
    kept_chunks = []
    for chunk in envelope.replay:
        if 0 <= chunk.index <= INT_MAX:
            kept_chunks.append(chunk)
        else:
            batch.drop("number_out_of_range")
    envelope.replay = kept_chunks


def _limit_repeats(batch: Batch) -> None:
    """So that a small batch cannot become millions of rows, nor many megabytes."""
    room, room_bytes = MAX_REPEATS, MAX_REPEAT_BYTES
    for error in batch.envelope.errors:
        repeats = max(0, min(error.count, INT_MAX) - 1)
        stored = min(room, repeats, room_bytes // _repeat_bytes(error)) if repeats else 0
        error.count = 1 + stored
        if stored:
            room, room_bytes = room - stored, room_bytes - stored * _repeat_bytes(error)
        if repeats > stored:
            batch.drop("too_many_repeats", repeats - stored)


def _repeat_bytes(error: Error) -> int:
    """What the row of a repeat takes, about."""
    stack = (error.stack or "")[:REPEATED_STACK_LENGTH]
    return ROW_BYTES + len((error.message[:MESSAGE_LENGTH] + stack).encode(errors="replace"))


def privacy(batch: Batch, settings: Settings) -> None:
    """IP cut, addresses without query and secrets, metadata scrubbed; keys are cut here, since the hash needs all."""
    client = batch.client
    client.ip = whole_ip(client.ip) if settings.keep_full_ip else cut_ip(client.ip)
    client.user_agent = cached_secrets(client.user_agent[:USER_AGENT_LENGTH]) if client.user_agent else None
    # Inlined: this is asked for every event. What is remembered is one object, which the encoder finds the faster.
    types, screens, elements = TYPES, SCREENS, ELEMENTS
    for event in batch.envelope.events:
        event.type = types[event.type]
        if event.screen is not None:
            event.screen = screens[event.screen] or _key(batch, event.screen, scrub_address)
        if event.element_id is not None:
            event.element_id = elements[event.element_id] or _key(batch, event.element_id, scrub_element)
    _clean_all_metadata(batch)
    for call in batch.envelope.latency:
        call.api = APIS[call.api]
    for error in batch.envelope.errors:
        error.message = scrub_text(error.message[:MESSAGE_LENGTH])
        error.stack = scrub_text(error.stack[:STACK_LENGTH]) if error.stack else error.stack
        if error.screen is not None:
            error.screen = screens[error.screen] or _key(batch, error.screen, scrub_address)
    _clean_session(batch)


def _clean_session(batch: Batch) -> None:
    session = batch.envelope.session
    if session.referrer:
        session.referrer = scrub_address(session.referrer)[:KEY_LENGTH]
    if session.utm:
        session.utm = {
            key: scrub_text(str(value)[:KEY_LENGTH]) for key, value in session.utm.items() if UTM_NAME.fullmatch(key)
        }


def _key(batch: Batch, given: str, scrub: Callable[[str], str]) -> str:
    """What stands for a key that is empty or long; the full value is kept once, as far as it is looked at."""
    clean = scrub(given)
    if whole_key(given, clean) is not None:
        return clean
    # What the query said must not make a new key of an old address.
    whole = strip_address(given) if len(given) > LONGEST_ADDRESS else None
    if whole is not None and len(whole) <= LONGEST_ADDRESS and len(clean) <= KEY_LENGTH:
        return clean
    short = short_key(clean, whole=whole)
    batch.long_values[short] = clean
    return short


def _clean_all_metadata(batch: Batch) -> None:
    """Bytes stand in for Raw from here on: the encoder only copies them."""
    events = batch.envelope.events
    cleaned = harmless([event.metadata for event in events])
    if cleaned is None:
        cleaned = [_clean_metadata(batch, event.metadata) for event in events]
    for event, metadata in zip(events, cleaned, strict=True):
        event.metadata = cast(msgspec.Raw, metadata)


def _clean_metadata(batch: Batch, metadata: msgspec.Raw) -> bytes:
    alone = harmless((metadata,))
    if alone is not None:
        return alone[0]
    raw = bytes(metadata)
    if raw == b"null":
        return b""
    clean = scrub_json(raw)
    if clean is None:
        # The event itself is worth keeping: it happened, only its details are unusable.
        batch.drop("metadata_refused")
    return clean or b""


def device(batch: Batch, settings: Settings) -> None:
    """Browser, system and device type from the user agent; what the page says of its device type counts first."""
    known: Device = describe(batch.client.user_agent)
    user = batch.envelope.session.user
    named = user.device_type if user else None
    if user is not None and named:
        user.device_type = named = DEVICE_TYPES.get(named.strip().lower(), named)[:50]
    batch.device = replace(known, device_type=named or known.device_type)


# The device before privacy: robots are known by the addresses in their user agents.
STEPS: tuple[Step, ...] = (clock, limits, device, privacy)
