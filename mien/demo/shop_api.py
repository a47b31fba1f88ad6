"""The demo shop's API, with the flaws that a server can have: slow, failing, refusing without a word.

Every delay and failure follows from the input or from the shopper's own earlier tries, never from chance, so that a
recording can be repeated. State lives in memory, at most MAX_SHOPPERS shoppers, the least recently seen forgotten.
The figures of this file are invented for the demo; docs/demo.md lists them.
"""

from __future__ import annotations

import asyncio
import re
import zlib
from collections import OrderedDict
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any
from uuid import uuid4

import msgspec
from litestar import Request, Response, delete, get, post
from litestar.datastructures import Cookie

PRODUCTS: list[dict[str, Any]] = msgspec.json.decode((Path(__file__).parent / "shop" / "products.json").read_bytes())
BY_ID = {product["id"]: product for product in PRODUCTS}
CUSTOMERS = {
    "nora.lind@larkspur.example": {"id": "customer-1001", "name": "Nora"},
    "tomas.reyes@larkspur.example": {"id": "customer-1002", "name": "Tomas"},
    "aiko.mori@larkspur.example": {"id": "customer-1003", "name": "Aiko"},
    "ben.okafor@larkspur.example": {"id": "customer-1004", "name": "Ben"},
    "clara.weiss@larkspur.example": {"id": "customer-1005", "name": "Clara"},
}

COOKIE = "larkspur"
MAX_SHOPPERS = 500
MAX_LINES = 20
MAX_WAITING = 100
MIN_PASSWORD = 8

SEARCH_BASE_S, SEARCH_SPREAD_S = 2.5, 2.5
STOCK_S = 20.0
PAYMENTS = {  # first digit of the card: (seconds, status, how many tries fail; None: all)
    "3": (2.6, 500, None),
    "4": (1.8, 502, 2),
    "6": (3.2, 502, None),
}
PAYMENT_OK_S = 0.5


class Line(msgspec.Struct):
    """One product in a basket."""

    product: str
    quantity: Annotated[int, msgspec.Meta(ge=1, le=99)] = 1
    size: Annotated[str, msgspec.Meta(max_length=20)] = ""


class Credentials(msgspec.Struct):
    """What the sign-in form sends."""

    email: Annotated[str, msgspec.Meta(max_length=200)]
    password: Annotated[str, msgspec.Meta(max_length=200)]


class Address(msgspec.Struct):
    """The part of the address that the shop looks at; the rest stays in the browser."""

    postcode: Annotated[str, msgspec.Meta(max_length=40)]


class Payment(msgspec.Struct):
    """The first digit of the card: it decides how the payment ends. The rest never leaves the browser."""

    card: Annotated[str, msgspec.Meta(max_length=1)]


class Shopper(msgspec.Struct):
    """What the shop remembers of one browser."""

    lines: list[Line] = []
    customer: dict[str, str] | None = None
    payments: int = 0
    orders: int = 0


class Shoppers:
    """Shoppers by cookie, and how many calls are being held back on purpose right now."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Shopper] = OrderedDict()
        self._waiting = 0

    def of(self, request: Request[Any, Any, Any]) -> tuple[str, Shopper]:
        """The shopper of this request's cookie, and the cookie to answer with; a stranger gets a new one."""
        key = request.cookies.get(COOKIE, "")
        if key not in self._known:
            key = uuid4().hex
            self._known[key] = Shopper()
            while len(self._known) > MAX_SHOPPERS:
                self._known.popitem(last=False)
        self._known.move_to_end(key)
        return key, self._known[key]

    async def hold_back(self, request: Request[Any, Any, Any], seconds: float) -> bool:
        """Wait for `seconds`, or until the caller has gone; False at once when MAX_WAITING calls wait already."""
        if self._waiting >= MAX_WAITING:
            return False
        self._waiting += 1
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(_gone(request), seconds)
        finally:
            self._waiting -= 1
        return True


async def _gone(request: Request[Any, Any, Any]) -> None:
    """Returns when the caller has hung up. The body, if any, has been read before."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


Answer = Response[Any]
Asked = Request[Any, Any, Any]


def answer(body: Any, status: int = 200, key: str | None = None) -> Answer:
    """JSON that no cache keeps, with the shopper's cookie when `key` is given."""
    cookies = [Cookie(COOKIE, value=key, path="/shop", httponly=True, samesite="lax")] if key else []
    return Response(body, status_code=status, cookies=cookies, headers={"cache-control": "no-store"})


def spread(text: str) -> float:
    """A share from 0 to 1 that depends on `text` alone."""
    return zlib.crc32(text.encode()) % 1000 / 999


def basket(shopper: Shopper) -> dict[str, Any]:
    """Lines with names and prices, and what they cost together."""
    lines = []
    for line in shopper.lines:
        product = BY_ID[line.product]
        prices = {size["name"]: size["price"] for size in product["sizes"]}
        price = prices.get(line.size, product["price"])
        shown = {key: product[key] for key in ("name", "art", "range")}
        total = round(price * line.quantity, 2)
        lines.append({**shown, "product": line.product, "size": line.size, "quantity": line.quantity, "total": total})
    return {"lines": lines, "count": sum(line.quantity for line in shopper.lines),
            "total": round(sum(line["total"] for line in lines), 2)}  # fmt: skip


