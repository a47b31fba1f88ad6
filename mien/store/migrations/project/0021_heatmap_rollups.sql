-- Views of screens by hour and day, as the tables of migration 0010.

CREATE TABLE rollup_views (
  hours SMALLINT NOT NULL,
  slice TEXT COLLATE "C" NOT NULL,
  at TIMESTAMP NOT NULL,
  screen TEXT COLLATE "C" NOT NULL,
  band SMALLINT,
  is_all BOOLEAN NOT NULL,
  views INT NOT NULL,
  sessions INT NOT NULL,
  folds INT[],
  fold_views INT[],
  pages INT[],
  page_views INT[]
);
CREATE INDEX rollup_views_bucket ON rollup_views (hours, at, slice, screen);
COMMENT ON TABLE rollup_views IS 'Views of screens by width band (NULL: not known) and (is_all) at all widths together, and the sessions with such a view; views by the heights of windows and pages. Written by the worker.';

COMMENT ON TABLE rollup_visitors IS 'Who came: by hour their numbers (visitors), by day one bit for each number from 4096 * chunk on, and the numbers of chunks in which few came (bits NULL). part: "" all of the slice; screen:SCREEN who saw it, viewed:SCREEN who has a view of it, width:BAND:SCREEN at that width. Written by the worker.';

-- All that is there already is rolled up again, the newest first.
INSERT INTO dirty_hours (hour, marked_at)
SELECT DISTINCT date_trunc('hour', started_at), '-infinity'::timestamptz FROM sessions
WHERE started_at > '-infinity' AND started_at < 'infinity';
