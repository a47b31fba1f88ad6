-- name: chunks
-- The replay chunks of one session in the order in which they are played, without their data.
-- In: session_id, max_rows int.  Out: id, tab or NULL, chunk_index, at (seconds since the epoch or NULL), event_count.
SELECT id, chunk_data ->> 'tab' AS tab, coalesce(chunk_index, 0) AS chunk_index,
       extract(epoch FROM recorded_at)::float8 AS at,
       CASE WHEN jsonb_typeof(chunk_data -> 'n') = 'number' THEN (chunk_data ->> 'n')::float8
            WHEN jsonb_typeof(chunk_data) = 'array' THEN jsonb_array_length(chunk_data) END AS event_count
FROM replay_chunks WHERE session_id = :session_id
ORDER BY tab NULLS FIRST, chunk_index, id LIMIT :max_rows::int;

-- name: data
-- The data of some chunks.  In: session_id, after bigint or NULL (the id of the last chunk read), tab text or NULL for
-- all, max_rows int.  Out: id, tab, chunk_index, chunk_data as text; in the order of `chunks`.
WITH ordered AS (
  SELECT id, chunk_data ->> 'tab' AS tab, coalesce(chunk_index, 0) AS chunk_index,
         row_number() OVER (ORDER BY chunk_data ->> 'tab' NULLS FIRST, coalesce(chunk_index, 0), id) AS place
  FROM replay_chunks WHERE session_id = :session_id AND (:tab::text IS NULL OR chunk_data ->> 'tab' = :tab)
)
SELECT o.id, o.tab, o.chunk_index, r.chunk_data::text AS chunk_data
FROM ordered o JOIN replay_chunks r ON r.id = o.id
WHERE :after::bigint IS NULL OR o.place > (SELECT place FROM ordered WHERE id = :after)
ORDER BY o.place LIMIT :max_rows::int;