@get("/api/products")
async def list_products(range_name: str = "") -> Answer:
    await asyncio.sleep(0.06 + 0.08 * spread(range_name))
    return answer([product for product in PRODUCTS if range_name in ("", product["range"])])


@get("/api/products/{product_id:str}")
async def read_product(product_id: str) -> Answer:
    await asyncio.sleep(0.05 + 0.15 * spread(product_id))
    product = BY_ID.get(product_id)
    return answer(product) if product else answer({"error": "No such product"}, 404)


@get("/api/search")
async def search(request: Asked, shoppers: Shoppers, q: str = "") -> Answer:
    """Flaw: takes 2.5 to 5 s, the same for the same words."""
    words = q.lower().split()[:8]
    if not await shoppers.hold_back(request, SEARCH_BASE_S + SEARCH_SPREAD_S * spread(" ".join(words))):
        return answer({"error": "Try again later"}, 503)
    texts = ((product, f"{product['name']} {product['line']} {product['range']}".lower()) for product in PRODUCTS)
    return answer([product for product, text in texts if words and all(word in text for word in words)])


@get("/api/stock/{product_id:str}")
async def read_stock(request: Asked, product_id: str, shoppers: Shoppers) -> Answer:
    """Flaw: takes longer than anybody waits."""
    if product_id not in BY_ID:
        return answer({"error": "No such product"}, 404)
    if not await shoppers.hold_back(request, STOCK_S):
        return answer({"error": "Try again later"}, 503)
    return answer({"shops": [{"name": "Mill Lane", "count": round(9 * spread(product_id))}]})


@get("/api/cart")
async def read_cart(request: Asked, shoppers: Shoppers) -> Answer:
    await asyncio.sleep(0.04)
    key, shopper = shoppers.of(request)
    return answer(basket(shopper), key=key)


@post("/api/cart")
async def add_to_cart(request: Asked, shoppers: Shoppers, data: Line) -> Answer:
    await asyncio.sleep(0.12)
    key, shopper = shoppers.of(request)
    if data.product not in BY_ID:
        return answer({"error": "No such product"}, 404, key)
    if len(shopper.lines) >= MAX_LINES:
        return answer({"error": "The basket is full"}, 409, key)
    shopper.lines.append(data)
    return answer(basket(shopper), 201, key)


@delete("/api/cart/{index:int}", status_code=200)
async def remove_from_cart(request: Asked, shoppers: Shoppers, index: int) -> Answer:
    await asyncio.sleep(0.08)
    key, shopper = shoppers.of(request)
    if 0 <= index < len(shopper.lines):
        del shopper.lines[index]
    return answer(basket(shopper), key=key)


@get("/api/session")
async def read_session(request: Asked, shoppers: Shoppers) -> Answer:
    key, shopper = shoppers.of(request)
    return answer({"customer": shopper.customer}, key=key)


@post("/api/session")
async def sign_in(request: Asked, shoppers: Shoppers, data: Credentials) -> Answer:
    """Any password of MIN_PASSWORD characters opens one of the made-up accounts."""
    await asyncio.sleep(0.3)
    key, shopper = shoppers.of(request)
    email = data.email.strip().lower()
    if email not in CUSTOMERS or len(data.password) < MIN_PASSWORD:
        return answer({"error": "This e-mail and password do not belong together."}, 401, key)
    shopper.customer = {**CUSTOMERS[email], "email": email}
    return answer({"customer": shopper.customer}, 201, key)


@delete("/api/session", status_code=200)
async def sign_out(request: Asked, shoppers: Shoppers) -> Answer:
    key, shopper = shoppers.of(request)
    shopper.customer = None
    return answer({"customer": None}, key=key)


@post("/api/addresses")
async def check_address(request: Asked, shoppers: Shoppers, data: Address) -> Answer:
    """Flaw: a postcode with a space in it is refused, and the answer does not say why."""
    await asyncio.sleep(0.25)
    key, _ = shoppers.of(request)
    return answer({}, 422, key) if re.search(r"\s", data.postcode.strip()) else answer({"ok": True}, 201, key)


@post("/api/payments")
async def pay(request: Asked, shoppers: Shoppers, data: Payment) -> Answer:
    """Flaw: cards fail by their first digit, as PAYMENTS says, after a wait."""
    key, shopper = shoppers.of(request)
    seconds, status, failures = PAYMENTS.get(data.card, (PAYMENT_OK_S, 201, 0))
    if not await shoppers.hold_back(request, seconds):
        return answer({"error": "Try again later"}, 503, key)
    shopper.payments += 1
    if failures is None or shopper.payments <= failures:
        return answer({"error": "upstream"}, status, key)
    order = {**basket(shopper), "number": f"LS-{zlib.crc32(key.encode()) % 90000 + 10000}-{shopper.orders + 1}"}
    shopper.lines, shopper.payments, shopper.orders = [], 0, shopper.orders + 1
    return answer(order, 201, key)


API_HANDLERS = [list_products, read_product, search, read_stock, read_cart, add_to_cart, remove_from_cart,
                read_session, sign_in, sign_out, check_address, pay]  # fmt: skip
