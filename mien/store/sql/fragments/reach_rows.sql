-- Rows of rollup_reach for `picked` and `classes`, of views whose width is known.
-- In: the parameters of heat_views.sql; max_row int (rows of 16 px; the last one holds all that is deeper); max_people int;
-- with_attention bool.
-- reached_rows, reached_views: views by their lowest row; page_rows, page_views: by the last row of their page.
-- attention_ms: of all views, by row from 0.  deep_visitors, deep_rows: the max_people who went deepest.
WITH viewed AS MATERIALIZED (
  WITH picked AS (SELECT * FROM picked)
-- include: heat_views
  SELECT class, screen, band, user_key, attention_ms, least(greatest(reach_px - 1, 0) / 16, :max_row::int) AS last_row,
         least(greatest(coalesce(page_h, 0), reach_px, 1) - 1, 16 * :max_row) / 16 AS page_row
  FROM viewed WHERE band IS NOT NULL
), tallies AS (
  SELECT c.slice, c.at, n.screen, n.band, n.is_page, n.page_row, sum(n.views)::int AS views
  FROM (SELECT v.class, v.screen, v.band, k.is_page, k.page_row, count(*) AS views
        FROM viewed v CROSS JOIN LATERAL (VALUES (false, v.last_row), (true, v.page_row)) AS k (is_page, page_row)
        GROUP BY 1, 2, 3, 4, 5) AS n
  JOIN classes c ON c.class = n.class GROUP BY 1, 2, 3, 4, 5, 6
), looked AS (
  SELECT c.slice, c.at, n.screen, n.band, n.place, sum(n.ms)::bigint AS ms
  FROM (SELECT v.class, v.screen, v.band, a.place, sum(a.ms) AS ms
        FROM viewed v CROSS JOIN LATERAL unnest(v.attention_ms) WITH ORDINALITY AS a (ms, place)
        WHERE :with_attention::bool AND a.place - 1 <= :max_row GROUP BY 1, 2, 3, 4) AS n
  JOIN classes c ON c.class = n.class GROUP BY 1, 2, 3, 4, 5
), deepest AS (  -- of each class first: who is not among its deepest is not among those of its slices
  SELECT c.slice, c.at, n.screen, n.band, n.user_key, max(n.last_row) AS last_row,
         row_number() OVER (PARTITION BY c.slice, c.at, n.screen, n.band ORDER BY max(n.last_row) DESC, n.user_key) AS place
  FROM (SELECT class, screen, band, user_key, max(last_row) AS last_row,
               row_number() OVER (PARTITION BY class, screen, band ORDER BY max(last_row) DESC, user_key) AS place
        FROM viewed GROUP BY class, screen, band, user_key) AS n
  JOIN classes c ON c.class = n.class WHERE n.place <= :max_people::int GROUP BY 1, 2, 3, 4, 5
)
-- include: reach_arrays
