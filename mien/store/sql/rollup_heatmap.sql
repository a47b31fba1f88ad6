-- name: views!
-- In, as all of the hours: hours timestamp[]; heat_screen, band NULL (heat_views.sql); all of the days: days timestamp[].
-- include: sliced
, gone AS (DELETE FROM rollup_views WHERE hours = 1 AND at = ANY(:hours))
INSERT INTO rollup_views SELECT 1, n.* FROM (
-- include: views_rows
) AS n ORDER BY n.at, n.slice, n.screen;

-- name: views_days!
WITH gone AS (DELETE FROM rollup_views WHERE hours = 24 AND at = ANY(:days::timestamp[])),
hourly AS (
  SELECT d.day, r.* FROM unnest(:days) AS d (day)
  JOIN rollup_views r ON r.hours = 1 AND r.at >= d.day AND r.at < d.day + interval '1 day'
), high AS (
  SELECT slice, day, screen, band, array_agg(px ORDER BY px) FILTER (WHERE is_fold) AS folds,
         array_agg(n ORDER BY px) FILTER (WHERE is_fold) AS fold_views,
         array_agg(px ORDER BY px) FILTER (WHERE NOT is_fold) AS pages,
         array_agg(n ORDER BY px) FILTER (WHERE NOT is_fold) AS page_views
  FROM (SELECT h.slice, h.day, h.screen, h.band, k.is_fold, u.px, sum(u.n)::int AS n
        FROM hourly h
        CROSS JOIN LATERAL (VALUES (true, h.folds, h.fold_views), (false, h.pages, h.page_views)) AS k (is_fold, px, n)
        CROSS JOIN LATERAL unnest(k.px, k.n) AS u (px, n) GROUP BY 1, 2, 3, 4, 5, 6) AS h
  GROUP BY 1, 2, 3, 4
)
INSERT INTO rollup_views
SELECT 24, f.*, h.folds, h.fold_views, h.pages, h.page_views
FROM (SELECT slice, day, screen, band, is_all, sum(views), sum(sessions)
      FROM hourly GROUP BY slice, day, screen, band, is_all) AS f
LEFT JOIN high h ON h.slice = f.slice AND h.day = f.day AND h.screen = f.screen AND NOT f.is_all
                AND coalesce(h.band, -1) = coalesce(f.band, -1)
ORDER BY f.day, f.slice, f.screen;
