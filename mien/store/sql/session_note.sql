-- name: session_exists
-- Locks the session, so that the limit holds and it is not deleted meanwhile.  In: session_id.  Out: true, or no row.
SELECT true FROM sessions WHERE session_id = :session_id FOR UPDATE;

-- name: of_session
-- The notes of a session in the order of their moments.  In: session_id.  Out: note_id, at_ms, text, account, made_at.
SELECT note_id, at_ms, text, account, made_at FROM session_notes
WHERE session_id = :session_id ORDER BY at_ms, made_at, note_id;

-- name: insert
-- A repeat (the same id) changes nothing.  In: the columns.  Out: note_id; no row when the id is taken.
INSERT INTO session_notes (note_id, session_id, at_ms, text, account)
VALUES (:note_id, :session_id, :at_ms, :text, :account) ON CONFLICT (note_id) DO NOTHING RETURNING note_id;

-- name: find
-- In: note_id, session_id.  Out: note_id, at_ms, text, account, made_at.
SELECT note_id, at_ms, text, account, made_at FROM session_notes WHERE note_id = :note_id AND session_id = :session_id;

-- name: delete!
-- In: note_id, session_id.
DELETE FROM session_notes WHERE note_id = :note_id AND session_id = :session_id;
