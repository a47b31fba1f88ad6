"""The score of the screens that most sessions saw, by type of device: one number cannot say that only phones suffer."""

from __future__ import annotations

from typing import get_args

import msgspec
from litestar import get

from mien.api.errors import ERRORS
from mien.store.database import Database
from mien.store.filters import Device, Segment, segment_snapshot
from mien.store.projects import Project
from mien.store.rollups import AnsweredFrom, answered_from
from mien.store.screen_devices import DeviceScore, ScreenScores, read_by_device

MOST_SCREENS = 7


class DeviceCell(msgspec.Struct, frozen=True):
    """`score`: mean over the `scored` ones of the sessions that saw the screen there; `filter` gives these sessions."""

    device: Device
    sessions: int
    scored: int
    score: float | None
    filter: dict[str, str]


class DeviceRow(msgspec.Struct, frozen=True):
    """One screen (its cleaned name): a cell for each of `devices`, in their order."""

    screen: str
    sessions: int
    cells: list[DeviceCell]


class ScreenDevices(msgspec.Struct, frozen=True):
    """`rows`: MOST_SCREENS at most, those of most sessions first. `devices`: those of any of their sessions."""

    devices: list[Device]
    rows: list[DeviceRow]
    answered_from: AnsweredFrom


@get(
    "/projects/{slug:str}/screens/devices",
    operation_id="screenDevices",
    responses=ERRORS,
    summary="Score by screen and type of device",
)
async def screen_devices(project: Project, database: Database, segment: Segment) -> ScreenDevices:
    """Apart from the overview, since each device is a segment of its own."""
    async with segment_snapshot(database, project.schema) as queries:
        rows = await read_by_device(queries, segment, MOST_SCREENS)
        devices = [device for device in get_args(Device) if any(device in row.by_device for row in rows)]
        return ScreenDevices(
            devices=devices,
            rows=[DeviceRow(row.screen, row.sessions, [to_cell(row, device) for device in devices]) for row in rows],
            answered_from=answered_from(queries),
        )


def to_cell(row: ScreenScores, device: Device) -> DeviceCell:
    """The screen on one device; zeros where nobody saw it there."""
    one = row.by_device.get(device, DeviceScore(0, 0, None))
    return DeviceCell(
        device=device,
        sessions=one.sessions,
        scored=one.scored,
        score=one.score,
        filter={"screen": row.screen, "device": device},
    )


HANDLERS = (screen_devices,)
