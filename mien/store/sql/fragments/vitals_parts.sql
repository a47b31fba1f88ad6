-- `viewed`: rows of rollup_vitals where it answers, and the same of the sessions in `picked`.
, viewed AS (
  SELECT 0::smallint AS hours, n.* FROM (
-- include: vitals_rows
  ) AS n
  UNION ALL
  SELECT r.* FROM
-- include: buckets
  JOIN rollup_vitals r ON r.hours = b.hours AND r.at = b.at AND r.slice = :slice::text
)
