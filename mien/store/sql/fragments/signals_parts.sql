-- `placed`: rows of rollup_signals where it answers, and the same of the sessions in `picked`.
, placed AS (
  SELECT 0::smallint AS hours, n.* FROM (
-- include: signals_rows
  ) AS n
  UNION ALL
  SELECT r.* FROM
-- include: buckets
  JOIN rollup_signals r ON r.hours = b.hours AND r.at = b.at AND r.slice = :slice::text
)
