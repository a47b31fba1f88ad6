-- `parts`: rows of rollup_summary where it answers, and the same of the sessions in `picked`.
, parts AS (
  SELECT 0::smallint AS hours, n.* FROM (
-- include: summary_rows
  ) AS n
  UNION ALL
  SELECT r.* FROM
-- include: buckets
  JOIN rollup_summary r ON r.hours = b.hours AND r.at = b.at AND r.slice = :slice::text
)
