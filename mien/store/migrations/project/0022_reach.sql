-- How far people went down the pages of a screen, and where they looked, by blocks of six hours and days. Vectors: by hour
-- they would take more room than what they are made of.

CREATE TABLE rollup_reach (
  hours SMALLINT NOT NULL,
  slice TEXT COLLATE "C" NOT NULL,
  at TIMESTAMP NOT NULL,
  screen TEXT COLLATE "C" NOT NULL,
  band SMALLINT NOT NULL,
  reached_rows INT[] NOT NULL,
  reached_views INT[] NOT NULL,
  page_rows INT[] NOT NULL,
  page_views INT[] NOT NULL,
  attention_ms BIGINT[] NOT NULL,
  deep_visitors BIGINT[] NOT NULL,
  deep_rows INT[] NOT NULL
);
CREATE INDEX rollup_reach_bucket ON rollup_reach (hours, at, slice, screen, band);
COMMENT ON TABLE rollup_reach IS 'Views of a screen at one width band by their lowest row of 16 px and by the last row of their page, milliseconds of attention by row from 0, and the visitors who went deepest; by six hours (hours 6) and day (24), not for slices of screens. Written by the worker.';

-- All that is there already is rolled up again, the newest first.
INSERT INTO dirty_hours (hour, marked_at)
SELECT DISTINCT date_trunc('hour', started_at), '-infinity'::timestamptz FROM sessions
WHERE started_at > '-infinity' AND started_at < 'infinity';
