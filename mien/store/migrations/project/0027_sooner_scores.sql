-- A session of 500 events waited 5.5 seconds for its next analysis: longer than a score may take (5 s).

CREATE OR REPLACE FUNCTION analysis_wait_s(event_count BIGINT, analysed_total BIGINT) RETURNS DOUBLE PRECISION
LANGUAGE sql IMMUTABLE AS $$
  SELECT least(1800, least(60, 0.5 + coalesce(event_count, 0) / 150.0)
         * power(greatest(1, coalesce(analysed_total, 0) / (200000 + 20.0 * coalesce(event_count, 0))), 8)::float8)
$$;
COMMENT ON FUNCTION analysis_wait_s IS 'Seconds that a session which changed waits for its next analysis: 0.5 and 1 for each 150 events, at most 60; the longer (to half an hour), the more all its analyses have gone through than 200,000 events and 20 for each of its own.';
