-- name: plan_for_values
-- Plans the statements of this transaction for the filters at hand: a plan for any filter is several times slower. Reading a
-- row through an index costs little more than the next one, and both little more than working on it: pages are asked again and
-- again, of memory or of an SSD. With the defaults (4 and 1, for discs that turn) some thousand sessions were looked up by
-- reading a whole table. Sorts and hashes of a page's statement fit into 64 MB. What an operator has set further is kept.
SELECT set_config('plan_cache_mode', 'force_custom_plan', true),
       set_config('random_page_cost', least(current_setting('random_page_cost')::float8, 0.22)::text, true),
       set_config('seq_page_cost', least(current_setting('seq_page_cost')::float8, 0.2)::text, true),
       set_config('work_mem', greatest(pg_size_bytes(current_setting('work_mem')), 64 * 1024 * 1024) / 1024 || 'kB', true);

-- name: summary
-- All single figures of a segment.
-- In: the parameters of a Source (rollups.py).
-- Out: sessions, users, scored, score (mean, exact), poor (score under 50), waited_ms_mean, moments (likely
-- frustrated), histogram (bin of 5 points from 0 to 19 -> sessions).
-- include: picked
-- include: summary_parts
, came AS (
  SELECT user_key FROM picked
  UNION
  SELECT v.visitor FROM
-- include: buckets
  JOIN rollup_visitors r ON r.hours = b.hours AND r.at = b.at AND r.slice = :slice AND r.part = ''
  CROSS JOIN LATERAL unnest(r.visitors) AS v (visitor)
), days AS (
  SELECT r.chunk, bit_or(r.bits) AS bits FROM
-- include: buckets
  JOIN rollup_visitors r ON r.hours = b.hours AND r.at = b.at AND r.slice = :slice AND r.part = ''
  WHERE r.bits IS NOT NULL GROUP BY r.chunk
)
SELECT coalesce(sum(sessions), 0)::bigint AS sessions,
       (SELECT coalesce(sum(bit_count(bits)), 0) FROM days)::bigint
         + (SELECT count(*) FROM came c LEFT JOIN days d ON d.chunk = c.user_key / 4096 AND c.user_key >= 0
            WHERE d.chunk IS NULL OR get_bit(d.bits, (c.user_key % 4096)::int) = 0) AS users,
       coalesce(sum(scored), 0)::bigint AS scored, sum(score_sum) / nullif(sum(scored), 0)::float8 AS score,
       coalesce(sum(poor), 0)::bigint AS poor, sum(waited_ms) / nullif(sum(scored), 0)::float8 AS waited_ms_mean,
       coalesce(sum(moments), 0)::bigint AS moments,
       (SELECT coalesce(jsonb_object_agg(b.score_bin, b.sessions), '{}')
        FROM (SELECT score_bin, sum(sessions) AS sessions FROM parts WHERE score_bin >= 0 GROUP BY 1) AS b) AS histogram
FROM parts;

-- name: trend
-- Mean score over time, by the sessions' starts.
-- In: the parameters of a Source (rollups.py) of hours; bucket_s int.
-- Out: at (seconds since the epoch, a multiple of bucket_s), sessions, scored, score_sum, lost_squares (of what was lost);
-- only buckets with sessions.
-- include: picked
-- include: summary_parts
SELECT floor(extract(epoch FROM at)::float8 / :bucket_s::int) * :bucket_s AS at,
       sum(sessions)::bigint AS sessions, sum(scored)::bigint AS scored, sum(score_sum) AS score_sum, sum(lost_squares) AS lost_squares
FROM parts GROUP BY 1 ORDER BY 1;
