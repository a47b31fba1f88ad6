"""The rows of `sessions`, `session_facts` and `users` that a cleaned batch knows."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from mien.batch import Batch
from mien.collector.keys import KEY_LENGTH, short_key
from mien.collector.steps import FUTURE_MS

USER_NAMESPACE = uuid.UUID("6d69656e-0000-5000-8000-757365727300")
"""user_id = uuid5(this, external_user_id): the same person is the same row, without a unique key on the given table."""
UTM_BYTES = 1_000


class SessionFacts(NamedTuple):
    """The columns of `session_facts`, in the order of the statement `collect.facts`; `utm` as JSON text."""

    browser: str | None
    browser_version: str | None
    os: str | None
    device_type: str | None
    country: str | None
    locale: str | None
    referrer: str | None
    utm: str | None
    is_bot: bool
    is_staff: bool


@dataclass(slots=True)
class SessionRow:
    """The columns of `sessions` that a batch knows, and its facts. Times are naive UTC."""

    session_id: uuid.UUID
    user_id: uuid.UUID | None
    device_id: str | None
    ip_address: str | None
    user_agent: str | None
    screen_resolution: str | None
    app_version: str | None
    started_at: datetime
    ended_at: datetime
    facts: SessionFacts


def _utc(at_ms: float) -> datetime:
    return datetime.fromtimestamp(at_ms / 1000, UTC).replace(tzinfo=None)


def _cut(text: str | None, length: int) -> str | None:
    return None if text is None else text.replace("\x00", "\ufffd")[:length]


def session_row(batch: Batch) -> SessionRow:
    session, device = batch.envelope.session, batch.device
    started, ended = _span(batch)
    user = session.user
    utm = msgspec.json.encode(session.utm).decode() if session.utm else None
    return SessionRow(
        session_id=session.session_id,
        user_id=_user_id(user.external_user_id) if user and user.external_user_id else None,
        device_id=_cut(session.device_id, 255),
        ip_address=batch.client.ip,
        user_agent=batch.client.user_agent,
        screen_resolution=_cut(session.screen_resolution, 20),
        app_version=short_key(session.app_version, 20) if session.app_version else None,
        started_at=_utc(started),
        ended_at=_utc(ended),
        facts=SessionFacts(
            device.browser,
            device.browser_version,
            device.os,
            device.device_type,
            batch.client.country,
            _cut(user.locale, 50) if user else None,
            session.referrer,
            utm if utm and len(utm) < UTM_BYTES else None,
            device.is_bot,
            session.staff,
        ),
    )


def _span(batch: Batch) -> tuple[float, float]:
    """First and last activity in milliseconds, the ends of calls included; without items the session's own start."""
    envelope = batch.envelope
    times = [
        [item.at for item in items]
        for items in (envelope.events, envelope.latency, envelope.errors, envelope.replay)
        if items
    ]
    starts = [*map(min, times)]
    if envelope.session.started_at is not None:
        starts.append(envelope.session.started_at)
    started = min(starts, default=batch.received_ms)
    ends = [*map(max, times)]
    ends += [call.at + call.latency_ms for call in envelope.latency]
    # An unfinished call may claim to have waited for weeks; nobody was active after now.
    latest = max(batch.received_ms + FUTURE_MS, started)
    return started, min(max(ends, default=started), latest)


@lru_cache(maxsize=20_000)
def _user_id(external_user_id: str) -> uuid.UUID:
    return uuid.uuid5(USER_NAMESPACE, external_user_id.encode("utf-8", "replace").decode())


def user_row(batch: Batch) -> tuple[Any, ...] | None:
    user = batch.envelope.session.user
    if user is None or not user.external_user_id:
        return None
    return (
        _user_id(user.external_user_id),
        _cut(short_key(user.external_user_id, KEY_LENGTH), KEY_LENGTH),
        _cut(user.email, 255),
        _cut(user.locale, 50),
        batch.device.device_type,
        _utc(batch.received_ms),
    )
