-- `seen`: rows of rollup_views where it answers, and the same of the sessions in `picked`.
, seen AS (
  SELECT 0::smallint AS hours, n.* FROM (
-- include: views_rows
  ) AS n
  UNION ALL
  SELECT r.* FROM
-- include: buckets
  JOIN rollup_views r ON r.hours = b.hours AND r.at = b.at AND r.slice = :slice::text
  WHERE (:heat_screen IS NULL OR r.screen = :heat_screen) AND (:band IS NULL OR r.band = :band)
)
