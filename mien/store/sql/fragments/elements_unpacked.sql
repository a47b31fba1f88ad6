-- `merged`: the rows of rollup_elements in `kept`, added up by kept.group_num; element and the key of a label (kind 12) are numbers
-- in `dictionary` (word, num).  Words become numbers by array, not by join: of arrays the planner knows no lengths.
, spoken AS MATERIALIZED (
  SELECT k.row_num, u.place, u.word COLLATE "C" AS word, dense_rank() OVER (ORDER BY u.word COLLATE "C") AS num
  FROM kept k CROSS JOIN LATERAL unnest(k.words) WITH ORDINALITY AS u (word, place)
), dictionary AS (
  SELECT DISTINCT num, word FROM spoken
), numbered AS MATERIALIZED (
  SELECT k.*, s.nums FROM kept k
  JOIN (SELECT row_num, array_agg(num ORDER BY place) AS nums FROM spoken GROUP BY row_num) AS s ON s.row_num = k.row_num
), merged AS MATERIALIZED (
  SELECT group_num, element, kind, key, CASE WHEN kind = 13 THEN 1 ELSE sum(n) END::bigint AS n
  FROM (SELECT k.group_num, k.nums[u.element] AS element, u.kind, CASE WHEN u.kind = 12 THEN k.nums[u.key] ELSE u.key END AS key, u.n
        FROM numbered k CROSS JOIN LATERAL unnest(k.elements, k.kinds, k.keys, k.ns) AS u (element, kind, key, n)) AS n
  GROUP BY group_num, element, kind, key
)
