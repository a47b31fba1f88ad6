-- `moved`: rows of rollup_flows where it answers, and the same of the sessions in `picked`.
, moved AS (
  SELECT 0::smallint AS hours, n.* FROM (
-- include: flow_rows
  ) AS n
  UNION ALL
  SELECT r.* FROM
-- include: buckets
  JOIN rollup_flows r ON r.hours = b.hours AND r.at = b.at AND r.slice = :slice::text
  WHERE r.direction = ANY (:directions) AND r.depth <= :max_depth
)
