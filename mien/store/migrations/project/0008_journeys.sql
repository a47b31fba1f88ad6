-- When a session ended, and how far it came in a funnel: one definition for figures and for the lists that they open.

CREATE FUNCTION session_end(session UUID, ended_at TIMESTAMP) RETURNS TIMESTAMP
LANGUAGE sql STABLE AS $$
  SELECT coalesce(CASE WHEN isfinite(ended_at) THEN ended_at END,
                  (SELECT max(o.occurred_at) FROM events o WHERE o.session_id = session AND isfinite(o.occurred_at)))
$$;
COMMENT ON FUNCTION session_end IS 'When a session ended: what its row says, else its last event; NULL when neither is known.';

CREATE FUNCTION funnel_times(steps TEXT[], names TEXT[], times TIMESTAMP[], within_s DOUBLE PRECISION)
RETURNS TIMESTAMP[] LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  size CONSTANT INT := coalesce(cardinality(steps), 0);
  -- Of each step the latest way to it: row k of a square holds the times of steps 1 to k. The way that began last is
  -- inside the window longest, so no other need be kept.
  ways TIMESTAMP[] := array_fill(NULL::timestamp, ARRAY[size * size]);
  best TIMESTAMP[] := '{}';
  begun TIMESTAMP;
BEGIN
  IF size = 0 THEN
    RETURN NULL;
  END IF;
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
