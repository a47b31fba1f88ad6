-- Screens, signals and moments by hour and day, as the tables of migration 0010, and who saw which screen.

ALTER TABLE rollup_visitors ADD part TEXT COLLATE "C" NOT NULL DEFAULT '';
DROP INDEX rollup_visitors_bucket;
CREATE INDEX rollup_visitors_bucket ON rollup_visitors (hours, at, slice, part);
COMMENT ON TABLE rollup_visitors IS 'Who came: by hour their numbers (visitors), by day one bit for each number from 4096 * chunk on, and the numbers of chunks in which few came (bits NULL). part: "" all of the slice, screen:SCREEN who saw it. Written by the worker.';

CREATE TABLE rollup_screens (
  hours SMALLINT NOT NULL,
  slice TEXT COLLATE "C" NOT NULL,
  at TIMESTAMP NOT NULL,
  screen TEXT COLLATE "C" NOT NULL,
  views INT NOT NULL,
  sessions INT NOT NULL,
  scored INT NOT NULL,
  score_sum DOUBLE PRECISION NOT NULL,
  exits INT NOT NULL,
  points_sessions INT NOT NULL,
  signals INT NOT NULL,
  signal_sessions INT NOT NULL,
  bins SMALLINT[],
  bin_views INT[],
  causes TEXT[] COLLATE "C",
  cause_points DOUBLE PRECISION[],
  cause_sessions INT[]
);
CREATE INDEX rollup_screens_bucket ON rollup_screens (hours, at, slice);
COMMENT ON TABLE rollup_screens IS 'By screen: views and the sessions that saw it, left there, lost points or met signals on it; views by bin of how long they took; points lost by cause. Written by the worker.';

CREATE TABLE rollup_signals (
  hours SMALLINT NOT NULL,
  slice TEXT COLLATE "C" NOT NULL,
  at TIMESTAMP NOT NULL,
  type TEXT COLLATE "C" NOT NULL,
  element_id TEXT COLLATE "C",
  screen TEXT COLLATE "C",
  signals INT NOT NULL,
  sessions INT NOT NULL,
  points DOUBLE PRECISION NOT NULL
);
CREATE INDEX rollup_signals_bucket ON rollup_signals (hours, at, slice);
COMMENT ON TABLE rollup_signals IS 'Signals by type, element and screen (both NULL: all places of the type together), the sessions that have one, and the points lost to issues of that type there. Written by the worker.';

CREATE TABLE rollup_moments (
  hours SMALLINT NOT NULL,
  slice TEXT COLLATE "C" NOT NULL,
  at TIMESTAMP NOT NULL,
  emotion TEXT COLLATE "C" NOT NULL,
  moments INT NOT NULL,
  sessions INT NOT NULL
);
CREATE INDEX rollup_moments_bucket ON rollup_moments (hours, at, slice);
COMMENT ON TABLE rollup_moments IS 'Moments by kind of emotion, and the sessions that have one. Written by the worker.';

-- All that is there already is rolled up again, the newest first.
INSERT INTO dirty_hours (hour, marked_at)
SELECT DISTINCT date_trunc('hour', started_at), '-infinity'::timestamptz FROM sessions
WHERE started_at > '-infinity' AND started_at < 'infinity';
