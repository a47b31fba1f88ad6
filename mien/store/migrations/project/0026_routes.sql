-- The screens of each session in one row, so that a funnel of any screens reads one short row for each session.

CREATE TABLE rollup_routes (
  session_id UUID NOT NULL,
  started_at TIMESTAMP NOT NULL,
  end_at TIMESTAMP,
  screens BIGINT[] NOT NULL,
  times TIMESTAMP[] NOT NULL,
  has_rage BOOLEAN NOT NULL,
  has_error BOOLEAN NOT NULL,
  has_slow BOOLEAN NOT NULL,
  has_other BOOLEAN NOT NULL
);
CREATE INDEX rollup_routes_started ON rollup_routes (started_at);
COMMENT ON TABLE rollup_routes IS 'Of each session in an hour that is not dirty: a hash of each screen, oldest first, when it was entered, when the session ended, and the trouble in its last minute. Written by the worker.';

DROP FUNCTION funnel_times(TEXT[], TEXT[], TIMESTAMP[], DOUBLE PRECISION);
CREATE FUNCTION funnel_times(steps ANYARRAY, names ANYARRAY, times TIMESTAMP[], within_s DOUBLE PRECISION)
RETURNS TIMESTAMP[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  size CONSTANT INT := coalesce(cardinality(steps), 0);
  -- Of each step the latest way to it: row k of a square holds the times of steps 1 to k. The way that began last is
  -- inside the window longest, so no other need be kept.
  ways TIMESTAMP[];
  best TIMESTAMP[] := '{}';
  begun TIMESTAMP;
  places INT[] := '{}';
  place INT := 0;
  later INT;
BEGIN
  IF size = 0 THEN
    RETURN NULL;
  END IF;
  IF within_s IS NULL OR times[cardinality(times)] - times[1] <= make_interval(secs => within_s) THEN
    -- No window closes: each step is reached when it first comes after the one before it.
    FOR k IN 1..size LOOP
      place := array_position(names, steps[k], place + 1);
      EXIT WHEN place IS NULL;
      places := places || place;
    END LOOP;
    FOR k IN REVERSE cardinality(places)..1 LOOP
      place := places[k];
      IF k < cardinality(places) THEN  -- the last time before the next step
        LOOP
          later := array_position(names, steps[k], place + 1);
          EXIT WHEN later IS NULL OR later >= places[k + 1];
          place := later;
        END LOOP;
        places[k] := place;
      END IF;
      best := times[place] || best;
    END LOOP;
    RETURN best;
  END IF;
  ways := array_fill(NULL::timestamp, ARRAY[size * size]);
  FOR n IN 1..coalesce(cardinality(names), 0) LOOP
    FOR k IN REVERSE size..1 LOOP
      CONTINUE WHEN steps[k] <> names[n];
      IF k > 1 THEN
        begun := ways[(k - 2) * size + 1];
        CONTINUE WHEN begun IS NULL OR times[n] - begun > make_interval(secs => within_s);
        FOR i IN 1..k - 1 LOOP
          ways[(k - 1) * size + i] := ways[(k - 2) * size + i];
        END LOOP;
      END IF;
      ways[(k - 1) * size + k] := times[n];
      IF k > cardinality(best) THEN
        best := ways[(k - 1) * size + 1:(k - 1) * size + k];
      END IF;
    END LOOP;
    EXIT WHEN cardinality(best) = size;
  END LOOP;
  RETURN best;
END
$$;
COMMENT ON FUNCTION funnel_times IS 'How far a session came through steps in this order, given the names and times of what it did, oldest first; all within within_s seconds (NULL: no limit): the times of the steps reached. Of several ways the one that reached the furthest step first, with the latest times before it.';

-- All is rolled up again, the newest first.
INSERT INTO dirty_hours (hour, marked_at)
SELECT DISTINCT date_trunc('hour', started_at), '-infinity'::timestamptz FROM sessions
WHERE started_at > '-infinity' AND started_at < 'infinity';
