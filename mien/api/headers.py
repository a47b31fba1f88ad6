"""Security headers of the dashboard and the API. The script for sites, the collector and the demo shop have their own.

The policy is the one under which a poisoned recording was tried: nothing of it ran or reached out (stack.md 2).
"""

from __future__ import annotations

from typing import Any

from litestar.datastructures import MutableScopeHeaders
from litestar.types import Message, Scope

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "media-src 'self' data: blob:",
        "connect-src 'self'",
        "frame-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
OURS = "dashboard"
"""Handlers with this in their `opt` are ours; so are answers that no handler gave, such as 404."""
PACKED = "packed"
"""Handlers with this in their `opt` pack their answers themselves."""


async def add_security_headers(message: Message, scope: Scope) -> None:
    """To the start of every answer that is ours. What a handler has set itself stays."""
    if message["type"] != "http.response.start":
        return
    handler: Any = scope.get("route_handler")
    if handler is not None and not handler.opt.get(OURS):
        return
    headers = MutableScopeHeaders.from_message(message)
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    if scope["path"].startswith("/api"):
        headers.setdefault("cache-control", "no-store")
