"""What must not be stored: queries of addresses, and values that look like a token, an e-mail or a card number.

The SDK leaves them out already; this is the second wall, and the only one for other senders. Pure functions on text
and JSON; the step that calls them is in steps.py. Rules and limits: docs/operating.md, "What is never stored".
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from functools import lru_cache

import msgspec

# The query, and the fragment unless it is a route ("#/cart", "#!/cart").
_ADDRESS_TAIL = re.compile(r"\?[^#]*|#(?![/!]).*", re.DOTALL)
_URL = re.compile(r"(?:https?|wss?)://[^\s\"'<>()]+")
_CREDENTIALS = re.compile(r"(://)[^/@\s]*@")
_UUID = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")
_JWT = re.compile(r"eyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?")
_LONG_HEX = re.compile(r"\b[0-9a-fA-F]{32,}\b")
_KEY_PREFIX = re.compile(r"\b(?:sk|pk|rk|ghp|gho|xox[bap]|AKIA|AIza)[_-]?[\w-]{16,}")
# 24 or more characters that mix digits with both cases: how random keys look, and words do not.
_RANDOM = re.compile(r"\b(?=[\w-]*\d)(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{24,}(?![\w-])")
_EMAIL = re.compile(r"[\w.+-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+")
_CARD = re.compile(r"\b\d(?:[ -]?\d){12,18}\b")
# Most metadata is numbers and short words. What could hide something has a character that those lack, a longer run of
# letters and digits, or an exponent; only that is parsed. Two translations and four searches are six times quicker than
# the regular expression that says the same.
MAX_METADATA_BYTES = 16 * 1024
_OBJECT = ord("{")
_LONG_RUN = b"a" * 13
_RUNS = bytes(
    0x61 if chr(byte).isalnum() or byte in b" _-+=/" or byte > 127 else 0x21 if byte in b"\\@?#%" else 0x20
    for byte in range(256)
)
_EXPONENTS = bytes(0x30 if 0x30 <= byte <= 0x39 else 0x65 if byte in b"eE" else 0x20 for byte in range(256))


def are_harmless(raws: Sequence[bytes]) -> bool:
    """Whether these metadata (empty, or valid JSON) are objects that certainly hold nothing to scrub."""
    together = b" ".join(raws)
    runs = together.translate(_RUNS)
    if b"!" in runs or _LONG_RUN in runs or b"0e" in together.translate(_EXPONENTS):
        return False
    return all(not raw or (raw[0] == _OBJECT and len(raw) <= MAX_METADATA_BYTES) for raw in raws)


@lru_cache(maxsize=4096)
def cut_ip(address: str | None) -> str | None:
    """The network of an address: /24 for IPv4 (also inside IPv6), /48 for IPv6. None for anything else."""
    try:
        parsed = ipaddress.ip_address((address or "").strip().strip("[]").split("%")[0])
    except ValueError:
        return None
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    prefix = 24 if parsed.version == 4 else 48
    return str(ipaddress.ip_network(f"{parsed}/{prefix}", strict=False).network_address)


def _is_card(match: re.Match[str]) -> str:
    digits = [int(character) for character in match.group() if character.isdigit()]
    doubled = [sum(divmod(2 * digit, 10)) if place % 2 else digit for place, digit in enumerate(reversed(digits))]
    return ":card" if sum(doubled) % 10 == 0 else match.group()  # Luhn


def scrub_secrets(text: str) -> str:
    """Replace what looks like a token, e-mail or card number by `:token`, `:email`, `:card`."""
    text = _EMAIL.sub(":email", text)
    for pattern in (_JWT, _KEY_PREFIX, _LONG_HEX):
        text = pattern.sub(":token", text)
    text = _RANDOM.sub(lambda match: match.group() if _UUID.fullmatch(match.group()) else ":token", text)
    return _CARD.sub(_is_card, text)


@lru_cache(maxsize=20_000)
def scrub_address(address: str) -> str:
    """An address, screen or API name without query, fragment, credentials and secrets."""
    return scrub_secrets(_CREDENTIALS.sub(r"\1", _ADDRESS_TAIL.sub("", address)))


@lru_cache(maxsize=20_000)
def scrub_element(element: str) -> str:
    """The selector of an element, without what looks like a secret (a "#" begins an id here, not a fragment)."""
    return scrub_secrets(element)


def scrub_text(text: str) -> str:
    """Free text: every address inside loses its query, and what looks like a secret goes."""
    text = _URL.sub(lambda match: scrub_address(match.group()), text)
    return scrub_secrets(text)


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
    if isinstance(value, dict):
        return {scrub_secrets(str(key)).replace("\x00", "\ufffd"): _scrub_value(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_scrub_value(inner) for inner in value]
    return value
