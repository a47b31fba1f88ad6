-- From `binned` (key, bin, n): per key `finished` (calls) and the bins of its percentiles: the first with more than
-- q * (finished - 1) calls up to it.  A common table expression `percentiles`, NULL percentiles nowhere.
, cumulated AS (
  SELECT key, bin, sum(n) OVER (PARTITION BY key ORDER BY bin) AS upto, sum(n) OVER (PARTITION BY key) AS total FROM binned
), percentiles AS (
  SELECT key, max(total)::bigint AS finished, min(bin) FILTER (WHERE upto > 0.5 * (total - 1)) AS p50_bin,
         min(bin) FILTER (WHERE upto > 0.75 * (total - 1)) AS p75_bin,
         min(bin) FILTER (WHERE upto > 0.95 * (total - 1)) AS p95_bin,
         min(bin) FILTER (WHERE upto > 0.99 * (total - 1)) AS p99_bin
  FROM cumulated GROUP BY key
)
