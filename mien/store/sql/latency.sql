-- name: apis
-- One page of the APIs that the picked sessions called, in order.
-- In: the parameters of a Source (rollups.py); only_api text or NULL (that API alone), apdex_ms, merge_count (calls_rows.sql);
-- types, causes, unsorted (places_rows.sql); sort text (points, calls, sessions, failed, unfinished, p50, p75, p95, p99,
-- apdex, p95_change, failed_change), direction int (1 ascending, -1 descending); where the page before ended, or NULL:
-- after_key float, after_tie text; max_rows int; least_calls int (with fewer no change is told); of the APIs of the period
-- before arrays of equal length: then_apis text[], then_calls bigint[], then_failed bigint[], then_finished bigint[],
-- then_p95 int[] (bins).
-- Out: api, calls, sessions, ok, redirected, refused, broken, network, other, unfinished (calls by class of status),
-- finished (calls with a latency), p50_bin to p99_bin (NULL: none finished), satisfied, tolerating (calls), points (sum of
-- what scored sessions lost there), by_cause (cause -> points), lost_sessions, sort_key, tie (the order of equal
-- keys: by name), row_count (APIs in all).
-- include: picked
-- include: calls_parts
-- include: places_parts
, figures AS (
  SELECT api, sum(calls)::bigint AS calls, sum(sessions)::bigint AS sessions, sum(ok)::bigint AS ok,
         sum(redirected)::bigint AS redirected, sum(refused)::bigint AS refused, sum(broken)::bigint AS broken,
         sum(network)::bigint AS network, sum(other)::bigint AS other, sum(unfinished)::bigint AS unfinished,
         sum(satisfied)::bigint AS satisfied, sum(tolerating)::bigint AS tolerating
  FROM called WHERE api IS NOT NULL GROUP BY api
), binned AS (
  SELECT c.api AS key, b.bin, sum(b.n) AS n
  FROM called c CROSS JOIN LATERAL unnest(c.bins, c.bin_calls) AS b (bin, n) GROUP BY 1, 2
)
-- include: bin_percentiles
, lost AS (
  SELECT name AS api, sum(points) AS points, sum(sessions)::bigint AS sessions
  FROM placed WHERE kind = 'api' AND cause IS NULL AND (:only_api IS NULL OR name = :only_api) GROUP BY name
), lost_by_cause AS (
  SELECT c.api, jsonb_object_agg(c.cause, c.points) AS by_cause
  FROM (SELECT name AS api, cause, sum(points) AS points
        FROM placed WHERE kind = 'api' AND cause IS NOT NULL AND (:only_api IS NULL OR name = :only_api)
        GROUP BY name, cause) AS c
  GROUP BY c.api
), formerly AS (
  SELECT * FROM unnest(:then_apis::text[], :then_calls::bigint[], :then_failed::bigint[], :then_finished::bigint[], :then_p95::int[])
    AS n (api, calls, failed, finished, p95_bin)
), keyed AS (
  SELECT f.*, coalesce(q.finished, 0) AS finished, q.p50_bin, q.p75_bin, q.p95_bin, q.p99_bin,
         coalesce(o.points, 0) AS points, coalesce(b.by_cause, '{}') AS by_cause, coalesce(o.sessions, 0) AS lost_sessions,
         -- Rounded, so that the order of a sum's terms cannot move a row to another page.
         round((:direction::int * CASE :sort::text
           WHEN 'points' THEN coalesce(o.points, 0) WHEN 'calls' THEN f.calls WHEN 'sessions' THEN f.sessions
           WHEN 'failed' THEN (f.broken + f.network)::float8 / f.calls WHEN 'unfinished' THEN f.unfinished::float8 / f.calls
           WHEN 'p50' THEN q.p50_bin WHEN 'p75' THEN q.p75_bin WHEN 'p95' THEN q.p95_bin WHEN 'p99' THEN q.p99_bin
           WHEN 'apdex' THEN (f.satisfied + f.tolerating / 2.0) / f.calls
           -- Of the upper ends of the bins (latency_bin.sql), which are in proportion to their estimates; 0 for 0 ms.
           WHEN 'p95_change' THEN CASE WHEN q.finished >= :least_calls::int AND n.finished >= :least_calls
             THEN coalesce(power(1.01::float8 / 0.99::float8, nullif(q.p95_bin, -32768)), 0)
                - coalesce(power(1.01::float8 / 0.99::float8, nullif(n.p95_bin, -32768)), 0) END
           WHEN 'failed_change' THEN CASE WHEN f.calls >= :least_calls AND n.calls >= :least_calls
             THEN (f.broken + f.network)::float8 / f.calls - n.failed::float8 / n.calls END
           END)::numeric, 9)::float8 AS sort_key,
         -- A cursor cannot hold a name of any length.
         left(f.api, 100) || chr(1) || md5(f.api) AS tie, count(*) OVER () AS row_count
  FROM figures f
  LEFT JOIN percentiles q ON q.key = f.api
  LEFT JOIN lost o ON o.api = f.api
  LEFT JOIN lost_by_cause b ON b.api = f.api
  LEFT JOIN formerly n ON n.api = f.api
)
SELECT * FROM keyed
WHERE :after_tie::text IS NULL
   OR CASE WHEN :after_key::float8 IS NULL THEN sort_key IS NULL AND tie > :after_tie
           ELSE sort_key IS NULL OR sort_key > :after_key OR sort_key = :after_key AND tie > :after_tie END
