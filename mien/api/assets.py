"""Files that the build made: the script for sites (/mien.js, ...), the dashboard's assets and its one page.

Read anew when they change on disk, so that a rebuild shows without a restart. Only names of the folder are served.
"""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler

from mien.api.headers import OURS

STATIC = Path(__file__).parent.parent / "static"
SDK_MAX_AGE_S = 300
"""A new version of the script reaches the sites within this; browsers ask again with the ETag."""
NOT_BUILT = (
    "The dashboard is not built. Run `./run demo` or `./run mien up` from a checkout; both build it. "
    "Collecting works without it."
)
NOT_PAGES = ("/api", "/v1", "/schema", "/assets")


def content_type(name: str) -> str:
    """By ending; that of scripts whatever the system's table says. Litestar adds UTF-8 to texts."""
    if name.endswith((".js", ".mjs")):
        return "text/javascript"
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def file_in(folder: Path, name: str) -> Path | None:
    """The file of that name inside the folder; None for anything else, such as a hidden file or a way out."""
    if "\0" in name:
        return None
    inside = folder.resolve()
    path = (inside / name.lstrip("/")).resolve()
    if not path.is_relative_to(inside) or any(part.startswith(".") for part in path.relative_to(inside).parts):
        return None
    return path if path.is_file() else None


def answer_file(path: Path, request: Request[Any, Any, Any], headers: dict[str, str]) -> Response[bytes]:
    """The file, or 304 when the client has it already."""
    stat = path.stat()
    etag = f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'
    headers = {"ETag": etag, **headers}
    if etag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=headers)
    return Response(path.read_bytes(), media_type=content_type(path.name), headers=headers)


def sdk_handlers(folder: Path) -> list[HTTPRouteHandler]:
    """One handler per file of the SDK, for pages of any origin. At least mien.js, so that its absence is explained."""
    names = {path.name for path in folder.glob("*") if path.is_file() and not path.name.startswith(".")}
    return [sdk_handler(folder, name) for name in sorted(names | {"mien.js", "mien-replay.js"})]


def sdk_handler(folder: Path, name: str) -> HTTPRouteHandler:
    """Serves one file of the SDK."""

    @get(f"/{name}", name=f"sdk_{name}", include_in_schema=False)
    async def serve(request: Request[Any, Any, Any]) -> Response[bytes]:
        path = file_in(folder, name)
        headers = {
            "Access-Control-Allow-Origin": "*",
            "Cross-Origin-Resource-Policy": "cross-origin",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": f"public, max-age={SDK_MAX_AGE_S}",
        }
        if path is None:
            missing = f"// {name} is not built: see the README of Mien.\n".encode()
            return Response(missing, status_code=404, media_type="text/plain", headers=headers)
        return answer_file(path, request, headers)

    return serve


def dashboard_handlers(folder: Path) -> list[HTTPRouteHandler]:
    """The assets, whose names change with their content, and the one page for every other address."""

    @get("/assets/{name:path}", include_in_schema=False, opt={OURS: True})
    async def asset(name: str, request: Request[Any, Any, Any]) -> Response[bytes]:
        path = file_in(folder / "assets", str(name))
        if path is None:
            raise NotFoundException
        return answer_file(path, request, {"Cache-Control": "public, max-age=31536000, immutable"})

    @get(["/", "/{rest:path}"], include_in_schema=False, opt={OURS: True})
    async def page(request: Request[Any, Any, Any], rest: str = "") -> Response[bytes]:
        address = request.url.path
        if any(address == prefix or address.startswith(prefix + "/") for prefix in NOT_PAGES):
            raise NotFoundException
        named = file_in(folder, str(rest)) if rest else None
        index = file_in(folder, "index.html")
        if index is None:
            return Response(NOT_BUILT.encode(), media_type="text/plain", status_code=503)
        # Files beside the page (an icon) have fixed names; the page itself is asked for anew each time.
        return answer_file(named or index, request, {"Cache-Control": "no-cache"})

    return [asset, page]
