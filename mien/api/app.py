"""Puts together what answers HTTP: API pages, health, OpenAPI, the script for sites, the dashboard.

`PAGES` is the list of API pages; adding one is one file and one line (ARCHITECTURE.md).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from litestar import Litestar, Router
from litestar.config.compression import CompressionConfig
from litestar.datastructures import State
from litestar.di import Provide
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin

from mien import __version__, laboratory, tuning
from mien.api import (
    accounts,
    element_label,
    error_groups,
    errors,
    findings,
    freshness,
    funnel,
    heatmap,
    journeys,
    keys,
    latency,
    live,
    live_check,
    me,
    moments,
    overview,
    project_settings,
    projects,
    replay,
    saved_views,
    score,
    score_issues,
    score_summary,
    screen_devices,
    screens,
    segment_values,
    session,
    session_export,
    session_notes,
    sessions,
    signal_places,
    signals,
    system,
    tokens,
    verdicts,
)
from mien.api.assets import STATIC, dashboard_handlers, sdk_handlers
from mien.api.auth import guard
from mien.api.context import provide_database, provide_project, provide_settings
from mien.api.filters import provide_list_segment, provide_segment, provide_ways
from mien.api.headers import OURS, PACKED, add_security_headers
from mien.api.health import HealthCheck, healthz
from mien.api.known_parameters import check_parameters
from mien.api.latency_filters import provide_call_filter, provide_vital_filter
from mien.api.left_requests import ends_with_viewer
from mien.api.recorded_pages import PageDesk
from mien.api.sign_filter import provide_sign_filter
from mien.api.throttle import Slots, Throttle
from mien.config import Settings
from mien.store.database import Database

PAGES = (
    me,
    overview,
    findings,
    score,
    score_issues,
    score_summary,
    screens,
    screen_devices,
    moments,
    segment_values,
    element_label,
    latency,
    error_groups,
    journeys,
    funnel,
    heatmap,
    sessions,
    session,
    verdicts,
    replay,
    signals,
    signal_places,
    freshness,
    live_check,
    saved_views,
    projects,
    project_settings,
    keys,
    accounts,
    tokens,
    system,
    live,
    session_export,
    session_notes,
)
GZIP_FROM_BYTES = 1000
MAX_REQUEST_BYTES = 64 * 1024
"""Bodies of the API itself (a login, thresholds); the collector reads its own, with its own limit."""


def api_router() -> Router:
    """Everything under /api, behind the guard."""
    return Router(
        path="/api",
        route_handlers=[handler for page in PAGES for handler in page.HANDLERS],
        middleware=[ends_with_viewer],
        guards=[guard, check_parameters],
        dependencies={
            "database": Provide(provide_database, sync_to_thread=False),
            "settings": Provide(provide_settings, sync_to_thread=False),
            "project": Provide(provide_project),
            "segment": Provide(provide_segment, sync_to_thread=False),
            "call_filter": Provide(provide_call_filter, sync_to_thread=False),
            "vital_filter": Provide(provide_vital_filter, sync_to_thread=False),
            "sign_filter": Provide(provide_sign_filter, sync_to_thread=False),
            "ways": Provide(provide_ways, sync_to_thread=False),
            "list_segment": Provide(provide_list_segment, sync_to_thread=False),
        },
        opt={OURS: True},
        request_max_body_size=MAX_REQUEST_BYTES,
    )


def openapi_config() -> OpenAPIConfig:
    """The document at /schema/openapi.json."""
    return OpenAPIConfig(
        title="Mien",
        version=__version__,
        description="API of Mien. Sign in by cookie, or send a read-only token as bearer.",
        use_handler_docstrings=True,
        openapi_router=Router(
            path="/schema",
            route_handlers=[],
            opt={OURS: True},
            include_in_schema=False,
            after_request=errors.not_found_as_json,
        ),
        render_plugins=[JsonRenderPlugin()],
    )


def state_of(database: Database, settings: Settings, worker_alive: Callable[[], bool] | None = None) -> State:
    """What an application remembers between requests, and all that it knows of its database."""
    return State(
        {
            "database": database,
            "settings": settings,
            "throttle": Throttle(),
            "login_slots": Slots(),
            "health": HealthCheck(database, worker_alive),
            # The API knows no analyzer; what it needs of them is handed in here.
            "tuning": tuning,
            "laboratory": laboratory,
            "known_parameters": None,
            "is_trying": False,
            "making_project": asyncio.Lock(),
            "findings": findings.FindingDesk(),
            "recorded_pages": PageDesk(),
            "exports": asyncio.Semaphore(session_export.MAX_EXPORTS),
        }
    )


def create_app(
    database: Database,
    settings: Settings,
    extra_handlers: Sequence[Any] = (),
    worker_alive: Callable[[], bool] | None = None,
    static: Path = STATIC,
) -> Litestar:
    """The ASGI application. `extra_handlers` (the demo shop) are Litestar's; they set their own headers.

    `worker_alive`: asked by /healthz; None when no worker is expected in this process.
    """
    return Litestar(
        route_handlers=[
            *extra_handlers,
            api_router(),
            Router(path="/", route_handlers=[healthz], opt={OURS: True}),
            *sdk_handlers(static / "sdk"),
            *dashboard_handlers(static / "dashboard"),
        ],
        state=state_of(database, settings, worker_alive),
        openapi_config=openapi_config(),
        exception_handlers=errors.HANDLERS,
        before_send=[add_security_headers],
        compression_config=CompressionConfig(
            backend="gzip", minimum_size=GZIP_FROM_BYTES, gzip_compress_level=5, exclude_opt_key=PACKED
        ),
        logging_config=None,
        debug=False,
    )
