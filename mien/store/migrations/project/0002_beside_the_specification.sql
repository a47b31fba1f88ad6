-- What Mien keeps beside the eleven tables: added indexes, storage settings, and tables of our own.
-- Nothing here changes a column, type, default or key of the specification. Times with zone are server times.

-- Without these every deleted session or event scans whole tables; the BRINs serve periods at almost no cost.
CREATE INDEX latency_metrics_session ON latency_metrics (session_id);
CREATE INDEX error_logs_session ON error_logs (session_id);
CREATE INDEX heatmap_points_session ON heatmap_points (session_id);
CREATE INDEX emotion_predictions_event ON emotion_predictions (event_id);
CREATE INDEX events_occurred ON events USING brin (occurred_at) WITH (pages_per_range = 32);
CREATE INDEX latency_metrics_occurred ON latency_metrics USING brin (occurred_at) WITH (pages_per_range = 32);

-- Chunks arrive compressed; trying to compress them again costs four times the CPU and gains nothing.
ALTER TABLE replay_chunks ALTER COLUMN chunk_data SET STORAGE EXTERNAL;

CREATE TABLE received_batches (
  batch_id UUID PRIMARY KEY,
  session_id UUID NOT NULL,
  received_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX received_batches_received ON received_batches USING brin (received_at);
COMMENT ON TABLE received_batches IS 'Batch ids of the last 40 days: a retry is recognised and counted once. Written by the collector.';

CREATE TABLE session_tabs (
  session_id UUID NOT NULL REFERENCES sessions (session_id) ON DELETE CASCADE,
  tab UUID NOT NULL,
  first_seq INT NOT NULL,
  last_seq INT NOT NULL,
  batch_count INT NOT NULL,
  skew_ms BIGINT NOT NULL,
  PRIMARY KEY (session_id, tab)
);
CREATE INDEX session_tabs_tab ON session_tabs (tab);
COMMENT ON TABLE session_tabs IS 'Batches per tab: last_seq - first_seq + 1 - batch_count were lost. skew_ms is the tab''s clock, measured once. Written by the collector.';

CREATE TABLE session_facts (
  session_id UUID PRIMARY KEY REFERENCES sessions (session_id) ON DELETE CASCADE,
  browser TEXT,
  browser_version TEXT,
  os TEXT,
  device_type TEXT,
  country TEXT,
  locale TEXT,
  referrer TEXT,
  utm JSONB,
  is_bot BOOLEAN NOT NULL DEFAULT false,
  is_staff BOOLEAN NOT NULL DEFAULT false
);
COMMENT ON TABLE session_facts IS 'What is known of a session beyond the specification''s columns. Written by the collector.';

CREATE TABLE long_values (
  short_value VARCHAR(255) PRIMARY KEY,
  full_value TEXT NOT NULL
);
COMMENT ON TABLE long_values IS 'Keys that were longer than their column: what the cut one (ending in a hash) stands for. Written by the collector.';

CREATE TABLE dropped_items (
  day DATE NOT NULL,
  reason TEXT NOT NULL,
  item_count BIGINT NOT NULL,
  PRIMARY KEY (day, reason)
);
COMMENT ON TABLE dropped_items IS 'Items that the collector refused, by day and reason. Written by the collector.';

CREATE SEQUENCE analysis_token;
CREATE TABLE analysis_queue (
  session_id UUID PRIMARY KEY,
  ready_at TIMESTAMPTZ NOT NULL,
  token BIGINT NOT NULL,
  leased_until TIMESTAMPTZ,
  lease UUID
);
CREATE INDEX analysis_queue_ready ON analysis_queue (ready_at);
COMMENT ON TABLE analysis_queue IS 'Sessions that changed since they were analysed. A new token says that one changed again. Fed by collector and sweeps, emptied by the worker.';

CREATE TABLE analyzer_runs (
  session_id UUID PRIMARY KEY REFERENCES sessions (session_id) ON DELETE CASCADE,
  version_key TEXT NOT NULL,
  analysed_at TIMESTAMPTZ NOT NULL,
  event_count INT NOT NULL,
  call_count INT NOT NULL,
  error_count INT NOT NULL,
  chunk_count INT NOT NULL,
  failed JSONB
);
COMMENT ON TABLE analyzer_runs IS 'Last analysis of each session: with which versions, over how many rows, and which analyzers failed. Written by the worker.';

CREATE TABLE sweeps (
  table_name TEXT PRIMARY KEY,
  last_id BIGINT NOT NULL
);
COMMENT ON TABLE sweeps IS 'How far the worker has looked for rows that somebody else inserted. Written by the worker.';

CREATE TABLE signals (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  session_id UUID NOT NULL REFERENCES sessions (session_id) ON DELETE CASCADE,
  type TEXT NOT NULL,
  confidence REAL NOT NULL,
  started_at TIMESTAMP NOT NULL,
  ended_at TIMESTAMP NOT NULL,
  screen TEXT,
  element_id TEXT,
  api TEXT,
  x INT,
  y INT,
  event_id BIGINT,
  incident INT,
  evidence JSONB NOT NULL
);
CREATE INDEX signals_session ON signals (session_id);
CREATE INDEX signals_started ON signals USING brin (started_at) WITH (pages_per_range = 32);
COMMENT ON TABLE signals IS 'Every detected sign of friction; signals of one incident share its number, a signal that costs nothing has none. Times are UTC. Written by the worker.';

CREATE TABLE emotion_evidence (
  session_id UUID NOT NULL REFERENCES sessions (session_id) ON DELETE CASCADE,
  step INT NOT NULL,
  event_id BIGINT,
  occurred_at TIMESTAMP NOT NULL,
  emotion TEXT NOT NULL,
  strength TEXT NOT NULL,
  stage INT NOT NULL,
  calibrated BOOLEAN NOT NULL,
  abstained BOOLEAN NOT NULL,
  label_set JSONB NOT NULL,
  probabilities JSONB NOT NULL,
  evidence JSONB NOT NULL,
  model_version TEXT NOT NULL,
  PRIMARY KEY (session_id, step)
);
COMMENT ON TABLE emotion_evidence IS 'Why each row of emotion_predictions says what it says, in the same order. Written by the worker.';

CREATE TABLE score_facts (
  session_id UUID PRIMARY KEY REFERENCES sessions (session_id) ON DELETE CASCADE,
  score_version INT NOT NULL,
  weights_hash TEXT NOT NULL,
  score_exact DOUBLE PRECISION,
  score_low DOUBLE PRECISION,
  score_high DOUBLE PRECISION,
  hazard DOUBLE PRECISION NOT NULL,
  coverage JSONB NOT NULL,
  points_by_cause JSONB NOT NULL,
  signal_counts JSONB NOT NULL,
  screen_count INT NOT NULL,
  click_count INT NOT NULL,
  call_count INT NOT NULL,
  error_count INT NOT NULL,
  waited_ms BIGINT NOT NULL
);
COMMENT ON TABLE score_facts IS 'The unrounded score and what it rests on; beside experience_scores. Written by the worker.';
