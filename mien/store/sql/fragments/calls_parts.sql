-- `called`: rows of rollup_calls where it answers, and the same of the sessions in `picked`.
, called AS (
  SELECT 0::smallint AS hours, n.* FROM (
-- include: calls_rows
  ) AS n
  UNION ALL
  SELECT r.* FROM
-- include: buckets
  JOIN rollup_calls r ON r.hours = b.hours AND r.at = b.at AND r.slice = :slice::text
  WHERE :only_api IS NULL OR r.api = :only_api
)
