-- `moved`: edges of rollup_flows where it answers, and the same of the sessions in `picked`.
, moved AS (
  SELECT n.depth, n.screen, n.next_screen, n.is_end, n.sessions, n.scored, n.score_sum, n.rage, n.error, n.slow, n.other, n.nothing
  FROM (
-- include: flow_rows
  ) AS n
  UNION ALL
  SELECT e.* FROM
-- include: buckets
  JOIN rollup_flows r ON r.hours = b.hours AND r.at = b.at AND r.slice = :slice::text
  CROSS JOIN
-- include: flow_edges
  AS e
  WHERE r.start = coalesce(:start, '') AND r.direction = ANY (:directions) AND e.depth <= :max_depth
)
