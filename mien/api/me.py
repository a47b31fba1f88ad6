"""Signing in and out, and who one is."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.datastructures import Cookie, State

from mien import __version__
from mien.api.auth import COOKIE, Viewer, check_same_site
from mien.api.errors import ERRORS
from mien.api.throttle import Slots, Throttle
from mien.config import Settings
from mien.errors import Busy, NotSignedIn
from mien.store.accounts import sign_in, sign_out
from mien.store.database import Database
from mien.store.projects import list_projects

MAX_CREDENTIAL = 500
AnyRequest = Request[Any, Any, State]


class ProjectName(msgspec.Struct, frozen=True):
    """A project that one may read."""

    slug: str
    name: str


class Me(msgspec.Struct, frozen=True):
    """`account`, `csrf`: null for a token."""

    account: str | None
    csrf: str | None
    projects: list[ProjectName]
    version: str


class Credentials(msgspec.Struct, frozen=True):
    """What a person types."""

    name: str
    password: str


class SignedOut(msgspec.Struct, frozen=True):
    """Nothing more to say."""


def address_of(request: AnyRequest, settings: Settings) -> str:
    """The client's address, as the settings trust it."""
    forwarded = request.headers.get("x-forwarded-for", "") if settings.trust_proxy else ""
    return forwarded.split(",")[0].strip() or (request.client.host if request.client else "")


def login_cookie(request: AnyRequest, settings: Settings, value: str, max_age_s: int) -> Cookie:
    """Not readable by scripts, never sent from another site, and only over https where that is how Mien is reached."""
    forwarded = request.headers.get("x-forwarded-proto", "") if settings.trust_proxy else ""
    is_https = request.url.scheme == "https" or forwarded == "https" or settings.public_url.startswith("https:")
    return Cookie(COOKIE, "/", value, max_age=max_age_s, httponly=True, samesite="strict", secure=is_https)


async def describe_me(database: Database, viewer: Viewer) -> Me:
    """Who one is and which projects one may read."""
    projects = [
        ProjectName(project.slug, project.name)
        for project in await list_projects(database)
        if viewer.slug in (None, project.slug)
    ]
    return Me(viewer.account, viewer.csrf, projects, __version__)


@post("/login", operation_id="login", responses=ERRORS, summary="Sign in", status_code=200, opt={"public": True})
async def login(data: Credentials, request: AnyRequest, database: Database, settings: Settings) -> Response[Me]:
    """Sets the cookie. NotSignedIn for a wrong name or password; Busy after repeated failures."""
    check_same_site(request, settings.public_url)
    throttle: Throttle = request.app.state.throttle
    slots: Slots = request.app.state.login_slots
    name, address = data.name[:MAX_CREDENTIAL], address_of(request, settings)
    throttle.begin(name, address)
    try:
        if "\0" in data.name or len(data.name) > MAX_CREDENTIAL or len(data.password) > MAX_CREDENTIAL:
            raise NotSignedIn("Name or password is wrong.")
        async with slots.one():
            value, signed_in = await sign_in(database, data.name, data.password, settings.login_hours)
    except Busy:
        throttle.take_back(name, address)
        raise
    throttle.succeeded(name, address)
    me = await describe_me(database, Viewer(signed_in.name, signed_in.csrf))
    return Response(me, cookies=[login_cookie(request, settings, value, settings.login_hours * 3600)])


@post("/logout", operation_id="logout", responses=ERRORS, summary="Sign out", status_code=200)
async def logout(request: AnyRequest, database: Database, settings: Settings) -> Response[SignedOut]:
    """The cookie stops working at once."""
    cookie = request.cookies.get(COOKIE)
    if cookie:
        await sign_out(database, cookie)
    return Response(SignedOut(), cookies=[login_cookie(request, settings, "", 0)])


@get("/me", operation_id="me", responses=ERRORS, summary="Who one is")
async def me(request: AnyRequest, database: Database) -> Me:
    """The signed-in account, or a token (without a name)."""
    viewer: Viewer = request.state.viewer
    return await describe_me(database, viewer)


HANDLERS = (login, logout, me)
