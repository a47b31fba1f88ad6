"""Notes on a session: list, write, delete one's own."""

from __future__ import annotations

from uuid import UUID

import msgspec
from litestar import delete, get, post

from mien.api.bodies import AnyRequest, person_of
from mien.api.errors import ERRORS
from mien.errors import InvalidRequest
from mien.store import session_notes as store
from mien.store.database import Database
from mien.store.projects import Project
from mien.store.session_notes import Note

PATH = "/projects/{slug:str}/sessions/{session_id:uuid}/notes"
MAX_NOTE = 2000
MAX_AT_MS = 31 * 86_400_000
"""A session that goes on for longer has no moment there."""


class Notes(msgspec.Struct, frozen=True):
    """In the order of their moments."""

    notes: list[Note]


class NewNote(msgspec.Struct, frozen=True):
    """`note_id`: a UUID of the sender's, so that a repeat is one note. `at_ms`: from the session's start."""

    note_id: UUID
    at_ms: int
    text: str


class NoteDeleted(msgspec.Struct, frozen=True):
    """Nothing more to say."""


def checked_note(text: str) -> str:
    """Several lines, but no NUL or lone surrogate. Raises InvalidRequest."""
    text = text.strip()
    if not 0 < len(text) <= MAX_NOTE:
        raise InvalidRequest(f"text: between 1 and {MAX_NOTE} characters.")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise InvalidRequest("text: it holds characters that are no text.") from None
    if "\0" in text:
        raise InvalidRequest("text: it holds characters that are no text.")
    return text


@get(PATH, operation_id="notes", responses=ERRORS, summary="The notes on a session")
async def notes(project: Project, database: Database, session_id: UUID) -> Notes:
    """Empty for a session that has none, or that there is not."""
    async with database.reading(project.schema) as queries:
        return Notes(await store.list_notes(queries, session_id))


@post(PATH, operation_id="add_note", responses=ERRORS, summary="Write a note at a moment", status_code=200)
async def add_note(project: Project, database: Database, session_id: UUID, request: AnyRequest, data: NewNote) -> Note:
    """Everybody who may read the project sees it. At most 200 a session."""
    account, text = person_of(request), checked_note(data.text)
    if not 0 <= data.at_ms <= MAX_AT_MS:
        raise InvalidRequest("at_ms: a moment of the session, in milliseconds from its start.")
    return await store.add_note(database, project.schema, session_id, data.note_id, data.at_ms, text, account)


@delete(
    PATH + "/{note_id:uuid}", operation_id="delete_note", responses=ERRORS, summary="Delete one's own", status_code=200
)
async def delete_note(
    project: Project, database: Database, session_id: UUID, note_id: UUID, request: AnyRequest
) -> NoteDeleted:
    """NotAllowed for a note of somebody else. A repeat is harmless."""
    await store.delete_note(database, project.schema, session_id, note_id, person_of(request))
    return NoteDeleted()


HANDLERS = (notes, add_note, delete_note)
