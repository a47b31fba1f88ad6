"""The replay of one session, chunk by chunk, decoded on the server: the player only adds events."""

from __future__ import annotations

import asyncio
import logging
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import get
from litestar.params import Parameter

from mien.api.errors import ERRORS
from mien.api.filters import check_text
from mien.config import Settings
from mien.store.database import Database
from mien.store.projects import Project
from mien.store.replay import StoredChunk, Unreadable, decode_events, read_data

log = logging.getLogger("mien.api")

MAX_CHUNKS = 100
MAX_ANSWER_BYTES = 8 * 1024 * 1024
"""An answer ends after the chunk that reaches this; the rest comes with the next call."""
GROWTH = 4
"""A chunk whose times were corrected may be a little longer than the collector's limit; four times is out of reach."""
MAX_ID = 2**63 - 1


class ReplayChunk(msgspec.Struct, frozen=True):
    """`events` are rrweb's, in order."""

    id: int
    tab: str | None
    index: int
    events: list[Any]


class ReplayChunks(msgspec.Struct, frozen=True):
    """`next_after` null: that was the end. `unreadable`: chunks, and single entries of others, left out as broken."""

    chunks: list[ReplayChunk]
    next_after: int | None
    unreadable: int


@get(
    "/projects/{slug:str}/sessions/{session_id:uuid}/replay",
    operation_id="replay",
    responses=ERRORS,
    summary="Replay events",
)
async def replay(
    project: Project,
    database: Database,
    settings: Settings,
    session_id: UUID,
    after: Annotated[int | None, Parameter(ge=0, le=MAX_ID, description="`next_after` of the answer before.")] = None,
    limit: Annotated[int, Parameter(ge=1, le=MAX_CHUNKS, description="Chunks an answer, at most.")] = 20,
    tab: Annotated[str | None, Parameter(max_length=100, description="Only this tab.")] = None,
) -> ReplayChunks:
    """By tab, index and id. A session without replay, or that does not exist, gives no chunks."""
    async with database.reading(project.schema) as queries:
        stored = await read_data(queries, session_id, after, check_text("tab", tab), limit + 1)
    # Unpacking some megabytes takes a while: other requests must not wait for it.
    return await asyncio.to_thread(decode, stored, limit, GROWTH * settings.max_replay_chunk_bytes)


def decode(stored: list[StoredChunk], limit: int, max_bytes: int) -> ReplayChunks:
    """At most `limit` of the chunks and about MAX_ANSWER_BYTES; broken ones are counted, not shown."""
    chunks: list[ReplayChunk] = []
    size = unreadable = taken = 0
    for chunk in stored[:limit]:
        if taken and size >= MAX_ANSWER_BYTES:
            break
        taken += 1
        try:
            events, broken = decode_events(chunk.chunk_data, max_bytes)
        except Unreadable as error:
            log.warning("replay chunk %s is left out: %s", chunk.id, error)
            unreadable += 1
            continue
        unreadable += broken
        size += sum(map(len, map(bytes, events)))
        if events or not broken:
            chunks.append(ReplayChunk(chunk.id, chunk.tab, chunk.chunk_index, events))
    more = taken < len(stored)
    return ReplayChunks(chunks, stored[taken - 1].id if more and taken else None, unreadable)


HANDLERS = (replay,)
