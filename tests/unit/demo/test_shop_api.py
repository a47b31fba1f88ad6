"""The shop's API: its flaws follow from the input, and what it remembers is bounded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from mien.demo import shop_api
from mien.demo.shop import shop_router


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient[Litestar]]:
    """The shop without its long waits; how long they are is measured in a browser by tests/e2e."""
    monkeypatch.setattr(shop_api, "SEARCH_BASE_S", 0.0)
    monkeypatch.setattr(shop_api, "SEARCH_SPREAD_S", 0.0)
    monkeypatch.setattr(shop_api, "STOCK_S", 0.01)
    quick = {card: (0.0, status, tries) for card, (_, status, tries) in shop_api.PAYMENTS.items()}
    monkeypatch.setattr(shop_api, "PAYMENTS", quick)
    with TestClient(Litestar([shop_router('mk_"<&')], openapi_config=None)) as client:
        yield client


def pay(shop: TestClient[Litestar], card: str) -> int:
    return shop.post("/shop/api/payments", json={"card": card}).status_code


def test_pages_carry_the_script_tag_with_the_key_escaped(shop: TestClient[Litestar]) -> None:
    for path in ("/shop", "/shop/", "/shop/product/boston-fern", "/shop/checkout/address"):
        answer = shop.get(path)
        assert answer.status_code == 200
        assert '<script async src="/mien.js" data-key="mk_&quot;&lt;&amp;"></script>' in answer.text


def test_only_the_shop_s_own_files_are_served(shop: TestClient[Litestar]) -> None:
    assert shop.get("/shop/assets/app.js").headers["content-type"].startswith("text/javascript")
    assert shop.get("/shop/assets/products.json").status_code == 404
    assert shop.get("/shop/assets/..%2Fshop.py").status_code != 200


@pytest.mark.parametrize(
    ("card", "statuses"),
    [("5", [201]), ("4", [502, 502, 201]), ("3", [500, 500, 500, 500]), ("6", [502, 502, 502, 502])],
)
def test_cards_fail_by_their_first_digit(shop: TestClient[Litestar], card: str, statuses: list[int]) -> None:
    assert [pay(shop, card) for _ in statuses] == statuses


def test_a_paid_order_empties_the_basket_and_counts_failures_anew(shop: TestClient[Litestar]) -> None:
    shop.post("/shop/api/cart", json={"product": "tomato-seeds", "quantity": 4})
    assert [pay(shop, "4"), pay(shop, "4")] == [502, 502]
    order = shop.post("/shop/api/payments", json={"card": "4"}).json()
    assert (order["total"], order["count"]) == (11.6, 4)
    assert shop.get("/shop/api/cart").json()["count"] == 0
    assert pay(shop, "4") == 502


@pytest.mark.parametrize(
    ("postcode", "status"), [("90374", 201), (" 90374 ", 201), ("90 374", 422), ("SW1A\t1AA", 422)]
)
def test_a_postcode_with_a_space_inside_is_refused_without_a_word(
    shop: TestClient[Litestar], postcode: str, status: int
) -> None:
    answer = shop.post("/shop/api/addresses", json={"postcode": postcode})
    assert answer.status_code == status
    assert status == 201 or answer.json() == {}


def test_sign_in_takes_the_made_up_customers_only(shop: TestClient[Litestar]) -> None:
    def sign_in(email: str, password: str) -> int:
        return shop.post("/shop/api/session", json={"email": email, "password": password}).status_code

    assert sign_in("someone@example.org", "12345678") == 401
    assert sign_in("nora.lind@larkspur.example", "1234567") == 401
    assert sign_in(" Nora.Lind@larkspur.example", "12345678") == 201
    assert shop.get("/shop/api/session").json()["customer"]["id"] == "customer-1001"
    assert shop.delete("/shop/api/session").json() == {"customer": None}


def test_search_finds_by_all_words(shop: TestClient[Litestar]) -> None:
    def found(words: str) -> list[str]:
        return [product["id"] for product in shop.get("/shop/api/search", params={"q": words}).json()]

    assert found("Fern") == ["boston-fern"]
    assert found("terracotta pot") == ["terracotta-pot"]
    assert found("submarine") == found("") == []


def test_malformed_calls_are_refused(shop: TestClient[Litestar]) -> None:
    bad: list[Any] = [{"product": "boston-fern", "quantity": 0}, {"product": "boston-fern", "quantity": "x"}, [], None]
    assert [shop.post("/shop/api/cart", json=body).status_code for body in bad] == [400] * 4
    assert shop.post("/shop/api/cart", json={"product": "nothing"}).status_code == 404


def test_baskets_and_shoppers_are_bounded(shop: TestClient[Litestar], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shop_api, "MAX_LINES", 2)
    line = {"product": "tomato-seeds"}
    assert [shop.post("/shop/api/cart", json=line).status_code for _ in range(3)] == [201, 201, 409]
    monkeypatch.setattr(shop_api, "MAX_SHOPPERS", 3)
    mine = shop.cookies["larkspur"]
    for _ in range(3):
        shop.cookies.clear()
        shop.get("/shop/api/session")
    shop.cookies.clear()
    shop.cookies["larkspur"] = mine
    assert shop.get("/shop/api/cart").json()["count"] == 0


def test_too_many_waiting_calls_are_turned_away(shop: TestClient[Litestar], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shop_api, "MAX_WAITING", 0)
    assert shop.get("/shop/api/stock/boston-fern").status_code == 503
    assert shop.get("/shop/api/search", params={"q": "fern"}).status_code == 503
    assert pay(shop, "5") == 503
