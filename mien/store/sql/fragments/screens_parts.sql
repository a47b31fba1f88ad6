-- `screened`: rows of rollup_screens where it answers, and the same of the sessions in `picked`.
, screened AS (
  SELECT 0::smallint AS hours, n.* FROM (
-- include: screens_rows
  ) AS n
  UNION ALL
  SELECT r.* FROM
-- include: buckets
  JOIN rollup_screens r ON r.hours = b.hours AND r.at = b.at AND r.slice = :slice::text
)
