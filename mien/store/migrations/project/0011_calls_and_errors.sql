-- API calls and errors by hour and day, as the tables of migration 0010.

CREATE TABLE rollup_calls (
  hours SMALLINT NOT NULL,
  slice TEXT COLLATE "C" NOT NULL,
  at TIMESTAMP NOT NULL,
  api TEXT COLLATE "C",
  calls BIGINT NOT NULL,
  sessions BIGINT NOT NULL,
  ok BIGINT NOT NULL,
  redirected BIGINT NOT NULL,
  refused BIGINT NOT NULL,
  broken BIGINT NOT NULL,
  network BIGINT NOT NULL,
  other BIGINT NOT NULL,
  unfinished BIGINT NOT NULL,
  satisfied BIGINT NOT NULL,
  tolerating BIGINT NOT NULL,
  bins SMALLINT[],
  bin_calls INT[],
  bars SMALLINT[],
  bar_sessions INT[]
);
CREATE INDEX rollup_calls_bucket ON rollup_calls (hours, at, slice);
COMMENT ON TABLE rollup_calls IS 'Calls of each API (api NULL: of all together) by class of status; finished ones by bin of their latency (bins, bin_calls) and the sessions by bar of ten bins. Written by the worker.';

CREATE TABLE rollup_errors (
  hours SMALLINT NOT NULL,
  slice TEXT COLLATE "C" NOT NULL,
  at TIMESTAMP NOT NULL,
  group_key TEXT COLLATE "C",
  is_foreign BOOLEAN NOT NULL,
  errors BIGINT NOT NULL,
  sessions BIGINT NOT NULL,
  scored BIGINT NOT NULL,
  score_sum DOUBLE PRECISION NOT NULL,
  visitors BIGINT[] NOT NULL
);
CREATE INDEX rollup_errors_bucket ON rollup_errors (hours, at, slice);
COMMENT ON TABLE rollup_errors IS 'Errors of each group (group_key NULL: of all together) with sessions, scores and the numbers of the visitors. Written by the worker.';

-- All that is there already is rolled up again, the newest first.
INSERT INTO dirty_hours (hour, marked_at)
SELECT DISTINCT date_trunc('hour', started_at), '-infinity'::timestamptz FROM sessions
WHERE started_at > '-infinity' AND started_at < 'infinity';
