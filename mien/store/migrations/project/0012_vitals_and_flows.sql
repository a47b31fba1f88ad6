-- Web vitals, where sessions go and how long they wait, by hour and day, as the tables of migration 0010.

CREATE TABLE rollup_vitals (
  hours SMALLINT NOT NULL,
  slice TEXT COLLATE "C" NOT NULL,
  at TIMESTAMP NOT NULL,
  screen TEXT COLLATE "C",
  device_type TEXT COLLATE "C",
  name TEXT NOT NULL,
  sessions INT NOT NULL,
  good INT NOT NULL,
  improvable INT NOT NULL,
  poor INT NOT NULL,
  good_sessions INT NOT NULL,
  improvable_sessions INT NOT NULL,
  poor_sessions INT NOT NULL,
  bins SMALLINT[],
  bin_views INT[]
);
CREATE INDEX rollup_vitals_bucket ON rollup_vitals (hours, at, slice);
COMMENT ON TABLE rollup_vitals IS 'Views by web vital, screen and type of device (both NULL: all together) and rating, by bin of the value, and the sessions with such a view. Written by the worker.';

CREATE TABLE rollup_flows (
  hours SMALLINT NOT NULL,
  slice TEXT COLLATE "C" NOT NULL,
  at TIMESTAMP NOT NULL,
  direction SMALLINT NOT NULL,
  depth SMALLINT NOT NULL,
  screen TEXT COLLATE "C" NOT NULL,
  next_screen TEXT COLLATE "C",
  is_end BOOLEAN NOT NULL,
  sessions INT NOT NULL,
  scored INT NOT NULL,
  score_sum DOUBLE PRECISION NOT NULL,
  rage INT NOT NULL,
  error INT NOT NULL,
  slow INT NOT NULL,
  other INT NOT NULL,
  nothing INT NOT NULL
);
CREATE INDEX rollup_flows_bucket ON rollup_flows (hours, at, slice);
COMMENT ON TABLE rollup_flows IS 'Sessions that go from a screen to the next, by steps from their entry (direction 1) or back from their last screen (-1). Written by the worker.';

CREATE TABLE rollup_waits (
  hours SMALLINT NOT NULL,
  slice TEXT COLLATE "C" NOT NULL,
  at TIMESTAMP NOT NULL,
  band SMALLINT NOT NULL,
  sessions INT NOT NULL,
  left_soon INT NOT NULL,
  analysed INT NOT NULL,
  rage INT NOT NULL,
  visitors BIGINT[],
  visitor_scored INT[],
  visitor_total DOUBLE PRECISION[]
);
CREATE INDEX rollup_waits_bucket ON rollup_waits (hours, at, slice);
COMMENT ON TABLE rollup_waits IS 'Sessions in bands by the p75 of their calls, with the scored sessions and the sum of scores of each visitor (NULL: nobody has a score). Written by the worker.';

-- All that is there already is rolled up again, the newest first.
INSERT INTO dirty_hours (hour, marked_at)
SELECT DISTINCT date_trunc('hour', started_at), '-infinity'::timestamptz FROM sessions
WHERE started_at > '-infinity' AND started_at < 'infinity';
