-- From `hourly` (slice, day, api, bins, bin_calls): the bins of each day, as `binned`.
, binned AS (
  SELECT slice, day, api, array_agg(bin ORDER BY bin) AS bins, array_agg(n ORDER BY bin) AS bin_calls
  FROM (SELECT h.slice, h.day, h.api, b.bin, sum(b.n)::int AS n
        FROM hourly h CROSS JOIN LATERAL unnest(h.bins, h.bin_calls) AS b (bin, n) GROUP BY 1, 2, 3, 4) AS b
  GROUP BY 1, 2, 3
)
