-- Which errors are one mistake. Filled as sessions are analysed again, which the new analyzer's version asks for.

CREATE TABLE grouped_errors (
  session_id UUID NOT NULL REFERENCES sessions (session_id) ON DELETE CASCADE,
  error_id BIGINT NOT NULL,
  group_key TEXT COLLATE "C" NOT NULL,
  kind TEXT NOT NULL,
  type TEXT NOT NULL,
  title TEXT NOT NULL,
  place TEXT,
  screen TEXT,
  occurred_at TIMESTAMP NOT NULL
);
CREATE INDEX grouped_errors_session ON grouped_errors (session_id);
CREATE INDEX grouped_errors_group ON grouped_errors (group_key, occurred_at);
COMMENT ON TABLE grouped_errors IS 'The group of each analysed row of error_logs (error_id is its id): kind, type, title and place are equal within one group_key. Times are UTC. Written by the worker.';
