"""Recordings for made-up visits: a plain drawing of each screen, its button, the pointer, and what failed.

In the form of rrweb (types 4, 2 and 3), as a browser's recorder sends it. Every picture says that a program made it.
Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

import msgspec

Event = dict[str, Any]
TITLES = {
    "/": "Offers of the week",
    "/list": "All products",
    "/p/:id": "A product",
    "/cart": "Your cart",
    "/checkout": "Where shall we send it?",
    "/payment": "Payment",
    "/done": "Thank you for your order",
}
BUTTON_PX = (40, 424, 240, 48)
"""Left, top, width and height of the one button that every screen has."""
PAGE_PX = 3_200
HAND_MS = 120
"""The pointer is there so long before it presses. People look before that for seconds, and press again after 350 ms."""
META, PICTURE, CHANGE = 4, 2, 3
MUTATION, MOVE, PRESS, CLICK = 0, 1, 2, 2
BODY, NOTE, BUTTON, SAID = 4, 5, 6, 7
"""Ids of the nodes that changes speak of."""

PAGE = f"margin:0;position:relative;height:{PAGE_PX}px;font:16px/1.5 sans-serif;color:#24302c;background:#faf9f5"
HEAD = "position:absolute;left:0;right:0;top:0;padding:18px 40px;background:#2f4a3e;color:#fff"
TITLE = "position:absolute;left:40px;top:96px;margin:0;font:600 30px sans-serif"
GOODS = (
    "position:absolute;left:40px;right:20px;top:{}px;height:{}px;background:"
    "linear-gradient(transparent 170px,#faf9f5 0) 0 0/100% 230px,"
    "linear-gradient(90deg,#e6e4da 200px,#faf9f5 0) 0 0/220px 100%"
)
"""Grey blocks in place of goods, one element for all."""
PRESSED = (
    "position:absolute;left:{}px;top:{}px;width:{}px;height:{}px;border:0;border-radius:6px;"
    "background:#2f6b4f;color:#fff;font:600 16px sans-serif"
).format(*BUTTON_PX)


def centre_of_button() -> tuple[int, int]:
    """Where made-up people press, in px of the page."""
    left, top, width, height = BUTTON_PX
    return left + width // 2, top + height // 2


def drawn_chunk(visit: Mapping[str, Any], buttons: Mapping[str, str]) -> dict[str, Any]:
    """A made-up visit (a batch of the wire format) as its one replay chunk of the same format.

    `buttons`: the selector of each screen's button.
    """
    drawn: list[Event] = []
    for event in visit["events"]:
        if event["type"] == "screen_view":
            drawn += _screen(event, buttons)
        elif event["type"] == "click":
            drawn += _click(event)
    drawn += [_said(error) for error in visit["errors"]]
    drawn.sort(key=lambda one: int(one["timestamp"]))  # stable: a picture stays behind its size
    text = msgspec.json.encode(drawn).decode()
    return {"index": 0, "at": drawn[0]["timestamp"], "enc": "json", "n": len(drawn), "data": text}


def _screen(event: Mapping[str, Any], buttons: Mapping[str, str]) -> Iterator[Event]:
    """The size of the window, and the picture of the screen."""
    at, sizes, screen = event["at"], event["metadata"], event["screen"]
    size = {"href": f"https://shop.example.com{screen}", "width": sizes["vw"], "height": sizes["vh"]}
    yield {"type": META, "data": size, "timestamp": at}
    picture = {"node": _document(screen, buttons[screen].removeprefix("#")), "initialOffset": {"left": 0, "top": 0}}
    yield {"type": PICTURE, "data": picture, "timestamp": at}


def _click(event: Mapping[str, Any]) -> Iterator[Event]:
    at, x, y = event["at"], event["x"], event["y"]
    moved = {"source": MOVE, "positions": [{"x": x, "y": y, "id": BUTTON, "timeOffset": 0}]}
    yield {"type": CHANGE, "data": moved, "timestamp": at - HAND_MS}
    yield {"type": CHANGE, "data": {"source": PRESS, "type": CLICK, "id": BUTTON, "x": x, "y": y}, "timestamp": at}


def _said(error: Mapping[str, Any]) -> Event:
    """What failed stands under the button from then on."""
    text = {"type": 3, "textContent": error["message"], "id": SAID}
    data = {"source": MUTATION, "texts": [], "attributes": [], "removes": []}
    return {
        "type": CHANGE,
        "data": {**data, "adds": [{"parentId": NOTE, "nextId": None, "node": text}]},
        "timestamp": error["at"],
    }


def _document(screen: str, button: str) -> Event:
    """A head, the screen's title, blocks, its button, and where it says what failed; ids as the constants say."""
    ids = count(100)

    def element(tag: str, style: str, *children: Event, number: int | None = None, **attributes: str) -> Event:
        named = {"style": style, **attributes}
        own = next(ids) if number is None else number
        return {"type": 2, "tagName": tag, "attributes": named, "childNodes": list(children), "id": own}

    def text(said: str) -> Event:
        return {"type": 3, "textContent": said, "id": next(ids)}

    left, top, _, height = BUTTON_PX
    body = element(
        "body", PAGE,
        element("div", HEAD, text("A shop that a program has made up")),
        element("h1", TITLE, text(TITLES[screen])),
        element("div", GOODS.format(190, 170)),
        element("div", GOODS.format(620, 2_300)),
        element("button", PRESSED, text(button), number=BUTTON, id=button),
        element("p", f"position:absolute;left:{left}px;top:{top + height + 8}px;margin:0;color:#a33322", number=NOTE),
        number=BODY,
    )  # fmt: skip
    html = element("html", "", element("head", "", number=3), body, number=2)
    return {"type": 0, "childNodes": [html], "id": 1}
