"""What bodies of changing calls hold, checked: names, texts and numbers that can be stored."""

from __future__ import annotations

import re
from typing import Any

from litestar import Request
from litestar.datastructures import State

from mien.errors import InvalidRequest, NotAllowed, NotFound

MAX_ID = 2**31 - 1
MAX_NAME = 100
CONTROL = re.compile("[\x00-\x1f\x7f\u2028\u2029\ud800-\udfff]")

AnyRequest = Request[Any, Any, State]


def person_of(request: AnyRequest) -> str:
    """The account that asks. Raises NotAllowed for a token: what concerns accounts is for people only."""
    account: str | None = request.state.viewer.account
    if account is None:
        raise NotAllowed("Only a signed-in person may see and change this.")
    return account


def checked_line(name: str, text: str, most: int = MAX_NAME, *, may_be_empty: bool = False) -> str:
    """One line of text without control characters, stripped. Raises InvalidRequest naming the field."""
    text = text.strip()
    if not text and not may_be_empty:
        raise InvalidRequest(f"{name}: it is empty.")
    if len(text) > most:
        raise InvalidRequest(f"{name}: at most {most} characters.")
    if CONTROL.search(text):
        raise InvalidRequest(f"{name}: it holds characters that are no text.")
    return text


def known_id(number: int) -> int:
    """Raises NotFound for what can be the number of nothing."""
    if not 0 < number <= MAX_ID:
        raise NotFound("There is nothing of this number.")
    return number
