-- `waited`: rows of rollup_waits where it answers, and the same of the sessions in `picked`.
, waited AS (
  SELECT 0::smallint AS hours, n.* FROM (
-- include: waits_rows
  ) AS n
  UNION ALL
  SELECT r.* FROM
-- include: buckets
  JOIN rollup_waits r ON r.hours = b.hours AND r.at = b.at AND r.slice = :slice::text
)
