"""What names say: searches, filters, success, ways out, formatted fields."""

from __future__ import annotations

import pytest

from mien.analyzers import form_names


@pytest.mark.parametrize(
    "name", ["q", "#q", "search", "siteSearch", "#search-form", "search_term", "s", "find", "keywords"]
)
def test_names_that_ask_a_search(name: str) -> None:
    assert form_names.says_query(name)


@pytest.mark.parametrize(
    "name", ["email", "#research-grant", "jquery-form", "street", "quantity", "findings", "", None]
)
def test_names_that_ask_nothing(name: str | None) -> None:
    assert not form_names.says_query(name)


def test_filters_and_orders_are_told_from_other_fields() -> None:
    assert all(form_names.says_narrowing(name) for name in ("#filters", "sortBy", "order-by", "price_filter", "facet"))
    assert not any(form_names.says_narrowing(name) for name in ("order", "#resort", "name", None))


def test_controls_that_lead_away_are_told_from_buttons_of_a_form() -> None:
    assert all(form_names.says_away(name) for name in ("#nav-pots", "body > header > a", "#logo", "btnCancel", "Back"))
    assert not any(form_names.says_away(name) for name in ("#save", "#navigate-on", "#backup", None))


def test_formatted_fields_are_known_by_their_names() -> None:
    assert all(form_names.says_format(name) for name in ("birth_date", "phoneNumber", "cardNumber", "#expiry"))
    assert not any(form_names.says_format(name) for name in ("cardinal", "street", "postcode", None))


def test_search_screens_are_known_by_a_part_of_their_name() -> None:
    assert all(
        form_names.is_search_screen(name) for name in ("/search", "/shop/search/:id", "/results", "SearchScreen")
    )
    assert not any(form_names.is_search_screen(name) for name in ("/research", "/lab-results", "/", None))


def test_success_screens_are_known_by_their_last_part() -> None:
    assert all(form_names.is_success_screen(name) for name in ("/shop/done", "/order/thank-you", "/order-complete/:id"))
    assert not any(form_names.is_success_screen(name) for name in ("/done/again", "/checkout", "/", None))
