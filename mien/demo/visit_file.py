"""A recorded visit as a file: gzip of JSON, the same bytes for the same visit.

The recorder writes it, the sender reads it. The shop's address stands in it as PLACEHOLDER, so that a file does not
depend on the port that it was recorded on; replay chunks are unpacked for the same reason, and to make files smaller.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import zlib
from pathlib import Path
from typing import Any

import msgspec

from mien.errors import SetupError

FOLDER = Path(__file__).parent / "visits"
PLACEHOLDER = "https://larkspur.example"


class SentBatch(msgspec.Struct):
    """What the SDK posted, `after_ms` milliseconds after the visit began."""

    after_ms: int
    body: dict[str, Any]


class VisitFile(msgspec.Struct):
    """One visit. `started_at` is in epoch milliseconds; `headers` are those that tell about the person's browser."""

    kind: str
    title: str
    started_at: int
    user_agent: str
    headers: dict[str, str]
    batches: list[SentBatch]


def write_visit(path: Path, visit: VisitFile) -> int:
    """Write the file and return its size in bytes."""
    packed = gzip.compress(msgspec.json.encode(visit), compresslevel=9, mtime=0)
    return path.write_bytes(packed)


def read_visit(path: Path) -> VisitFile:
    """Raises SetupError when the file is not a recorded visit."""
    try:
        return msgspec.json.decode(gzip.decompress(path.read_bytes()), type=VisitFile)
    except (OSError, EOFError, zlib.error, msgspec.DecodeError, msgspec.ValidationError) as error:
        raise SetupError(f"{path.name} is not a recorded visit: {error}. Try ./run mien demo record") from None


def visit_paths(folder: Path = FOLDER) -> list[Path]:
    """All recorded visits, by name."""
    return sorted(folder.glob("*.json.gz"))


def unpacked_replay(chunk: dict[str, Any]) -> bytes:
    """The JSON of a chunk's rrweb events. Raises SetupError when the chunk is damaged."""
    try:
        return gzip.decompress(base64.b64decode(chunk["data"])) if chunk["enc"] == "gzip" else chunk["data"].encode()
    except (OSError, EOFError, zlib.error, binascii.Error) as error:
        raise SetupError(f"Damaged replay in a recording ({error}). Record again: ./run mien demo record") from None
