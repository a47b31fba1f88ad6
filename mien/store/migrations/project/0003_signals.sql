-- What a project has set and learned for its signals, what people said of them, and what scores were before.

CREATE TABLE baselines (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  made_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  made_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  overrides JSONB NOT NULL,
  screens JSONB NOT NULL,
  muted JSONB NOT NULL,
  ignored_screens JSONB NOT NULL,
  version TEXT NOT NULL
);
COMMENT ON TABLE baselines IS 'Thresholds that the project changed, percentiles of its screens, muted elements, ignored screens: the newest row holds, none is ever changed. Without a row the defaults hold. Written by people and the worker.';

CREATE TABLE learnings (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  finished_at TIMESTAMPTZ,
  made_by TEXT NOT NULL,
  session_count INT,
  view_count BIGINT,
  screen_count INT,
  baselines_id BIGINT REFERENCES baselines (id)
);
COMMENT ON TABLE learnings IS 'When the percentiles of screens were computed and over how much; baselines_id: the version that came of it, NULL when too little had changed. Written by the worker and mien signals learn.';

CREATE TABLE verdicts (
  session_id UUID NOT NULL REFERENCES sessions (session_id) ON DELETE CASCADE,
  type TEXT NOT NULL,
  started_at TIMESTAMP NOT NULL,
  element_id TEXT,
  screen TEXT,
  is_frustration BOOLEAN NOT NULL,
  account TEXT NOT NULL,
  made_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT verdicts_signal UNIQUE NULLS NOT DISTINCT (session_id, type, started_at, element_id, screen)
);
CREATE INDEX verdicts_element ON verdicts (type, element_id);
COMMENT ON TABLE verdicts IS 'What people said of a signal, by its natural key: ids of signals change when a session is analysed again. Times are UTC. Written by people.';

CREATE TABLE former_scores (
  session_id UUID NOT NULL REFERENCES sessions (session_id) ON DELETE CASCADE,
  version_key TEXT NOT NULL,
  replaced_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  calculated_at TIMESTAMP,
  score INT,
  score_exact DOUBLE PRECISION,
  issues JSONB,
  score_version INT,
  weights_hash TEXT,
  PRIMARY KEY (session_id, version_key)
);
COMMENT ON TABLE former_scores IS 'What a session''s score was under its last three former versions, where it was another. Written by the worker.';

CREATE TABLE unsettled_sessions (
  session_id UUID PRIMARY KEY REFERENCES sessions (session_id) ON DELETE CASCADE,
  over_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX unsettled_sessions_over ON unsettled_sessions (over_at);
COMMENT ON TABLE unsettled_sessions IS 'Sessions that were analysed while a form was open in them: queued once more when they are over. Written by the worker.';
