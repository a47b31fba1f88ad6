"""Errors that are not the site's own: scripts of other origins and browser extensions. Shared, pure."""

from __future__ import annotations

from mien.timeline import ErrorLog

OPAQUE_MESSAGES = ("script error", "script error.")
"""All that a browser tells of an error in a script of another origin."""
EXTENSION_SCHEMES = (
    "chrome-extension://", "moz-extension://", "safari-extension://", "safari-web-extension://",
    "ms-browser-extension://",
)  # fmt: skip


def is_third_party(error: ErrorLog) -> bool:
    """Whether the error came from a foreign script that hides its details, or from an extension."""
    message = (error.message or "").strip().lower()
    if message in OPAQUE_MESSAGES:
        return True
    text = f"{message}\n{error.stack or ''}"
    return any(scheme in text for scheme in EXTENSION_SCHEMES)
