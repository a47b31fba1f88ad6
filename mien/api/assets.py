"""Files that the build made: the script for sites (/mien.js, ...), the dashboard's assets and its one page.

Read and packed once, and again when they change on disk, so that a rebuild shows without a restart: every visitor of
every site fetches the script from the process that collects. Only names of the folder are served.
"""

from __future__ import annotations

import asyncio
import gzip
import mimetypes
from pathlib import Path
from typing import Any

import msgspec
from litestar import HttpMethod, Request, Response, route
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler

from mien.api.errors import error_answer
from mien.api.headers import OURS, PACKED

STATIC = Path(__file__).parent.parent / "static"
SDK_MAX_AGE_S = 300
"""A new version of the script reaches the sites within this; browsers ask again with the ETag."""
NOT_BUILT = (
    "The dashboard is not built. Run `./run demo` or `./run mien up` from a checkout; both build it. "
    "Collecting works without it."
)
NOT_PAGES = ("/api", "/v1", "/schema", "/assets")
READ = [HttpMethod.GET, HttpMethod.HEAD]
MAX_FILES_KEPT = 200
PACKED_FROM_BYTES = 500
"""Below it the packet is no smaller."""

AnyRequest = Request[Any, Any, Any]


class Asset(msgspec.Struct, frozen=True):
    """A file in memory. `packed`: gzip, where that is shorter."""

    version: str
    content_type: str
    plain: bytes
    packed: bytes | None


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


_kept: dict[Path, Asset] = {}


def version_of(path: Path) -> str:
    """Changes with the file."""
    stat = path.stat()
    return f"{stat.st_mtime_ns:x}-{stat.st_size:x}"


def read_asset(path: Path, version: str) -> Asset:
    """Read and pack the file, and keep it."""
    plain = path.read_bytes()
    packed = gzip.compress(plain, 9, mtime=0) if len(plain) >= PACKED_FROM_BYTES else plain
    asset = Asset(version, content_type(path.name), plain, packed if len(packed) < len(plain) else None)
    if len(_kept) >= MAX_FILES_KEPT:
        _kept.clear()
    _kept[path] = asset
    return asset


async def asset_of(path: Path) -> Asset:
    """The file as it is now, from memory where it has not changed."""
    version = version_of(path)
    kept = _kept.get(path)
    if kept is not None and kept.version == version:
        return kept
    # In a thread: the first reading and packing takes as long as some batches.
    return await asyncio.to_thread(read_asset, path, version)


def takes_gzip(accept_encoding: str) -> bool:
    """Whether the header names gzip, and not with a weight of zero."""
    for part in accept_encoding.lower().split(","):
        name, _, weight = part.partition(";")
        if name.strip() in ("gzip", "*"):
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


async def answer_file(path: Path, request: AnyRequest, headers: dict[str, str]) -> Response[bytes]:
    """The file, or 304 when the client has it already; for HEAD without the body."""
    asset = await asset_of(path)
    body, etag = asset.plain, f'"{asset.version}"'
    headers = {**headers, "Vary": "Accept-Encoding"}
    if asset.packed is not None and takes_gzip(request.headers.get("accept-encoding", "")):
        body, etag = asset.packed, f'"{asset.version}-gzip"'
        headers["Content-Encoding"] = "gzip"
    headers["ETag"] = etag
    known = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    if known & {etag, "*"}:
        headers.pop("Content-Encoding", None)
        return Response(b"", status_code=304, headers=headers)
    headers["Content-Length"] = str(len(body))
    return Response(b"" if request.method == "HEAD" else body, media_type=asset.content_type, headers=headers)


def sdk_handlers(folder: Path) -> list[HTTPRouteHandler]:
    """One handler per script of the SDK, for pages of any origin. Those that sites name even when not built."""
    names = {path.name for path in folder.glob("*.js") if path.is_file() and not path.name.startswith(".")}
    return [sdk_handler(folder, name) for name in sorted(names | {"mien.js", "mien-replay.js"})]


def sdk_handler(folder: Path, name: str) -> HTTPRouteHandler:
    """Serves one file of the SDK."""

    @route(f"/{name}", http_method=READ, name=f"sdk_{name}", include_in_schema=False, opt={PACKED: True})
    async def serve(request: AnyRequest) -> Response[Any]:
        path = file_in(folder, name)
        headers = {
            "Access-Control-Allow-Origin": "*",
            "Cross-Origin-Resource-Policy": "cross-origin",
            "X-Content-Type-Options": "nosniff",
        }
        if path is None:
            message = f"{name} is not built: see the README of Mien."
            return error_answer(404, "not_found", message, {**headers, "Cache-Control": "no-store"})
        return await answer_file(path, request, {**headers, "Cache-Control": f"public, max-age={SDK_MAX_AGE_S}"})

    return serve


def dashboard_handlers(folder: Path) -> list[HTTPRouteHandler]:
    """The assets, whose names change with their content, and the one page for every other address."""
    ours = {OURS: True, PACKED: True}

    @route("/assets/{name:path}", http_method=READ, include_in_schema=False, opt=ours)
    async def asset(name: str, request: AnyRequest) -> Response[bytes]:
        path = file_in(folder / "assets", str(name))
        if path is None:
            raise NotFoundException
        return await answer_file(path, request, {"Cache-Control": "public, max-age=31536000, immutable"})

    @route(["/", "/{rest:path}"], http_method=READ, include_in_schema=False, opt=ours)
    async def page(request: AnyRequest, rest: str = "") -> Response[bytes]:
        address = request.url.path
        if any(address == prefix or address.startswith(prefix + "/") for prefix in NOT_PAGES):
            raise NotFoundException
        named = file_in(folder, str(rest)) if rest else None
        index = file_in(folder, "index.html")
        if index is None:
            return Response(NOT_BUILT.encode(), media_type="text/plain", status_code=503)
        # Files beside the page (an icon) have fixed names; the page itself is asked for anew each time.
        return await answer_file(named or index, request, {"Cache-Control": "no-cache"})

    return [asset, page]
