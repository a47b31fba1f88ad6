-- Rows of rollup_waits for `picked`: sessions in bands by the p75 of their finished calls (of call_api, when it is given),
-- with the scored sessions and the sum of the scores of each visitor.
-- In: edges int[] (milliseconds, rising), call_api text or NULL, left_within_s float (session_waits.sql).
WITH waited AS MATERIALIZED (  -- once for each session, of however many slices it is
  SELECT s.session_id, width_bucket(c.p75_ms, :edges::int[]) AS band, c.left_soon, x.signal_counts
  FROM (SELECT DISTINCT session_id FROM picked) AS d
  JOIN sessions s ON s.session_id = d.session_id
  LEFT JOIN score_facts x ON x.session_id = d.session_id
  CROSS JOIN
-- include: session_waits
  WHERE c.p75_ms IS NOT NULL
), by_visitor AS (
  SELECT p.slice, p.at, w.band, p.user_key, count(*) AS sessions, count(*) FILTER (WHERE w.left_soon) AS left_soon,
         count(w.signal_counts) AS analysed, count(*) FILTER (WHERE w.signal_counts ? 'rage_click') AS rage,
         count(p.score_exact) AS scored, coalesce(sum(p.score_exact), 0)::float8 AS total
  FROM picked p JOIN waited w ON w.session_id = p.session_id
  GROUP BY p.slice, p.at, w.band, p.user_key
)
SELECT slice, at, band::smallint AS band, sum(sessions)::int AS sessions, sum(left_soon)::int AS left_soon,
       sum(analysed)::int AS analysed, sum(rage)::int AS rage,
       array_agg(user_key ORDER BY user_key) FILTER (WHERE scored > 0) AS visitors,
       array_agg(scored::int ORDER BY user_key) FILTER (WHERE scored > 0) AS visitor_scored,
       array_agg(total ORDER BY user_key) FILTER (WHERE scored > 0) AS visitor_total
FROM by_visitor GROUP BY slice, at, band
