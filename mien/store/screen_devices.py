"""The score of the screens that most sessions saw, by type of device; each has a filter that gives its sessions."""

from __future__ import annotations

from typing import get_args

import msgspec

from mien.store.database import Queries
from mien.store.filters import Device, Segment
from mien.store.rollups import answers
from mien.store.screens import read_screens

MANY_SCREENS = 500
"""Of a device, to find those of all devices among them."""


class DeviceScore(msgspec.Struct, frozen=True):
    """`score`: mean over the `scored` ones of the `sessions` that saw the screen with such a device."""

    sessions: int
    scored: int
    score: float | None


class ScreenScores(msgspec.Struct, frozen=True):
    """`sessions`: of all devices, also of those that are not known."""

    screen: str
    sessions: int
    by_device: dict[Device, DeviceScore]


class _Row(msgspec.Struct, frozen=True):
    screen: str
    device: str
    sessions: int
    scored: int
    score: float | None
    all_sessions: int


async def read_by_device(queries: Queries, segment: Segment, max_rows: int) -> list[ScreenScores]:
    """Those of most sessions first. Call inside a `segment_snapshot`."""
    if segment.device is None and segment.device_type in get_args(Device):  # the same sessions, by another name
        segment = msgspec.structs.replace(segment, device=segment.device_type, device_type=None)
    devices = [device for device in get_args(Device) if segment.device in (None, device)]
    by_device = {device: msgspec.structs.replace(segment, device=device) for device in devices}
    if all(one.slice is not None for one in (segment, *by_device.values())):
        return await _read_rolled(queries, segment, by_device, max_rows)
    answers(queries, "raw")
    rows = await queries.fetch_all(_Row, "screens.by_device", **segment.arguments(), max_rows=max_rows)
    found: dict[str, ScreenScores] = {}
    for row in rows:
        screen = found.setdefault(row.screen, ScreenScores(row.screen, row.all_sessions, {}))
        for device in devices:
            if device == row.device:
                screen.by_device[device] = DeviceScore(row.sessions, row.scored, row.score)
    return list(found.values())


async def _read_rolled(
    queries: Queries, segment: Segment, by_device: dict[Device, Segment], max_rows: int
) -> list[ScreenScores]:
    most = await read_screens(queries, segment, "sessions", "desc", max_rows, with_visitors=False)
    found = {row.screen: ScreenScores(row.screen, row.sessions, {}) for row in most if row.sessions}
    for device, there in by_device.items():
        for row in await read_screens(queries, there, "sessions", "desc", MANY_SCREENS, with_visitors=False):
            if row.screen in found and row.sessions:
                found[row.screen].by_device[device] = DeviceScore(row.sessions, row.scored, row.score)
    return list(found.values())
