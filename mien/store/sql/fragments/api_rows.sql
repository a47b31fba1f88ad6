-- Rows of rollup_apis for `picked`: by API where it is called, its time to the first byte, its slowest calls.
-- In: only_api text or NULL (these calls alone), max_slow int.
WITH called AS MATERIALIZED (  -- once for each session, of however many slices it is
  SELECT l.id, l.session_id, coalesce(l.api, '') COLLATE "C" AS api, l.latency_ms, l.occurred_at,
-- include: call_screen
         COLLATE "C" AS screen
  FROM (SELECT DISTINCT session_id FROM picked) AS d
  JOIN latency_metrics l ON l.session_id = d.session_id
  -- Not coalesce: the planner knows how frequent an API is.
  WHERE :only_api::text IS NULL OR l.api = :only_api OR :only_api = '' AND l.api IS NULL
), screened AS (
  SELECT slice, at, api, array_agg(screen ORDER BY screen) AS screens, array_agg(calls ORDER BY screen) AS screen_calls,
         array_agg(sessions ORDER BY screen) AS screen_sessions
  FROM (SELECT p.slice, p.at, c.api, c.screen, count(*)::int AS calls, count(DISTINCT c.session_id)::int AS sessions
        FROM called c JOIN picked p ON p.session_id = c.session_id GROUP BY 1, 2, 3, 4) AS s
  GROUP BY 1, 2, 3
), binned AS (
  SELECT slice, at, api, array_agg(bin::smallint ORDER BY bin) AS bins, array_agg(n::int ORDER BY bin) AS bin_calls
  FROM (SELECT p.slice, p.at, t.api,
-- include: latency_bin
               AS bin, count(*) AS n
        FROM (SELECT l.session_id, coalesce(l.api, '') COLLATE "C" AS api, l.ttfb_ms AS ms
              FROM (SELECT DISTINCT session_id FROM picked) AS d JOIN call_timings l ON l.session_id = d.session_id
              WHERE :only_api IS NULL OR l.api = :only_api OR :only_api = '' AND l.api IS NULL) AS t
        JOIN picked p ON p.session_id = t.session_id GROUP BY 1, 2, 3, 4) AS b
  GROUP BY 1, 2, 3
), slowest AS (
  SELECT slice, at, api, array_agg(latency_ms ORDER BY rank) AS slow_ms, array_agg(occurred_at ORDER BY rank) AS slow_at,
         array_agg(id ORDER BY rank) AS slow_ids
  FROM (SELECT p.slice, p.at, c.api, c.id, c.latency_ms, c.occurred_at, row_number() OVER (
          PARTITION BY p.slice, p.at, c.api ORDER BY c.latency_ms DESC, c.occurred_at DESC, c.id) AS rank
        FROM called c JOIN picked p ON p.session_id = c.session_id
        WHERE c.latency_ms IS NOT NULL AND isfinite(c.occurred_at)) AS r
  WHERE rank <= :max_slow::int GROUP BY 1, 2, 3
)
SELECT s.*, b.bins, b.bin_calls, w.slow_ms, w.slow_at, w.slow_ids
FROM screened s
LEFT JOIN binned b ON b.slice = s.slice AND b.at = s.at AND b.api = s.api
LEFT JOIN slowest w ON w.slice = s.slice AND w.at = s.at AND w.api = s.api