ORDER BY sort_key NULLS LAST, tie LIMIT :max_rows::int;

-- name: formerly
-- What a change of each API is told against, from its calls in the period before.
-- In: the parameters of a Source (rollups.py); only_api text or NULL (that API alone), apdex_ms, merge_count (calls_rows.sql).
-- Out: api, calls, failed (network failures and 5xx), finished (calls with a latency), p50_bin to p99_bin (NULL: none finished).
-- include: picked
-- include: calls_parts
, figures AS (
  SELECT api, sum(calls)::bigint AS calls, sum(broken + network)::bigint AS failed FROM called WHERE api IS NOT NULL GROUP BY api
), binned AS (
  SELECT c.api AS key, b.bin, sum(b.n) AS n
  FROM called c CROSS JOIN LATERAL unnest(c.bins, c.bin_calls) AS b (bin, n) GROUP BY 1, 2
)
-- include: bin_percentiles
SELECT f.*, coalesce(q.finished, 0) AS finished, q.p50_bin, q.p75_bin, q.p95_bin, q.p99_bin
FROM figures f LEFT JOIN percentiles q ON q.key = f.api;

-- name: total
-- All calls of a segment.  In: the parameters of a Source (rollups.py); only_api NULL, apdex_ms, merge_count (calls_rows.sql).
-- Out: calls, sessions (with a call), scored (sessions of the segment with a score), period_sessions.
-- include: picked
-- include: calls_parts
-- include: summary_parts
SELECT coalesce(sum(calls), 0)::bigint AS calls, coalesce(sum(sessions), 0)::bigint AS sessions,
       (SELECT coalesce(sum(scored), 0)::bigint FROM parts) AS scored,
       (SELECT coalesce(sum(sessions), 0)::bigint FROM parts) AS period_sessions
FROM called WHERE api IS NULL;

-- name: trend
-- One API over time, by the starts of the sessions that called it.
-- In: the parameters of a Source (rollups.py) of hours; only_api text, apdex_ms, merge_count (calls_rows.sql); bucket_s int.
-- Out: at (seconds since the epoch, a multiple of bucket_s), calls, sessions, failed, unfinished, finished, p50_bin, p75_bin,
-- p95_bin, p99_bin; only buckets with calls.
-- include: picked
-- include: calls_parts
, keyed AS (
  SELECT floor(extract(epoch FROM at)::float8 / :bucket_s::int) * :bucket_s AS key, called.*
  FROM called WHERE api = :only_api
), binned AS (
  SELECT k.key, b.bin, sum(b.n) AS n
  FROM keyed k CROSS JOIN LATERAL unnest(k.bins, k.bin_calls) AS b (bin, n) GROUP BY 1, 2
)
-- include: bin_percentiles
, figures AS (
  SELECT key, sum(calls)::bigint AS calls, sum(sessions)::bigint AS sessions, sum(network + broken)::bigint AS failed,
         sum(unfinished)::bigint AS unfinished
  FROM keyed GROUP BY key
)
SELECT f.key AS at, f.calls, f.sessions, f.failed, f.unfinished, coalesce(q.finished, 0) AS finished,
       q.p50_bin, q.p75_bin, q.p95_bin, q.p99_bin
FROM figures f LEFT JOIN percentiles q ON q.key = f.key ORDER BY f.key;

-- name: distribution
-- The finished calls of one API by bars of merge_count bins each; calls of 0 ms are a bar of their own.
-- In: the parameters of a Source (rollups.py); only_api text, apdex_ms, merge_count int (calls_rows.sql).
-- Out: bar (its last bin divided by merge_count; -32768 for 0 ms), calls, sessions.  Fastest first.
-- include: picked
-- include: calls_parts
, bar_calls AS (
  SELECT CASE WHEN b.bin = -32768 THEN b.bin ELSE ceil(b.bin / :merge_count)::int END AS bar, sum(b.n)::bigint AS calls
  FROM called c CROSS JOIN LATERAL unnest(c.bins, c.bin_calls) AS b (bin, n) WHERE c.api = :only_api GROUP BY 1
), bar_sessions AS (
  SELECT b.bar, sum(b.n)::bigint AS sessions
  FROM called c CROSS JOIN LATERAL unnest(c.bars, c.bar_sessions) AS b (bar, n) WHERE c.api = :only_api GROUP BY 1
)
SELECT c.bar::int AS bar, c.calls, s.sessions FROM bar_calls c JOIN bar_sessions s ON s.bar = c.bar ORDER BY c.bar;

