"""Who may read: the guard of every page, by cookie (people) or bearer token (programs, read-only).

A changing call with the cookie must carry the CSRF value of its login. A token may be limited to one project.
"""

from __future__ import annotations

import hmac
from typing import Any
from urllib.parse import urlsplit

import msgspec
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from mien.errors import NotAllowed, NotSignedIn
from mien.store.accounts import find_login, find_token
from mien.store.database import Database

COOKIE = "mien_login"
CSRF_HEADER = "X-Mien-CSRF"
SAFE_METHODS = frozenset(("GET", "HEAD", "OPTIONS"))

AnyConnection = ASGIConnection[Any, Any, Any, Any]


class Viewer(msgspec.Struct, frozen=True):
    """Who asks. `account` and `csrf`: a person; None: a program with a token. `slug`: the only project it may read."""

    account: str | None
    csrf: str | None
    slug: str | None = None


async def find_viewer(connection: AnyConnection, database: Database) -> Viewer | None:
    """By bearer token if one is given, else by cookie."""
    authorization = connection.headers.get("authorization", "")
    scheme, _, secret = authorization.partition(" ")
    if scheme.lower() == "bearer":
        token = await find_token(database, secret.strip())
        return Viewer(None, None, token.slug) if token else None
    cookie = connection.cookies.get(COOKIE)
    login = await find_login(database, cookie) if cookie else None
    return Viewer(login.name, login.csrf) if login else None


async def guard(connection: AnyConnection, handler: BaseRouteHandler) -> None:
    """Runs before every handler of the API but login: NotSignedIn, NotAllowed, or the Viewer in the state."""
    if handler.opt.get("public"):
        return
    viewer = await find_viewer(connection, connection.app.state.database)
    if viewer is None:
        raise NotSignedIn("Sign in first, or send a valid token.")
    if connection.scope.get("method") not in SAFE_METHODS:
        check_csrf(connection, viewer)
    slug = connection.path_params.get("slug")
    if slug is not None and viewer.slug is not None and slug != viewer.slug:
        raise NotAllowed(f"This token may read the project {viewer.slug} only.")
    connection.state.viewer = viewer


def check_csrf(connection: AnyConnection, viewer: Viewer) -> None:
    """Raises NotAllowed for tokens, which are read-only, and for a missing or wrong CSRF value."""
    if viewer.csrf is None:
        raise NotAllowed("A token may only read.")
    sent = connection.headers.get(CSRF_HEADER, "")
    if not hmac.compare_digest(sent.encode(), viewer.csrf.encode()):
        raise NotAllowed(f"Send the header {CSRF_HEADER} with the csrf value of /api/me.")


def check_same_site(connection: AnyConnection, public_url: str) -> None:
    """Raises NotAllowed when a browser says that another site sent this: nobody is signed in from elsewhere."""
    if connection.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise NotAllowed("Sign in from Mien's own pages.")
    origin = connection.headers.get("origin")
    if origin is None:
        return
    own = {connection.headers.get("host", ""), urlsplit(public_url).netloc} - {""}
    if urlsplit(origin).netloc not in own:
        raise NotAllowed("Sign in from Mien's own pages.")
