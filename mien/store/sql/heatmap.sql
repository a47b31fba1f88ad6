-- name: screens
-- The screens of a segment, the most viewed first.
-- In: the parameters of a Source (rollups.py) and of people.sql; heat_screen, band NULL; max_rows int.
-- Out: screen, views, sessions, visitors, row_count (of all).
-- include: picked
-- include: views_parts
, parted AS (
  SELECT n.part, n.user_key FROM (
-- include: parts_viewed
  ) AS n WHERE n.part >= :part_from AND n.part < :part_to
)
-- include: people
, figures AS (
  SELECT screen, sum(views)::bigint AS views, sum(sessions)::bigint AS sessions FROM seen WHERE is_all GROUP BY screen
)
SELECT f.screen, f.views, f.sessions, coalesce(v.visitors, 0) AS visitors, count(*) OVER () AS row_count
FROM figures f LEFT JOIN people v ON v.part = 'viewed:' || f.screen
ORDER BY f.views DESC, f.screen LIMIT :max_rows::int;

-- name: totals
-- How much one screen was viewed: one row per width band, and one with is_all for all together; none when it was not.
-- In: the parameters of a Source (rollups.py) and of people.sql; heat_screen text; band NULL.
-- Out: is_all, band (NULL: not known), views, sessions, visitors, fold_px and page_px (medians, NULL where not known).
-- include: picked
-- include: views_parts
, parted AS (
  SELECT n.part, n.user_key FROM (
-- include: parts_viewed
  ) AS n
)
-- include: people
, heights AS (
  SELECT grouping(s.band) = 1 AS is_all, s.band, k.is_fold, u.px, sum(u.n) AS n
  FROM seen s
  CROSS JOIN LATERAL (VALUES (true, s.folds, s.fold_views), (false, s.pages, s.page_views)) AS k (is_fold, px, n)
  CROSS JOIN LATERAL unnest(k.px, k.n) AS u (px, n)
  GROUP BY GROUPING SETS ((s.band, k.is_fold, u.px), (k.is_fold, u.px))
), ranked AS (
  SELECT is_all, band, is_fold, px, sum(n) OVER (PARTITION BY is_all, band, is_fold ORDER BY px) AS upto,
         sum(n) OVER (PARTITION BY is_all, band, is_fold) AS total
  FROM heights
), medians AS (
  SELECT is_all, band, is_fold,
         (min(px) FILTER (WHERE upto > floor((total - 1) / 2)) + min(px) FILTER (WHERE upto > ceil((total - 1) / 2))) / 2.0::float8 AS px
  FROM ranked GROUP BY is_all, band, is_fold
), figures AS (
  SELECT is_all, band, sum(views)::bigint AS views, sum(sessions)::bigint AS sessions FROM seen GROUP BY is_all, band
)
SELECT f.is_all, f.band, f.views, f.sessions, coalesce(v.visitors, 0) AS visitors,
       (SELECT m.px FROM medians m WHERE m.is_all = f.is_all AND m.band IS NOT DISTINCT FROM f.band AND m.is_fold) AS fold_px,
       (SELECT m.px FROM medians m WHERE m.is_all = f.is_all AND m.band IS NOT DISTINCT FROM f.band AND NOT m.is_fold) AS page_px
FROM figures f
LEFT JOIN people v ON v.part = CASE WHEN f.is_all THEN 'viewed:' ELSE 'width:' || coalesce(f.band::text, '') || ':' END || :heat_screen
ORDER BY f.is_all DESC, f.band NULLS LAST;

-- name: rows
-- How deep the views and people of a screen went, how high its pages were, and how long its rows were in front of people;
-- rows of 16 px, the last one holds all that is deeper.
-- In: the parameters of a Source (rollups.py) and of reach_rows.sql.
-- Out: kind (reached: views by their lowest row; could: views by the last row of their page; people: by their lowest row, only
-- the max_people who went deepest; attention: milliseconds over all views), page_row, amount.
-- include: picked
-- include: reach_parts
, persons AS (
  SELECT max(u.last_row) AS last_row
  FROM reach r CROSS JOIN LATERAL unnest(r.deep_visitors, r.deep_rows) AS u (user_key, last_row)
  GROUP BY u.user_key ORDER BY 1 DESC LIMIT :max_people::int
)
SELECT 'reached' AS kind, u.page_row, sum(u.views)::float8 AS amount
FROM reach r CROSS JOIN LATERAL unnest(r.reached_rows, r.reached_views) AS u (page_row, views) GROUP BY u.page_row
UNION ALL
SELECT 'could', u.page_row, sum(u.views)::float8
FROM reach r CROSS JOIN LATERAL unnest(r.page_rows, r.page_views) AS u (page_row, views) GROUP BY u.page_row
UNION ALL
SELECT 'people', last_row, count(*)::float8 FROM persons GROUP BY last_row
UNION ALL
SELECT 'attention', (u.place - 1)::int, sum(u.ms)::float8
FROM reach r CROSS JOIN LATERAL unnest(r.attention_ms) WITH ORDINALITY AS u (ms, place)
WHERE :with_attention GROUP BY u.place;

-- name: recorded_views
-- Views of a screen of which the page may have been recorded, newest first: no other page of the session was open then.
-- In: the parameters of a Segment (filters.py); heat_screen, band; max_views int.  Out: session_id, started_at, ended_at.
-- include: picked
-- include: heat_views
SELECT v.session_id, v.started_at, v.ended_at
FROM viewed v
WHERE EXISTS (SELECT FROM replay_chunks r WHERE r.session_id = v.session_id)
  AND NOT EXISTS (SELECT FROM heatmap_views o
                  WHERE o.session_id = v.session_id AND o.view <> v.view
                    AND o.started_at < v.ended_at AND o.ended_at > v.started_at)
ORDER BY v.started_at DESC, v.session_id LIMIT :max_views::int;

-- name: recorded_chunks
-- The newest replay chunks of a session between two moments, oldest first.
-- In: session_id, since, until timestamp (included); max_chunks int.  Out: id, tab, chunk_index, chunk_data as text.
WITH newest AS (
  SELECT id, coalesce(chunk_index, 0) AS chunk_index, recorded_at
  FROM replay_chunks
  WHERE session_id = :session_id AND recorded_at >= :since::timestamp AND recorded_at <= :until::timestamp
  ORDER BY recorded_at DESC, chunk_index DESC, id DESC LIMIT :max_chunks::int
)
SELECT n.id, r.chunk_data ->> 'tab' AS tab, n.chunk_index, r.chunk_data::text AS chunk_data
FROM newest n JOIN replay_chunks r ON r.id = n.id ORDER BY n.recorded_at, n.chunk_index, n.id;
