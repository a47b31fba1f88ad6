-- Cells of heatmaps by blocks of six hours and days. One row holds all cells of a layer: as a row of its own each took more
-- room than the clicks in it.

CREATE TABLE rollup_cells (
  hours SMALLINT NOT NULL,
  slice TEXT COLLATE "C" NOT NULL,
  at TIMESTAMP NOT NULL,
  screen TEXT COLLATE "C" NOT NULL,
  band SMALLINT NOT NULL,
  layer TEXT COLLATE "C" NOT NULL,
  names TEXT[] COLLATE "C" NOT NULL,
  single_cells INT[] NOT NULL,
  single_amounts INT[] NOT NULL,
  single_who INT[] NOT NULL,
  cells INT[] NOT NULL,
  amounts BIGINT[] NOT NULL,
  views INT[] NOT NULL,
  people SMALLINT[] NOT NULL,
  who_cells INT[] NOT NULL,
  who INT[] NOT NULL
);
CREATE INDEX rollup_cells_bucket ON rollup_cells (hours, at, slice, screen, layer);
COMMENT ON TABLE rollup_cells IS 'Clicks, and milliseconds of rest, by cell of the page (512 * row of 16 px + 2 * per cent of the width + fixed) or of an element (800 * its place among names, from 1, + 40 * y + 2 * x in twentieths), of one screen, width band (-1: not known) and layer. Cells with a single view (single_...) with their visitor; the others with their people (to five), and who these are where they are fewer. By six hours (hours 6) and day (24), not for slices of screens. Written by the worker.';

CREATE TABLE rollup_elements (
  hours SMALLINT NOT NULL,
  slice TEXT COLLATE "C" NOT NULL,
  at TIMESTAMP NOT NULL,
  screen TEXT COLLATE "C" NOT NULL,
  band SMALLINT NOT NULL,
  words TEXT[] COLLATE "C" NOT NULL,
  elements INT[] NOT NULL,
  kinds SMALLINT[] NOT NULL,
  keys INT[] NOT NULL,
  ns INT[] NOT NULL
);
CREATE INDEX rollup_elements_bucket ON rollup_elements (hours, at, slice, screen, band);
COMMENT ON TABLE rollup_elements IS 'What was clicked on a screen at one width band (-1: not known; -2: what the bands count of a session more than once): numbers (ns) of elements (places among words, from 1) by kind: 0 clicks, 1 views, 2 sessions, 3 to 5 these of rage clicks, 6 to 8 of dead ones, 9 clicks on it while fixed, 10 and 11 clicks by per cent of the width and row of 16 px (keys), 12 by label (keys: places among words), 13 who (keys: visitors; of days only those who are not in rollup_visitors). By six hours (hours 6) and day (24), not for slices of screens. Written by the worker.';

COMMENT ON TABLE rollup_visitors IS 'Who came: by hour their numbers (visitors), by day one bit for each number from 4096 * chunk on, and the numbers of chunks in which few came (bits NULL). part: "" all of the slice; screen:SCREEN who saw it, viewed:SCREEN who has a view of it, width:BAND:SCREEN at that width, clicked:LENGTH:SCREEN:BAND:MD5 who clicked the element of this MD5 (bits only; the others are in rollup_elements). Written by the worker.';

-- All that is there already is rolled up again, the newest first.
INSERT INTO dirty_hours (hour, marked_at)
SELECT DISTINCT date_trunc('hour', started_at), '-infinity'::timestamptz FROM sessions
WHERE started_at > '-infinity' AND started_at < 'infinity';