-- name: depth
-- One API: its time to the first byte (of the calls of which the browser said it), where it is called, its slowest calls.
-- In: the parameters of a Source (rollups.py); only_api text, max_slow int (api_rows.sql); max_screens int.
-- Out: finished (calls with a time to the first byte), p50_bin to p99_bin; arrays with an element for each screen, most
-- calls first: screens ('' not known), screen_calls, screen_sessions; slow_ids (of latency_metrics), the slowest first.
-- include: picked
-- include: api_parts
, binned AS (
  SELECT true AS key, b.bin, sum(b.n) AS n
  FROM called c CROSS JOIN LATERAL unnest(c.bins, c.bin_calls) AS b (bin, n) GROUP BY 1, 2
)
-- include: bin_percentiles
, screened AS (
  SELECT u.screen, sum(u.calls)::bigint AS calls, sum(u.sessions)::bigint AS sessions
  FROM called c CROSS JOIN LATERAL unnest(c.screens, c.screen_calls, c.screen_sessions) AS u (screen, calls, sessions)
  GROUP BY u.screen ORDER BY calls DESC, u.screen LIMIT :max_screens::int
), slowest AS (
  SELECT u.ms, u.called_at, u.id
  FROM called c CROSS JOIN LATERAL unnest(c.slow_ms, c.slow_at, c.slow_ids) AS u (ms, called_at, id)
  ORDER BY u.ms DESC, u.called_at DESC, u.id LIMIT :max_slow
)
SELECT coalesce(q.finished, 0) AS finished, q.p50_bin, q.p75_bin, q.p95_bin, q.p99_bin, s.*, w.*
FROM (SELECT coalesce(array_agg(screen ORDER BY calls DESC, screen), '{}') AS screens,
             coalesce(array_agg(calls ORDER BY calls DESC, screen), '{}') AS screen_calls,
             coalesce(array_agg(sessions ORDER BY calls DESC, screen), '{}') AS screen_sessions FROM screened) AS s
CROSS JOIN (SELECT coalesce(array_agg(id ORDER BY ms DESC, called_at DESC, id), '{}') AS slow_ids FROM slowest) AS w
LEFT JOIN percentiles q ON true;

-- name: slowest
-- Calls by their ids.  In: ids bigint[].
-- Out: session_id, latency_ms, status, at, started_at (of the session; both epoch seconds), screen.  In the order of the ids.
SELECT l.session_id, l.latency_ms, l.status, extract(epoch FROM l.occurred_at)::float8 AS at, t.started_at,
-- include: call_screen
       AS screen
FROM unnest(:ids::bigint[]) WITH ORDINALITY AS n (id, rank)
JOIN latency_metrics l ON l.id = n.id
JOIN sessions s ON s.session_id = l.session_id
CROSS JOIN
-- include: session_times
ORDER BY n.rank;

-- name: dose
-- What waiting goes together with: sessions in bands by the p75 of their calls (of call_api, when it is given).
-- In: the parameters of a Source (rollups.py); edges int[] (milliseconds, rising).
-- Out: band (0: under the first edge), sessions, left_soon (sessions), analysed (sessions), rage (of these), scored, visitors
-- (with a scored session), score (mean), and for the spread of visitors' sums (clustered.py): total_squares, total_counts,
-- count_squares.
-- include: picked
-- include: waits_parts
, counted AS (
  SELECT band, sum(sessions)::bigint AS sessions, sum(left_soon)::bigint AS left_soon, sum(analysed)::bigint AS analysed,
         sum(rage)::bigint AS rage
  FROM waited GROUP BY band
), by_visitor AS (
  SELECT w.band, v.visitor, sum(v.scored) AS scored, sum(v.total) AS total
  FROM waited w CROSS JOIN LATERAL unnest(w.visitors, w.visitor_scored, w.visitor_total) AS v (visitor, scored, total)
  GROUP BY w.band, v.visitor
), spread AS (
  SELECT band, sum(scored)::bigint AS scored, count(*) AS visitors, sum(total) / sum(scored)::float8 AS score,
         sum(total * total) AS total_squares, sum(total * scored) AS total_counts, sum(scored * scored)::float8 AS count_squares
  FROM by_visitor GROUP BY band
)
SELECT c.*, coalesce(s.scored, 0) AS scored, coalesce(s.visitors, 0) AS visitors, s.score,
       coalesce(s.total_squares, 0) AS total_squares, coalesce(s.total_counts, 0) AS total_counts,
       coalesce(s.count_squares, 0) AS count_squares
FROM counted c LEFT JOIN spread s ON s.band = c.band ORDER BY c.band;
