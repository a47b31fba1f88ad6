"""The score of the screens that most sessions saw, by type of device: one number cannot say that only phones suffer."""

from __future__ import annotations

from typing import get_args

import msgspec
from litestar import get

from mien.api.errors import ERRORS
from mien.api.screens import MAX_ROWS, to_line
from mien.store.database import Database
from mien.store.filters import Device, Segment, segment_snapshot
from mien.store.projects import Project
from mien.store.rollups import AnsweredFrom, answered_from
from mien.store.screens import ScreenFigures, read_screens

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
        most = await read_screens(queries, segment, "sessions", "desc", MOST_SCREENS, with_visitors=False)
        seen: dict[Device, dict[str, ScreenFigures]] = {}
        for device in get_args(Device):
            if segment.device in (None, device):
                there = msgspec.structs.replace(segment, device=device)
                rows = await read_screens(queries, there, "sessions", "desc", MAX_ROWS, with_visitors=False)
                seen[device] = {row.screen: row for row in rows}
        devices = [device for device, rows in seen.items() if any(row.screen in rows for row in most)]
        return ScreenDevices(
            devices=devices,
            rows=[
                DeviceRow(row.screen, row.sessions, [to_cell(row, device, seen[device]) for device in devices])
                for row in most
                if row.sessions
            ],
            answered_from=answered_from(queries),
        )


def to_cell(row: ScreenFigures, device: Device, rows: dict[str, ScreenFigures]) -> DeviceCell:
    """The screen on one device; zeros where nobody saw it there."""
    one = rows.get(row.screen)
    return DeviceCell(
        device=device,
        sessions=one.sessions if one else 0,
        scored=one.scored if one else 0,
        score=one.score if one else None,
        filter=to_line(row).filter | {"device": device},
    )


HANDLERS = (screen_devices,)
