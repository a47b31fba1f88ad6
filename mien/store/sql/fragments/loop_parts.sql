-- `looped`: pairs of rollup_loops where it answers, and the same of the sessions in `picked`.
, looped AS (
  SELECT n.one, n.two, n.sessions, n.returns, n.returns_to_one, n.away_s, n.scored, n.score_sum, n.score_squares, n.both_scored,
         n.both_sum, n.both_squares
  FROM (
-- include: loop_rows
  ) AS n
  UNION ALL
  SELECT e.* FROM
-- include: buckets
  JOIN rollup_loops r ON r.hours = b.hours AND r.at = b.at AND r.slice = :slice::text
  CROSS JOIN
-- include: loop_pairs
  AS e
)
