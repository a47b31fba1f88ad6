"""One page has one name."""

from __future__ import annotations

import pytest

from mien.analyzers.screen_names import clean_screen


@pytest.mark.parametrize(
    ("screen", "expected"),
    [
        ("/", "/"),
        ("/cart", "/cart"),
        ("/cart/", "/cart"),
        ("/Cart", "/cart"),
        ("/cart?coupon=A#top", "/cart"),
        ("//cart//items/", "/cart/items"),
        ("/product/4711", "/product/:id"),
        ("/p/3f2504e0-4f89-11d3-9a0c-0305e82c3301/edit", "/p/:id/edit"),
        ("/p/507f1f77bcf86cd799439011", "/p/:id"),
        ("/reset/Zx81kQ0mBv72LpWq93Rt5", "/reset/:id"),
        ("https://shop.example/Cart/42?x=1", "/cart/:id"),
        ("https://shop.example", "/"),
        ("/app#/Orders/42?tab=open", "/app/#/orders/:id"),
        ("/#/orders", "/#/orders"),
    ],
)
def test_ids_queries_case_and_slashes_do_not_make_another_screen(screen: str, expected: str) -> None:
    assert clean_screen(screen) == expected


@pytest.mark.parametrize("screen", ["/user/:userId", "/user/{userId}/Orders", "/blog/[Slug]", "/files/*"])
def test_templated_segments_stay_as_the_sdk_wrote_them(screen: str) -> None:
    assert [part for part in clean_screen(screen).split("/") if part[:1] in (":", "{", "[", "*")] == [
        part for part in screen.split("/") if part[:1] in (":", "{", "[", "*")
    ]


@pytest.mark.parametrize("screen", ["Checkout", "Product Detail", "com.shop.CartActivity"])
def test_names_that_are_no_paths_stay_as_they_are(screen: str) -> None:
    assert clean_screen(screen) == screen


@pytest.mark.parametrize("screen", ["/how-to-choose-a-comfortable-mattress", "/deadbeef", "/v2", "/page-2"])
def test_words_are_not_taken_for_ids(screen: str) -> None:
    assert clean_screen(screen) == screen


@pytest.mark.parametrize("screen", ["/Shop/42/?a=1", "/app#/Orders/42", "Checkout", "https://a.example/B/"])
def test_cleaning_twice_equals_cleaning_once(screen: str) -> None:
    assert clean_screen(clean_screen(screen)) == clean_screen(screen)
