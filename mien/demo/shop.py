"""The demo shop "Larkspur Supply": serves its pages and its API under /shop, ready to be mounted in the main app.

A front end of plain files in shop/, one page for all addresses, and the calls of shop_api.py. Each page carries
the script tag that any site would add, with the write key given. What is broken on purpose: docs/demo.md.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from litestar import Response, Router, get
from litestar.di import Provide
from litestar.exceptions import NotFoundException

from mien.demo.shop_api import API_HANDLERS, Shoppers

FILES = Path(__file__).parent / "shop"
MEDIA_TYPES = {".css": "text/css", ".js": "text/javascript"}


def shop_router(write_key: str) -> Router:
    """The shop at /shop, its pages tagged with `write_key`. State is in memory, bounded, and starts empty."""
    shell = _shell(write_key)
    assets = {path.name: path for path in FILES.iterdir() if path.suffix in MEDIA_TYPES}
    shoppers = Shoppers()

    # no-cache: the shop must follow a change of its files or of the write key at the next load.
    @get(["/", "/{page:path}"], sync_to_thread=False)
    def shop_page(page: str = "") -> Response[str]:
        return Response(shell, media_type="text/html", headers={"cache-control": "no-cache"})

    @get("/assets/{name:str}", sync_to_thread=True)
    def shop_asset(name: str) -> Response[bytes]:
        if (path := assets.get(name)) is None:
            raise NotFoundException(f"The shop has no file {name}")
        media_type = MEDIA_TYPES[path.suffix]
        return Response(path.read_bytes(), media_type=media_type, headers={"cache-control": "no-cache"})

    def give_shoppers() -> Shoppers:
        return shoppers

    return Router(
        path="/shop",
        route_handlers=[shop_page, shop_asset, *API_HANDLERS],
        dependencies={"shoppers": Provide(give_shoppers, sync_to_thread=False)},
        include_in_schema=False,
    )


def _shell(write_key: str) -> str:
    art = (FILES / "art.svg").read_text(encoding="utf-8")
    page = (FILES / "index.html").read_text(encoding="utf-8")
    return page.replace("{{art}}", art).replace("{{write_key}}", escape(write_key))
