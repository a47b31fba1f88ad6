-- The DDSketch bin of `ms` (latency_bins.py): the one place where bins are computed. 0 and below: bin -32768.
CASE WHEN ms <= 0 THEN -32768 ELSE ceil(ln(least(ms, 3600000)::float8) / ln(1.01::float8 / 0.99::float8))::int END
