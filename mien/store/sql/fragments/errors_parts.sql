-- `met`: rows of rollup_errors where it answers, and the same of the sessions in `picked`.
, met AS (
  SELECT 0::smallint AS hours, n.* FROM (
-- include: errors_rows
  ) AS n
  UNION ALL
  SELECT r.* FROM
-- include: buckets
  JOIN rollup_errors r ON r.hours = b.hours AND r.at = b.at AND r.slice = :slice::text
  WHERE :group_keys IS NULL OR r.group_key = ANY(:group_keys)
)
