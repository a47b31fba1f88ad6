"""One row's metadata as a typed struct: what is unreadable counts as missing, never as an error. Shared, pure."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from mien.timeline import json_object

StructT = TypeVar("StructT", bound=msgspec.Struct)


def read(metadata: str | None, decoder: msgspec.json.Decoder[StructT]) -> StructT:
    """The struct that the decoder makes; every field of it must have a default."""
    try:
        return decoder.decode(metadata or "{}")
    except (msgspec.DecodeError, msgspec.ValidationError):
        return _field_by_field(metadata, decoder.type)


def _field_by_field(metadata: str | None, kind: type[StructT]) -> StructT:
    """One value of a wrong type must not hide the others."""
    raw = json_object(metadata)
    fields: dict[str, object] = {}
    for field in msgspec.structs.fields(kind):
        if field.name not in raw:
            continue
        try:
            fields[field.name] = msgspec.convert(raw[field.name], field.type, strict=False)
        except msgspec.ValidationError:
            continue
    return kind(**fields)
