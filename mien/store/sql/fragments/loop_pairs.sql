-- The pairs of a row r of rollup_loops, a row for each.
LATERAL (SELECT * FROM unnest(r.ones, r.twos, r.sessions, r.returns, r.returns_to_one, r.away_s, r.scored, r.score_sum,
                              r.score_squares, r.both_scored, r.both_sum, r.both_squares)
           AS u (one, two, sessions, returns, returns_to_one, away_s, scored, score_sum, score_squares, both_scored, both_sum,
                 both_squares))
