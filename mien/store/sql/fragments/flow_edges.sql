-- The edges of a row r of rollup_flows, a row for each.
LATERAL (SELECT * FROM unnest(r.depths, r.screens, r.next_screens, r.is_end, r.sessions, r.scored, r.score_sum, r.rage, r.error,
                              r.slow, r.other, r.nothing)
           AS u (depth, screen, next_screen, is_end, sessions, scored, score_sum, rage, error, slow, other, nothing))
