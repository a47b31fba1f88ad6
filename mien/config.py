"""Settings: read once from the environment, validated, with defaults that work. docs/operating.md lists them all.

Every setting is MIEN_<NAME>; the database is given by DATABASE_URL. A wrong value stops the start with a sentence.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import msgspec

from mien.errors import SetupError


class Settings(msgspec.Struct, frozen=True):
    """One running Mien's settings. Field `x_y` is the environment variable MIEN_X_Y."""

    data: Path = Path("~/.local/share/mien")
    """Folder of the embedded PostgreSQL, backups and the remembered port."""
    host: str = "127.0.0.1"
    """Address to listen on; 0.0.0.0 for all."""
    port: int = 8110
    """Port of collector, API, dashboard and script."""
    public_url: str = ""
    """How browsers reach Mien, such as https://mien.example.org; default: http://host:port."""
    postgres_port: int = 0
    """Port of the embedded PostgreSQL; 0 picks a free one and keeps it."""
    postgres_shared_buffers: str = "256MB"
    """Memory of the embedded PostgreSQL for its page cache."""
    postgres_user: str = "nobody"
    """System account that the embedded PostgreSQL runs as when Mien is started by root."""
    max_body_bytes: int = 4 * 1024 * 1024
    """Largest request body as sent."""
    max_batch_bytes: int = 20 * 1024 * 1024
    """Largest batch after unpacking."""
    max_replay_chunk_bytes: int = 1024 * 1024
    """Largest replay chunk, as JSON."""
    max_event_age_days: int = 30
    """Older items are dropped with the reason too_old; keys made with --backfill have no limit."""
    max_waiting_batches: int = 2000
    """Batches waiting for the database before the collector answers 503."""
    flush_wait_ms: int = 2
    """How long a flush waits for company when none is in flight."""
    trust_proxy: bool = False
    """Take the client's address from X-Forwarded-For (set it only behind a proxy that overwrites it)."""
    country_header: str = ""
    """Header in which a proxy passes the visitor's country, such as CF-IPCountry; empty: country stays unknown."""
    keep_full_ip: bool = False
    """Store whole IP addresses; the default cuts to /24 and /48."""
    login_hours: int = 24 * 14
    """How long a sign-in lasts."""
    statement_timeout_ms: int = 15000
    """Limit of one page query."""
    heatmap_min_people: int = 3
    """Cells of heatmaps with fewer people are not given out."""


def load_settings(environment: Mapping[str, str] | None = None, **overrides: object) -> Settings:
    """Settings from `environment` (default: the process's) with `overrides` on top, None meaning "not given".

    Raises SetupError naming the variable and what it should be.
    """
    environment = os.environ if environment is None else environment
    values: dict[str, object] = {}
    for field in msgspec.structs.fields(Settings):
        name = f"MIEN_{field.name.upper()}"
        value: object = overrides.get(field.name)
        if value is None:
            value = environment.get(name) or None
        if value is None:
            continue
        try:
            if field.type is Path:
                values[field.name] = Path(str(value))
            else:
                values[field.name] = msgspec.convert(value, field.type, strict=False)
        except msgspec.ValidationError as error:
            raise SetupError(f"{name} is {value!r}, but: {error}") from None
    settings = Settings(**values)  # type: ignore[arg-type]
    settings = msgspec.structs.replace(settings, data=settings.data.expanduser().absolute())
    _check_ranges(settings)
    return settings


def _check_ranges(settings: Settings) -> None:
    for name, low, high in (
        ("port", 0, 65535),
        ("postgres_port", 0, 65535),
        ("max_body_bytes", 1024, 1 << 30),
        ("max_batch_bytes", 1024, 1 << 30),
        ("max_replay_chunk_bytes", 1024, 1 << 28),
        ("max_event_age_days", 1, 36500),
        ("max_waiting_batches", 1, 1_000_000),
        ("flush_wait_ms", 0, 1000),
        ("login_hours", 1, 24 * 365),
        ("statement_timeout_ms", 100, 600_000),
        ("heatmap_min_people", 1, 1000),
    ):
        value = getattr(settings, name)
        if not low <= value <= high:
            raise SetupError(f"MIEN_{name.upper()} is {value}, but must be between {low} and {high}")
