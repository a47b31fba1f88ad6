-- name: reach!
-- In, as all of the blocks: hours timestamp[]; heat_screen, band NULL (heat_views.sql); max_row, max_people; with_attention true.
-- include: sliced_blocks
, gone AS (
  DELETE FROM rollup_reach WHERE hours = 6 AND at IN (SELECT b.at FROM unnest(:hours) AS h (hour) CROSS JOIN LATERAL (
-- include: block
  ) AS b)
)
INSERT INTO rollup_reach SELECT 6, n.* FROM (
-- include: reach_rows
) AS n ORDER BY n.at, n.slice, n.screen, n.band;

-- name: reach_days!
-- In: days timestamp[]; max_people int.
WITH gone AS (DELETE FROM rollup_reach WHERE hours = 24 AND at = ANY(:days::timestamp[])),
blocks AS MATERIALIZED (
  SELECT r.slice, d.day AS at, r.screen, r.band, r.reached_rows, r.reached_views, r.page_rows, r.page_views, r.attention_ms,
         r.deep_visitors, r.deep_rows
  FROM unnest(:days) AS d (day)
  JOIN rollup_reach r ON r.hours = 6 AND r.at >= d.day AND r.at < d.day + interval '1 day'
), tallies AS (
  SELECT b.slice, b.at, b.screen, b.band, k.is_page, u.page_row, sum(u.views)::int AS views
  FROM blocks b
  CROSS JOIN LATERAL (VALUES (false, b.reached_rows, b.reached_views), (true, b.page_rows, b.page_views))
    AS k (is_page, page_rows, views)
  CROSS JOIN LATERAL unnest(k.page_rows, k.views) AS u (page_row, views) GROUP BY 1, 2, 3, 4, 5, 6
), looked AS (
  SELECT b.slice, b.at, b.screen, b.band, a.place, sum(a.ms)::bigint AS ms
  FROM blocks b CROSS JOIN LATERAL unnest(b.attention_ms) WITH ORDINALITY AS a (ms, place) GROUP BY 1, 2, 3, 4, 5
), deepest AS (
  SELECT b.slice, b.at, b.screen, b.band, u.user_key, max(u.last_row) AS last_row,
         row_number() OVER (PARTITION BY b.slice, b.at, b.screen, b.band ORDER BY max(u.last_row) DESC, u.user_key) AS place
  FROM blocks b CROSS JOIN LATERAL unnest(b.deep_visitors, b.deep_rows) AS u (user_key, last_row) GROUP BY 1, 2, 3, 4, 5
)
INSERT INTO rollup_reach SELECT 24, n.* FROM (
-- include: reach_arrays
) AS n ORDER BY n.at, n.slice, n.screen, n.band;
