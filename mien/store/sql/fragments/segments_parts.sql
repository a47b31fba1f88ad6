-- `parts`: rows of rollup_segments where it answers, and the same of the sessions in `picked`.
, parts AS (
  SELECT 0::smallint AS hours, n.* FROM (
-- include: segments_rows
  ) AS n
  UNION ALL
  SELECT r.* FROM
-- include: buckets
  JOIN rollup_segments r ON r.hours = b.hours AND r.at = b.at AND r.slice = :slice::text
)
