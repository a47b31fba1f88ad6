-- `called`: rows of rollup_apis where it answers, and the same of the sessions in `picked`.
, called AS (
  SELECT 0::smallint AS hours, n.* FROM (
-- include: api_rows
  ) AS n
  UNION ALL
  SELECT r.* FROM
-- include: buckets
  JOIN rollup_apis r ON r.hours = b.hours AND r.at = b.at AND r.slice = :slice::text
  WHERE r.api = :only_api
)
