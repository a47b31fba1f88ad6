-- Rows of rollup_views for `picked`: views of screens by width band (NULL: not known) and (is_all) at all widths together.
-- In: the parameters of heat_views.sql.
-- folds, pages: the heights of windows and pages, with the views that have them; of the rows by width band.
WITH viewed AS MATERIALIZED (  -- once for each session, of however many slices it is
  WITH picked AS (SELECT DISTINCT session_id, user_key, 0::bigint AS class FROM picked)
-- include: heat_views
  SELECT session_id, screen, band, vh, page_h FROM viewed
), told AS MATERIALIZED (
  SELECT session_id, screen, band, grouping(band) = 1 AS is_all, count(*) AS views
  FROM viewed GROUP BY GROUPING SETS ((session_id, screen, band), (session_id, screen))
), counted AS (
  SELECT p.slice, p.at, t.screen, t.band, t.is_all, sum(t.views)::int AS views, count(*)::int AS sessions
  FROM told t JOIN picked p ON p.session_id = t.session_id GROUP BY 1, 2, 3, 4, 5
), heights AS MATERIALIZED (
  SELECT v.session_id, v.screen, v.band, k.is_fold, k.px, count(*) AS n
  FROM viewed v CROSS JOIN LATERAL (VALUES (true, v.vh), (false, v.page_h)) AS k (is_fold, px)
  WHERE k.px IS NOT NULL GROUP BY 1, 2, 3, 4, 5
), high AS (
  SELECT slice, at, screen, band, array_agg(px ORDER BY px) FILTER (WHERE is_fold) AS folds,
         array_agg(n ORDER BY px) FILTER (WHERE is_fold) AS fold_views,
         array_agg(px ORDER BY px) FILTER (WHERE NOT is_fold) AS pages,
         array_agg(n ORDER BY px) FILTER (WHERE NOT is_fold) AS page_views
  FROM (SELECT p.slice, p.at, h.screen, coalesce(h.band, -1) AS band, h.is_fold, h.px, sum(h.n)::int AS n
        FROM heights h JOIN picked p ON p.session_id = h.session_id GROUP BY 1, 2, 3, 4, 5, 6) AS h
  GROUP BY 1, 2, 3, 4
)
SELECT c.*, h.folds, h.fold_views, h.pages, h.page_views
FROM counted c
LEFT JOIN high h ON h.slice = c.slice AND h.at = c.at AND h.screen = c.screen AND h.band = coalesce(c.band, -1)
                AND NOT c.is_all  -- who asks for no heights does not join: all that `high` is grouped by is compared
