-- Of each API where it is called, its time to the first byte and its slowest calls, by hour and day, as the tables of
-- migration 0010.

CREATE TABLE rollup_apis (
  hours SMALLINT NOT NULL,
  slice TEXT COLLATE "C" NOT NULL,
  at TIMESTAMP NOT NULL,
  api TEXT COLLATE "C" NOT NULL,
  screens TEXT[] COLLATE "C" NOT NULL,
  screen_calls INT[] NOT NULL,
  screen_sessions INT[] NOT NULL,
  bins SMALLINT[],
  bin_calls INT[],
  slow_ms INT[],
  slow_at TIMESTAMP[],
  slow_ids BIGINT[]
);
CREATE INDEX rollup_apis_bucket ON rollup_apis (hours, at, slice, api);
COMMENT ON TABLE rollup_apis IS 'By API: calls and sessions by screen, calls by bin of the time to the first byte, and the slowest calls (ids of latency_metrics). Written by the worker.';

-- All that is there already is rolled up again, the newest first.
INSERT INTO dirty_hours (hour, marked_at)
SELECT DISTINCT date_trunc('hour', started_at), '-infinity'::timestamptz FROM sessions
WHERE started_at > '-infinity' AND started_at < 'infinity';
