-- What people write down at a moment of a session; and how to find the sessions whose analysis failed.

CREATE TABLE session_notes (
  note_id UUID PRIMARY KEY,
  session_id UUID NOT NULL REFERENCES sessions (session_id) ON DELETE CASCADE,
  at_ms BIGINT NOT NULL,
  text TEXT NOT NULL,
  account TEXT NOT NULL,
  made_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX session_notes_session ON session_notes (session_id);
COMMENT ON TABLE session_notes IS 'Notes of people at a moment, in milliseconds from the session''s start; note_id comes from the sender, so that a repeat is one note. Written by people.';

CREATE INDEX analyzer_runs_failed ON analyzer_runs (analysed_at) WHERE failed IS NOT NULL AND failed <> '{}';
