-- name: plan_for_values
-- Plans the statements of this transaction for the filters at hand: a plan for any filter is several times slower.
SELECT set_config('plan_cache_mode', 'force_custom_plan', true);

-- name: summary
-- All single figures of a segment.
-- In: the parameters of a Segment (filters.py).
-- Out: sessions, users, scored, score (mean, exact), poor (score under 50), waited_ms_mean, moments (likely
-- frustrated), histogram (bin of 5 points from 0 to 19 -> sessions).
-- include: picked
SELECT count(*) AS sessions, (SELECT count(*) FROM (SELECT DISTINCT user_key FROM picked) AS u) AS users,
       count(score_exact) AS scored, avg(score_exact) AS score, count(*) FILTER (WHERE score < 50) AS poor,
       (avg(waited_ms) FILTER (WHERE score_exact IS NOT NULL))::float8 AS waited_ms_mean,
       (SELECT count(*) FROM emotion_predictions m JOIN picked p ON p.session_id = m.session_id
        WHERE m.emotion = 'frustrated') AS moments,
       (SELECT coalesce(jsonb_object_agg(b.bin, b.sessions), '{}')
        FROM (SELECT least(greatest(score, 0) / 5, 19) AS bin, count(*) AS sessions
              FROM picked WHERE score IS NOT NULL GROUP BY 1) AS b) AS histogram
FROM picked;

-- name: trend
-- Mean score over time, by the sessions' starts.
-- In: the parameters of a Segment (filters.py); bucket_s int.
-- Out: at (seconds since the epoch, a multiple of bucket_s), score or NULL, sessions; only buckets with sessions.
-- include: picked
SELECT floor(started_at / :bucket_s::int) * :bucket_s AS at, avg(score_exact) AS score, count(*) AS sessions
FROM picked GROUP BY 1 ORDER BY 1;
