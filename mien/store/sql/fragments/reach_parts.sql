-- `reach`: rows of rollup_reach where it answers, and the same of the sessions in `picked`.
-- include: class_of_picked
, reach AS (
  SELECT 0::smallint AS hours, n.* FROM (
-- include: reach_rows
  ) AS n
  UNION ALL
  SELECT r.* FROM
-- include: buckets
  JOIN rollup_reach r ON r.hours = b.hours AND r.at = b.at AND r.slice = :slice::text
                     AND r.screen = :heat_screen AND r.band = :band
)
