"""What must never be stored is taken out, and what people need to read stays."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mien.collector.privacy import (
    MAX_METADATA_BYTES,
    cut_ip,
    harmless,
    scrub_address,
    scrub_element,
    scrub_json,
    scrub_secrets,
    scrub_text,
)


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("203.0.113.77", "203.0.113.0"),
        ("2001:db8:1234:5678::1", "2001:db8:1234::"),
        ("::ffff:203.0.113.77", "203.0.113.0"),
        ("[2001:db8:1:2::3]", "2001:db8:1::"),
        ("fe80::1%eth0", "fe80::"),
        ("unknown", None),
        ("", None),
        (None, None),
    ],
)
def test_addresses_are_cut_to_their_network(address: str | None, kept: str | None) -> None:
    assert cut_ip(address) == kept


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/cart?token=abc#x", "/cart"),
        ("https://u:secret@shop.example/a/b?c=d", "https://shop.example/a/b"),
        ("/#/cart?x=1", "/#/cart"),
        ("#!/cart", "#!/cart"),
        ("/callback#access_token=abc", "/callback"),
        ("/users/jane.doe@example.org/edit", "/users/:email/edit"),
        ("/users/jane%40example.org", "/users/:email"),
        ("/reset/5f8e7d6c5b4a392817065f8e7d6c5b4a", "/reset/:token"),
        ("/pay/4111111111111111", "/pay/:card"),
        ("/order/4111111111111112", "/order/4111111111111112"),
        ("/p/123", "/p/123"),
        ("/an-ordinary-article-title-about-gardens", "/an-ordinary-article-title-about-gardens"),
        ("/item/6d69656e-0000-5000-8000-757365727300", "/item/6d69656e-0000-5000-8000-757365727300"),
        ("Checkout: payment", "Checkout: payment"),
    ],
)  # fmt: skip
def test_addresses_lose_their_query_and_secrets(address: str, kept: str) -> None:
    assert scrub_address(address) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("failed: GET /reset?token=hunter2", "failed: GET /reset"),
        ("at /app.js?token=hunter2:3:1", "at /app.js"),
        ("HTTPS://Shop.example/?token=hunter2 was slow", "HTTPS://Shop.example/ was slow"),
        ("./rel?token=hunter2", "./rel"),
        ("Really? Yes.", "Really? Yes."),
    ],
)
def test_addresses_inside_texts_lose_their_query(text: str, kept: str) -> None:
    assert scrub_text(text) == kept


@pytest.mark.parametrize(
    "address", ["/a;token=hunter2", "/a%3Ftoken=hunter2", "#/cb&access_token=hunter2", "/a&t=hunter2"]
)
def test_queries_in_disguise_go_too(address: str) -> None:
    assert "hunter2" not in scrub_address(address)
    assert "hunter2" not in scrub_element(f"a[href='/reset?token=hunter2'] {address}".split(" ")[0])


def test_a_card_number_as_json_number_goes_and_a_time_stays() -> None:
    assert scrub_json(b'{"n":4111111111111111,"at":1795342797896123,"ms":1795342797896}') == (
        b'{"n":":card","at":1795342797896123,"ms":1795342797896}'
    )


def test_six_to_four_addresses_do_not_smuggle_an_ipv4_address() -> None:
    assert cut_ip("2002:c000:204::1") == "2002:c000:200::"


PATTERNS_WORST = ["a", "a-", "aA1-", "eyJ", "eyJa.", "sk-", "1 ", "a@", "a.", "://", "http://", "?a=", "%40", "f"]


@pytest.mark.parametrize("piece", PATTERNS_WORST)
@pytest.mark.parametrize(
    "scrub", [scrub_text, scrub_secrets, scrub_address, scrub_element], ids=lambda one: one.__name__
)
def test_no_text_makes_scrubbing_slow(scrub: Callable[[str], str], piece: str) -> None:
    """Twice the text must not cost four times the time; 40 kB is twice the longest text that is scrubbed."""
    text = piece * (40_000 // len(piece))
    started = time.process_time()
    scrub(text)
    assert time.process_time() - started < 0.25


def test_the_hash_of_a_selector_is_not_a_fragment() -> None:
    assert scrub_element("#pay > button") == "#pay > button"


@pytest.mark.parametrize(
    "secret",
    [
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
        "sk_live_4eC39HqLyjWDarjtT1zdp7dc",
        "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
        "AKIAIOSFODNN7EXAMPLE",
        "jane.doe+shop@mail.example.co.uk",
        "4111 1111 1111 1111",
        "5f8e7d6c5b4a392817065f8e7d6c5b4a",
    ],
)
def test_secrets_leave_texts_and_metadata(secret: str) -> None:
    assert secret not in scrub_secrets(f"before {secret} after")
    assert secret not in scrub_text(f"GET https://shop.example/x?key={secret} failed")
    assert not harmless([json.dumps({"note": secret}).encode()])
    clean = scrub_json(json.dumps({"note": f"see {secret}", "deep": [{"a": secret}], secret: 1}).encode())
    assert clean is not None and secret.encode() not in clean


def test_ordinary_metadata_comes_back_as_it_is() -> None:
    raw = b'{"seq":12,"vw":1280,"page_h":3100,"rel_x":0.4211,"label":"Pay now","response_ms":null,"tag":"button"}'
    assert harmless([raw]) and scrub_json(raw) == raw


@pytest.mark.parametrize(
    "raw", [b"[1]", b"1", b'"text"', b'{"a":1e999999}', b'{"a":"' + b"x" * MAX_METADATA_BYTES + b'"}', b"[" * 5000]
)
def test_metadata_that_cannot_be_stored_is_refused(raw: bytes) -> None:
    assert scrub_json(raw) is None


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=8), JSON, max_size=5))
def test_any_object_gives_valid_json_without_nul(value: dict[str, object]) -> None:
    clean = scrub_json(msgspec.json.encode(value))
    assert clean is not None
    assert isinstance(json.loads(clean), dict)
    assert b"\\u0000" not in clean


@given(st.dictionaries(st.text(max_size=8), JSON, max_size=5))
def test_what_is_harmless_would_not_have_been_changed(value: dict[str, object]) -> None:
    raw = msgspec.json.encode(value)
    if harmless([raw]):
        assert scrub_json(raw) == raw


@given(
    st.lists(
        st.just(b"")
        | st.just(b"null")
        | st.dictionaries(st.text(max_size=8), JSON, max_size=5).map(msgspec.json.encode)
    )
)
def test_harmless_metadata_come_back_one_by_one(raws: list[bytes]) -> None:
    alone = [harmless([msgspec.Raw(raw)]) for raw in raws]
    together = harmless([msgspec.Raw(raw) for raw in raws])
    if raws and all(found is not None for found in alone):
        assert together == raws
    else:
        assert together is None or not raws


@pytest.mark.parametrize("raw", [b"[1]", b"5", b"null", b'{"a":"\0{"}', b'{"a":1}\0{}'])
def test_what_is_no_object_or_holds_nul_is_not_harmless(raw: bytes) -> None:
    assert harmless([msgspec.Raw(b"{}"), msgspec.Raw(raw)]) is None


@given(st.text())
def test_scrubbing_twice_changes_nothing_more(text: str) -> None:
    once = scrub_text(text)
    assert scrub_text(once) == once
