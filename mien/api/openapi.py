"""Prints the OpenAPI document, without a database: `python -m mien.api.openapi`. The dashboard's types come from it."""

from __future__ import annotations

import sys

import msgspec
from litestar import Litestar, Router

from mien.api.app import api_router, openapi_config
from mien.api.health import healthz


def document() -> str:
    """The document as indented JSON with a stable order."""
    app = Litestar(
        route_handlers=[api_router(), Router(path="/", route_handlers=[healthz])], openapi_config=openapi_config()
    )
    text = msgspec.json.encode(app.openapi_schema.to_schema(), order="sorted")
    return msgspec.json.format(text, indent=2).decode() + "\n"


if __name__ == "__main__":
    sys.stdout.write(document())
