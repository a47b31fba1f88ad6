-- Edges n of one start as arrays, a row for rollup_flows.
array_agg(n.depth), array_agg(n.screen), array_agg(n.next_screen), array_agg(n.is_end), array_agg(n.sessions),
array_agg(n.scored), array_agg(n.score_sum), array_agg(n.rage), array_agg(n.error), array_agg(n.slow), array_agg(n.other),
array_agg(n.nothing)
