-- Flows from and to each screen beside those from the entry, and loops. One row is all that goes on from one start in an
-- hour or day: as a row of its own each edge took 120 bytes, mostly the same.

DROP TABLE rollup_flows;
CREATE TABLE rollup_flows (
  hours SMALLINT NOT NULL,
  slice TEXT COLLATE "C" NOT NULL,
  at TIMESTAMP NOT NULL,
  start TEXT COLLATE "C" NOT NULL,
  direction SMALLINT NOT NULL,
  depths SMALLINT[] NOT NULL,
  screens TEXT[] COLLATE "C" NOT NULL,
  next_screens TEXT[] COLLATE "C" NOT NULL,
  is_end BOOLEAN[] NOT NULL,
  sessions INT[] NOT NULL,
  scored INT[] NOT NULL,
  score_sum DOUBLE PRECISION[] NOT NULL,
  rage INT[] NOT NULL,
  error INT[] NOT NULL,
  slow INT[] NOT NULL,
  other INT[] NOT NULL,
  nothing INT[] NOT NULL
);
CREATE INDEX rollup_flows_bucket ON rollup_flows (hours, at, slice, start);
COMMENT ON TABLE rollup_flows IS 'Sessions that go from a screen to the next, by steps after (direction 1) or before (-1) their first visit of a screen (start; '''': after their entry, before their last screen). The arrays have an element for each edge. Written by the worker.';

CREATE TABLE rollup_loops (
  hours SMALLINT NOT NULL,
  slice TEXT COLLATE "C" NOT NULL,
  at TIMESTAMP NOT NULL,
  ones TEXT[] COLLATE "C" NOT NULL,
  twos TEXT[] COLLATE "C" NOT NULL,
  sessions INT[] NOT NULL,
  returns INT[] NOT NULL,
  returns_to_one INT[] NOT NULL,
  away_s DOUBLE PRECISION[] NOT NULL,
  scored INT[] NOT NULL,
  score_sum DOUBLE PRECISION[] NOT NULL,
  score_squares DOUBLE PRECISION[] NOT NULL,
  both_scored INT[] NOT NULL,
  both_sum DOUBLE PRECISION[] NOT NULL,
  both_squares DOUBLE PRECISION[] NOT NULL
);
CREATE INDEX rollup_loops_bucket ON rollup_loops (hours, at, slice);
COMMENT ON TABLE rollup_loops IS 'Pairs of screens (the arrays have an element for each): the sessions that go back and forth between them, and all that saw both. Written by the worker.';

-- All that is there already is rolled up again, the newest first.
INSERT INTO dirty_hours (hour, marked_at)
SELECT DISTINCT date_trunc('hour', started_at), '-infinity'::timestamptz FROM sessions
WHERE started_at > '-infinity' AND started_at < 'infinity';
