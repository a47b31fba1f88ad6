"""Notes that people write at a moment of a session. Deleted with their session."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from mien.errors import InvalidRequest, NotAllowed, NotFound
from mien.store.database import Database, Queries

MAX_NOTES = 200
"""Of one session."""


class Note(msgspec.Struct, frozen=True):
    """`at_ms`: from the session's start."""

    note_id: UUID
    at_ms: int
    text: str
    account: str
    made_at: datetime


async def list_notes(queries: Queries, session_id: UUID) -> list[Note]:
    """In the order of their moments."""
    return await queries.fetch_all(Note, "session_note.of_session", session_id=session_id)


async def add_note(
    database: Database, schema: str, session_id: UUID, note_id: UUID, at_ms: int, text: str, account: str
) -> Note:
    """A repeat (the same id) is harmless. Raises NotFound without such a session, InvalidRequest above MAX_NOTES."""
    async with database.writing(schema) as queries:
        if not await queries.fetch_value("session_note.session_exists", session_id=session_id):
            raise NotFound("There is no such session in this project.")
        present = await list_notes(queries, session_id)
        same = next((note for note in present if note.note_id == note_id), None)
        if same is not None:
            return same
        if len(present) >= MAX_NOTES:
            raise InvalidRequest(f"A session keeps at most {MAX_NOTES} notes. Delete one first.")
        made = await queries.fetch_value(
            "session_note.insert", note_id=note_id, session_id=session_id, at_ms=at_ms, text=text, account=account
        )
        if made is None:
            raise InvalidRequest("note_id: another note has it. Choose a new one.")
        note = await queries.fetch_one(Note, "session_note.find", note_id=note_id, session_id=session_id)
        assert note is not None  # written in this transaction
        return note


async def delete_note(database: Database, schema: str, session_id: UUID, note_id: UUID, account: str) -> None:
    """A repeat is harmless. Raises NotAllowed for a note of somebody else."""
    async with database.writing(schema) as queries:
        note = await queries.fetch_one(Note, "session_note.find", note_id=note_id, session_id=session_id)
        if note is None:
            return
        if note.account != account:
            raise NotAllowed(f"This note is {note.account}'s. Only they may delete it.")
        await queries.execute("session_note.delete", note_id=note_id, session_id=session_id)
