"""Errors as answers, one JSON shape for all: `{"error": name, "message": sentence}`. Translated only here."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import msgspec
from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.openapi.datastructures import ResponseSpec

from mien.errors import Busy, MienError, SetupError

log = logging.getLogger("mien.api")

AnyRequest = Request[Any, Any, Any]
NAMES = {400: "invalid_request", 401: "not_signed_in", 403: "not_allowed", 404: "not_found", 413: "too_large"}
SENTENCES = {
    404: "There is nothing at this address.",
    405: "This address does not take that method.",
    413: "The request is too large.",
}


class ErrorAnswer(msgspec.Struct, frozen=True):
    """`error` is what programs test for, `message` what people read."""

    error: str
    message: str


def _documented(description: str) -> ResponseSpec:
    return ResponseSpec(ErrorAnswer, generate_examples=False, description=description)


ERRORS = {
    400: _documented("A parameter is wrong; the message names it."),
    401: _documented("Not signed in."),
    403: _documented("Not open to this account or token."),
    404: _documented("No such project or session."),
    503: _documented("Try later, after Retry-After seconds."),
}
"""For the OpenAPI document: what every call of the API may answer."""


def error_answer(
    status: int, name: str, message: str, headers: Mapping[str, str] | None = None
) -> Response[dict[str, str]]:
    """The one shape."""
    return Response(
        {"error": name, "message": message}, status_code=status, media_type=MediaType.JSON, headers=dict(headers or {})
    )


def on_mien_error(request: AnyRequest, error: MienError) -> Response[dict[str, str]]:
    """An error that was raised on purpose: its own words."""
    if isinstance(error, SetupError):
        return on_unforeseen(request, error)
    headers = {"Retry-After": str(error.retry_after_s)} if isinstance(error, Busy) else {}
    return error_answer(error.status, error.name, str(error), headers)


def on_http_error(request: AnyRequest, error: HTTPException) -> Response[dict[str, str]]:
    """An error of the framework: a wrong parameter, an unknown address or method."""
    if error.status_code >= 500:
        return on_unforeseen(request, error)
    if isinstance(error, ValidationException):
        return error_answer(400, "invalid_request", parameter_message(error))
    status = error.status_code
    name = NAMES.get(status, HTTPStatus(status).phrase.lower().replace(" ", "_"))
    return error_answer(status, name, SENTENCES.get(status, error.detail), error.headers)


def parameter_message(error: ValidationException) -> str:
    """Which parameter is wrong, and how."""
    found = error.extra if isinstance(error.extra, list) else []
    parts = [
        f"{one.get('key', 'body')}: {one.get('message', 'wrong value')}." for one in found if isinstance(one, dict)
    ]
    return " ".join(parts) or "The request cannot be read."


def on_unforeseen(request: AnyRequest, error: Exception) -> Response[dict[str, str]]:
    """A mistake of ours: logged with its traceback, told without details."""
    log.error("unforeseen error at %s %s", request.method, request.url.path, exc_info=error)
    return error_answer(500, "unforeseen", "Mien made a mistake; it is in the server's log. Collecting goes on.")


async def not_found_as_json(answer: Response[Any]) -> Response[Any]:
    """For routers of the framework's own, which answer unknown addresses with a page of theirs."""
    return error_answer(404, NAMES[404], SENTENCES[404]) if answer.status_code == 404 else answer


HANDLERS: dict[int | type[Exception], Any] = {
    MienError: on_mien_error,
    HTTPException: on_http_error,
    Exception: on_unforeseen,
}
