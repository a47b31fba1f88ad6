-- Rows of rollup_calls for `picked`: by API, and of all calls together (api NULL, without bins and bars).
-- In: only_api text or NULL (these calls alone), apdex_ms int, merge_count int (bins of one bar), with_bars bool (else none).
WITH called AS (
  SELECT p.slice, p.at, coalesce(l.api, '') COLLATE "C" AS api, l.session_id, l.status, l.latency_ms AS ms,
-- include: call_status
         AS class
  FROM picked p JOIN latency_metrics l ON l.session_id = p.session_id
  -- Not coalesce: the planner knows how frequent an API is.
  WHERE :only_api::text IS NULL OR l.api = :only_api OR :only_api = '' AND l.api IS NULL
), finished AS (
  SELECT slice, at, api, session_id,
-- include: latency_bin
         AS bin
  FROM called WHERE status IS NOT NULL AND ms IS NOT NULL
), binned AS (
  SELECT slice, at, api, array_agg(bin::smallint ORDER BY bin) AS bins, array_agg(n::int ORDER BY bin) AS bin_calls
  FROM (SELECT slice, at, api, bin, count(*) AS n FROM finished GROUP BY 1, 2, 3, 4) AS b GROUP BY 1, 2, 3
), barred AS (
  SELECT slice, at, api, array_agg(bar::smallint ORDER BY bar) AS bars, array_agg(n::int ORDER BY bar) AS bar_sessions
  FROM (SELECT slice, at, api, bar, count(DISTINCT session_id) AS n
        FROM (SELECT *, CASE WHEN bin = -32768 THEN bin ELSE ceil(bin / :merge_count::float8)::int END AS bar
              FROM finished WHERE :with_bars::bool) AS f
        GROUP BY 1, 2, 3, 4) AS b GROUP BY 1, 2, 3
)
SELECT f.*, b.bins, b.bin_calls, r.bars, r.bar_sessions
FROM (SELECT slice, at, api, count(*) AS calls, count(DISTINCT session_id) AS sessions,
             count(*) FILTER (WHERE class = '2xx') AS ok, count(*) FILTER (WHERE class = '3xx') AS redirected,
             count(*) FILTER (WHERE class = '4xx') AS refused, count(*) FILTER (WHERE class = '5xx') AS broken,
             count(*) FILTER (WHERE class = 'network') AS network, count(*) FILTER (WHERE class = 'other') AS other,
             count(*) FILTER (WHERE class = 'unfinished') AS unfinished,
             count(*) FILTER (WHERE class IN ('2xx', '3xx', '4xx', 'other') AND ms <= :apdex_ms::int) AS satisfied,
             count(*) FILTER (WHERE class IN ('2xx', '3xx', '4xx', 'other') AND ms > :apdex_ms AND ms <= 4 * :apdex_ms)
               AS tolerating
      FROM called GROUP BY GROUPING SETS ((slice, at, api), (slice, at))) AS f
LEFT JOIN binned b ON b.slice = f.slice AND b.at = f.at AND b.api = f.api
LEFT JOIN barred r ON r.slice = f.slice AND r.at = f.at AND r.api = f.api
