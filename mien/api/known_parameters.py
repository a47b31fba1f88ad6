"""Query parameters that a call does not take are refused: a filter passed over would give numbers of everybody."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from litestar import Litestar
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler
from litestar.openapi.spec import OpenAPIType

from mien.errors import InvalidRequest

MAX_SHOWN_CHARACTERS = 40
Takes = Mapping[str, bool]
"""Name of a query parameter -> whether it may be given more than once."""
Known = Mapping[tuple[str, str], Takes]


def known_parameters(app: Litestar) -> Known:
    """(path as in the OpenAPI document, method in capitals) -> its query parameters, those of dependencies
    included. HEAD and OPTIONS, and calls that the document leaves out, are not in it."""
    known: dict[tuple[str, str], Takes] = {}
    for path, item in (app.openapi_schema.paths or {}).items():
        for method in ("get", "post", "put", "patch", "delete"):
            operation = getattr(item, method)
            if operation is not None:
                found = (one for one in operation.parameters or () if getattr(one, "param_in", "") == "query")
                known[path, method.upper()] = {one.name: _takes_many(one.schema) for one in found}
    return known


def check_parameters(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """A guard. Raises InvalidRequest for a query parameter that this call does not take, and names those it does."""
    sent = connection.query_params.keys()
    if not sent:
        return
    app, state = connection.app, connection.app.state
    if state.known_parameters is None:
        # Not at the start: the document takes a sixth of a second, and is there anyway once this has run.
        state.known_parameters = known_parameters(app)
    place = (connection.scope["path_template"], connection.scope.get("method", ""))
    takes = state.known_parameters.get(place)
    if takes is None:
        return
    for name in sent:
        if name not in takes:
            raise InvalidRequest(_sentence(name, tuple(sorted(takes))))
        if not takes[name] and len(connection.query_params.getall(name)) > 1:
            raise InvalidRequest(f"{name}: give it once.")


def _takes_many(schema: Any) -> bool:
    """Whether a schema of the document is a list, or a list or nothing."""
    kinds = [schema, *(schema.one_of or ())]
    return any(getattr(one, "type", None) == OpenAPIType.ARRAY for one in kinds)


def _sentence(name: str, takes: tuple[str, ...]) -> str:
    shown = ascii(name[:MAX_SHOWN_CHARACTERS])[1:-1]
    if not takes:
        return f"{shown}: this call takes no parameters."
    near = get_close_matches(name[:MAX_SHOWN_CHARACTERS], takes, n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    return f"{shown}: this call does not take it.{hint} It takes: {', '.join(takes)}."
