"""What must not be stored: queries of addresses, and values that look like a token, an e-mail or a card number.

The SDK leaves them out already; this is the second wall, and the only one for other senders. Pure functions on text
and JSON; the step that calls them is in steps.py. Each pattern is linear in its text, whatever the text is: lengths are
bounded, and no run of characters is tried from each of its places. Rules: docs/operating.md, "What is never stored".
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from functools import lru_cache

import msgspec

LONGEST_ADDRESS = 2048
"""Of a longer address or selector only this much is looked at and kept."""
CACHED_LENGTH = 300
"""Longer texts do not repeat often enough to be worth their place in a cache."""
MAX_METADATA_BYTES = 16 * 1024

# A query (also an encoded one), the fragment unless it is a route ("#/cart", "#!/cart"), and what some frameworks put
# behind ";" or "&" instead of "?".
_ADDRESS_TAIL = re.compile(r"(?:\?|%3F)[^#]*|#(?![/!]).*|[;&][\w.%-]{1,64}=[^/#]*", re.DOTALL | re.IGNORECASE)
_QUERY_IN_TEXT = re.compile(r"(?:\?|%3F)[\w.%~\[\]-]{1,64}=[^\s\"'<>()\]]*", re.IGNORECASE)
_URL = re.compile(r"(?:https?|wss?)://[^\s\"'<>()]+", re.IGNORECASE)
_CREDENTIALS = re.compile(r"(://)[^/@\s]{0,256}@")
_UUID = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}(?:@|%40)[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_JWT = re.compile(r"(?<![\w-])eyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?")
_KEY_PREFIX = re.compile(r"\b(?:sk|pk|rk|ghp|gho|xox[bap]|AKIA|AIza)[_-]?[\w-]{16,255}")
_LONG_WORD = re.compile(r"[\w-]{24,}")
_HEX = re.compile(r"[0-9a-fA-F]{32,}")
_CARD = re.compile(r"\b\d(?:[ -]?\d){12,18}\b")
_CARD_NUMBER = re.compile(r"(?:3[47]\d{13}|(?:4|5[1-5]|2[2-7]|6)\d{14,15})")
"""American Express, Visa, Mastercard, Discover and kin, as a JSON number; no time in milli- or microseconds."""

# Most metadata is numbers and short words. What could hide something has a character that those lack, a longer run of
# letters and digits, or an exponent; only that is parsed.
_LONG_RUN = b"a" * 13
_OBJECT_STARTS = {b"", b"{"}
_RUNS = bytes(
    0x61 if chr(byte).isalnum() or byte in b" _-+=/" or byte > 127 else 0x21 if byte in b"\\@?#%" else 0x20
    for byte in range(256)
)
_EXPONENTS = bytes(0x30 if 0x30 <= byte <= 0x39 else 0x65 if byte in b"eE" else 0x20 for byte in range(256))


def harmless(raws: Sequence[msgspec.Raw]) -> list[bytes] | None:
    """These metadata (empty, or valid JSON) as bytes, or None unless all are objects with certainly nothing to scrub.

    One look at all of them together costs a tenth of fifty looks, and taking them apart again less than fifty copies.
    """
    together = b"\0".join(raws)
    pieces = together.split(b"\0")
    if len(pieces) != len(raws):
        return None  # none at all, or a NUL inside
    runs = together.translate(_RUNS)
    if b"!" in runs or _LONG_RUN in runs or b"0e" in together.translate(_EXPONENTS):
        return None
    fit = len(together) <= MAX_METADATA_BYTES or max(map(len, pieces)) <= MAX_METADATA_BYTES
    return pieces if fit and {piece[:1] for piece in pieces} <= _OBJECT_STARTS else None


@lru_cache(maxsize=4096)
def cut_ip(address: str | None) -> str | None:
    """The network of an address: /24 for IPv4 (also inside IPv6), /48 for IPv6. None for anything else."""
    parsed = _parse_ip(address)
    if parsed is None:
        return None
    prefix = 24 if parsed.version == 4 else 48
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.sixtofour:
        prefix = 40  # 2002::/16 and then the IPv4 address: its /24
    return str(ipaddress.ip_network(f"{parsed}/{prefix}", strict=False).network_address)


def whole_ip(address: str | None) -> str | None:
    """An address as it is, in its usual spelling; None for anything else."""
    parsed = _parse_ip(address)
    return None if parsed is None else str(parsed)


def _parse_ip(address: str | None) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    text = (address or "").strip().strip("[]").split("%")[0]
    try:
        parsed = ipaddress.ip_address(text)
    except ValueError:
        return None
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        return parsed.ipv4_mapped
    return parsed


def scrub_secrets(text: str) -> str:
    """Replace what looks like a token, e-mail or card number by `:token`, `:email`, `:card`."""
    text = _EMAIL.sub(":email", text)
    text = _JWT.sub(":token", text)
    text = _KEY_PREFIX.sub(":token", text)
    text = _LONG_WORD.sub(_without_random, text)
    return _CARD.sub(_without_card, text)


def _without_random(match: re.Match[str]) -> str:
    """Long hexadecimal numbers, and words that mix digits with both cases: how random keys look, and words do not."""
    word = match.group()
    if _UUID.fullmatch(word):
        return word
    is_mixed = any(map(str.isdigit, word)) and any(map(str.islower, word)) and any(map(str.isupper, word))
    return ":token" if is_mixed or _HEX.search(word) else word


def _without_card(match: re.Match[str]) -> str:
    return ":card" if _passes_luhn(match.group()) else match.group()


def _passes_luhn(text: str) -> bool:
    digits = [int(character) for character in text if character.isascii() and character.isdigit()]
    doubled = [sum(divmod(2 * digit, 10)) if place % 2 else digit for place, digit in enumerate(reversed(digits))]
    return sum(doubled) % 10 == 0


def strip_address(address: str) -> str:
    """An address without query, fragment and credentials."""
    return _CREDENTIALS.sub(r"\1", _ADDRESS_TAIL.sub("", address))


def scrub_address(address: str) -> str:
    """An address, screen or API name without query, fragment, credentials and secrets; at most LONGEST_ADDRESS long."""
    return _cached_address(address) if len(address) <= CACHED_LENGTH else _scrub_address(address)


def _scrub_address(address: str) -> str:
    return scrub_secrets(strip_address(address[:LONGEST_ADDRESS]))


def scrub_element(element: str) -> str:
    """The selector of an element (a "#" begins an id here, not a fragment) without queries and secrets."""
    return _cached_element(element) if len(element) <= CACHED_LENGTH else _scrub_element(element)


def _scrub_element(element: str) -> str:
    return scrub_secrets(_QUERY_IN_TEXT.sub("", element[:LONGEST_ADDRESS]))


_cached_address = lru_cache(maxsize=20_000)(_scrub_address)
_cached_element = lru_cache(maxsize=20_000)(_scrub_element)
cached_secrets = lru_cache(maxsize=4_096)(scrub_secrets)
"""For short texts that repeat, as user agents do. The caller bounds their length."""


def scrub_text(text: str) -> str:
    """Free text: every address inside loses its query, and what looks like a secret goes."""
    text = _URL.sub(lambda match: strip_address(match.group()), text)
    return scrub_secrets(_QUERY_IN_TEXT.sub("", text))


def scrub_json(raw: bytes) -> bytes | None:
    """Metadata (valid JSON, as decoded) made storable: secrets scrubbed; None when it is no object or does not fit."""
    if len(raw) > MAX_METADATA_BYTES:
        return None
    try:
        value = msgspec.json.decode(raw)
    except (msgspec.DecodeError, RecursionError):
        return None
    if not isinstance(value, dict):
        return None
    return msgspec.json.encode(_scrub_value(value))


def _scrub_value(value: object) -> object:
    if isinstance(value, str):
        value = value.replace("\x00", "\ufffd")
        return scrub_address(value) if value.startswith(("/", "http://", "https://")) else scrub_text(value)
    if isinstance(value, int) and _CARD_NUMBER.fullmatch(str(value)) and _passes_luhn(str(value)):
        return ":card"
    if isinstance(value, dict):
        return {scrub_secrets(str(key)).replace("\x00", "\ufffd"): _scrub_value(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_scrub_value(inner) for inner in value]
    return value
