-- Pairs n as arrays, a row for rollup_loops.
array_agg(n.one), array_agg(n.two), array_agg(n.sessions), array_agg(n.returns), array_agg(n.returns_to_one),
array_agg(n.away_s), array_agg(n.scored), array_agg(n.score_sum), array_agg(n.score_squares), array_agg(n.both_scored),
array_agg(n.both_sum), array_agg(n.both_squares)
