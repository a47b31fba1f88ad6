"""The signals of a project: thresholds, trials of others on its history, muted elements, and what people said.

What it needs of the analyzers is handed in (`Tuning`, `Laboratory` in context.py).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import msgspec
from litestar import Request, delete, get, post, put
from litestar.datastructures import State
from litestar.params import Parameter

from mien.api.context import laboratory_of, tuning_of
from mien.api.errors import ERRORS
from mien.api.filters import MAX_TEXT, check_text, to_period
from mien.api.signal_shapes import (
    Changed,
    Mute,
    Precision,
    PrecisionRow,
    Thresholds,
    Trial,
    Try,
    muted_of,
    to_thresholds,
)
from mien.errors import Busy, InvalidRequest
from mien.store.baselines import StoredMute, read_last_learning, read_newest
from mien.store.database import Database
from mien.store.projects import Project
from mien.store.verdicts import VerdictCounts

TRY_PERIOD = timedelta(days=14)
MAX_TRY_S = 20.0
"""A page waits no longer; `mien signals try` has all the time it needs."""
MAX_TRY_SESSIONS = 5000

AnyRequest = Request[Any, Any, State]


@get(
    "/projects/{slug:str}/signals/thresholds",
    operation_id="thresholds",
    responses=ERRORS,
    summary="Thresholds, weights, muted elements, ignored screens",
)
async def thresholds(project: Project, database: Database, state: State) -> Thresholds:
    """Every number with its default, limits and source, and what the project changed."""
    async with database.snapshot(project.schema) as queries:
        held = await read_newest(queries)
        learned = await read_last_learning(queries)
    return to_thresholds(held, learned, tuning_of(state))


class NewThresholds(msgspec.Struct, frozen=True):
    """`overrides`: the whole set of numbers that differ from the defaults; all others are defaults then."""

    overrides: dict[str, float]
    reason: str = ""


@put(
    "/projects/{slug:str}/signals/thresholds",
    operation_id="set_thresholds",
    responses=ERRORS,
    summary="Set thresholds and weights",
)
async def set_thresholds(
    project: Project, database: Database, state: State, request: AnyRequest, data: NewThresholds
) -> Changed:
    """A new version; sessions are analysed again in the background, the newest first."""
    made = await tuning_of(state).replace_thresholds(
        database, project.schema, account_of(request), reason_of(data.reason, "thresholds"), data.overrides
    )
    return msgspec.convert(made, Changed, from_attributes=True)


@post(
    "/projects/{slug:str}/signals/try",
    operation_id="try_thresholds",
    responses=ERRORS,
    summary="What other thresholds would have found",
    status_code=200,
)
async def try_thresholds(project: Project, database: Database, state: State, data: Try) -> Trial:
    """Analyses history, newest sessions first, under both; saves nothing. Stops after 20 s and says how far it came."""
    until = data.until or datetime.now(UTC)
    since, until = to_period(data.since or until - TRY_PERIOD, until)
    if not 1 <= data.limit <= MAX_TRY_SESSIONS:
        raise InvalidRequest(f"limit: it must be between 1 and {MAX_TRY_SESSIONS}.")
    if state.is_trying:
        raise Busy("Another trial is running. Try again when it is done.", retry_after_s=10)
    state.is_trying = True
    try:
        found = await laboratory_of(state).try_apart(
            database,
            project.schema,
            data.values,
            data.reset,
            since.replace(tzinfo=None),
            until.replace(tzinfo=None),
            max_sessions=data.limit,
            max_s=MAX_TRY_S,
        )
    finally:
        state.is_trying = False
    return to_trial(found, project)


def to_trial(found: bytes, project: Project) -> Trial:
    """What the laboratory found, each example with the address of its session at that time."""
    raw: dict[str, Any] = msgspec.json.decode(found)
    for row in raw["types"]:
        for example in (*row["examples_gained"], *row["examples_lost"]):
            example["link"] = project.session_path(example["session_id"], example["t"])
    return msgspec.convert(raw, Trial)


@get(
    "/projects/{slug:str}/signals/precision",
    operation_id="precision",
    responses=ERRORS,
    summary="What people said of signals, by element",
)
async def precision(project: Project, database: Database, state: State) -> Precision:
    """The share of signals that people called frustration, with its 95 % interval, and what is proposed for muting."""
    tuning = tuning_of(state)
    async with database.snapshot(project.schema) as queries:
        held = await read_newest(queries)
        rows = await tuning.read_precision(queries)
    return Precision(
        rows=[precision_row(row, held is not None and tuning.is_muted(held, row)) for row in rows],
        muted=[] if held is None else muted_of(held),
    )


def precision_row(row: VerdictCounts, is_muted: bool) -> PrecisionRow:
    """A row with its interval."""
    low, high = row.interval
    return PrecisionRow(
        type=row.type,
        element_id=row.element_id,
        screen=row.screen,
        verdicts=row.verdicts,
        frustration=row.frustration,
        precision=row.precision,
        low=low,
        high=high,
        is_muted=is_muted,
        is_proposed=row.is_to_be_muted and not is_muted,
    )


@post(
    "/projects/{slug:str}/signals/muted",
    operation_id="mute",
    responses=ERRORS,
    summary="Mute an element for one type of signal",
    status_code=200,
)
async def mute(project: Project, database: Database, state: State, request: AnyRequest, data: Mute) -> Changed:
    """A new version: such signals are left out from now on and in history. `screen` null: on every screen."""
    made = await tuning_of(state).set_muted(
        database, project.schema, account_of(request), reason_of(data.reason, "muted"), mute_of(data), True
    )
    return msgspec.convert(made, Changed, from_attributes=True)


@delete(
    "/projects/{slug:str}/signals/muted",
    operation_id="unmute",
    responses=ERRORS,
    summary="Take a mute back",
    status_code=200,
)
async def unmute(
    project: Project,
    database: Database,
    state: State,
    request: AnyRequest,
    signal: Annotated[str, Parameter(max_length=64, description="Type of signal.")],
    element_id: Annotated[str, Parameter(max_length=MAX_TEXT, description="Which element.")],
    screen: Annotated[
        str | None, Parameter(max_length=MAX_TEXT, description="As it was muted; left out: on every screen.")
    ] = None,
) -> Changed:
    """A new version. One that is not muted changes nothing."""
    one = mute_of(Mute(signal, element_id, screen))
    made = await tuning_of(state).set_muted(database, project.schema, account_of(request), "unmuted", one, False)
    return msgspec.convert(made, Changed, from_attributes=True)


def mute_of(data: Mute) -> StoredMute:
    """Checked: what passes can be stored."""
    element_id, kind = check_text("element_id", data.element_id), check_text("type", data.type)
    if element_id is None or kind is None:
        raise InvalidRequest("element_id: name the element and the type of signal.")
    if len(element_id) > MAX_TEXT or len(data.screen or "") > MAX_TEXT:
        raise InvalidRequest(f"element_id: it and the screen are at most {MAX_TEXT} characters.")
    return StoredMute(kind, element_id, check_text("screen", data.screen))


def reason_of(text: str, default: str) -> str:
    """Cut, checked."""
    return check_text("reason", text[:MAX_TEXT]) or default


def account_of(request: AnyRequest) -> str:
    """Who changes something: a person, since tokens may only read (auth.py)."""
    account: str | None = request.state.viewer.account
    return account or "unknown"


HANDLERS = (thresholds, set_thresholds, try_thresholds, precision, mute, unmute)
