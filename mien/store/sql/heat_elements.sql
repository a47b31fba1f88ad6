-- name: elements
-- The elements of a screen by clicks; the element '' are clicks on what nobody named.
-- In: the parameters of a Source (rollups.py); heat_screen, band; part_from, part_to text (of rollup_visitors, for them); max_rows int.
-- Out: element, label (the usual one), fixed, clicks, views, sessions, visitors, rage_clicks, rage_views, rage_sessions,
-- dead_clicks, dead_views, dead_sessions, x and y (the usual place on the page: medians, NULL where none is known or for
-- fixed ones), row_count.
-- include: picked
-- include: class_of_picked
-- include: elements_rows
, kept AS MATERIALIZED (
  SELECT row_number() OVER () AS row_num, 0 AS group_num, r.* FROM
-- include: buckets
  JOIN rollup_elements r ON r.hours = b.hours AND r.at = b.at AND r.slice = :slice::text
                        AND r.screen = :heat_screen AND (:band IS NULL OR r.band = :band)
)
-- include: elements_unpacked
, parts AS (
  SELECT e.word AS element, m.kind, CASE WHEN m.kind <> 12 THEN m.key END AS key, l.word AS label, m.n
  FROM merged m
  JOIN dictionary e ON e.num = m.element
  LEFT JOIN dictionary l ON l.num = m.key AND m.kind = 12
  UNION ALL
  SELECT element, kind, CASE WHEN kind <> 12 THEN key END, label, n FROM facts
), sums AS MATERIALIZED (
  SELECT element, kind, key, label, sum(n) AS n FROM parts GROUP BY element, kind, key, label
), figures AS (
  SELECT element, coalesce(sum(n) FILTER (WHERE kind = 0), 0)::bigint AS clicks, coalesce(sum(n) FILTER (WHERE kind = 1), 0)::bigint AS views,
         coalesce(sum(n) FILTER (WHERE kind = 2), 0)::bigint AS sessions, coalesce(sum(n) FILTER (WHERE kind = 3), 0)::bigint AS rage_clicks,
         coalesce(sum(n) FILTER (WHERE kind = 4), 0)::bigint AS rage_views, coalesce(sum(n) FILTER (WHERE kind = 5), 0)::bigint AS rage_sessions,
         coalesce(sum(n) FILTER (WHERE kind = 6), 0)::bigint AS dead_clicks, coalesce(sum(n) FILTER (WHERE kind = 7), 0)::bigint AS dead_views,
         coalesce(sum(n) FILTER (WHERE kind = 8), 0)::bigint AS dead_sessions, coalesce(sum(n) FILTER (WHERE kind = 9), 0) > 0 AS fixed
  FROM sums WHERE kind < 10 GROUP BY element
), upto AS (
  SELECT element, kind, key, sum(n) OVER (PARTITION BY element, kind ORDER BY key) AS n, sum(n) OVER (PARTITION BY element, kind) AS total
  FROM sums WHERE kind IN (10, 11)
), places AS (
  SELECT element, min(key) FILTER (WHERE kind = 10)::int AS x, min(key) FILTER (WHERE kind = 11)::int AS y
  FROM upto WHERE 2 * n >= total GROUP BY element
), labels AS (
  SELECT DISTINCT ON (element) element, label FROM sums WHERE kind = 12 ORDER BY element, n DESC, label
), days AS MATERIALIZED (
  SELECT right(r.part, 32) AS element_hash, r.chunk, bit_or(r.bits) AS bits FROM
-- include: buckets
  JOIN rollup_visitors r ON r.hours = b.hours AND r.at = b.at AND r.slice = :slice AND r.part >= :part_from::text AND r.part < :part_to::text
  WHERE r.bits IS NOT NULL GROUP BY right(r.part, 32), r.chunk
), few AS MATERIALIZED (  -- by chunk before they are looked up: visitor by visitor the time grows with the square of how many came
  SELECT md5(element) AS element_hash, chunk, keys
  FROM (SELECT element, CASE WHEN key < 0 THEN -1 ELSE key / 4096 END AS chunk, array_agg((key % 4096)::int) AS keys
        FROM sums WHERE kind = 13 GROUP BY 1, 2) AS c
), people AS (
  SELECT element_hash, sum(n)::bigint AS visitors
  FROM (SELECT element_hash, sum(bit_count(bits)) AS n FROM days GROUP BY element_hash
        UNION ALL
        SELECT c.element_hash, CASE WHEN d.bits IS NULL THEN cardinality(c.keys)
                                    ELSE (SELECT count(*) FROM unnest(c.keys) AS k (key) WHERE get_bit(d.bits, k.key) = 0) END
        FROM few c LEFT JOIN days d ON d.element_hash = c.element_hash AND d.chunk = c.chunk) AS n
  GROUP BY element_hash
)
SELECT f.element, l.label, f.fixed, f.clicks, f.views, f.sessions, coalesce(v.visitors, 0) AS visitors, f.rage_clicks, f.rage_views,
       f.rage_sessions, f.dead_clicks, f.dead_views, f.dead_sessions, p.x, p.y, count(*) OVER () AS row_count
FROM figures f
LEFT JOIN people v ON v.element_hash = md5(f.element)
LEFT JOIN labels l ON l.element = f.element
LEFT JOIN places p ON p.element = f.element
ORDER BY f.clicks DESC, f.element LIMIT :max_rows::int;
