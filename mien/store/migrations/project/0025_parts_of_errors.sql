-- Error groups by release, browser and screen, as the tables of migration 0010; the parts of a group packed into one row.

CREATE TABLE rollup_error_parts (
  hours SMALLINT NOT NULL,
  slice TEXT COLLATE "C" NOT NULL,
  at TIMESTAMP NOT NULL,
  group_key TEXT COLLATE "C" NOT NULL,
  parts TEXT[] COLLATE "C" NOT NULL,
  names TEXT[] COLLATE "C" NOT NULL,
  sessions BIGINT[] NOT NULL,
  errors BIGINT[] NOT NULL
);
CREATE INDEX rollup_error_parts_bucket ON rollup_error_parts (hours, at, slice, group_key);
COMMENT ON TABLE rollup_error_parts IS 'Sessions and errors of each group by part (release, browser or screen) and its name ("": not known), in the order of the arrays. Written by the worker.';

-- What has errors is rolled up again, the newest first.
INSERT INTO dirty_hours (hour, marked_at)
SELECT DISTINCT date_trunc('hour', s.started_at), '-infinity'::timestamptz FROM sessions s
WHERE s.started_at > '-infinity' AND s.started_at < 'infinity'
  AND EXISTS (SELECT FROM grouped_errors g WHERE g.session_id = s.session_id);
