-- When a session ended, and how far it came in a funnel: one definition for figures and for the lists that they open.

CREATE FUNCTION session_end(session UUID, ended_at TIMESTAMP) RETURNS TIMESTAMP
LANGUAGE sql STABLE AS $$
  SELECT coalesce(CASE WHEN isfinite(ended_at) THEN ended_at END,
                  (SELECT max(o.occurred_at) FROM events o WHERE o.session_id = session AND isfinite(o.occurred_at)))
$$;
COMMENT ON FUNCTION session_end IS 'When a session ended: what its row says, else its last event; NULL when neither is known.';

CREATE FUNCTION funnel_times(session UUID, steps TEXT[], within_s DOUBLE PRECISION) RETURNS TIMESTAMP[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
  size CONSTANT INT := cardinality(steps);
  -- Of each step the latest way to it: row k of a square holds the times of steps 1 to k. The way that began last is
  -- inside the window longest, so no other need be kept.
  ways TIMESTAMP[] := array_fill(NULL::timestamp, ARRAY[coalesce(size, 1) * coalesce(size, 1)]);
  best TIMESTAMP[] := '{}';
  event_types CONSTANT TEXT[] := ARRAY(SELECT substr(s, 7) FROM unnest(steps) AS s WHERE starts_with(s, 'event:'));
  seen RECORD;
  begun TIMESTAMP;
BEGIN
  IF steps IS NULL THEN
    RETURN NULL;
  END IF;
  FOR seen IN
    SELECT n.name, n.at
    FROM (SELECT 'screen:' || j.screen AS name, j.occurred_at AS at, 0 AS kind, j.step_num, j.id
          FROM journey_steps j WHERE j.session_id = session
          UNION ALL
          SELECT 'event:' || e.event_type, e.occurred_at, 1, 0, e.event_id
          FROM events e WHERE cardinality(event_types) > 0 AND e.session_id = session AND e.event_type = ANY (event_types)
         ) AS n
    WHERE n.name = ANY (steps) AND isfinite(n.at)
    ORDER BY n.at, n.kind, n.step_num, n.id
  LOOP
    FOR k IN REVERSE size..1 LOOP
      CONTINUE WHEN steps[k] <> seen.name;
      IF k > 1 THEN
        begun := ways[(k - 2) * size + 1];
        CONTINUE WHEN begun IS NULL OR seen.at - begun > make_interval(secs => within_s);
        FOR i IN 1..k - 1 LOOP
          ways[(k - 1) * size + i] := ways[(k - 2) * size + i];
        END LOOP;
      END IF;
      ways[(k - 1) * size + k] := seen.at;
      IF k > cardinality(best) THEN
        best := ways[(k - 1) * size + 1:(k - 1) * size + k];
      END IF;
    END LOOP;
    EXIT WHEN cardinality(best) = size;
  END LOOP;
  RETURN best;
END
$$;
COMMENT ON FUNCTION funnel_times IS 'How far a session came through steps (screen:NAME, event:TYPE) in this order, all within within_s seconds (NULL: no limit): the times of the steps reached. Of several ways the one that reached the furthest step first, with the latest times before it.';
